// SPDX-License-Identifier: Apache-2.0
// Entries and changes of the directory made by hand, for the vendors' event logs.
#pragma once

#include "shapes/directory_change.h"
#include "tests/shapes/samples.h"

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace provsim {

inline constexpr const char* ada_id = "9bb0f679-0000-4000-8000-000000000001";
inline constexpr const char* makers_id = "5c0ffee0-0000-4000-8000-000000000002";

// How an entry about Ada, or about the group Makers, differs from her creation.
struct Sample {
    LoggedAction action = LoggedAction::create;
    Status status = Status::success;
    std::vector<Modified> modified{};
    RunKind kind = RunKind::on_change;
    bool linked = true;
    Action task = Action::provision;
    Intent last = Intent::update;
};

inline ChangeFacts of_ada(const Sample& sample)
{
    ChangeFacts facts = created_user();
    facts.object_id = ada_id;
    facts.task = sample.task;
    facts.action = sample.action;
    facts.status = sample.status;
    facts.modified = sample.modified;
    facts.run_kind = sample.kind;
    facts.linked = sample.linked;
    facts.last = sample.last;
    if (sample.linked) facts.matching.clear();
    if (sample.status == Status::failure) facts.detail = "Bad Request. Errors reported by remote server: department is required";
    return facts;
}

inline ChangeFacts of_makers(const Sample& sample)
{
    ChangeFacts facts = of_ada(sample);
    facts.object = GroupId{0};
    facts.object_id = makers_id;
    facts.name = facts.display_name = "Makers";
    facts.through.clear();
    if (!facts.matching.empty()) facts.matching = "displayName";
    if (sample.task == Action::add_member || sample.task == Action::remove_member) {
        facts.other = "user:ada";
        facts.other_id = ada_id;
    }
    return facts;
}

inline ChangeFacts of_nobody(Action task, Status status, std::string detail = {})
{
    ChangeFacts facts;
    facts.number = 9;
    facts.run = 2;
    facts.task = task;
    facts.status = status;
    facts.action = LoggedAction::other;
    facts.detail = std::move(detail);
    facts.ended = sample_time;
    return facts;
}

inline DirectoryChange change_of_ada(ChangeKind kind, std::string edit = {}, UserState state = UserState::active)
{
    DirectoryChange change;
    change.number = 4;
    change.edit_number = 2;
    change.at = sample_time;
    change.kind = kind;
    change.edit = std::move(edit);
    change.state = state;
    change.object = UserId{0};
    change.handle = "user:ada";
    change.name = "ada@acme.test";
    change.display_name = "Ada Lovelace";
    change.object_id = ada_id;
    return change;
}

// Of memberships: Ada's.
inline DirectoryChange change_of_makers(ChangeKind kind)
{
    DirectoryChange change = change_of_ada(kind);
    change.object = GroupId{0};
    change.handle = "group:makers";
    change.object_id = makers_id;
    change.name = change.display_name = "Makers";
    if (kind != ChangeKind::member_added && kind != ChangeKind::member_removed) return change;
    change.other = UserId{0};
    change.other_handle = "user:ada";
    change.other_name = "ada@acme.test";
    change.other_display_name = "Ada Lovelace";
    change.other_id = ada_id;
    return change;
}

}  // namespace provsim
