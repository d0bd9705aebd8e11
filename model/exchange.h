// SPDX-License-Identifier: Apache-2.0
// What crosses the wire: a request, the reply or the failure to get one.
// How a target behaves, however badly, is a value here and never an exception.
#pragma once

#include "model/json.h"
#include "model/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace provsim {

enum class Method : std::uint8_t { get, post, put, patch, delete_ };
std::string_view to_string(Method method) noexcept;                     // "GET"
std::optional<Method> parse_method(std::string_view text) noexcept;     // exact, upper case

struct Header {
    std::string name;
    std::string value;
};
using Headers = std::vector<Header>;
// The first header of that name, ignoring ASCII case; empty if there is none.
std::string_view find_header(const Headers& headers, std::string_view name) noexcept;

// A request as the provider composed it. Owns its bytes, apart from the headers.
struct Request {
    Method method = Method::get;
    // Path and query below the target's base URL, percent-encoded, starting with '/': "/Users?filter=userName+eq+%22a%22".
    std::string target;
    // What the provider sends beside Host, Authorization, Content-Length and Connection, which the transport adds.
    // Not owned: one constant set per kind of request, held by the connector, which outlives every exchange. May be null.
    const Headers* headers = nullptr;
    std::string body;   // empty = no body
};

// Why there is no usable reply. `none` means there is one.
enum class Failure : std::uint8_t {
    none,
    timeout,            // nothing complete within the request timeout
    refused,            // no connection: closed port, unreachable host
    unresolved,         // the host's name has no address
    reset,              // the connection ended before the reply did
    tls,                // certificate or handshake refused
    not_http,           // bytes that are no HTTP/1.1 response
    too_large,          // more than 64 KiB of headers or 64 MiB of body
};
std::string_view to_string(Failure failure) noexcept;   // "timeout", "connection refused", ...

// What a target answers.
struct Response {
    int status = 0;
    Headers headers;
    std::string body;
};

// What the provider heard. Parsed once, on arrival, by read_reply(); keeps its bytes.
struct Reply {
    Failure failure = Failure::none;
    std::string failure_detail;     // for people: "certificate has expired"
    int status = 0;                 // 0 when failure != none
    Headers headers;                // as received; empty over the loopback transport unless the target set some
    std::string body;
    JsonDocument document;          // filled() if the body is a JSON object
    Duration extra_delay{0};        // virtual time beyond the latency model, put there by a fault

    bool arrived() const noexcept { return failure == Failure::none; }
    bool success() const noexcept { return status >= 200 && status < 300; }
    // "id" of the resource in the body; empty if there is none or it is no string.
    std::string_view id() const noexcept;
    // totalResults and the elements of "Resources" of a ListResponse; nothing if the body is none.
    struct List {
        std::uint64_t total_results = 0;
        std::vector<json::element> resources;
    };
    std::optional<List> list() const;
    // "detail" or "scimType: detail" of a SCIM error body; else the beginning of the body, one line, at most 200 bytes.
    std::string error_text() const;
};

Reply read_reply(Response&& response, JsonReader& reader);
Reply no_reply(Failure failure, std::string detail = {});

}  // namespace provsim
