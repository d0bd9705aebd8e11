// SPDX-License-Identifier: Apache-2.0
#include "model/expression/functions.h"

#include <algorithm>

namespace provsim {
namespace {

// All values as texts; a single one is a list of one.
Texts texts_of(const Value& value)
{
    if (const auto* texts = std::get_if<Texts>(&value.held)) return *texts;
    if (const auto* roles = std::get_if<AppRoles>(&value.held)) {
        Texts texts;
        for (const AppRole& role : *roles) texts.push_back(*to_text(Value(AppRoles{role})));
        return texts;
    }
    if (auto text = to_text(value)) return {std::move(*text)};
    return {};
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view white = " \t\r\n";
    const std::size_t first = text.find_first_not_of(white);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(white) - first + 1);
}

}  // namespace

Value count(const Arguments& a) { return Value(static_cast<std::int64_t>(texts_of(a[0]).size())); }

Value item(const Arguments& a)
{
    const std::int64_t index = a.integer(1);
    if (index < 1) return a.error("index counts from 1");      // the page: 0 shouldn't be used
    const Texts texts = texts_of(a[0]);
    if (static_cast<std::uint64_t>(index) > texts.size()) return {};      // assumed
    return Value(texts[static_cast<std::size_t>(index) - 1]);
}

// The page's sample Join(", ", "", [surname], [givenName]) gives "Doe, John": what is empty is skipped with its separator.
Value join(const Arguments& a)
{
    std::string out;
    bool first = true;
    for (std::size_t i = 1; i < a.count(); ++i)
        for (const std::string& text : texts_of(a[i])) {
            if (text.empty()) continue;
            if (!first) out += a.text(0);
            out += text;
            first = false;
            if (out.size() > longest_value) return a.error("the text grew too long");
        }
    return Value(std::move(out));
}

Value remove_duplicates(const Arguments& a)
{
    if (a[0].kind() != Value::Kind::texts) return a[0];
    // Not in order of their values: the first of each stays where it is.
    Texts sorted = std::get<Texts>(a[0].held);
    std::sort(sorted.begin(), sorted.end());
    Texts kept;
    std::vector<bool> seen(sorted.size(), false);
    for (const std::string& text : std::get<Texts>(a[0].held)) {
        const auto place = static_cast<std::size_t>(std::lower_bound(sorted.begin(), sorted.end(), text) - sorted.begin());
        if (!seen[place]) kept.push_back(text);
        seen[place] = true;
    }
    return Value(std::move(kept));
}

// The page's sample cuts "PermissionSetOne, PermissionSetTwo" at "," into names without the space: white space around a part
// goes. So do empty parts, which are no values (assumed).
Value split(const Arguments& a)
{
    if (!a.has(0)) return {};
    const std::string& delimiter = a.text(1);
    if (delimiter.empty()) return a.error("the delimiter is empty");
    Texts parts;
    std::string_view rest = a.text(0);
    while (true) {
        const std::size_t at = rest.find(delimiter);
        if (const std::string_view part = trimmed(rest.substr(0, at)); !part.empty()) parts.emplace_back(part);
        if (at == std::string_view::npos) return Value(std::move(parts));
        rest.remove_prefix(at + delimiter.size());
    }
}

}  // namespace provsim
