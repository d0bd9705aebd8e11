// SPDX-License-Identifier: Apache-2.0
#include "app/secrets.h"
#include "app/verbs.h"
#include "net/asio.h"
#include "net/http_server.h"
#include "target/sandbox.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <fmt/format.h>

#include <chrono>
#include <csignal>
#include <fstream>

namespace provsim {

ExitCode sandbox_verb(const SandboxVerbOptions& options, const GlobalOptions&)
{
    SandboxOptions sandbox_options;
    if (!options.token_file.empty()) {
        auto token = read_token_file(options.token_file);
        if (!token) return report_problems(token.problems());
        sandbox_options.bearer_token = std::move(token).value();
    }
    // What it calls itself in meta.location. With --port 0 the port is not known yet, and the placeholder stays.
    if (options.port != 0) sandbox_options.base_url = fmt::format("http://127.0.0.1:{}/scim/v2", options.port);
    const bool guarded = !sandbox_options.bearer_token.empty();
    Sandbox sandbox(std::move(sandbox_options));

    boost::asio::io_context loop;
    HttpServerOptions server_options;
    server_options.port = options.port;
    server_options.base_path = "/scim/v2";
    server_options.now = [] { return std::chrono::floor<milliseconds>(std::chrono::system_clock::now()); };
    auto server = HttpServer::open(loop, sandbox, std::move(server_options));
    if (!server) return report_problems(server.problems());

    boost::asio::signal_set signals(loop, SIGINT, SIGTERM);
    signals.async_wait([&loop](auto, int) { loop.stop(); });

    const std::string url = server.value()->url();
    fmt::print("sandbox target   {}   {}\nit forgets everything when it ends; Ctrl-C stops it\n", url,
               guarded ? "bearer token required" : "any token, or none, is accepted");
    std::fflush(stdout);
    if (!options.ready_file.empty()) std::ofstream(options.ready_file) << fmt::format("{{\"target\":\"{}\"}}\n", url);
    loop.run();
    return ExitCode::ok;
}

}  // namespace provsim
