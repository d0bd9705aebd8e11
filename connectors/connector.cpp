// SPDX-License-Identifier: Apache-2.0
#include "connectors/connector.h"

namespace provsim {

std::string_view to_string(Action action) noexcept
{
    switch (action) {
        case Action::probe_users: return "probe_users";
        case Action::probe_groups: return "probe_groups";
        case Action::provision: return "provision";
        case Action::set_manager: return "set_manager";
        case Action::add_member: return "add_member";
        case Action::remove_member: return "remove_member";
        case Action::delete_disabled: return "delete_disabled";
        case Action::write_members: return "write_members";
        case Action::test_connection: return "test_connection";
        case Action::import_users: return "import_users";
        case Action::import_groups: return "import_groups";
    }
    return "?";
}

std::string_view to_string(AdminVerb verb) noexcept
{
    switch (verb) {
        case AdminVerb::push_group: return "push_group";
        case AdminVerb::push_now: return "push_now";
        case AdminVerb::stop_pushing: return "stop_pushing";
        case AdminVerb::go_on_pushing: return "go_on_pushing";
        case AdminVerb::unlink: return "unlink";
        case AdminVerb::unlink_and_delete: return "unlink_and_delete";
        case AdminVerb::force_sync: return "force_sync";
        case AdminVerb::apply_updates: return "apply_updates";
        case AdminVerb::provision_user: return "provision_user";
        case AdminVerb::import_now: return "import_now";
        case AdminVerb::resync_group: return "resync_group";
    }
    return "?";
}

Done skipped(std::string_view code, std::string detail)
{
    return {{Status::skipped, LoggedAction::other, code, std::move(detail), {}}, {}};
}

Done failed(LoggedAction action, std::string_view code, std::string detail)
{
    return {{Status::failure, action, code, std::move(detail), {}}, {}};
}

Done succeeded(LoggedAction action, std::string detail, std::vector<Modified> modified)
{
    return {{Status::success, action, {}, std::move(detail), std::move(modified)}, {}};
}

std::string quoted_name(const Brief& brief)
{
    std::string text(brief.task.object.is_group() ? "Group '" : "User '");
    text += brief.name;
    text += '\'';
    return text;
}

std::string_view claimed_id(const Move& move) noexcept
{
    if (const auto* ask = std::get_if<Ask>(&move)) return ask->claims;
    for (const Effect& effect : std::get<Done>(move).effects)
        if (const auto* link = std::get_if<LinkTo>(&effect)) return link->target_id;
    return {};
}

std::string_view to_string(Intent intent) noexcept
{
    switch (intent) {
        case Intent::probe: return "probe";
        case Intent::match: return "match";
        case Intent::read: return "read";
        case Intent::create: return "create";
        case Intent::update: return "update";
        case Intent::disable: return "disable";
        case Intent::delete_: return "delete";
        case Intent::manager: return "manager";
        case Intent::member: return "member";
        case Intent::import: return "import";
    }
    return "?";
}

std::string_view to_string(Status status) noexcept
{
    switch (status) {
        case Status::success: return "success";
        case Status::failure: return "failure";
        case Status::skipped: return "skipped";
        case Status::warning: return "warning";
    }
    return "?";
}

std::string_view to_string(LoggedAction action) noexcept
{
    switch (action) {
        case LoggedAction::create: return "create";
        case LoggedAction::update: return "update";
        case LoggedAction::delete_: return "delete";
        case LoggedAction::disable: return "disable";
        case LoggedAction::other: return "other";
        case LoggedAction::staged_delete: return "stagedDelete";
    }
    return "?";
}

}  // namespace provsim
