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

bool is_choice(const SettingRule& rule, std::string_view word) noexcept
{
    return std::find(rule.choices.begin(), rule.choices.end(), word) != rule.choices.end();
}

// "create, update" as its words; blanks and commas part them.
std::vector<std::string_view> words_of_set(std::string_view text)
{
    std::vector<std::string_view> words;
    for (std::size_t at = 0; (at = text.find_first_not_of(", ", at)) != std::string_view::npos;) {
        const auto end = std::min(text.find_first_of(", ", at), text.size());
        words.push_back(text.substr(at, end - at));
        at = end;
    }
    return words;
}

std::optional<Problem> check_value(const SettingRule& rule, const SettingValue& given)
{
    Problem problem;
    problem.code = "setting";
    problem.place = given.place;
    problem.remedy = fmt::format("the default is {}", rule.default_value);
    const bool numbers = rule.minimum != 0 || rule.maximum != 0;
    if (rule.several) {
        const auto words = words_of_set(given.value);
        const auto odd = std::find_if(words.begin(), words.end(), [&](std::string_view word) { return !is_choice(rule, word); });
        if (odd == words.end()) return std::nullopt;
        problem.what = fmt::format("{}: \"{}\" is not one of {}", rule.name, *odd, fmt::join(rule.choices, ", "));
        if (const auto near = nearest(*odd, rule.choices); !near.empty()) problem.remedy = fmt::format("did you mean {}?", near);
        return problem;
    }
    if (is_choice(rule, given.value)) return std::nullopt;
    if (rule.choices.empty() && !numbers) {
        if (!given.value.empty()) return std::nullopt;
        problem.what = fmt::format("{}: there is no text", rule.name);
        return problem;
    }
    if (numbers) {
        const auto number = whole_number(given.value);
        if (number && *number >= rule.minimum && *number <= rule.maximum) return std::nullopt;
        problem.what = fmt::format("{}: \"{}\" is not a whole number from {} to {}", rule.name, given.value, rule.minimum, rule.maximum);
        if (!rule.choices.empty()) problem.what += fmt::format(", nor {}", fmt::join(rule.choices, ", "));
        return problem;
    }
    problem.what = fmt::format("{}: \"{}\" is not one of {}", rule.name, given.value, fmt::join(rule.choices, ", "));
    if (const auto near = nearest(given.value, rule.choices); !near.empty()) problem.remedy = fmt::format("did you mean {}?", near);
    return problem;
}

// A set is kept in the order of its rule's words, each once, so that equal ones read alike.
std::string kept_text(const SettingRule& rule, const std::string& given)
{
    if (!rule.several) return given;
    const auto words = words_of_set(given);
    std::vector<std::string_view> kept;
    for (const std::string_view choice : rule.choices)
        if (std::find(words.begin(), words.end(), choice) != words.end()) kept.push_back(choice);
    return fmt::format("{}", fmt::join(kept, ", "));
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
            settings.values_[static_cast<std::size_t>(rule - rules.begin())].second = kept_text(*rule, given.value);
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

bool Settings::has(std::string_view name, std::string_view word) const
{
    const auto words = words_of_set(text(name));
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool Settings::flag(std::string_view name) const
{
    return text(name) == "true";
}

}  // namespace provsim
