// SPDX-License-Identifier: Apache-2.0
#include "model/expression/value.h"

#include <fmt/format.h>

namespace provsim {

bool Value::is_null_or_empty() const noexcept
{
    if (const auto* text = std::get_if<std::string>(&held)) return text->empty();
    if (const auto* texts = std::get_if<Texts>(&held)) return texts->empty();
    if (const auto* roles = std::get_if<AppRoles>(&held)) return roles->empty();
    return is_null() || is_drop();
}

std::string_view to_string(Value::Kind kind) noexcept
{
    switch (kind) {
    case Value::Kind::null: return "no value";
    case Value::Kind::text: return "text";
    case Value::Kind::boolean: return "truth value";
    case Value::Kind::integer: return "whole number";
    case Value::Kind::time: return "date and time";
    case Value::Kind::texts: return "list of texts";
    case Value::Kind::roles: return "list of app roles";
    case Value::Kind::drop: return "dropped attribute";
    case Value::Kind::error: return "error";
    }
    return "";
}

std::string entra_date_text(TimePoint at)
{
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{at - day};
    const auto hour = clock.hours().count();
    return fmt::format("{}/{}/{:04} {}:{:02}:{:02} {}", static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), static_cast<int>(date.year()),
                       hour % 12 == 0 ? 12 : hour % 12, clock.minutes().count(), clock.seconds().count(), hour < 12 ? "AM" : "PM");
}

std::optional<std::string> to_text(const Value& value)
{
    switch (value.kind()) {
    case Value::Kind::text: return std::get<std::string>(value.held);
    case Value::Kind::boolean: return std::get<bool>(value.held) ? "True" : "False";
    case Value::Kind::integer: return std::to_string(std::get<std::int64_t>(value.held));
    case Value::Kind::time: return entra_date_text(std::get<TimePoint>(value.held));
    case Value::Kind::texts: {
        const auto& texts = std::get<Texts>(value.held);
        if (texts.size() == 1) return texts.front();
        return {};
    }
    case Value::Kind::roles: {
        const auto& roles = std::get<AppRoles>(value.held);
        if (roles.size() != 1) return {};
        // A role without a value is known by its name (assumed).
        return roles.front().value.empty() ? roles.front().display_name : roles.front().value;
    }
    case Value::Kind::null:
    case Value::Kind::drop:
    case Value::Kind::error: return {};
    }
    return {};
}

}  // namespace provsim
