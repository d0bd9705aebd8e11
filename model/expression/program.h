// SPDX-License-Identifier: Apache-2.0
// A parsed expression: a tree in one vector, so that a deep one needs no deep destructor.
#pragma once

#include "model/expression.h"
#include "model/regex.h"

namespace provsim {

enum class ExpressionOperator : std::uint8_t { equal, unequal, less, less_or_equal, greater, greater_or_equal };

struct ExpressionNode {
    enum class Kind : std::uint8_t { nothing, constant, attribute, call, comparison };   // nothing: an argument left empty
    Kind kind = Kind::nothing;
    ExpressionOperator op = ExpressionOperator::equal;
    MappingFunction function = MappingFunction::append;
    std::uint32_t attribute = 0;              // index into Program::attributes
    std::size_t at = 0;                       // where it begins, in bytes
    std::size_t end = 0;
    Value constant;
    std::vector<std::uint32_t> children;      // a call's arguments; a comparison's two sides
    // Of Replace, if its pattern is a constant.
    std::shared_ptr<const Regex> regex;
};

struct Expression::Program {
    std::string text;
    std::vector<ExpressionNode> nodes;
    std::uint32_t root = 0;
    std::vector<std::string> attributes;
    Problems warnings;
};

}  // namespace provsim
