// SPDX-License-Identifier: Apache-2.0
// What an expression of Okta's language works with and what comes out of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace provsim {

struct OktaValue;
using OktaArray = std::vector<OktaValue>;

// The expression cannot be evaluated for this user: one sentence without a full stop. It says nothing about others.
struct OktaError {
    std::string what;
    friend bool operator==(const OktaError&, const OktaError&) = default;
};

struct OktaValue {
    enum class Kind : std::uint8_t { null, text, boolean, integer, number, array, error };   // in the order of Held
    using Held = std::variant<std::monostate, std::string, bool, std::int64_t, double, OktaArray, OktaError>;

    Held held;

    OktaValue() = default;
    // One alternative exactly: a text literal must not become a boolean.
    OktaValue(std::string text) : held(std::move(text)) {}
    OktaValue(std::string_view text) : held(std::string(text)) {}
    OktaValue(const char* text) : held(std::string(text)) {}
    explicit OktaValue(bool flag) : held(flag) {}
    explicit OktaValue(std::int64_t number) : held(number) {}
    explicit OktaValue(double number) : held(number) {}
    explicit OktaValue(OktaArray array) : held(std::move(array)) {}
    OktaValue(OktaError error) : held(std::move(error)) {}

    Kind kind() const noexcept { return static_cast<Kind>(held.index()); }
    bool is_null() const noexcept { return kind() == Kind::null; }
    bool is_error() const noexcept { return kind() == Kind::error; }
    bool is_numeric() const noexcept { return kind() == Kind::integer || kind() == Kind::number; }
    const std::string* text() const noexcept { return std::get_if<std::string>(&held); }
    const OktaArray* array() const noexcept { return std::get_if<OktaArray>(&held); }
    const std::string& error() const { return std::get<OktaError>(held).what; }
    // Of an integer or a number.
    double as_double() const;

    friend bool operator==(const OktaValue&, const OktaValue&);
};

std::string_view to_string(OktaValue::Kind kind) noexcept;      // "text", "truth value", for messages

// The one text a value stands for: "true", "7", "3.141", "7.0" as Java prints them. Nothing for null, an array and an error.
std::optional<std::string> to_text(const OktaValue& value);

}  // namespace provsim
