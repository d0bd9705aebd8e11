// SPDX-License-Identifier: Apache-2.0
// Event types: JumpCloud: custom SCIM identity management integration; the reasons for which nothing is sent are provsim's own
// words. Graph's error categories are no idea of JumpCloud's: whose fault a failure is, is the target's in all of them (assumed).
#include "connectors/jumpcloud/codes.h"

namespace provsim {
namespace {

namespace code = jumpcloud_code;

constexpr std::string_view events = "JumpCloud: custom SCIM identity management integration", ours = "provsim's own word; JumpCloud writes no event then";
constexpr std::string_view in_target = "nonServiceFailure";
constexpr std::string_view on_change = "when the object changes again (assumed)", never = "not needed";
constexpr std::string_view documented = "documented", observed = "observed", assumed = "assumed";

constexpr CodeNote all[] = {
    {code::user_lookup, CodeKind::error, "Looking the user up in the target failed, so that it is not known whether to create or to update, and neither was done.",
     "Look at the target's answer: GET /Users with a filter on userName has to be answered 200 and a list, empty if nobody is found.", in_target, on_change, documented, events},
    {code::user_create, CodeKind::error, "The user could not be created in the target.",
     "Look at the target's answer; the id of what it creates has to be a string.", in_target, on_change, documented, events},
    {code::user_update, CodeKind::error, "The user could not be read or updated in the target.",
     "Look at the target's answer: users are read by id and written back whole by PUT.", in_target, on_change, documented, events},
    {code::user_deprovision, CodeKind::error, "The user could not be set inactive in the target.",
     "Look at the target's answer, and deactivate the user there by hand if it does not take active false.", in_target, on_change, documented, events},
    {code::user_delete, CodeKind::error, "The user could not be deleted in the target.",
     "Look at the target's answer, or have users deactivated instead (setting last_binding_lost).", in_target, on_change, documented, events},
    {code::group_create, CodeKind::error, "The group could not be looked up or created in the target.",
     "Look at the target's answer, then re-sync the group.", in_target, on_change, documented, events},
    {code::group_update, CodeKind::error, "The group, or who is in it, could not be changed in the target.",
     "Look at the target's answer: renames and members come by PATCH, and adding who is a member already has to succeed. Then re-sync the group.", in_target, on_change, documented, events},
    {code::group_delete, CodeKind::error, "The group could not be deleted in the target.", "Look at the target's answer, and delete the group there by hand.", in_target, on_change, documented,
     events},
    {code::activate, CodeKind::error, "There was a problem activating identity management: the connection test failed, and nothing is provisioned.",
     "Mend what the entry names, then activate again, with another test e-mail if the test user was left behind.", in_target, "when it is activated again", observed,
     "grokability/snipe-it issue 17002; JumpCloud: troubleshoot custom SCIM integrations"},
    {code::import, CodeKind::error, "The target's users could not be read for the import.", "Look at the target's answer: GET /Users with startIndex and count has to be answered 200 and a list.",
     in_target, "with the next import", assumed, "Directory Insights has the word as a correlation's type"},

    {code::not_bound, CodeKind::skip, "Nothing binds the object to the application, or not any more.",
     "Bind a group to the application, or put the user into a bound group; users assigned themselves do not count by default (setting direct_assignment).", "", on_change, assumed, ours},
    {code::not_active, CodeKind::skip, "The user is staged or suspended and was never sent, so that there is nothing to send.", "Activate the user.", "", on_change, assumed, ours},
    {code::no_user_name, CodeKind::skip, "The user has no value for userName, so that he can be neither looked up nor created.", "Give the user an email.", "", on_change, assumed, ours},
    {code::empty_group, CodeKind::skip, "No member of the group is in the target, and empty groups are not created.", "Add a member to the group.", "", on_change, assumed, ours},
    {code::groups_not_managed, CodeKind::skip, "Groups are not managed in this application.", "Tick the management of groups (setting manage_groups) if they should be.", "", never, assumed,
     ours},
    {code::not_in_app, CodeKind::skip, "The user or the group that this is about is not in the target.", "See why it was not created; re-sync the group afterwards.", "", on_change, assumed,
     ours},
    {code::unchanged, CodeKind::skip, "The target has it already, or what was to be sent was undone before its turn came.", "Nothing to do.", "", never, assumed, ours},
};

}  // namespace

std::span<const CodeNote> jumpcloud_codes() noexcept
{
    return all;
}

}  // namespace provsim
