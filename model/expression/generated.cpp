// SPDX-License-Identifier: Apache-2.0
// What no attribute holds: the tenant's domain, identifiers and random texts. The same draw gives the same value.
#include "model/expression/functions.h"

#include <algorithm>

namespace provsim {
namespace {

constexpr std::string_view digits = "0123456789";
constexpr std::string_view capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view small_letters = "abcdefghijklmnopqrstuvwxyz";
// Windows: password-must-meet-complexity-requirements, which the page refers to.
constexpr std::string_view special = "~!@#$%^&*_-+=`|\\(){}[]:;\"'<>,.?/";

std::string without(std::string_view set, std::string_view avoided)
{
    std::string out;
    std::copy_if(set.begin(), set.end(), std::back_inserter(out), [&](char c) { return avoided.find(c) == std::string_view::npos; });
    return out;
}

std::uint64_t ordinal_of(const Arguments& a) { return mix(a.context().ordinal, a.number()); }

}  // namespace

// The page: "if no default verified domain is found, the function returns an error".
Value default_domain(const Arguments& a)
{
    return a.context().default_domain.empty() ? a.error("the tenant has no default verified domain") : Value(a.context().default_domain);
}

Value new_guid(const Arguments& a) { return Value(to_string(draw_guid(a.context().draw, "expression.Guid", a.context().object, ordinal_of(a)))); }

Value random_string(const Arguments& a)
{
    struct Kind { std::int64_t fewest; std::string set; };
    const std::string& avoided = a.text(5);
    const Kind kinds[] = {{a.integer(1), without(digits, avoided)},
                          {a.integer(2), without(special, avoided)},
                          {a.integer(3), without(capitals, avoided)},
                          {a.integer(4), without(small_letters, avoided)}};
    const std::int64_t length = a.integer(0);
    if (length < 0 || length > 256) return a.error("a random text has 256 characters at most");
    std::int64_t fewest = 0;
    std::string any;
    for (const Kind& kind : kinds) {
        if (kind.fewest < 0 || kind.fewest > length) return a.error("a minimum is not from 0 to Length");
        if (kind.fewest > 0 && kind.set.empty()) return a.error("CharactersToAvoid leaves nothing to choose from");
        fewest += kind.fewest;
        // The rest comes from the kinds asked for: the page's sample without special characters or capitals shows none.
        if (kind.fewest > 0) any += kind.set;
    }
    if (fewest > length) return a.error("Length is less than its minimums together");
    if (any.empty()) any = without(small_letters, avoided) + without(digits, avoided);
    if (any.empty() && length > 0) return a.error("CharactersToAvoid leaves nothing to choose from");

    std::uint64_t drawn = 0;
    const auto below = [&](std::size_t bound) {
        return static_cast<std::size_t>(a.context().draw.below(bound, "expression.RandomString", a.context().object, mix(ordinal_of(a), drawn++)));
    };
    std::string out;
    for (const Kind& kind : kinds)
        for (std::int64_t i = 0; i < kind.fewest; ++i) out += kind.set[below(kind.set.size())];
    while (out.size() < static_cast<std::size_t>(length)) out += any[below(any.size())];
    for (std::size_t i = out.size(); i > 1; --i) std::swap(out[i - 1], out[below(i)]);
    return Value(std::move(out));
}

}  // namespace provsim
