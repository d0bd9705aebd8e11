// SPDX-License-Identifier: Apache-2.0
#include "store/redactor.h"

#include "model/json.h"
#include "model/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

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

// What JSON of people, and base64, have most of, the most frequent first; all else is rarer.
constexpr std::string_view frequent = "\"e:a,tionsrlmdcuph0123456789-.AfyESgbvkRTOI";

std::size_t rarity(char c)
{
    return std::min(frequent.find(c), frequent.size());
}

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

Redactor::Needle::Needle(std::string looked_for) : text(std::move(looked_for))
{
    for (std::size_t i = 1; i < text.size(); ++i)
        if (rarity(text[i]) > rarity(text[rare])) rare = i;
}

std::size_t Redactor::Needle::find_in(std::string_view where, std::size_t from) const noexcept
{
    if (where.size() < text.size()) return std::string_view::npos;
    // Places where the needle fits in: its rare byte is looked for at `begin` and `end`, moved by `rare`.
    const char *const begin = where.data() + rare, *const end = begin + (where.size() - text.size() + 1);
    for (const char* at = begin + std::min(from, where.size() - text.size() + 1);;) {
        at = static_cast<const char*>(std::memchr(at, text[rare], static_cast<std::size_t>(end - at)));
        if (!at) return std::string_view::npos;
        if (std::memcmp(at - rare, text.data(), text.size()) == 0) return static_cast<std::size_t>(at - begin);
        ++at;
    }
}

Redactor::Redactor(const std::vector<std::string>& secrets)
{
    for (const std::string& secret : secrets) {
        if (secret.size() < shortest) continue;
        std::string quoted;
        append_json_string(quoted, secret);
        for (std::string spelling : {secret, quoted.substr(1, quoted.size() - 2), percent_encoded(secret, true), percent_encoded(secret, false)}) {
            const auto known = [&](const Needle& needle) { return needle.text == spelling; };
            if (std::none_of(needles_.begin(), needles_.end(), known)) needles_.emplace_back(std::move(spelling));
        }
    }
    std::stable_sort(needles_.begin(), needles_.end(), [](const auto& a, const auto& b) { return a.text.size() > b.text.size(); });
    for (const char* end : {"assword\"", "ASSWORD\""}) passwords_.emplace_back(end);
}

bool Redactor::concerns(std::string_view text) const noexcept
{
    const auto found = [text](const Needle& needle) { return needle.find_in(text) != std::string_view::npos; };
    return std::any_of(needles_.begin(), needles_.end(), found) || std::any_of(passwords_.begin(), passwords_.end(), found);
}

std::string_view Redactor::clean(std::string_view text, std::string& scratch) const
{
    for (const Needle& needle : needles_) {
        for (auto at = needle.find_in(text); at != std::string_view::npos; at = needle.find_in(text, at + 3)) {
            if (text.data() != scratch.data()) scratch = text;
            scratch.replace(at, needle.text.size(), "***");
            text = scratch;
        }
    }
    return text;
}

std::string_view Redactor::clean_body(std::string_view body, std::string& scratch) const
{
    body = clean(body, scratch);
    // Most bodies have no password; one search tells that faster than a walk over their strings.
    if (std::all_of(passwords_.begin(), passwords_.end(), [body](const Needle& end) { return end.find_in(body) == std::string_view::npos; })) return body;
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
