// SPDX-License-Identifier: Apache-2.0
// Regular expressions (PCRE2, because provider filters are .NET expressions which RE2 refuses), with
// limits, so that no expression can hang a run. Pure: no state outside its objects.
#pragma once

#include "model/result.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace provsim {

class Regex {
public:
    // A mistake in the expression comes back as a Problem with the code "regex"; `place` is where the expression stands.
    static Result<Regex> compile(std::string_view expression, const Place& place = {});

    // Anchored only where the expression says so. Nothing if the limits were reached before the answer was known.
    // Bytes that are not UTF-8 match nothing.
    std::optional<bool> matches(std::string_view text) const;

private:
    explicit Regex(void* code);
    struct Free { void operator()(void* code) const noexcept; };
    std::unique_ptr<void, Free> code_;
};

}  // namespace provsim
