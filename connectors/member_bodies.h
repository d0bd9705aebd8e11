// SPDX-License-Identifier: Apache-2.0
// Bodies with target ids in them, as RFC 7644 has them, and where those stand. The tasks of a request are a brief's
// own and those of Brief::also, each with its member linked.
#pragma once

#include "connectors/connector.h"
#include "connectors/resource_tree.h"

#include <string_view>

namespace provsim {

// 3.5.2: one add of all who come, and for each who goes a remove with the path members[value eq "id"]. If the group is given, what is so
// in it already is left out; false if nothing is left.
bool write_members_patch(Ask& ask, const Brief& brief, const ResourceTree* group);
// Whether one of the tasks removes: to remove who is not there is an error (3.12, "noTarget"), so that one looks first.
bool removes_members(const Brief& brief) noexcept;
// 3.5.1: the resource as it was read, without what is the target's own: id, meta, a user's groups. A group's members are given by their
// values, with what membership tasks ask for; false if they ask for nothing new.
bool write_put(Ask& ask, const Brief& brief, ResourceTree resource);

// Notes where {"value":"<id>"} stands in the body, from the last id noted on. Nothing if it does not.
void mark_id(Ask& ask, std::string_view id, ObjectRef object);

}  // namespace provsim
