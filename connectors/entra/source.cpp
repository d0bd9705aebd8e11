// SPDX-License-Identifier: Apache-2.0
#include "connectors/entra/source.h"

#include "model/nearest.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

namespace provsim {
namespace {

using Name = EntraAttributes::Name;
using Computed = EntraAttributes::Computed;
using Word = std::pair<std::string_view, Computed>;

// Entra: how-provisioning-works (IsSoftDeleted), use-scim (accountEnabled, objectId). References are written by requests of
// their own and have no value here.
constexpr Word user_words[] = {
    {"IsSoftDeleted", Computed::soft_deleted}, {"accountEnabled", Computed::account_enabled}, {"objectId", Computed::object_id},
    {"manager", Computed::no_value}, {"appRoleAssignments", Computed::app_roles},
};
// Groups have more in Entra (Graph: group); the directory keeps their name alone.
constexpr Word group_words[] = {
    {"displayName", Computed::group_name}, {"objectId", Computed::object_id}, {"IsSoftDeleted", Computed::soft_deleted},
    {"members", Computed::no_value},       {"mail", Computed::no_value},      {"mailNickname", Computed::no_value},
    {"description", Computed::no_value},   {"owners", Computed::no_value},    {"securityEnabled", Computed::no_value},
};

std::span<const Word> words_of(ObjectKind kind) noexcept
{
    return kind == ObjectKind::group ? std::span<const Word>(group_words) : std::span<const Word>(user_words);
}

std::optional<Name> find_name(std::string_view name, const Directory& directory, ObjectKind kind)
{
    const auto words = words_of(kind);
    if (const auto found = std::find_if(words.begin(), words.end(), [&](const Word& word) { return word.first == name; }); found != words.end())
        return found->second;
    if (kind == ObjectKind::group) return std::nullopt;
    if (const auto attribute = find_attribute(name, Spelling::entra)) return *attribute;
    if (const auto attribute = directory.find_custom(name)) return *attribute;
    // [extensionAttribute1] is custom.extensionAttribute1, if somebody has it.
    if (const auto attribute = directory.find_custom("custom." + std::string(name))) return *attribute;
    return std::nullopt;
}

Problem unknown(const std::string& name, const Place& place, ObjectKind kind)
{
    const bool users = kind != ObjectKind::group;
    std::vector<std::string_view> known;
    for (const auto& [word, which] : words_of(kind)) known.push_back(word);
    for (std::size_t i = 0; users && i < builtin_attributes; ++i)
        if (const auto word = attribute_name(static_cast<Attribute>(i), Spelling::entra); !word.empty()) known.push_back(word);
    Problem problem{Severity::error, "expression", (users ? "users have no attribute [" : "groups have no attribute [") + name + "]", "", place};
    // Who knows the neutral name is helped with Entra's.
    if (const auto neutral = find_attribute(name, Spelling::neutral); users && neutral && !attribute_name(*neutral, Spelling::entra).empty())
        problem.remedy = "Entra calls it [" + std::string(attribute_name(*neutral, Spelling::entra)) + "]";
    else if (const auto near = nearest(name, known); !near.empty())
        problem.remedy = "did you mean [" + std::string(near) + "]?";
    return problem;
}

}  // namespace

Result<EntraAttributes> EntraAttributes::find(const std::vector<std::string>& names, const Directory& directory, const Place& place, ObjectKind kind)
{
    EntraAttributes found;
    Problems problems;
    for (const std::string& name : names) {
        if (auto known = find_name(name, directory, kind)) found.names_.push_back(*known);
        else problems.push_back(unknown(name, place, kind));
    }
    if (!problems.empty()) return problems;
    return found;
}

Value EntraSource::value(std::string_view, std::size_t index) const
{
    const auto text_or_null = [](std::string_view text) { return text.empty() ? Value{} : Value(text); };
    const Name& name = attributes_.names()[index];
    if (const auto* attribute = std::get_if<Attribute>(&name)) return text_or_null(view_.value(object_.user(), *attribute));
    switch (std::get<Computed>(name)) {
        case Computed::soft_deleted: return Value(soft_deleted_);
        case Computed::account_enabled: return Value(view_.enabled(object_.user()));
        case Computed::object_id: return Value(to_string(view_.object_id(object_)));
        case Computed::app_roles: {
            AppRoles roles;
            for (const RoleId role : view_.roles(object_.user())) roles.push_back(view_.role(role));
            return roles.empty() ? Value{} : Value(std::move(roles));
        }
        case Computed::group_name: return text_or_null(view_.display_name(object_.group()));
        case Computed::no_value: return {};
    }
    return {};
}

}  // namespace provsim
