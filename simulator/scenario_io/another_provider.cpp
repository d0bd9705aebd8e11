// SPDX-License-Identifier: Apache-2.0
#include "scenario_io/another_provider.h"

#include "model/nearest.h"

#include <fmt/format.h>

#include <span>

namespace provsim {
namespace {

bool says_anything(const ObjectMapping& mapping)
{
    return !mapping.rows.empty() || mapping.base != ObjectMapping::Base::standard || !mapping.enabled;
}

}  // namespace

std::optional<Problem> unknown_provider(std::string_view name, Place place)
{
    if (find_flavour(name)) return std::nullopt;
    std::vector<std::string_view> known;
    for (const Flavour& each : flavours()) known.push_back(each.name);
    const std::string near = nearest(name, known);
    return Problem{Severity::error, "profile", fmt::format("there is no provider \"{}\"", name),
                   near.empty() ? fmt::format("there {} {}", known.size() == 1 ? "is" : "are", fmt::join(known, ", ")) : fmt::format("did you mean \"{}\"?", near), std::move(place)};
}

std::vector<std::string> become(ProviderSpec& provider, const Flavour& other)
{
    std::vector<std::string> dropped;
    if (provider.users || provider.groups || provider.on_change || provider.offset != Duration{0}) dropped.push_back("cycles");
    provider.users = provider.groups = std::nullopt;
    provider.one_schedule = provider.on_change = false;
    provider.delay = std::nullopt;
    provider.offset = Duration{0};

    std::vector<SettingValue> kept;
    for (SettingValue& setting : provider.settings) {
        if (Settings::check(other.settings, std::span(&setting, 1))) kept.push_back(std::move(setting));
        else dropped.push_back("settings." + setting.name);
    }
    provider.settings = std::move(kept);

    if (!provider.schema_file.empty()) dropped.push_back("the mappings of schema");
    else if (says_anything(provider.mappings.users)) dropped.push_back("mappings");
    if (provider.schema_file.empty() && says_anything(provider.mappings.groups)) dropped.push_back("group_mappings");
    provider.mappings = {};     // the file stays named: its scoping filters say who is meant, which is nobody's language

    provider.profile = other.name;
    return dropped;
}

}  // namespace provsim
