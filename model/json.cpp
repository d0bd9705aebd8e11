// SPDX-License-Identifier: Apache-2.0
#include "model/json.h"

#include "model/text.h"

#include <array>
#include <cstdint>
#include <cstring>

namespace provsim {
namespace {

constexpr std::size_t max_nesting = 64;

// What lies idle is bounded: as many documents as conversations are under way, none that a page of users has blown up.
constexpr std::size_t most_spare = 64;
constexpr std::size_t largest_spare = 64 * 1024;

// 0 = written as it is, 'u' = \u00XX, anything else = the letter after the backslash.
constexpr std::array<char, 256> make_escapes()
{
    std::array<char, 256> table{};
    for (std::size_t i = 0; i < 0x20; ++i) table[i] = 'u';
    table['\b'] = 'b';
    table['\f'] = 'f';
    table['\n'] = 'n';
    table['\r'] = 'r';
    table['\t'] = 't';
    table['"'] = '"';
    table['\\'] = '\\';
    return table;
}
constexpr auto escapes = make_escapes();

// The first byte at or after `at` that has to be escaped, or the end. Eight bytes a step: a byte's high bit is set
// in the sum below if it is a control character, a quote or a backslash; bytes from 0x80 on may be reported in vain,
// so that the caller looks at the byte itself.
std::size_t next_escape(std::string_view text, std::size_t at) noexcept
{
    constexpr std::uint64_t ones = 0x0101010101010101u, highs = 0x8080808080808080u;
    const auto zero_bytes = [](std::uint64_t word) { return (word - ones) & ~word & highs; };
    for (; at + 8 <= text.size(); at += 8) {
        std::uint64_t word;
        std::memcpy(&word, text.data() + at, 8);
        const std::uint64_t controls = (word - ones * 0x20) & ~word & highs;
        if ((controls | zero_bytes(word ^ (ones * '"')) | zero_bytes(word ^ (ones * '\\'))) != 0) break;
    }
    while (at < text.size() && escapes[static_cast<unsigned char>(text[at])] == 0) ++at;
    return at;
}

}  // namespace

void JsonDocument::GiveBack::operator()(json::document* document) const noexcept
{
    std::unique_ptr<json::document> owned(document);
    if (spare->documents.size() < spare->documents.capacity() && owned->capacity() <= largest_spare) spare->documents.push_back(std::move(owned));
}

std::optional<JsonDocument> JsonReader::read(std::string_view text)
{
    // simdjson fixes the depth when it first allocates and keeps it when it grows; it stops at the level it is given.
    if (parser_.capacity() == 0 && parser_.allocate(4096, max_nesting + 1) != simdjson::SUCCESS) return std::nullopt;
    auto& idle = spare_->documents;
    idle.reserve(most_spare);
    JsonDocument read;
    read.document_ = {idle.empty() ? new json::document : idle.back().release(), JsonDocument::GiveBack{spare_}};
    if (!idle.empty()) idle.pop_back();
    if (parser_.parse_into_document(*read.document_, text.data(), text.size()).get(read.root_) != simdjson::SUCCESS)
        return std::nullopt;
    return read;
}

std::optional<json::element> member(json::element object, std::string_view name) noexcept
{
    json::object fields;
    json::element found;
    if (object.get(fields) != simdjson::SUCCESS || fields.at_key(name).get(found) != simdjson::SUCCESS) return std::nullopt;
    return found;
}

std::optional<json::element> member_ignoring_case(json::element object, std::string_view name) noexcept
{
    json::object fields;
    if (object.get(fields) != simdjson::SUCCESS) return std::nullopt;
    for (const auto& field : fields)
        if (field.key == name || equal_ignoring_ascii_case(field.key, name)) return field.value;
    return std::nullopt;
}

std::optional<std::string_view> as_string(json::element element) noexcept
{
    std::string_view text;
    if (element.get(text) != simdjson::SUCCESS) return std::nullopt;
    return text;
}

std::optional<std::string_view> string_member(json::element object, std::string_view name) noexcept
{
    const auto found = member(object, name);
    return found ? as_string(*found) : std::nullopt;
}

void append_json_string(std::string& out, std::string_view text)
{
    static constexpr char hex[] = "0123456789abcdef";
    out.push_back('"');
    for (std::size_t copied = 0;;) {
        const std::size_t stop = next_escape(text, copied);
        out.append(text.data() + copied, stop - copied);
        if (stop == text.size()) break;
        const auto byte = static_cast<unsigned char>(text[stop]);
        const char escape[] = {'\\', escapes[byte], '0', '0', hex[byte >> 4], hex[byte & 15]};
        out.append(escape, escape[1] == 'u' ? 6 : 2);
        copied = stop + 1;
    }
    out.push_back('"');
}

}  // namespace provsim
