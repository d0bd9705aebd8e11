// SPDX-License-Identifier: Apache-2.0
#include "scenario_io/json_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace provsim {
namespace {

using Pointer = nlohmann::ordered_json::json_pointer;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string_view without_mark(std::string_view bytes)
{
    if (bytes.substr(0, 3) == byte_order_mark) bytes.remove_prefix(3);
    return bytes;
}

// The first bracket that is too deep, or npos. Only brackets outside of texts count.
std::size_t too_deep(std::string_view bytes, std::size_t limit)
{
    std::size_t depth = 0;
    bool in_text = false;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        const char c = bytes[at];
        if (in_text) {
            if (c == '\\') ++at;
            else if (c == '"') in_text = false;
        } else if (c == '"') {
            in_text = true;
        } else if (c == '[' || c == '{') {
            if (++depth > limit) return at;
        } else if ((c == ']' || c == '}') && depth > 0) {
            --depth;
        }
    }
    return std::string_view::npos;
}

// Walks over a text that is known to be JSON.
class Walk {
public:
    explicit Walk(std::string_view bytes) : bytes_(bytes) { blanks(); }

    std::size_t at() const noexcept { return at_; }

    // Into the map or list that begins here, to the value of that key or number. False, and nothing done, if there is none.
    bool enter(const std::string& token)
    {
        const std::size_t begin = at_;
        const bool map = here() == '{';
        if (!map && here() != '[') return false;
        ++at_;
        for (std::size_t number = 0; blanks(), here() != (map ? '}' : ']') && at_ < bytes_.size(); ++number) {
            std::string key = std::to_string(number);
            if (map) {
                const std::size_t from = at_;
                skip_text();
                key = nlohmann::json::parse(bytes_.substr(from, at_ - from)).get<std::string>();
                blanks();
                ++at_;      // the colon
                blanks();
            }
            if (key == token) return true;
            skip_value();
            blanks();
            if (here() == ',') ++at_;
        }
        at_ = begin;
        return false;
    }

private:
    char here() const noexcept { return at_ < bytes_.size() ? bytes_[at_] : '\0'; }
    void blanks()
    {
        while (at_ < bytes_.size() && (bytes_[at_] == ' ' || bytes_[at_] == '\n' || bytes_[at_] == '\r' || bytes_[at_] == '\t')) ++at_;
    }
    void skip_text()
    {
        for (++at_; at_ < bytes_.size() && bytes_[at_] != '"'; ++at_)
            if (bytes_[at_] == '\\') ++at_;
        ++at_;
    }
    void skip_value()
    {
        if (here() == '"') return skip_text();
        std::size_t depth = 0;
        while (at_ < bytes_.size()) {
            const char c = bytes_[at_];
            if (c == '"') {
                skip_text();
                continue;
            }
            if (c == '[' || c == '{') ++depth;
            else if (c == ']' || c == '}') {
                if (depth == 0) return;
                if (--depth == 0) return (void)++at_;
            } else if (c == ',' && depth == 0) return;
            ++at_;
        }
    }

    std::string_view bytes_;
    std::size_t at_ = 0;
};

Problem not_json(std::string what, std::string remedy, Place place)
{
    return {Severity::error, "json", std::move(what), std::move(remedy), std::move(place)};
}

// nlohmann: "[json.exception.parse_error.101] parse error at line 3, column 9: syntax error while parsing value - unexpected ..."
std::string reason(std::string_view what)
{
    const auto colon = what.find(": ");
    if (colon != std::string_view::npos) what.remove_prefix(colon + 2);
    return std::string(what);
}

}  // namespace

Place place_of_byte(std::string_view bytes, const std::string& file, std::size_t offset)
{
    const std::string_view before = bytes.substr(0, std::min(offset, bytes.size()));
    const std::size_t newline = before.rfind('\n');
    std::string_view line = newline == std::string_view::npos ? without_mark(before) : before.substr(newline + 1);
    const auto characters = std::count_if(line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
    return {file, 1 + static_cast<int>(std::count(before.begin(), before.end(), '\n')), 1 + static_cast<int>(characters)};
}

Result<nlohmann::ordered_json> parse_json_text(std::string_view bytes, const std::string& file, const JsonLimits& limits)
{
    if (bytes.size() > limits.bytes) return not_json(fmt::format("the file has {} bytes; {} are allowed", bytes.size(), limits.bytes), {}, {file, 0, 0});
    if (bytes.substr(0, 2) == "\xFF\xFE" || bytes.substr(0, 2) == "\xFE\xFF")
        return not_json("this file is in UTF-16", "save it as UTF-8 (PowerShell: Out-File -Encoding utf8)", {file, 0, 0});
    const std::string_view text = without_mark(bytes);
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return not_json("the file is empty", {}, {file, 0, 0});
    if (const auto deep = too_deep(text, limits.depth); deep != std::string_view::npos)
        return not_json(fmt::format("nested deeper than {}", limits.depth), {}, place_of_byte(text, file, deep));
    try {
        return nlohmann::ordered_json::parse(text);
    } catch (const nlohmann::json::parse_error& error) {
        return not_json("this is not JSON: " + reason(error.what()), {}, place_of_byte(text, file, error.byte > 0 ? error.byte - 1 : 0));
    } catch (const nlohmann::json::out_of_range& error) {       // a number beyond all bounds
        return not_json("this is not JSON: " + reason(error.what()), {}, {file, 0, 0});
    }
}

Place place_in_json(std::string_view bytes, const std::string& file, const Pointer& pointer)
{
    const std::string_view text = without_mark(bytes);
    std::vector<std::string> tokens;
    for (Pointer rest = pointer; !rest.empty(); rest.pop_back()) tokens.push_back(rest.back());
    Walk walk(text);
    for (auto token = tokens.rbegin(); token != tokens.rend(); ++token)
        if (!walk.enter(*token)) break;
    return place_of_byte(text, file, walk.at());
}

}  // namespace provsim
