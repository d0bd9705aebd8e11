// SPDX-License-Identifier: Apache-2.0
#include "connectors/settings.h"

#include "model/check.h"
#include "model/nearest.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace provsim {
namespace {

std::optional<long> whole_number(std::string_view text) noexcept
{
    long number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

// More than a handful is no help in a message.
std::string all_of(const std::vector<std::string_view>& names)
{
    return names.size() > 6 ? "provsim profile show lists the settings" : fmt::format("the settings are {}", fmt::join(names, ", "));
}

std::optional<Problem> check_value(const SettingRule& rule, const SettingValue& given)
{
    Problem problem;
    problem.code = "setting";
    problem.place = given.place;
    if (rule.choices.empty()) {
        const auto number = whole_number(given.value);
        if (number && *number >= rule.minimum && *number <= rule.maximum) return std::nullopt;
        problem.what = fmt::format("{}: \"{}\" is not a whole number from {} to {}", rule.name, given.value, rule.minimum, rule.maximum);
        problem.remedy = fmt::format("the default is {}", rule.default_value);
        return problem;
    }
    if (std::find(rule.choices.begin(), rule.choices.end(), given.value) != rule.choices.end()) return std::nullopt;
    const auto near = nearest(given.value, rule.choices);
    problem.what = fmt::format("{}: \"{}\" is not one of {}", rule.name, given.value, fmt::join(rule.choices, ", "));
    problem.remedy = near.empty() ? fmt::format("the default is {}", rule.default_value) : fmt::format("did you mean {}?", near);
    return problem;
}

}  // namespace

Result<Settings> Settings::check(std::span<const SettingRule> rules, std::span<const SettingValue> values)
{
    Settings settings;
    Problems problems;
    for (const SettingRule& rule : rules) settings.values_.emplace_back(rule.name, rule.default_value);
    for (const SettingValue& given : values) {
        const auto rule = std::find_if(rules.begin(), rules.end(), [&](const SettingRule& r) { return r.name == given.name; });
        if (rule == rules.end()) {
            std::vector<std::string_view> names;
            for (const SettingRule& r : rules) names.push_back(r.name);
            const auto near = nearest(given.name, names);
            problems.push_back({Severity::error, "setting", fmt::format("there is no setting \"{}\"", given.name),
                                near.empty() ? all_of(names) : fmt::format("did you mean {}?", near),
                                given.place});
        } else if (auto problem = check_value(*rule, given)) {
            problems.push_back(std::move(*problem));
        } else {
            settings.values_[static_cast<std::size_t>(rule - rules.begin())].second = given.value;
        }
    }
    if (!problems.empty()) return problems;
    return settings;
}

std::string_view Settings::text(std::string_view name) const
{
    const auto found = std::find_if(values_.begin(), values_.end(), [&](const auto& value) { return value.first == name; });
    PROVSIM_CHECK(found != values_.end(), "no rule declares the setting " + std::string(name));
    return found->second;
}

long Settings::number(std::string_view name) const
{
    const auto value = whole_number(text(name));
    PROVSIM_CHECK(value.has_value(), "not a number: the setting " + std::string(name));
    return *value;
}

bool Settings::flag(std::string_view name) const
{
    return text(name) == "true";
}

}  // namespace provsim
