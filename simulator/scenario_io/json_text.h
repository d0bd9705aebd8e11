// SPDX-License-Identifier: Apache-2.0
// A JSON text of people, with its keys in their order, and where in the text each value stands.
#pragma once

#include "model/result.h"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace provsim {

struct JsonLimits {
    std::size_t bytes = 64u << 20;
    std::size_t depth = 200;        // of lists and maps within each other
};

// A byte order mark is passed over. Problems have the code "json", with the place of what is wrong.
Result<nlohmann::ordered_json> parse_json_text(std::string_view bytes, const std::string& file, const JsonLimits& limits = {});

// Where the value begins that `pointer` (RFC 6901) leads to: at its first character, a text's quote included. `bytes` was
// parsed before; where the pointer leads nowhere, the last value on the way. O(bytes).
Place place_in_json(std::string_view bytes, const std::string& file, const nlohmann::ordered_json::json_pointer& pointer);

// The line and column of a byte; columns count characters of UTF-8.
Place place_of_byte(std::string_view bytes, const std::string& file, std::size_t offset);

}  // namespace provsim
