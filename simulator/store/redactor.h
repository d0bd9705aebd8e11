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

    // Would cleaning change anything? True in vain for a "password" that is no member's name, never false in vain.
    bool concerns(std::string_view text) const noexcept;
    // Returns `text` itself, or a copy without secrets held in `scratch`.
    std::string_view clean(std::string_view text, std::string& scratch) const;
    // The same, and the values of JSON members called "password" besides.
    std::string_view clean_body(std::string_view body, std::string& scratch) const;

private:
    // A text to look for by its rarest byte: several times as fast as by its first.
    struct Needle {
        explicit Needle(std::string text);
        std::size_t find_in(std::string_view text, std::size_t from = 0) const noexcept;     // npos if it is not there
        std::string text;
        std::size_t rare = 0;       // place of the byte in `text`
    };
    std::vector<Needle> needles_;       // longest first, so that a secret within another leaves no rest
    std::vector<Needle> passwords_;     // what a body with a member "password" has in it
};

}  // namespace provsim
