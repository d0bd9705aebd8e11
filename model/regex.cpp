// SPDX-License-Identifier: Apache-2.0
#include "model/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <algorithm>
#include <array>

namespace provsim {
namespace {

// Enough for any sane expression on a request body; a catastrophic one is given up within milliseconds.
constexpr std::uint32_t match_limit = 200'000;
constexpr std::uint32_t depth_limit = 10'000;
constexpr std::uint32_t heap_limit_kib = 8 * 1024;
constexpr std::size_t longest_expression = 10'000;
constexpr std::uint32_t nest_limit = 100;
constexpr std::uint32_t smallest_match_limit = 1'000;
constexpr std::size_t longest_group_name = 128;    // PCRE2 allows 32, from 10.44 on 128

struct FreeCompileContext { void operator()(pcre2_compile_context* c) const noexcept { pcre2_compile_context_free(c); } };
struct FreeMatchContext { void operator()(pcre2_match_context* c) const noexcept { pcre2_match_context_free(c); } };
struct FreeMatchData { void operator()(pcre2_match_data* d) const noexcept { pcre2_match_data_free(d); } };

std::string message(int error)
{
    std::array<PCRE2_UCHAR, 256> text{};
    pcre2_get_error_message(error, text.data(), text.size());
    return reinterpret_cast<const char*>(text.data());
}

PCRE2_SPTR units(std::string_view text)
{
    return reinterpret_cast<PCRE2_SPTR>(text.data() ? text.data() : "");
}

}  // namespace

Regex::Regex(void* code) : code_(code) {}

void Regex::Free::operator()(void* code) const noexcept
{
    pcre2_code_free(static_cast<pcre2_code*>(code));
}

Result<Regex> Regex::compile(std::string_view expression, const Place& place, Fit fit)
{
    const std::unique_ptr<pcre2_compile_context, FreeCompileContext> context(pcre2_compile_context_create(nullptr));
    pcre2_set_max_pattern_length(context.get(), longest_expression);
    pcre2_set_parens_nest_limit(context.get(), nest_limit);
    const std::uint32_t ends = fit == Fit::whole ? PCRE2_ANCHORED | PCRE2_ENDANCHORED : 0;
    int error = 0;
    PCRE2_SIZE offset = 0;
    pcre2_code* code = pcre2_compile(units(expression), expression.size(),
                                     PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C | ends, &error, &offset, context.get());
    if (!code)
        return Problem{Severity::error, "regex",
                       "\"" + std::string(expression.substr(0, 200)) + "\" is not a regular expression: " + message(error) +
                           " (at character " + std::to_string(offset + 1) + ")",
                       "write it as in Perl, with \\ before a character that should stand for itself", place};
    return Regex(code);
}

std::optional<bool> Regex::matches(std::string_view text) const
{
    const auto found = find(text);
    if (!found) return std::nullopt;
    return !found->empty();
}

std::optional<std::vector<Regex::Span>> Regex::find(std::string_view text, std::size_t from, std::uint32_t share) const
{
    const auto* code = static_cast<const pcre2_code*>(code_.get());
    const std::unique_ptr<pcre2_match_data, FreeMatchData> data(pcre2_match_data_create_from_pattern(code, nullptr));
    const std::unique_ptr<pcre2_match_context, FreeMatchContext> context(pcre2_match_context_create(nullptr));
    pcre2_set_match_limit(context.get(), std::max<std::uint32_t>(match_limit / std::max<std::uint32_t>(share, 1), smallest_match_limit));
    pcre2_set_depth_limit(context.get(), depth_limit);
    pcre2_set_heap_limit(context.get(), heap_limit_kib);
    const int found = pcre2_match(code, units(text), text.size(), from, 0, data.get(), context.get());
    if (found == PCRE2_ERROR_NOMATCH) return std::vector<Span>{};
    if (found < 0) return std::nullopt;
    const PCRE2_SIZE* bounds = pcre2_get_ovector_pointer(data.get());
    std::vector<Span> spans(pcre2_get_ovector_count(data.get()));
    // PCRE2_UNSET is the largest number.
    for (std::size_t i = 0; i < spans.size(); ++i)
        if (bounds[2 * i] <= bounds[2 * i + 1] && bounds[2 * i + 1] <= text.size()) spans[i] = {bounds[2 * i], bounds[2 * i + 1]};
    // A \K within a look-ahead can put the end of a match before its beginning: it is a match of nothing there.
    if (!spans[0].taken()) spans[0] = {bounds[1], bounds[1]};
    return spans;
}

std::optional<std::size_t> Regex::group(std::string_view name) const
{
    const auto* code = static_cast<const pcre2_code*>(code_.get());
    if (name.empty() || name.size() > longest_group_name || name.find('\0') != std::string_view::npos) return {};
    if (name.find_first_not_of("0123456789") == std::string_view::npos) {
        if (name.size() > 5) return {};     // PCRE2 has 65,535 groups at most
        std::uint32_t count = 0;
        pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &count);
        std::size_t number = 0;
        for (const char digit : name) number = number * 10 + static_cast<std::size_t>(digit - '0');
        if (number <= count) return number;
        return {};
    }
    const std::string terminated(name);
    const int number = pcre2_substring_number_from_name(code, units(terminated));
    if (number <= 0) return {};
    return static_cast<std::size_t>(number);
}

}  // namespace provsim
