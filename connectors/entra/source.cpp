// SPDX-License-Identifier: Apache-2.0
#include "connectors/entra/source.h"

#include "model/nearest.h"

#include <array>
#include <optional>
#include <utility>

namespace provsim {
namespace {

// Entra: how-provisioning-works (IsSoftDeleted), use-scim (accountEnabled, objectId).
constexpr std::array<std::pair<std::string_view, EntraAttributes::Computed>, 3> computed{{
    {"IsSoftDeleted", EntraAttributes::Computed::soft_deleted},
    {"accountEnabled", EntraAttributes::Computed::account_enabled},
    {"objectId", EntraAttributes::Computed::object_id},
}};

std::optional<EntraAttributes::Name> find_name(std::string_view name, const Directory& directory)
{
    for (const auto& [word, which] : computed)
        if (word == name) return which;
    if (const auto attribute = find_attribute(name, Spelling::entra)) return *attribute;
    if (const auto attribute = directory.find_custom(name)) return *attribute;
    return std::nullopt;
}

Problem unknown(const std::string& name, const Place& place)
{
    std::vector<std::string_view> known;
    for (const auto& [word, which] : computed) known.push_back(word);
    for (std::size_t i = 0; i < builtin_attributes; ++i)
        if (const auto word = attribute_name(static_cast<Attribute>(i), Spelling::entra); !word.empty()) known.push_back(word);
    Problem problem{Severity::error, "expression", "users have no attribute [" + name + "]", "", place};
    // Who knows the neutral name is helped with Entra's.
    if (const auto neutral = find_attribute(name, Spelling::neutral); neutral && !attribute_name(*neutral, Spelling::entra).empty())
        problem.remedy = "Entra calls it [" + std::string(attribute_name(*neutral, Spelling::entra)) + "]";
    else if (const auto near = nearest(name, known); !near.empty())
        problem.remedy = "did you mean [" + std::string(near) + "]?";
    return problem;
}

}  // namespace

Result<EntraAttributes> EntraAttributes::find(const std::vector<std::string>& names, const Directory& directory, const Place& place)
{
    EntraAttributes found;
    Problems problems;
    for (const std::string& name : names) {
        if (auto known = find_name(name, directory)) found.names_.push_back(*known);
        else problems.push_back(unknown(name, place));
    }
    if (!problems.empty()) return problems;
    return found;
}

Value EntraSource::value(std::string_view, std::size_t index) const
{
    const EntraAttributes::Name& name = attributes_.names()[index];
    if (const auto* attribute = std::get_if<Attribute>(&name)) {
        const auto text = view_.value(user_, *attribute);
        return text.empty() ? Value{} : Value(text);
    }
    switch (std::get<EntraAttributes::Computed>(name)) {
        case EntraAttributes::Computed::soft_deleted: return Value(soft_deleted_);
        case EntraAttributes::Computed::account_enabled: return Value(view_.enabled(user_));
        case EntraAttributes::Computed::object_id: return Value(to_string(view_.object_id(user_)));
    }
    return {};
}

}  // namespace provsim
