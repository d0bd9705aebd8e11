// SPDX-License-Identifier: Apache-2.0
// The grammar:
//
//   expression := operand
//   operand    := "text" | number | [attribute] | vbTextCompare | vbBinaryCompare | Name ( arguments )
//   arguments  := nothing | argument { , argument }
//   argument   := nothing | operand [ comparison operand ]
//   comparison := = | <> | > | >= | < | <=         in the condition of IIF, in CBool and in Not alone
//
// Spaces and line breaks may stand between all of these (the functions page prints its longer samples so).
#pragma once

#include "model/expression/program.h"

#include <optional>

namespace provsim {

class ExpressionParser {
public:
    ExpressionParser(std::string_view text, const Place& place) : text_(text), place_(place) {}
    Result<Expression> parse();

private:
    using Index = std::uint32_t;

    // Each returns false, or nothing, after it has said what is wrong.
    bool fail(std::size_t at, std::string what, std::string remedy = {});
    bool operand(Index& into, unsigned depth);
    bool text_constant(Index& into);
    bool number(Index& into);
    bool attribute(Index& into);
    bool call(Index& into, unsigned depth);
    bool arguments(Index node, const FunctionSignature& function, unsigned depth);
    bool argument(Index& into, bool comparison_allowed, unsigned depth);
    bool finish(Index call, unsigned depth);
    std::string found_here() const;

    void skip_spaces();
    bool at_end() const noexcept { return at_ >= text_.size(); }
    char peek(std::size_t ahead = 0) const noexcept { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
    Index add(ExpressionNode node);
    Place place_of(std::size_t at) const;

    std::string_view text_;
    Place place_;
    std::size_t at_ = 0;
    Expression::Program program_;
    std::optional<Problem> problem_;
};

struct ExpressionMistake {
    std::size_t at = 0;      // in bytes
    std::string what;
    std::string remedy;
};

// What can be said of a call once its arguments are known: their number, Switch's pairs, Replace's modes, constants that
// can only be wrong. Compiles Replace's pattern on the way. Nothing if there is no mistake.
std::optional<ExpressionMistake> check_call(std::string_view text, std::vector<ExpressionNode>& nodes, std::uint32_t call);
// What is documented not to work although it can be read.
std::optional<ExpressionMistake> doubt_call(const std::vector<ExpressionNode>& nodes, std::uint32_t call);

}  // namespace provsim
