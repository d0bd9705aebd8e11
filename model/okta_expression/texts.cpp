// SPDX-License-Identifier: Apache-2.0
// String.*. A text that is missing stays missing, where Okta's page says nothing else (assumed: so do the functions of Apache's
// Commons Lang that these are named after).
#include "model/expression/characters.h"
#include "model/okta_expression/functions.h"

#include <algorithm>

namespace provsim {
namespace {

OktaValue replaced(const OktaArguments& a, bool all)
{
    if (!a.has(0)) return {};
    const std::string& text = a.text(0);
    const std::string& match = a.text(1);
    if (match.empty()) return a[0];
    std::string out;
    std::size_t from = 0;
    for (std::size_t at = text.find(match); at != std::string::npos && out.size() <= longest_okta_text;) {
        out.append(text, from, at - from).append(a.text(2));
        from = at + match.size();
        at = all ? text.find(match, from) : std::string::npos;
    }
    return OktaValue(out.append(text, from));
}

}  // namespace

OktaValue okta_append(const OktaArguments& a) { return a.has(0) || a.has(1) ? OktaValue(a.text(0) + a.text(1)) : OktaValue(); }

// A missing text among those that are joined is skipped, with its separator (assumed).
OktaValue okta_join(const OktaArguments& a)
{
    std::string out;
    bool first = true;
    for (std::size_t i = 1; i < a.count() && out.size() <= longest_okta_text; ++i) {
        if (!a.has(i)) continue;
        if (!first) out += a.text(0);
        out += a.text(i);
        first = false;
    }
    return OktaValue(std::move(out));
}

// 0 if it is missing: the overview tests a middle initial so.
OktaValue okta_len(const OktaArguments& a) { return OktaValue(static_cast<std::int64_t>(count_characters(a.text(0)))); }

OktaValue okta_remove_spaces(const OktaArguments& a)
{
    if (!a.has(0)) return {};
    std::string out = a.text(0);
    out.erase(std::remove_if(out.begin(), out.end(), is_white), out.end());
    return OktaValue(std::move(out));
}

OktaValue okta_replace(const OktaArguments& a) { return replaced(a, true); }
OktaValue okta_replace_first(const OktaArguments& a) { return replaced(a, false); }

OktaValue okta_starts_with(const OktaArguments& a) { return OktaValue(a.has(0) && a.has(1) && a.text(0).starts_with(a.text(1))); }

OktaValue okta_string_contains(const OktaArguments& a) { return OktaValue(a.has(0) && a.has(1) && a.text(0).find(a.text(1)) != std::string::npos); }

// The first key that stands anywhere in the text wins, in the order of the keys (the overview: "First match wins").
OktaValue okta_string_switch(const OktaArguments& a)
{
    if (a.has(0))
        for (std::size_t i = 2; i + 1 < a.count(); i += 2)
            if (a.has(i) && a.text(0).find(a.text(i)) != std::string::npos) return a[i + 1];
    return a[1];
}

// From the first character, which has the number 0, up to but without the other. Beyond the end there is nothing (assumed: the
// overview limits a last name to 6 characters so).
OktaValue okta_substring(const OktaArguments& a)
{
    if (!a.has(0)) return {};
    const std::int64_t start = a.integer(1), end = a.integer(2);
    if (start < 0) return a.error("startIndex is less than 0");
    if (end < start) return a.error("endIndex is less than startIndex");
    return OktaValue(characters(a.text(0), static_cast<std::size_t>(start), static_cast<std::size_t>(end - start)));
}

// Without the search text: nothing behind it (Okta support, "custom alias attribute using secondary email"), everything before it (assumed).
OktaValue okta_substring_after(const OktaArguments& a)
{
    if (!a.has(0)) return {};
    const std::size_t at = a.has(1) ? a.text(0).find(a.text(1)) : std::string::npos;
    return OktaValue(at == std::string::npos ? std::string() : a.text(0).substr(at + a.text(1).size()));
}

OktaValue okta_substring_before(const OktaArguments& a)
{
    if (!a.has(0) || !a.has(1)) return a[0];
    return OktaValue(a.text(0).substr(0, a.text(0).find(a.text(1))));
}

OktaValue okta_to_lower_case(const OktaArguments& a) { return a.has(0) ? OktaValue(to_lower(a.text(0))) : OktaValue(); }
OktaValue okta_to_upper_case(const OktaArguments& a)
{
    if (!a.has(0)) return {};
    // As Java has it, ß becomes two letters.
    std::string out = to_upper(a.text(0));
    for (std::size_t at = 0; (at = out.find("ß", at)) != std::string::npos;) out.replace(at, std::string_view("ß").size(), "SS");
    return OktaValue(std::move(out));
}

}  // namespace provsim
