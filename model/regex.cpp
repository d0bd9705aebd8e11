// SPDX-License-Identifier: Apache-2.0
#include "model/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <array>

namespace provsim {
namespace {

// Enough for any sane expression on a request body; a catastrophic one is given up within milliseconds.
constexpr std::uint32_t match_limit = 200'000;
constexpr std::uint32_t depth_limit = 10'000;
constexpr std::uint32_t heap_limit_kib = 8 * 1024;
constexpr std::size_t longest_expression = 10'000;
constexpr std::uint32_t nest_limit = 100;

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

Result<Regex> Regex::compile(std::string_view expression, const Place& place)
{
    const std::unique_ptr<pcre2_compile_context, FreeCompileContext> context(pcre2_compile_context_create(nullptr));
    pcre2_set_max_pattern_length(context.get(), longest_expression);
    pcre2_set_parens_nest_limit(context.get(), nest_limit);
    int error = 0;
    PCRE2_SIZE offset = 0;
    pcre2_code* code = pcre2_compile(units(expression), expression.size(),
                                     PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C, &error, &offset, context.get());
    if (!code)
        return Problem{Severity::error, "regex",
                       "\"" + std::string(expression.substr(0, 200)) + "\" is not a regular expression: " + message(error) +
                           " (at character " + std::to_string(offset + 1) + ")",
                       "write it as in Perl, with \\ before a character that should stand for itself", place};
    return Regex(code);
}

std::optional<bool> Regex::matches(std::string_view text) const
{
    const auto* code = static_cast<const pcre2_code*>(code_.get());
    const std::unique_ptr<pcre2_match_data, FreeMatchData> data(pcre2_match_data_create_from_pattern(code, nullptr));
    const std::unique_ptr<pcre2_match_context, FreeMatchContext> context(pcre2_match_context_create(nullptr));
    pcre2_set_match_limit(context.get(), match_limit);
    pcre2_set_depth_limit(context.get(), depth_limit);
    pcre2_set_heap_limit(context.get(), heap_limit_kib);
    const int found = pcre2_match(code, units(text), text.size(), 0, 0, data.get(), context.get());
    if (found >= 0) return true;
    if (found == PCRE2_ERROR_NOMATCH) return false;
    return std::nullopt;
}

}  // namespace provsim
