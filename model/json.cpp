// SPDX-License-Identifier: Apache-2.0
#include "model/json.h"

#include "model/text.h"

#include <array>

namespace provsim {
namespace {

constexpr std::size_t max_nesting = 64;

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

}  // namespace

std::optional<JsonDocument> JsonReader::read(std::string_view text)
{
    // simdjson fixes the depth when it first allocates and keeps it when it grows; it stops at the level it is given.
    if (parser_.capacity() == 0 && parser_.allocate(4096, max_nesting + 1) != simdjson::SUCCESS) return std::nullopt;
    JsonDocument read;
    read.document_ = std::make_unique<json::document>();
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
        if (equal_ignoring_ascii_case(field.key, name)) return field.value;
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
    std::size_t copied = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const char escape = escapes[byte];
        if (escape == 0) continue;
        out.append(text, copied, i - copied);
        copied = i + 1;
        out.push_back('\\');
        out.push_back(escape);
        if (escape == 'u') {
            out.append("00");
            out.push_back(hex[byte >> 4]);
            out.push_back(hex[byte & 15]);
        }
    }
    out.append(text, copied, std::string_view::npos);
    out.push_back('"');
}

}  // namespace provsim
