// SPDX-License-Identifier: Apache-2.0
// Every request that Entra sends. Internal to the Entra connector.
#pragma once

#include "connectors/entra/diff.h"

namespace provsim {

// A user that nobody has, to see whether the target is there and speaks SCIM.
Ask ask_probe(const EntraContext& context, const Brief& brief);
// The resource whose attribute of mapping row `row` has the wanted value.
Ask ask_match(const EntraContext& context, const Brief& brief, const Wanted& wanted);
Ask ask_read(const EntraContext& context, const Brief& brief, std::string_view id);
Ask ask_create(const EntraContext& context, const Brief& brief);
Ask ask_update(const EntraContext& context, const Brief& brief, std::string_view id, const std::vector<Difference>& found);
Ask ask_delete(const EntraContext& context, const Brief& brief, std::string_view id);
// An empty manager clears; `had`: the one that the target has, empty if none.
Ask ask_manager(const EntraContext& context, const Brief& brief, std::string_view manager_id, std::string_view had);
// Of the brief's member, and of those in Brief::also.
Ask ask_member(const EntraContext& context, const Brief& brief);

}  // namespace provsim
