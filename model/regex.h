// SPDX-License-Identifier: Apache-2.0
// Regular expressions (PCRE2, because provider filters are .NET expressions which RE2 refuses), with
// limits, so that no expression can hang a run. Pure: no state outside its objects.
#pragma once

#include "model/result.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace provsim {

class Regex {
public:
    enum class Fit : unsigned char {
        part,       // anchored only where the expression says so
        whole,      // must match from the text's beginning to its end
    };
    // A mistake in the expression comes back as a Problem with the code "regex"; `place` is where the expression stands.
    static Result<Regex> compile(std::string_view expression, const Place& place = {}, Fit fit = Fit::part);

    // Nothing if the limits were reached before the answer was known.
    // Bytes that are not UTF-8 match nothing.
    std::optional<bool> matches(std::string_view text) const;

    // Where a match, or a group of it, stands: [begin, end) in bytes; begin > end if the group took no part.
    struct Span {
        std::size_t begin = 1;
        std::size_t end = 0;
        bool taken() const noexcept { return begin <= end; }
    };
    // The first match at or behind `from`: 0 is the whole of it, then its groups. Empty if there is none; nothing if the
    // limits were reached, of which a caller that searches again and again takes a part only (`share` of 1).
    std::optional<std::vector<Span>> find(std::string_view text, std::size_t from = 0, std::uint32_t share = 1) const;
    // A group's number, by its name or its number as text.
    std::optional<std::size_t> group(std::string_view name) const;

private:
    explicit Regex(void* code);
    struct Free { void operator()(void* code) const noexcept; };
    std::unique_ptr<void, Free> code_;
};

}  // namespace provsim
