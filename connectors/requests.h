// SPDX-License-Identifier: Apache-2.0
// What composing requests takes, whoever the provider is: encodings of paths and queries, and PATCH bodies.
// Everything appends to the string it is given; nothing is parsed again. At the end, what is read of a reply.
#pragma once

#include "connectors/connector.h"

#include <optional>
#include <string>
#include <string_view>

namespace provsim {

// One path segment: RFC 3986 unreserved characters stay, the rest is %XX (as .NET's Uri.EscapeDataString).
void append_path_segment(std::string& out, std::string_view text);
// Text inside a query: '+' for a space, %xx in lower case for all but letters, digits and "-_."
// (.NET's HttpUtility.UrlEncode; that it also spares "!*()" is not followed: Entra was seen to encode them).
void append_query_text(std::string& out, std::string_view text);
// `attribute eq "value"`, encoded for a query. Quotes and backslashes of the value are escaped as in JSON (RFC 7644 3.4.2.2).
void append_equals(std::string& out, std::string_view attribute, std::string_view value);

// "/Users/<id>" and where the id stands in it.
IdSpan append_resource_path(std::string& out, std::string_view endpoint, std::string_view id, ObjectRef object);
// "<id>" as a JSON string and where the id stands in it, the quotes left out.
IdSpan append_json_id(std::string& out, std::string_view id, ObjectRef object);

// The body of a PATCH (RFC 7644 3.5.2): schemas, then Operations, each op, path, value in this order.
class PatchWriter {
public:
    PatchWriter();
    // Begins an operation; the caller appends its value to text() unless there is none. An empty path is left out.
    void begin(std::string_view op, std::string_view path);
    void begin_value();
    std::string& text() noexcept { return body_; }
    void end() { body_.push_back('}'); }
    std::string finish() &&;

private:
    std::string body_;
    bool first_ = true;
};

// Retry-After of a 429 or 503, if it is a whole number of seconds, a day at most; a date is not understood (assumed).
std::optional<Duration> retry_after(const Reply& reply);
// A 2xx whose body cannot be used: what it lacks; empty if it is good.
std::string_view lacking(const Ask& ask, const Reply& reply);

}  // namespace provsim
