// SPDX-License-Identifier: Apache-2.0
// Functions on one text. A source without a value gives none, unless the page says otherwise (assumed).
#include "model/expression/characters.h"
#include "model/expression/functions.h"
#include "model/text.h"

#include <algorithm>

namespace provsim {
namespace {

// "tr-TR", "az": the languages whose i .NET treats in a way of its own. Any other culture is as the invariant one.
Casing casing_of(std::string_view culture)
{
    const std::string_view language = culture.substr(0, 2);
    const bool turkic = (language == "tr" || language == "az") && (culture.size() == 2 || culture[2] == '-');
    return turkic ? Casing::turkic : Casing::invariant;
}

std::size_t clamp(std::int64_t number) { return number < 0 ? 0 : static_cast<std::size_t>(number); }

bool contains_character(std::string_view set, std::string_view character) { return set.find(character) != std::string_view::npos; }

}  // namespace

Value append(const Arguments& a) { return a.has(0) ? Value(a.text(0) + a.text(1)) : Value(); }

// Counts from 1 (the page's samples) and gives 0 where there is nothing, as Visual Basic's (assumed). Without compareType the
// case counts (assumed).
Value in_str(const Arguments& a)
{
    if (!a.has(0) || !a.has(1)) return {};
    const std::string& compare_type = a.text(3);
    if (a.has(3) && compare_type != "vbTextCompare" && compare_type != "vbBinaryCompare") return a.error("compareType is vbTextCompare or vbBinaryCompare");
    const std::int64_t start = a.has(2) ? a.integer(2) : 1;
    if (start < 1) return a.error("start counts from 1");
    const bool folded = compare_type == "vbTextCompare";
    const std::string in = folded ? to_lower(a.text(0)) : a.text(0), wanted = folded ? to_lower(a.text(1)) : a.text(1);
    const std::string_view skipped = characters(in, 0, clamp(start - 1));
    const std::size_t at = in.find(wanted, skipped.size());
    if (at == std::string::npos || count_characters(skipped) < clamp(start - 1)) return Value(std::int64_t{0});
    return Value(static_cast<std::int64_t>(count_characters(std::string_view(in).substr(0, at)) + 1));
}

// The page: null gives "", a negative number the whole text.
Value left(const Arguments& a)
{
    if (a.integer(1) < 0) return Value(a.text(0));
    return Value(characters(a.text(0), 0, clamp(a.integer(1))));
}

Value len(const Arguments& a) { return Value(static_cast<std::int64_t>(count_characters(a.text(0)))); }

Value mid(const Arguments& a)
{
    if (!a.has(0)) return {};
    if (a.integer(1) < 1) return a.error("start counts from 1");
    if (a.integer(2) < 0) return a.error("length is negative");
    return Value(characters(a.text(0), clamp(a.integer(1) - 1), clamp(a.integer(2))));
}

Value normalize_diacritics(const Arguments& a) { return a.has(0) ? Value(without_diacritics(a.text(0))) : Value(); }

// The page's sample makes "PABLO" "Pablo", which .NET's ToTitleCase alone does not: small letters come first.
Value p_case(const Arguments& a)
{
    if (!a.has(0)) return {};
    const std::string small = to_lower(a.text(0));
    const std::string& separators = a.text(1);
    std::string out;
    bool within = false;
    for (std::string_view rest = small; !rest.empty();) {
        const std::string_view character = rest.substr(0, character_size(rest));
        rest.remove_prefix(character.size());
        // ToTitleCase leaves "don't" one word.
        const bool apostrophe = within && character == "'" && !rest.empty() && is_word_character(code_point(rest));
        const bool separates = a.has(1) ? contains_character(separators, character) : !apostrophe && !is_word_character(code_point(character));
        out += within || separates ? std::string(character) : to_upper(character);
        within = !separates;
    }
    return Value(std::move(out));
}

Value strip_spaces(const Arguments& a)
{
    if (!a.has(0)) return {};
    std::string text = a.text(0);
    text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
    return Value(std::move(text));
}

Value to_lower_case(const Arguments& a) { return a.has(0) ? Value(to_lower(a.text(0), casing_of(a.text(1)))) : Value(); }
Value to_upper_case(const Arguments& a) { return a.has(0) ? Value(to_upper(a.text(0), casing_of(a.text(1)))) : Value(); }

// The page: "" where there is no such word. Separators in a row make no empty words (assumed).
Value word(const Arguments& a)
{
    std::int64_t number = a.integer(1);
    std::string_view rest = a.text(0);
    if (number < 1) return Value("");
    while (!rest.empty()) {
        std::size_t size = 0;
        while (size < rest.size()) {
            const std::size_t next = character_size(rest.substr(size));
            if (contains_character(a.text(2), rest.substr(size, next))) break;
            size += next;
        }
        // Without a single separator in it, a text holds no words (the page).
        if (size == a.text(0).size()) return Value("");
        if (size > 0 && --number == 0) return Value(rest.substr(0, size));
        rest.remove_prefix(size);
        if (!rest.empty()) rest.remove_prefix(character_size(rest));
    }
    return Value("");
}

}  // namespace provsim
