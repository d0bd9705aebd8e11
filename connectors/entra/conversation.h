// SPDX-License-Identifier: Apache-2.0
// The conversations Entra has with a target, one function for each kind of task. Internal to the Entra connector.
#pragma once

#include "connectors/entra/context.h"

namespace provsim {

// What a source object asks for in the target.
enum class Wish : std::uint8_t {
    keep,       // there, its attributes as mapped
    disable,    // there, `active` false, the rest left alone
    remove,     // not there
    forget,     // no longer in the directory, and no longer managed: the link is dropped, nothing is sent
    leave,      // nothing is sent
};
Wish wish(const EntraContext& context, const Brief& brief) noexcept;

Move probe(const EntraContext& context, const Brief& brief, Transcript heard);
Move provision(const EntraContext& context, const Brief& brief, Transcript heard);
Move set_manager(const EntraContext& context, const Brief& brief, Transcript heard);
Move change_member(const EntraContext& context, const Brief& brief, Transcript heard);
Move delete_disabled(const EntraContext& context, const Brief& brief, Transcript heard);

// Whether a linked entry that the target has no more is forgotten and matched anew (setting missing_anchor).
bool rematches(const EntraContext& context, const Brief& brief) noexcept;

// A manager's task after a user's own, if there is anything to do. `had`: the target's manager, empty if none;
// `was_linked`: the user was known before this conversation.
std::optional<Spawn> manager_to_follow(const EntraContext& context, const Brief& brief, std::string_view had, bool was_linked);

}  // namespace provsim
