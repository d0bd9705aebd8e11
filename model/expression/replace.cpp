// SPDX-License-Identifier: Apache-2.0
// Replace in its five ways. Patterns are .NET's, which PCRE2 reads nearly all of; the text to put in follows .NET's rules.
#include "model/expression/characters.h"
#include "model/expression/functions.h"

#include <algorithm>

namespace provsim {
namespace {

constexpr std::size_t old_value = 1, pattern = 2, group = 3, replacement = 4, attribute = 5, whole_template = 6;

// Each search may take a part of the limit only, so that all together end: the sum over n searches grows as log n.
constexpr std::uint32_t most_replacements = 10'000;
constexpr std::size_t longest_searched = 20'000;      // bytes; assumed

using Spans = std::vector<Regex::Span>;

std::string_view part(std::string_view text, const Regex::Span& span) { return span.taken() ? text.substr(span.begin, span.end - span.begin) : std::string_view{}; }

// "$1", "${name}", "$$", "$&" (.NET: substitutions-in-regular-expressions); anything else behind $ is text.
void append_substituted(std::string& out, std::string_view with, const Regex& regex, std::string_view text, const Spans& spans)
{
    while (!with.empty()) {
        const std::size_t dollar = std::min(with.find('$'), with.size());
        out += with.substr(0, dollar);
        with.remove_prefix(dollar);
        if (with.empty()) return;
        const char next = with.size() > 1 ? with[1] : '\0';
        if (next == '$' || next == '&') {
            out += next == '$' ? std::string_view("$") : part(text, spans[0]);
            with.remove_prefix(2);
            continue;
        }
        std::string_view name;
        std::size_t size = 0;
        if (next == '{') {
            const std::size_t close = with.find('}');
            if (close != std::string_view::npos) name = with.substr(2, close - 2), size = close + 1;
        } else {
            while (1 + name.size() < with.size() && with[1 + name.size()] >= '0' && with[1 + name.size()] <= '9') name = with.substr(1, name.size() + 1);
            size = 1 + name.size();
        }
        const auto number = name.empty() ? std::nullopt : regex.group(name);
        if (number && *number < spans.size()) {
            out += part(text, spans[*number]);
            with.remove_prefix(size);
        } else {
            out += '$';
            with.remove_prefix(1);
        }
    }
}

// Every `old` in `text`, from left to right, is replaced.
Value replace_text(const Arguments& a, std::string_view text, std::string_view old, std::string_view with)
{
    if (old.empty()) return a.error("oldValue is empty");
    std::string out;
    for (std::size_t at = 0; (at = text.find(old)) != std::string_view::npos;) {
        out += text.substr(0, at);
        out += with;
        if (out.size() > longest_value) return a.error("the text grew too long");
        text.remove_prefix(at + old.size());
    }
    return Value(out += text);
}

// Every match, or what its group holds, is replaced.
Value replace_matches(const Arguments& a, const Regex& regex, std::string_view text, std::string_view with, std::optional<std::size_t> of_group)
{
    std::string out;
    std::size_t from = 0;      // where to search
    std::size_t kept = 0;      // up to where the text is in `out`
    for (std::uint32_t found = 0; from <= text.size(); ++found) {
        const auto spans = regex.find(text, from, found + 1);
        if (!spans || found == most_replacements) return a.error("the regular expression takes too long on this text");
        if (spans->empty()) break;
        const Regex::Span& match = spans->front();
        const Regex::Span& replaced = (*spans)[of_group.value_or(0)];
        if (replaced.taken() && replaced.begin >= kept) {
            out += text.substr(kept, replaced.begin - kept);
            if (of_group) out += with;
            else append_substituted(out, with, regex, text, *spans);
            kept = replaced.end;
            if (out.size() > longest_value) return a.error("the text grew too long");
        }
        // A match of nothing moves the search on by one character, or it would be found for ever.
        from = std::max(match.end, from);
        if (match.begin == match.end) from += from < text.size() ? character_size(text.substr(from)) : 1;
    }
    return Value(out += text.substr(std::min(kept, text.size())));
}

Value extract(const Arguments& a, const Regex& regex, std::string_view text, std::size_t number)
{
    const auto spans = regex.find(text);
    if (!spans) return a.error("the regular expression takes too long on this text");
    if (spans->empty() || !(*spans)[number].taken()) return {};
    return Value(part(text, (*spans)[number]));
}

}  // namespace

Value replace(const Arguments& a)
{
    if (a.given(old_value)) {
        // A template without a source has nothing to say; neither has a source that is not there (assumed).
        if (!a.has(0)) return {};
        return a.given(whole_template) ? replace_text(a, a.text(whole_template), a.text(old_value), a.text(0))
                                     : replace_text(a, a.text(0), a.text(old_value), a.text(replacement));
    }
    const bool other_attribute = a.given(attribute);
    if (other_attribute && !a[0].is_null_or_empty()) return a[0];      // the page: "if source has a value, source is returned"
    if (other_attribute ? !a.has(attribute) : !a.has(0)) return {};

    std::shared_ptr<const Regex> regex = a.call().regex;
    if (!regex) {
        auto compiled = Regex::compile(a.text(pattern));
        if (!compiled) return a.error(compiled.problems().front().what);
        regex = std::make_shared<const Regex>(std::move(compiled).value());
    }
    std::optional<std::size_t> number;
    if (a.given(group)) {
        number = regex->group(a.text(group));
        if (!number) return a.error("the pattern has no group \"" + a.text(group) + "\"");
    }
    if (std::max(a.text(0).size(), a.text(attribute).size()) > longest_searched) return a.error("the text is too long for a regular expression");
    if (other_attribute) return extract(a, *regex, a.text(attribute), *number);
    return replace_matches(a, *regex, a.text(0), a.text(replacement), number);
}

}  // namespace provsim
