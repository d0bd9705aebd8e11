// SPDX-License-Identifier: Apache-2.0
// The grammar (SpEL's, as far as Okta documents it):
//
//   expression := any [ ? expression : expression | ?: expression ]
//   any        := all { (|| or OR) all }
//   all        := relation { (&& or AND) relation }
//   relation   := sum [ (== != < <= > >= or matches) sum ]
//   sum        := unary { (+ or -) unary }
//   unary      := { ! or NOT } primary { [ expression ] }
//   primary    := 'text' | "text" | number | true | false | null | ( expression ) | { list } | scope.name | name | call
//   call       := name ( [ expression { , expression } ] ), followed by .name if it returns a user, .![name] if groups
//   list       := nothing | expression { , expression } | "key" : expression { , "key" : expression }
//
// Spaces and line breaks may stand between all of these, but not in scope.name. Word operators and the words true, false and null are
// read in any case: the overview writes NULL.
#pragma once

#include "model/okta_expression/functions.h"

#include <optional>

namespace provsim {

class OktaParser {
public:
    OktaParser(std::string_view text, const Place& place) : text_(text), place_(place) {}
    Result<OktaExpression> parse();

private:
    using Index = std::uint32_t;
    using Rule = bool (OktaParser::*)(Index& into, unsigned depth);

    // Each returns false after it has said what is wrong.
    bool fail(std::size_t at, std::string what, std::string remedy = {});
    bool expression(Index& into, unsigned depth);
    bool any(Index& into, unsigned depth);
    bool all(Index& into, unsigned depth);
    bool relation(Index& into, unsigned depth);
    bool sum(Index& into, unsigned depth);
    bool unary(Index& into, unsigned depth);
    bool primary(Index& into, unsigned depth);
    bool chain(Index& into, unsigned depth, OktaNode::Kind kind, std::string_view sign, std::string_view word, Rule operand);
    bool positions(Index& into, unsigned depth);          // [0] behind a value
    bool text_constant(Index& into);
    bool number(Index& into);
    bool list(Index& into, unsigned depth);
    bool name(Index& into, unsigned depth);
    bool reference(Index& into, std::size_t begin, std::string_view path);
    bool call(Index& into, std::size_t begin, std::string_view path, unsigned depth);
    bool arguments(Index node, unsigned depth);
    bool member(Index node);                              // .name and .![name] behind a call
    bool check_call(Index node);
    bool check_groups(Index node);
    bool check_end();
    bool compile(Index node, const std::string& pattern, std::size_t at);
    void doubt_condition(std::size_t first);              // of the nodes from that on

    std::string found_here() const;
    std::string operator_remedy() const;                  // where an operator was expected
    bool take(std::string_view sign);
    bool take_word(std::string_view word);
    bool at_word(std::string_view word) const;
    void skip_spaces();
    bool at_end() const noexcept { return at_ >= text_.size(); }
    char peek(std::size_t ahead = 0) const noexcept { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
    Index add(OktaNode::Kind kind, std::size_t begin, std::vector<Index> children = {});
    Index add_constant(std::size_t begin, OktaValue value);
    void warn(std::size_t at, std::string what, std::string remedy = {});
    Place place_of(std::size_t at) const;

    std::string_view text_;
    Place place_;
    std::size_t at_ = 0;
    OktaExpression::Program program_;
    std::optional<Problem> problem_;
};

}  // namespace provsim
