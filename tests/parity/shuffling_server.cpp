// SPDX-License-Identifier: Apache-2.0
#include "tests/parity/shuffling_server.h"

#include "model/random.h"

#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include <chrono>

namespace provsim {

namespace http = boost::beast::http;
using boost::asio::ip::tcp;

ShufflingServer::ShufflingServer(std::uint64_t seed, unsigned longest_pause_ms)
    : seed_(seed), longest_pause_ms_(longest_pause_ms), acceptor_(loop_, tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0)),
      acceptance_([this] { accept(); })
{
}

ShufflingServer::~ShufflingServer()
{
    // A last connection of our own ends the blocking accept; clients have gone by now, so the threads see their ends.
    const auto address = acceptor_.local_endpoint();
    boost::asio::io_context loop;
    tcp::socket last(loop);
    boost::system::error_code ignored;
    stopping_ = true;
    last.connect(address, ignored);
    acceptance_.join();
    last.close(ignored);
    for (std::thread& connection : connections_) connection.join();
}

std::string ShufflingServer::url() const
{
    return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()) + "/scim/v2";
}

void ShufflingServer::accept()
{
    for (std::uint64_t number = 1;; ++number) {
        boost::system::error_code failed;
        tcp::socket socket = acceptor_.accept(failed);
        if (failed || stopping_) return;
        connections_.emplace_back([this, number, s = std::move(socket)]() mutable { serve(std::move(s), number); });
    }
}

void ShufflingServer::serve(tcp::socket socket, std::uint64_t number)
{
    const Draw draw(seed_);
    boost::beast::flat_buffer buffer;
    for (std::uint64_t ordinal = 0;; ++ordinal) {
        http::request<http::string_body> in;
        boost::system::error_code failed;
        http::read(socket, buffer, in, failed);
        if (failed) return;
        Request request;
        request.method = *parse_method(std::string_view(in.method_string().data(), in.method_string().size()));
        request.target = std::string(in.target().substr(std::string_view("/scim/v2").size()));
        request.body = in.body();
        Response response;
        std::uint64_t place;
        {
            const std::lock_guard lock(sandbox_lock_);
            place = ++arrived_;
            response = sandbox_.handle(request, "", TimePoint{});
        }
        std::this_thread::sleep_for(std::chrono::microseconds{draw.below(longest_pause_ms_ * 1000, "pause", number, ordinal)});
        if (last_answered_.exchange(place) > place) ++overtaken_;
        http::response<http::string_body> out(static_cast<http::status>(response.status), 11);
        out.set(http::field::content_type, "application/scim+json");
        out.body() = response.body;
        if (response.status == 204) out.body().clear();
        else out.prepare_payload();
        http::write(socket, out, failed);
        if (failed) return;
    }
}

}  // namespace provsim
