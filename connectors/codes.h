// SPDX-License-Identifier: Apache-2.0
// What the codes of a provider's provisioning log mean, for people: a log that says only "InvalidAnchor" helps nobody.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace provsim {

enum class CodeKind : std::uint8_t {
    error,          // an object failed, or with it the whole cycle
    skip,           // nothing was done, on purpose
    quarantine,     // why the job as a whole is held back
};

// All texts are static.
struct CodeNote {
    std::string_view code;          // "InvalidAnchor"; unique among a provider's notes
    CodeKind kind = CodeKind::error;
    std::string_view meaning;       // one sentence: what happened
    std::string_view remedy;        // one sentence: what to do about it
    std::string_view category;      // whose fault it is, in the provider's words (Graph, errorCategory); empty for skips
    std::string_view retried;       // when it is tried again: "next cycle"
    std::string_view evidence;      // "documented", "staff", "observed", "assumed"
    std::string_view source;
};

// Null if the code is unknown.
const CodeNote* find_code(std::span<const CodeNote> notes, std::string_view code) noexcept;

}  // namespace provsim
