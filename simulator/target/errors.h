// SPDX-License-Identifier: Apache-2.0
// Refusals in the shape of RFC 7644 3.12.
#pragma once

#include "model/exchange.h"

#include <string>
#include <string_view>

namespace provsim::target {

// Functions that can refuse take one of these, fill it and return false.
struct ScimError {
    int status = 400;
    std::string_view type;   // scimType; empty = none
    std::string detail;      // one sentence for people, in ASCII: it may quote names but never values
};

inline bool refuse(ScimError& error, std::string_view type, std::string detail, int status = 400)
{
    error = {status, type, std::move(detail)};
    return false;
}

Response error_response(const ScimError& error);

// scimType values (RFC 7644 table 9).
namespace scim_type {
inline constexpr std::string_view invalid_filter = "invalidFilter", too_many = "tooMany", uniqueness = "uniqueness", mutability = "mutability",
                                  invalid_syntax = "invalidSyntax", invalid_path = "invalidPath", no_target = "noTarget", invalid_value = "invalidValue";
}

}  // namespace provsim::target
