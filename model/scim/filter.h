// SPDX-License-Identifier: Apache-2.0
// The filter language of RFC 7644 3.4.2.2 as a tree. Vocabulary only: nothing here evaluates a filter.
#pragma once

#include "model/result.h"
#include "model/scim/attribute_name.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace provsim {

enum class Comparison : std::uint8_t { eq, ne, co, sw, ew, gt, ge, lt, le, pr };
std::string_view to_string(Comparison op) noexcept;

// The right side of a comparison, by JSON's rules.
struct FilterValue {
    enum class Kind : std::uint8_t { none, null, boolean, number, string };   // none = the operator is pr
    Kind kind = Kind::none;
    std::string text;   // string: unescaped; number: as written; boolean: "true" or "false"
    friend bool operator==(const FilterValue&, const FilterValue&) = default;
};

struct FilterNode {
    enum class Kind : std::uint8_t {
        compare,      // attribute op value
        value_path,   // attribute[child]: some one value of the attribute meets the child; no value_path inside
        all,          // child and child and ...; two children or more, none of which is `all`
        any,          // child or child or ...; likewise
        negation,     // not (child)
    };
    Kind kind = Kind::compare;
    Comparison op = Comparison::pr;
    AttributeName attribute;              // compare, value_path
    FilterValue value;                    // compare
    std::vector<std::uint32_t> children;  // indices into Filter::nodes
};

// A tree in one vector, so that a deep one needs no deep destructor. Owns its text.
struct Filter {
    std::vector<FilterNode> nodes;
    std::uint32_t root = 0;
};

inline constexpr unsigned max_filter_depth = 32;   // parentheses, nots and brackets within each other

// Operators and attribute names ignore ASCII case. `emails[type eq "work"].value eq "x"`, which Entra sends and the
// RFC's grammar lacks, is read as `emails[type eq "work" and value eq "x"]`. A problem has the code "invalidFilter"
// (RFC 7644 3.12) and the column, from 1, where the text stopped making sense.
Result<Filter> parse_filter(std::string_view text);

// The filter in the RFC's spelling with the fewest parentheses. parse_filter(print_filter(f)) gives f again.
std::string print_filter(const Filter& filter);

}  // namespace provsim
