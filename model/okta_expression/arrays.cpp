// SPDX-License-Identifier: Apache-2.0
// Arrays.*. Nothing is an array without values, and a text is one of comma-separated values (the overview, "Array functions").
#include "model/okta_expression/functions.h"

#include <fmt/format.h>

#include <algorithm>

namespace provsim {
namespace {

std::string_view without_spaces(std::string_view text)
{
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

// Spaces around a comma do not count: the overview's sample of flatten has them. One value more than is allowed is enough.
OktaArray array_of(const OktaValue& value)
{
    if (value.array() != nullptr) return *value.array();
    if (value.is_null()) return {};
    const std::string* text = value.text();
    if (text == nullptr) return {value};
    OktaArray out;
    for (std::size_t at = 0; at <= text->size() && !text->empty() && out.size() <= longest_okta_array;) {
        const std::size_t end = std::min(text->find(',', at), text->size());
        out.emplace_back(without_spaces(std::string_view(*text).substr(at, end - at)));
        at = end + 1;
    }
    return out;
}

// As == has it, and a number in a text made of digits is that number (assumed: else a list of comma-separated values had none).
bool same(const OktaValue& a, const OktaValue& b)
{
    if (a.is_numeric() != b.is_numeric() && !a.is_null() && !b.is_null()) {
        const auto left = to_text(a), right = to_text(b);
        return left && right && *left == *right;
    }
    return okta_compare(a, OktaNode::Relation::equal, b) == OktaValue(true);
}

void flatten(const OktaValue& value, OktaArray& into)
{
    if (into.size() > longest_okta_array) return;
    if (value.array() == nullptr) return into.push_back(value);
    for (const OktaValue& inner : *value.array()) flatten(inner, into);
}

}  // namespace

OktaValue okta_array_add(const OktaArguments& a)
{
    OktaArray out = array_of(a[0]);
    out.push_back(a[1]);
    return OktaValue(std::move(out));
}

OktaValue okta_array_remove(const OktaArguments& a)
{
    OktaArray out = array_of(a[0]);
    out.erase(std::remove_if(out.begin(), out.end(), [&](const OktaValue& value) { return same(value, a[1]); }), out.end());
    return OktaValue(std::move(out));
}

OktaValue okta_array_clear(const OktaArguments&) { return OktaValue(OktaArray{}); }

OktaValue okta_array_get(const OktaArguments& a)
{
    OktaArray values = array_of(a[0]);
    const std::int64_t at = a.integer(1);
    if (at < 0 || static_cast<std::size_t>(at) >= values.size()) return a.error(fmt::format("there is no value {} in an array of {}", at, values.size()));
    return std::move(values[static_cast<std::size_t>(at)]);
}

OktaValue okta_array_flatten(const OktaArguments& a)
{
    OktaArray out;
    for (std::size_t i = 0; i < a.count(); ++i) {
        if (a[i].text() != nullptr) flatten(OktaValue(array_of(a[i])), out);
        else if (a.has(i)) flatten(a[i], out);
    }
    return OktaValue(std::move(out));
}

OktaValue okta_array_contains(const OktaArguments& a)
{
    const OktaArray values = array_of(a[0]);
    return OktaValue(std::any_of(values.begin(), values.end(), [&](const OktaValue& value) { return same(value, a[1]); }));
}

OktaValue okta_array_size(const OktaArguments& a) { return OktaValue(static_cast<std::int64_t>(array_of(a[0]).size())); }

OktaValue okta_array_is_empty(const OktaArguments& a) { return OktaValue(array_of(a[0]).empty()); }

OktaValue okta_to_csv(const OktaArguments& a)
{
    if (a[0].text() != nullptr) return a[0];
    const auto text = okta_joined(array_of(a[0]));
    return text ? OktaValue(*text) : a.error("an array within the array has no text");
}

}  // namespace provsim
