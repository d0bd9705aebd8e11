// SPDX-License-Identifier: Apache-2.0
#include "model/expression.h"

#include "model/expression/parser.h"

namespace provsim {

Result<Expression> Expression::parse(std::string_view text, const Place& place) { return ExpressionParser(text, place).parse(); }

}  // namespace provsim
