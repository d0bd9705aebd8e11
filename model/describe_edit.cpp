// SPDX-License-Identifier: Apache-2.0
// One line for an edit, in the words of scenarios.
#include "model/edit.h"

#include <fmt/format.h>

namespace provsim {
namespace {

// Names are shown as they were written; of very many, the first ones.
std::string list(const std::vector<std::string>& names)
{
    constexpr std::size_t shown = 50;   // `propagated` finds an edit by the names in its line
    std::string text;
    for (std::size_t i = 0; i < names.size() && i < shown; ++i) text += (i == 0 ? "" : ", ") + names[i];
    if (names.size() > shown) text += fmt::format(" and {} more", names.size() - shown);
    return text;
}

std::string with_members(std::string line, std::string_view arrow, const std::vector<std::string>& members)
{
    return members.empty() ? line : fmt::format("{} {} {}", line, arrow, list(members));
}

struct Describe {
    std::string operator()(const AddUser& edit) const { return "user.add " + edit.handle; }
    std::string operator()(const UpdateUser& edit) const
    {
        std::string line = "user.update " + edit.user;
        for (const auto& [name, text] : edit.values) line += fmt::format(" {}={}", name, text);
        return line;
    }
    std::string operator()(const EnableUser& edit) const { return "user.enable " + edit.user; }
    std::string operator()(const DisableUser& edit) const { return "user.disable " + edit.user; }
    std::string operator()(const ChangeState& edit) const { return fmt::format("user.{} {}", to_string(edit.verb), edit.user); }
    std::string operator()(const SetPassword& edit) const { return "user.set_password " + edit.user; }
    std::string operator()(const SoftDeleteUser& edit) const { return "user.delete " + edit.user; }
    std::string operator()(const RestoreUser& edit) const { return "user.restore " + edit.user; }
    std::string operator()(const HardDeleteUser& edit) const { return "user.purge " + edit.user; }
    std::string operator()(const AddGroup& edit) const { return with_members("group.create " + edit.handle, "<-", edit.members) + (edit.rule.empty() ? "" : " by rule"); }
    std::string operator()(const RenameGroup& edit) const { return fmt::format("group.rename {} \"{}\"", edit.group, edit.display_name); }
    std::string operator()(const DeleteGroup& edit) const { return "group.delete " + edit.group; }
    std::string operator()(const AddMembers& edit) const { return with_members("group.add " + edit.group, "<-", edit.members); }
    std::string operator()(const RemoveMembers& edit) const { return with_members("group.remove " + edit.group, "->", edit.members); }
    std::string operator()(const Assign& edit) const
    {
        std::string line = "assign " + edit.object + (edit.role.empty() ? "" : " " + edit.role);
        if (edit.priority) line += fmt::format(" priority={}", *edit.priority);
        for (const auto& [name, text] : edit.values) line += fmt::format(" {}={}", name, text);
        return line;
    }
    std::string operator()(const Unassign& edit) const { return "unassign " + edit.object + (edit.role.empty() ? "" : " " + edit.role); }
};

}  // namespace

std::string_view to_string(StateVerb verb) noexcept
{
    switch (verb) {
        case StateVerb::activate: return "activate";
        case StateVerb::suspend: return "suspend";
        case StateVerb::unsuspend: return "unsuspend";
        case StateVerb::expire_password: return "expire_password";
        case StateVerb::lock: return "lock";
        case StateVerb::unlock: return "unlock";
    }
    return "?";
}

std::string describe(const Edit& edit) { return std::visit(Describe{}, edit); }

}  // namespace provsim
