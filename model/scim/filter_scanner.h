// SPDX-License-Identifier: Apache-2.0
// The scanner and parser that filters and PATCH paths share. Private to model/scim.
#pragma once

#include "model/scim/filter.h"

namespace provsim::scim_detail {

class FilterParser {
public:
    FilterParser(std::string_view text, std::string_view code) : text_(text), code_(code) {}

    // FILTER up to the end or to a closing mark that is not its own. False: problem() says why.
    bool parse_or(Filter& into, std::uint32_t& node, unsigned depth, bool in_brackets);
    // The attribute name at the current place. False: problem() says why.
    bool parse_name(AttributeName& into);
    bool skip_spaces();                       // true if there was one
    bool take(char c);
    char peek() const noexcept { return at_ < text_.size() ? text_[at_] : '\0'; }
    bool at_end() const noexcept { return at_ == text_.size(); }
    std::size_t position() const noexcept { return at_; }
    bool fail(std::string what, std::size_t at);
    bool fail(std::string what) { return fail(std::move(what), at_); }
    Problem problem() const { return problem_; }

private:
    bool parse_and(Filter& into, std::uint32_t& node, unsigned depth, bool in_brackets);
    bool parse_term(Filter& into, std::uint32_t& node, unsigned depth, bool in_brackets);
    bool parse_attribute_expression(Filter& into, std::uint32_t& node, unsigned depth, bool in_brackets);
    bool parse_operation(FilterNode& into);
    bool parse_value(FilterValue& into);
    bool parse_string(std::string& into);
    bool parse_hex4(std::uint32_t& into);
    bool take_word(std::string_view word);    // a whole word in any case, with a space or '(' after it

    std::string_view text_;
    std::string_view code_;
    std::size_t at_ = 0;
    Problem problem_;
};

// Appends `node` with the fewest parentheses.
void print_node(const Filter& filter, std::uint32_t node, std::string& out);

}  // namespace provsim::scim_detail
