// SPDX-License-Identifier: Apache-2.0
// Keeps secrets out of what is written: each becomes "***", in every spelling in which it can cross the wire.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace provsim {

class Redactor {
public:
    // Secrets shorter than this are not looked for: they would blot out half of what is written.
    static constexpr std::size_t shortest = 4;

    // Looks for each secret as it is, as a JSON string has it, and percent-encoded.
    explicit Redactor(const std::vector<std::string>& secrets);

    bool found_in(std::string_view text) const noexcept;
    // Returns `text` itself, or a copy without secrets held in `scratch`.
    std::string_view clean(std::string_view text, std::string& scratch) const;
    // The same, and the values of JSON members called "password" besides.
    std::string_view clean_body(std::string_view body, std::string& scratch) const;

private:
    std::vector<std::string> needles_;      // longest first, so that a secret within another leaves no rest
};

}  // namespace provsim
