// SPDX-License-Identifier: Apache-2.0
// What exceptions ask of a story's past. Internal to exceptions.cpp, which would be too long with it.
#pragma once

#include "model/text.h"
#include "tests/properties/exceptions.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace provsim::properties {

using How = Meddle::How;

inline const UserState* user_in(const Picture& picture, ObjectRef user)
{
    return user.is_user() && user.index < picture.users.size() ? &picture.users[user.index] : nullptr;
}

inline const std::string* name_in(const Picture& picture, ObjectRef object)
{
    if (const UserState* user = user_in(picture, object)) return &user->values[0];
    return object.is_group() && object.index < picture.groups.size() ? &picture.groups[object.index].name : nullptr;
}

inline bool wanted_in(const Picture& picture, ObjectRef object)
{
    if (const UserState* user = user_in(picture, object)) return user->wanted();
    return object.is_group() && object.index < picture.groups.size() && picture.groups[object.index].in_scope;
}

template <class Holds>
inline bool ever(const Evidence& e, Holds holds)
{
    return std::any_of(e.witness.pictures.begin(), e.witness.pictures.end(), holds);
}

inline bool soft(const Evidence& e) { return !e.story.has("target_soft_delete", "unsupported"); }
inline bool ignores_case(const Evidence& e, const Difference& d)
{
    const bool exact = d.column < columns ? user_columns[d.column].source == Attribute::mail_nickname : d.attribute == "externalId";
    return !exact && !e.story.has("case_only_change", "send");
}

// The user once had that value there; or, where case is not sent, one that differs by case alone.
inline bool had_value(const Evidence& e, const Difference& d)
{
    return ever(e, [&](const Picture& p) {
        if (d.object.is_group()) return name_in(p, d.object) && *name_in(p, d.object) == d.got;
        const UserState* user = user_in(p, d.object);
        return user && d.column < columns && user->values[d.column] == d.got;
    });
}

inline bool known_as(const Evidence& e, ObjectRef object, const std::string& id)
{
    const auto found = e.witness.ids.find(object);
    return found != e.witness.ids.end() && found->second.count(id) > 0;
}

// The objects that were ever known by this id.
inline std::vector<ObjectRef> bearers(const Evidence& e, ObjectKind kind, const std::string& id)
{
    std::vector<ObjectRef> found;
    for (const auto& [object, ids] : e.witness.ids)
        if (object.kind == kind && ids.count(id)) found.push_back(object);
    return found;
}

inline const Witness::Foreign* last_foreign(const Evidence& e, How how, const std::string& id)
{
    const auto& all = e.witness.foreign;
    const auto found = std::find_if(all.rbegin(), all.rend(), [&](const auto& act) { return act.how == how && act.id == id; });
    return found == all.rend() ? nullptr : &*found;
}

// In the directory, once in scope, and since the last time out of it: what the provider disabled and then left alone.
inline bool was_unassigned(const Evidence& e, ObjectRef user)
{
    return ever(e, [&](const Picture& p) { return user_in(p, user) && user_in(p, user)->presence == Presence::present && !user_in(p, user)->in_scope; });
}

inline bool in_target(const Evidence& e, ObjectRef user)
{
    const UserState* state = user_in(e.source, user);
    return state && (state->wanted() || (state->presence == Presence::present && state->in_scope && soft(e) && e.links.find(user)));
}

// When the user last became wanted; nothing if he always was.
inline std::optional<TimePoint> entered(const Evidence& e, ObjectRef object)
{
    std::optional<TimePoint> at;
    const Picture* before = nullptr;
    for (const Picture& p : e.witness.pictures) {
        if (wanted_in(p, object) && before && !wanted_in(*before, object)) at = p.at;
        before = &p;
    }
    return at;
}

// Another object of its kind has, or had, the name that this one has or had.
inline bool shares_name(const Evidence& e, ObjectRef object)
{
    if (!object) return false;
    std::vector<std::string> own;
    const auto add_own = [&](const Picture& p) {
        if (const std::string* name = name_in(p, object); name && !name->empty()) own.push_back(fold_case(*name));
        return false;
    };
    ever(e, add_own);
    return ever(e, [&](const Picture& p) {
        const std::size_t count = object.is_user() ? p.users.size() : p.groups.size();
        for (std::uint32_t i = 0; i < count; ++i) {
            if (i == object.index) continue;
            const std::string* name = name_in(p, object.is_user() ? ObjectRef(UserId{i}) : ObjectRef(GroupId{i}));
            if (std::find(own.begin(), own.end(), fold_case(*name)) != own.end()) return true;
        }
        return false;
    });
}

// The stretch of time in which the user has been a member, also while in the recycle bin, of a group in scope.
template <class Each>
inline bool while_member(const Difference& d, const Evidence& e, Each each)
{
    bool out = false;
    std::optional<TimePoint> since;
    for (std::size_t i = 0; i < e.witness.pictures.size(); ++i) {
        const Picture& p = e.witness.pictures[i];
        const UserState* user = user_in(p, d.other);
        const bool hidden = user && user->presence == Presence::soft_deleted;
        if (!user || !wanted_in(p, d.object) || !(hidden || p.is_member(d.object.index, d.other.index))) {
            if (!e.witness.seen(i, d.object)) continue;     // made good before anybody looked
            out = false;
            since.reset();
            continue;
        }
        if (!since) since = p.at;
        out |= each(p, *user, *since);
    }
    return out;
}

}  // namespace provsim::properties
