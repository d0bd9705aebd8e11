// SPDX-License-Identifier: Apache-2.0
// What a mapping expression works with and what comes out of it.
#pragma once

#include "model/app_role.h"
#include "model/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace provsim {

using Texts = std::vector<std::string>;      // of a multi-valued attribute

// IgnoreFlowIfNullOrEmpty: this time the attribute does not take part.
struct DropAttribute { friend bool operator==(const DropAttribute&, const DropAttribute&) = default; };

// The expression cannot be evaluated for this object: one sentence without a full stop. It says nothing about others.
struct EvaluationError {
    std::string what;
    friend bool operator==(const EvaluationError&, const EvaluationError&) = default;
};

struct Value {
    enum class Kind : std::uint8_t { null, text, boolean, integer, time, texts, roles, drop, error };   // in the order of Held
    using Held = std::variant<std::monostate, std::string, bool, std::int64_t, TimePoint, Texts, AppRoles, DropAttribute, EvaluationError>;

    Held held;
    bool redacted = false;      // Redact: logs show "[Redact]" in its place

    Value() = default;
    // One alternative exactly: a text literal must not become a boolean.
    Value(std::string text) : held(std::move(text)) {}
    Value(std::string_view text) : held(std::string(text)) {}
    Value(const char* text) : held(std::string(text)) {}
    explicit Value(bool flag) : held(flag) {}
    explicit Value(std::int64_t number) : held(number) {}
    explicit Value(TimePoint at) : held(at) {}
    explicit Value(Texts texts) : held(std::move(texts)) {}
    explicit Value(AppRoles roles) : held(std::move(roles)) {}
    Value(DropAttribute drop) : held(drop) {}
    Value(EvaluationError error) : held(std::move(error)) {}

    Kind kind() const noexcept { return static_cast<Kind>(held.index()); }
    bool is_null() const noexcept { return kind() == Kind::null; }
    bool is_error() const noexcept { return kind() == Kind::error; }
    bool is_drop() const noexcept { return kind() == Kind::drop; }
    // Null, "", or a list without a value.
    bool is_null_or_empty() const noexcept;
    const std::string& error() const { return std::get<EvaluationError>(held).what; }

    friend bool operator==(const Value&, const Value&) = default;
};

std::string_view to_string(Value::Kind kind) noexcept;      // "text", "date and time", for messages

// The one text a value stands for: "True", "False", "7", "3/16/2020 7:00:00 AM" (Entra: functions page, CDate), the value of
// the only role. Nothing for null, a drop, an error, and for several values (of which Join or Item makes one).
std::optional<std::string> to_text(const Value& value);

// "M/d/yyyy h:mm:ss tt" in UTC.
std::string entra_date_text(TimePoint at);

}  // namespace provsim
