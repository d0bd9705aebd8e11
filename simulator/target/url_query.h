// SPDX-License-Identifier: Apache-2.0
// The target of a request taken apart: "/Users/x?filter=userName+eq+%22a%22".
#pragma once

#include "target/errors.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace provsim::target {

// What a search or a read can be told (RFC 7644 table 3). A POST to /.search gives the same in its body.
struct Query {
    std::optional<std::string> filter;
    std::optional<std::string> attributes;             // comma-separated
    std::optional<std::string> excluded_attributes;
    std::optional<std::int64_t> start_index;           // from 1; as sent
    std::optional<std::int64_t> count;
};

struct Url {
    std::string collection;   // "Users"; decoded, without slashes
    std::string id;           // "x", or ".search"; empty = the collection itself
    bool deeper = false;      // there is a third part
    Query query;
};

// Percent-encoding and '+' for a space in the query are taken off; unknown parameters are passed over, names ignore case.
bool parse_url(std::string_view target, Url& out, ScimError& error);

}  // namespace provsim::target
