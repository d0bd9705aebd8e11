// SPDX-License-Identifier: Apache-2.0
#include "store/redactor.h"

#include "model/json.h"
#include "model/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace provsim {
namespace {

std::string percent_encoded(std::string_view text, bool upper)
{
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) out += c;
        else if (upper) fmt::format_to(std::back_inserter(out), "%{:02X}", static_cast<unsigned char>(c));
        else fmt::format_to(std::back_inserter(out), "%{:02x}", static_cast<unsigned char>(c));
    }
    return out;
}

constexpr std::string_view password_key = "\"password\"";

// Where a value of "password" stands in JSON text, from `from` on: [first, second), quotes excluded; npos if nowhere.
std::pair<std::size_t, std::size_t> find_password(std::string_view body, std::size_t from)
{
    for (; from + password_key.size() < body.size(); ++from) {
        from = body.find('"', from);
        if (from == std::string_view::npos) break;
        if (!equal_ignoring_ascii_case(body.substr(from, password_key.size()), password_key)) continue;
        std::size_t at = body.find_first_not_of(" \t\r\n", from + password_key.size());
        if (at == std::string_view::npos || body[at] != ':') continue;
        at = body.find_first_not_of(" \t\r\n", at + 1);
        if (at == std::string_view::npos || body[at] != '"') continue;
        std::size_t end = at + 1;
        while (end < body.size() && body[end] != '"') end += body[end] == '\\' ? 2 : 1;
        return {at + 1, std::min(end, body.size())};
    }
    return {std::string_view::npos, 0};
}

}  // namespace

Redactor::Redactor(const std::vector<std::string>& secrets)
{
    for (const std::string& secret : secrets) {
        if (secret.size() < shortest) continue;
        std::string quoted;
        append_json_string(quoted, secret);
        for (std::string spelling : {secret, quoted.substr(1, quoted.size() - 2), percent_encoded(secret, true), percent_encoded(secret, false)})
            if (std::find(needles_.begin(), needles_.end(), spelling) == needles_.end()) needles_.push_back(std::move(spelling));
    }
    std::stable_sort(needles_.begin(), needles_.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
}

bool Redactor::found_in(std::string_view text) const noexcept
{
    return std::any_of(needles_.begin(), needles_.end(), [text](const std::string& needle) { return text.find(needle) != std::string_view::npos; });
}

std::string_view Redactor::clean(std::string_view text, std::string& scratch) const
{
    if (!found_in(text)) return text;
    scratch = text;
    for (const std::string& needle : needles_)
        for (auto at = scratch.find(needle); at != std::string::npos; at = scratch.find(needle, at + 3)) scratch.replace(at, needle.size(), "***");
    return scratch;
}

std::string_view Redactor::clean_body(std::string_view body, std::string& scratch) const
{
    body = clean(body, scratch);
    // Most bodies have no password; one search tells that faster than a walk over their strings.
    if (body.find("assword\"") == std::string_view::npos && body.find("ASSWORD\"") == std::string_view::npos) return body;
    for (std::size_t from = 0;;) {
        const auto [begin, end] = find_password(body, from);
        if (begin == std::string_view::npos) return body;
        if (body.data() != scratch.data()) scratch = body;
        scratch.replace(begin, end - begin, "***");
        body = scratch;
        from = begin + 3;
    }
}

}  // namespace provsim
