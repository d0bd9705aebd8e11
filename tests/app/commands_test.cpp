// SPDX-License-Identifier: Apache-2.0
// The program as people call it: each file of commands/ is a list of commands with what they print and how they exit. They run
// in a folder of their own with the files of files/ in it. The targets they name are behind ports of this process.
#include "net/http_server.h"
#include "target/sandbox.h"
#include "tests/catch.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

using namespace provsim;
namespace fs = std::filesystem;

namespace {

// A sandbox that wants a token.
struct Guarded final : Handler {
    Response handle(const Request& request, std::string_view authorization, TimePoint now) override
    {
        if (authorization != "Bearer right-token") return {401, {}, R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"401","detail":"who is this"})"};
        return sandbox.handle(request, authorization, now);
    }
    Sandbox sandbox;
};

// What answers where somebody forgot the path.
struct WelcomePage final : Handler {
    Response handle(const Request&, std::string_view, TimePoint) override { return {200, {{"Content-Type", "text/html"}}, "<html>Welcome</html>"}; }
};

class Targets {
public:
    Targets()
    {
        HttpServerOptions options;
        options.base_path = "/scim/v2";
        sandbox_server_ = HttpServer::open(loop_, sandbox_, options).value();
        html_server_ = HttpServer::open(loop_, page_, options).value();
        thread_ = std::thread([this] { loop_.run(); });
    }
    ~Targets()
    {
        loop_.stop();
        thread_.join();
    }
    std::string sandbox() const { return sandbox_server_->url(); }
    std::string html() const { return html_server_->url(); }
    // A port that was free a moment ago; nobody listens there.
    static std::string closed()
    {
        boost::asio::io_context loop;
        const boost::asio::ip::tcp::acceptor acceptor(loop, {boost::asio::ip::address_v4::loopback(), 0});
        return fmt::format("http://127.0.0.1:{}/scim/v2", acceptor.local_endpoint().port());
    }

private:
    boost::asio::io_context loop_;
    Guarded sandbox_;
    WelcomePage page_;
    std::unique_ptr<HttpServer> sandbox_server_, html_server_;
    std::thread thread_;
};

// The files of files/ in a folder that goes away.
class Desk {
public:
    Desk()
    {
        std::string name = (fs::temp_directory_path() / "provsim_app_XXXXXX").string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        path_ = name;
        for (const auto& file : fs::directory_iterator(fs::path(PROVSIM_FIXTURES) / "app/files")) fs::copy(file.path(), path_ / file.path().filename());
    }
    ~Desk() { fs::remove_all(path_); }

    struct Ended { int code = 0; std::vector<std::string> lines; };
    Ended run(const std::string& command) const
    {
        const std::string shell = fmt::format("cd '{}' && env -i PATH=/usr/bin:/bin NO_COLOR=1 {} >.printed 2>&1 </dev/null", path_.string(), command);
        const int status = std::system(shell.c_str());
        Ended ended;
        ended.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        std::ifstream printed(path_ / ".printed");
        for (std::string line; std::getline(printed, line);)
            if (!line.empty()) ended.lines.push_back(line);
        return ended;
    }

private:
    fs::path path_;
};

// "*" stands for anything.
bool matches(std::string_view pattern, std::string_view text)
{
    if (pattern.empty()) return text.empty();
    if (pattern.front() == '*') return matches(pattern.substr(1), text) || (!text.empty() && matches(pattern, text.substr(1)));
    return !text.empty() && text.front() == pattern.front() && matches(pattern.substr(1), text.substr(1));
}

void replace(std::string& text, std::string_view word, const std::string& with)
{
    const auto at = text.find(word);
    if (at != std::string::npos) text.replace(at, word.size(), with);
}

struct Expected {
    std::string command;
    std::vector<std::string> lines;
    bool and_more = false;
    int code = 0;
};

std::vector<Expected> read(const fs::path& file)
{
    std::vector<Expected> commands;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line[0] == '#') continue;
        if (line.starts_with("$ ")) {
            commands.emplace_back().command = line.substr(2);
            continue;
        }
        REQUIRE_FALSE(commands.empty());
        Expected& last = commands.back();
        if (line == "...") last.and_more = true;
        else if (line.starts_with("exit ")) last.code = std::stoi(line.substr(5));
        else last.lines.push_back(line);
    }
    return commands;
}

void check(const Expected& expected, const Desk::Ended& ended)
{
    CHECK(ended.code == expected.code);
    std::vector<std::string> unexpected = ended.lines;
    for (const std::string& line : expected.lines) {
        const auto found = std::find_if(unexpected.begin(), unexpected.end(), [&](const std::string& printed) { return matches(line, printed); });
        if (found == unexpected.end()) FAIL_CHECK("does not print: " << line);
        else unexpected.erase(found);
    }
    if (!expected.and_more)
        for (const std::string& line : unexpected) FAIL_CHECK("prints besides: " << line);
}

}  // namespace

TEST_CASE("Each command prints what it should and exits as it should")
{
    const char* program = std::getenv("PROVSIM_BINARY");
    REQUIRE(program);
    const Targets targets;
    std::size_t files = 0;
    for (const auto& file : fs::directory_iterator(fs::path(PROVSIM_FIXTURES) / "app/commands")) {
        ++files;
        const Desk desk;
        for (const Expected& expected : read(file.path())) {
            std::string command = expected.command;
            replace(command, "provsim", program);
            replace(command, "SANDBOX", targets.sandbox());
            replace(command, "HTML", targets.html());
            replace(command, "CLOSED", Targets::closed());
            const auto ended = desk.run(command);
            INFO(file.path().filename().string() << ": " << expected.command);
            check(expected, ended);
        }
    }
    CHECK(files > 1);
}
