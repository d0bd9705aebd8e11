// SPDX-License-Identifier: Apache-2.0
// Which events Okta's System Log has for what happened. Names and messages are those of Okta's event catalogue
// (okta-event-types.csv), legacy names those of its table from the Events API to the System Log. Which event stands for which
// outcome follows what was seen in an organisation's log (okta-iam-lifecycle-lab, evidence/03-scim) and the catalogue, by which
// application.provision.group.* and group_membership.* tell of failures alone. What neither shows is assumed and marked.
#pragma once

#include "shapes/change_facts.h"
#include "shapes/directory_change.h"

#include <string_view>
#include <vector>

namespace provsim {

struct OktaEventType {
    std::string_view name;                      // "application.provision.user.push"
    std::string_view message;                   // displayMessage, without the catalogue's full stop, as records have it
    std::string_view legacy, legacy_failed;     // legacyEventType; empty: the Events API had none
};
// Of the names that okta_events() gives; others are our bug.
const OktaEventType& okta_event_type(std::string_view name);

// What `target` lists, in this order.
enum class OktaTargets : std::uint8_t {
    app,            // the application
    app_user,       // the application's user, the application, the user (record of 2023-10: unqork-external/tomisp)
    app_group,      // the application's group, the application
    app_member,     // and the application's user
    user, group,
    member,         // the user, the group (record of 2018-07)
    group_app,      // the group, the application
};

struct OktaEvent {
    std::string_view type;
    OktaTargets targets{};
};

// Of an entry, most often one; the assignments that go with it are not among them. All of them came out as the entry did.
std::vector<OktaEvent> okta_events(const ChangeFacts& facts);
// Of a change in the directory: none, if Okta has nothing like it (a group inside a group).
std::vector<OktaEvent> okta_events(const DirectoryChange& change);

inline constexpr std::string_view okta_assigned = "application.user_membership.add", okta_unassigned = "application.user_membership.remove";

}  // namespace provsim
