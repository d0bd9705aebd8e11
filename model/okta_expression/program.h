// SPDX-License-Identifier: Apache-2.0
// A parsed expression of Okta's language: a tree in one vector, so that a deep one needs no deep destructor.
#pragma once

#include "model/okta_expression.h"
#include "model/regex.h"

#include <cstdint>

namespace provsim {

struct OktaFunction;

struct OktaNode {
    enum class Kind : std::uint8_t {
        constant, reference, array,
        map,            // children: key, value, key, value ... (the search criteria of user.getGroups)
        call,
        sum,            // of all its children, from left to right
        minus,          // a child of a sum that is subtracted
        any, all,       // ||, &&
        negation, comparison, matches, choice, elvis,
        index,          // array[position]
    };
    enum class Relation : std::uint8_t { equal, unequal, less, less_or_equal, greater, greater_or_equal };

    Kind kind = Kind::constant;
    Relation relation = Relation::equal;
    std::size_t at = 0;                           // where it begins, in bytes
    std::size_t end = 0;
    OktaValue constant;
    std::string scope, name;                      // of a reference; name: also the member behind a call that returns a user or groups
    const OktaFunction* function = nullptr;       // of a call
    std::vector<std::uint32_t> children;
    std::shared_ptr<const Regex> regex;           // of matches and isMemberOfGroupNameRegex, if the expression is a constant
};

struct OktaExpression::Program {
    std::string text;
    std::vector<OktaNode> nodes;
    std::uint32_t root = 0;
    std::vector<std::string> attributes;
    bool asks_for_groups = false;
    Problems warnings;
};

}  // namespace provsim
