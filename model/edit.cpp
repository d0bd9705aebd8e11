// SPDX-License-Identifier: Apache-2.0
// Edits as data: each is checked in full first, and then made by the Directory's mutators, which check nothing twice.
#include "model/edit.h"

#include "model/edit_names.h"
#include "model/nearest.h"
#include "model/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace provsim {
namespace {

// Adding what is there already, enabling the enabled and the like are fine and change nothing.
// Taking away what is not there is a mistake: whoever waits for its effect would wait in vain.
class Editor {
public:
    Editor(Directory& directory, TimePoint now, const Draw& draw) : directory_(directory), now_(now), draw_(draw) {}

    void operator()(const AddUser& edit)
    {
        check_new_handle(ObjectKind::user, edit.handle);
        Wanted wanted = read(edit.values, no_user);
        if (!edit.manager.empty()) wanted.manager = manager(edit.manager, edit.handle);
        if (!problems_.empty()) return;
        auto values = resolve(wanted);
        values.emplace_back(Attribute::handle, edit.handle);
        const UserId user = directory_.add_user(object_id(ObjectKind::user, edit.handle), values, wanted.state.value_or(edit.enabled ? UserState::active : UserState::deactivated), now_);
        if (wanted.manager) directory_.set_manager(user, wanted.manager->itself ? user : wanted.manager->user, now_);
    }

    void operator()(const UpdateUser& edit)
    {
        const UserId user = present_user(edit.user);
        const Wanted wanted = read(edit.values, user);
        if (!problems_.empty()) return;
        directory_.set_values(user, resolve(wanted), now_);
        if (wanted.state) directory_.set_state(user, *wanted.state, now_);
        if (wanted.manager) directory_.set_manager(user, wanted.manager->user, now_);
    }

    void operator()(const EnableUser& edit) { with(present_user(edit.user), [&](UserId user) { directory_.set_enabled(user, true, now_); }); }
    void operator()(const DisableUser& edit) { with(present_user(edit.user), [&](UserId user) { directory_.set_enabled(user, false, now_); }); }

    void operator()(const ChangeState& edit)
    {
        const UserId user = present_user(edit.user);
        if (!problems_.empty()) return;
        const UserState now = directory_.state(user);
        const auto next = state_after(edit.verb, now);
        if (next) return directory_.set_state(user, *next, now_);
        say("user-state", fmt::format("{} is {}, which {} does not apply to", object_name(directory_, user), to_string(now), to_string(edit.verb)), "");
    }

    void operator()(const SetPassword& edit)
    {
        with(present_user(edit.user), [&](UserId user) {
            directory_.set_password(user, now_);
            const UserState state = directory_.state(user);
            if (state == UserState::password_expired || state == UserState::recovery) directory_.set_state(user, UserState::active, now_);
        });
    }

    void operator()(const SoftDeleteUser& edit) { with(present_user(edit.user), [&](UserId user) { directory_.soft_delete(user, now_); }); }

    void operator()(const RestoreUser& edit)
    {
        const ObjectRef user = find(edit.user, ObjectKind::user);
        if (!user) return;
        if (directory_.presence(user) != Presence::soft_deleted)
            return say("not-deleted", fmt::format("{} is not in the recycle bin", object_name(directory_, user)), "only deleted users can be restored");
        // Entra and its like ask for another name before they restore such a user.
        if (check_user_name(directory_.value(user.user(), Attribute::user_name), user.user())) directory_.restore(user.user(), now_);
    }

    void operator()(const HardDeleteUser& edit)
    {
        if (const ObjectRef user = find(edit.user, ObjectKind::user)) directory_.hard_delete(user.user(), now_);
    }

    void operator()(const AddGroup& edit)
    {
        check_new_handle(ObjectKind::group, edit.handle);
        const auto members = find_members(edit.members);
        if (!problems_.empty()) return;
        const GroupId group = directory_.add_group(object_id(ObjectKind::group, edit.handle), edit.handle,
                                                   edit.display_name.empty() ? edit.handle : edit.display_name, now_);
        add(group, members);
    }

    void operator()(const RenameGroup& edit)
    {
        if (edit.display_name.empty()) say("no-display-name", "a group cannot be without a displayName", "give it one");
        with(find_group(edit.group), [&](GroupId group) { directory_.rename(group, edit.display_name, now_); });
    }

    void operator()(const DeleteGroup& edit) { with(find_group(edit.group), [&](GroupId group) { directory_.delete_group(group, now_); }); }

    void operator()(const AddMembers& edit)
    {
        const GroupId group = find_group(edit.group);
        const auto members = find_members(edit.members);
        if (std::find(members.begin(), members.end(), ObjectRef(group)) != members.end() && group != no_group)
            say("member-of-itself", fmt::format("{} cannot be a member of itself", object_name(directory_, group)), "");
        with(group, [&](GroupId into) { add(into, members); });
    }

    void operator()(const RemoveMembers& edit)
    {
        const GroupId group = find_group(edit.group);
        const auto members = find_members(edit.members);
        const auto nested = directory_.nested(group);
        for (const ObjectRef member : members) {
            const bool belongs = member.is_user() ? directory_.is_member(group, member.user())
                                                  : std::find(nested.begin(), nested.end(), member.group()) != nested.end();
            if (!belongs && group != no_group)
                say("not-a-member", fmt::format("{} is not a member of {}", object_name(directory_, member), object_name(directory_, group)), "");
        }
        if (!problems_.empty()) return;
        for (const ObjectRef member : members)
            member.is_user() ? directory_.remove_member(group, member.user(), now_) : directory_.remove_nested(group, member.group(), now_);
    }

    void operator()(const Assign& edit)
    {
        const ObjectRef object = find_present(edit.object, ObjectKind::none);
        const auto role = find_role(edit.role);
        if (object && object.is_user() && edit.priority)
            say("assignment-priority", fmt::format("{} is a user, and only the assignments of groups have a priority", edit.object), "leave it out: a user's own assignment comes first");
        // An application's user name is no value of its profile (Okta: management API, application users).
        for (const auto& [name, text] : edit.values)
            for (const std::string_view other : {"userName", "manager", "enabled", "state", "handle"})
                if (name == other) say("assignment-values", fmt::format("an assignment cannot set {}", name), "set an attribute of the profile, such as title");
        if (!problems_.empty()) return;
        const Wanted wanted = read(edit.values, no_user);
        if (object && role && problems_.empty()) directory_.assign(object, now_, *role, edit.priority, resolve(wanted));
    }

    void operator()(const Unassign& edit)
    {
        const ObjectRef object = find_present(edit.object, ObjectKind::none);
        const auto role = find_role(edit.role);
        if (!object || !role) return;
        if (*role != default_access && !directory_.has_role(object, *role))
            say("not-assigned", fmt::format("{} has no role \"{}\"", object_name(directory_, object), edit.role), "");
        else if (*role != default_access) directory_.unassign(object, now_, *role);
        else if (directory_.assigned(object)) directory_.unassign(object, now_);
        else say("not-assigned", fmt::format("{} is not assigned to the application", object_name(directory_, object)), "");
    }

    Result<Position> result() &&
    {
        if (!problems_.empty()) return std::move(problems_);
        return directory_.changes().head();
    }

private:
    struct Manager {
        UserId user = no_user;   // no_user clears
        bool itself = false;     // the user who is being added
    };
    // What values ask for, before anything is made: a custom attribute may be new.
    struct Wanted {
        std::vector<std::pair<std::string_view, std::string_view>> values;
        std::optional<UserState> state;
        std::optional<Manager> manager;
    };

    Directory& directory_;
    TimePoint now_;
    const Draw& draw_;
    Problems problems_;

    void say(std::string code, std::string what, std::string remedy)
    {
        problems_.push_back({Severity::error, std::move(code), std::move(what), std::move(remedy), {}});
    }

    // Whoever may sign in already keeps his state when he is enabled; the same the other way round.
    UserState enabled_state(UserId user, bool on) const
    {
        if (user != no_user && directory_.enabled(user) == on) return directory_.state(user);
        return on ? UserState::active : UserState::deactivated;
    }

    // Nothing where the verb makes no sense (Okta: user lifecycle operations). What is so already stays so.
    static std::optional<UserState> state_after(StateVerb verb, UserState now)
    {
        using enum UserState;
        const auto from = [now](UserState wanted, UserState then) { return now == wanted || now == then ? std::optional(then) : std::nullopt; };
        switch (verb) {
            case StateVerb::activate: return now == suspended ? std::nullopt : std::optional(active);
            case StateVerb::suspend: return from(active, suspended);
            case StateVerb::unsuspend: return from(suspended, active);
            case StateVerb::expire_password: return from(active, password_expired);
            case StateVerb::lock: return from(active, locked_out);
            case StateVerb::unlock: return from(locked_out, active);
        }
        return std::nullopt;
    }

    template <class Id, class Make>
    void with(Id id, const Make& make)
    {
        if (problems_.empty()) make(id);
    }

    // --- objects -------------------------------------------------------------------------------------------------------

    ObjectRef find(std::string_view name, ObjectKind expected)
    {
        const auto fitting = fitting_objects(directory_, name, expected);
        if (fitting.size() == 1) return fitting.front();
        const ObjectKind kind = split_object_name(name, expected).kind;
        const std::string_view word = kind == ObjectKind::user ? "user" : kind == ObjectKind::group ? "group" : "user or group";
        if (fitting.empty()) {
            if (expected == ObjectKind::none || expected == kind)
                say(kind == ObjectKind::group ? "unknown-group" : kind == ObjectKind::user ? "unknown-user" : "unknown-object",
                    fmt::format("there is no {} \"{}\"", word, name), did_you_mean(directory_, name, expected));
            else
                say("wrong-kind", fmt::format("\"{}\" is a {} where a {} is expected", name, word, expected == ObjectKind::user ? "user" : "group"), "");
        } else {
            say("ambiguous-name", fmt::format("\"{}\" may mean {} or {}", name, object_name(directory_, fitting[0]), object_name(directory_, fitting[1])),
                "name it by its handle, with user: or group: before it");
        }
        return {};
    }

    ObjectRef find_present(std::string_view name, ObjectKind expected)
    {
        const ObjectRef object = find(name, expected);
        if (!object || directory_.presence(object) == Presence::present) return object;
        say("recycle-bin", fmt::format("{} is in the recycle bin", object_name(directory_, object)), "restore it first");
        return {};
    }

    UserId present_user(std::string_view name)
    {
        const ObjectRef user = find_present(name, ObjectKind::user);
        return user ? user.user() : no_user;
    }

    GroupId find_group(std::string_view name)
    {
        const ObjectRef group = find_present(name, ObjectKind::group);
        return group ? group.group() : no_group;
    }

    // A member without a prefix is a user; groups inside groups are rare enough to be spelled out.
    std::vector<ObjectRef> find_members(const std::vector<std::string>& names)
    {
        std::vector<ObjectRef> found;
        for (const std::string& name : names)
            if (const ObjectRef object = find_present(name, split_object_name(name, ObjectKind::user).kind)) found.push_back(object);
        return found;
    }

    void add(GroupId group, const std::vector<ObjectRef>& members)
    {
        for (const ObjectRef member : members)
            member.is_user() ? directory_.add_member(group, member.user(), now_) : directory_.add_nested(group, member.group(), now_);
    }

    void check_new_handle(ObjectKind kind, std::string_view handle)
    {
        const std::string_view word = kind == ObjectKind::user ? "user" : "group";
        if (handle.empty()) return say("no-handle", fmt::format("a new {} needs a handle", word), "give it a short name that scenarios use");
        if (split_object_name(handle, ObjectKind::none).kind != ObjectKind::none)
            return say("handle", fmt::format("\"{}\" cannot be a handle", handle), "leave out the prefix");
        const ObjectRef bearer = directory_.find_by_handle(kind, handle);
        if (!bearer) return;
        const bool deleted = directory_.presence(bearer) == Presence::soft_deleted;
        say("handle-taken", fmt::format("there is a {} \"{}\" already{}", word, handle, deleted ? ", in the recycle bin" : ""),
            deleted ? "restore it, delete it for good, or choose another handle" : "choose another handle");
    }

    // No name is default access.
    std::optional<RoleId> find_role(std::string_view name)
    {
        if (name.empty()) return default_access;
        const auto role = directory_.find_role(name);
        if (role) return role;
        Nearest search(name);
        for (const std::string_view known : directory_.role_handles()) search.offer(known);
        say("unknown-role", fmt::format("the application has no role \"{}\"", name),
            search.best().empty() ? "define it: scope.app_roles" : fmt::format("did you mean \"{}\"?", search.best()));
        return std::nullopt;
    }

    // A handle that is used again names somebody else, so its new bearer gets another id.
    Guid object_id(ObjectKind kind, std::string_view handle) const
    {
        const std::string purpose = fmt::format("object id of {}:{}", kind == ObjectKind::user ? "user" : "group", handle);
        return draw_guid(draw_, purpose, 0, directory_.former_bearers(kind, handle));
    }

    // --- values --------------------------------------------------------------------------------------------------------

    Wanted read(const std::vector<std::pair<std::string, std::string>>& values, UserId user)
    {
        Wanted wanted;
        std::vector<std::string_view> fresh;   // custom attributes that would have to be made
        for (const auto& [name, text] : values) {
            if (name == "manager") {
                wanted.manager = manager(text, {});
            } else if (name == "enabled") {
                if (text == "true" || text == "false") wanted.state = enabled_state(user, text == "true");
                else say("boolean", fmt::format("enabled cannot be \"{}\"", text), "write true or false");
            } else if (name == "state") {
                wanted.state = parse_user_state(text);
                if (!wanted.state) say("user-state", fmt::format("there is no state \"{}\"", text), "one of active, staged, pending, recovery, password_expired, locked_out, suspended, deactivated");
            } else if (name == "handle") {
                say("handle", "a handle cannot be changed", "it is the name by which the scenario knows the object");
            } else if (find_attribute(name, Spelling::neutral) || directory_.find_custom(name)) {
                wanted.values.emplace_back(name, text);
            } else if (name.size() > 7 && name.compare(0, 7, "custom.") == 0) {
                wanted.values.emplace_back(name, text);
                if (std::find(fresh.begin(), fresh.end(), name) == fresh.end()) fresh.push_back(name);
            } else {
                say("unknown-attribute", fmt::format("there is no attribute \"{}\"", name), remedy_for_attribute(name));
            }
            if (name == "userName") check_user_name(text, user);
        }
        if (fresh.size() > custom_room()) say("too-many-attributes", fmt::format("there is no room for \"{}\"", fresh.back()),
                                              fmt::format("a directory has at most {} custom attributes", max_attributes - builtin_attributes));
        return wanted;
    }

    std::vector<std::pair<Attribute, std::string_view>> resolve(const Wanted& wanted)
    {
        std::vector<std::pair<Attribute, std::string_view>> values;
        for (const auto& [name, text] : wanted.values) {
            const auto known = find_attribute(name, Spelling::neutral);
            values.emplace_back(known ? *known : directory_.custom_attribute(name), text);
        }
        return values;
    }

    std::size_t custom_room() const
    {
        std::size_t number = builtin_attributes;
        while (number < max_attributes && !directory_.custom_name(static_cast<Attribute>(number)).empty()) ++number;
        return max_attributes - number;
    }

    static std::string remedy_for_attribute(std::string_view name)
    {
        if (const auto entra = find_attribute(name, Spelling::entra)) return fmt::format("write {}", attribute_name(*entra, Spelling::neutral));
        Nearest search(name);
        for (std::size_t number = 1; number < builtin_attributes; ++number)
            search.offer(attribute_name(static_cast<Attribute>(number), Spelling::neutral));
        for (const std::string_view other : {"manager", "enabled", "state"}) search.offer(other);
        if (search.best().empty()) return fmt::format("write custom.{} if it is one of your own", name);
        return fmt::format("did you mean \"{}\"?", search.best());
    }

    Manager manager(std::string_view name, std::string_view newcomer)
    {
        if (name.empty()) return {};
        if (!newcomer.empty() && split_object_name(name, ObjectKind::user).plain == newcomer) return {no_user, true};
        return {present_user(name), false};
    }

    // False, and a problem, if somebody else who is present has the name: sign-in names are unique (Entra, Okta and JumpCloud alike).
    bool check_user_name(std::string_view text, UserId user)
    {
        const UserId bearer = directory_.find_by_user_name(text);
        if (bearer == no_user || bearer == user || directory_.presence(bearer) != Presence::present) return true;
        say("user-name-taken", fmt::format("{} has the userName \"{}\" already", object_name(directory_, bearer), text), "choose another");
        return false;
    }
};

}  // namespace

Result<Position> apply(Directory& directory, const Edit& edit, TimePoint now, const Draw& draw)
{
    Editor editor(directory, now, draw);
    std::visit(editor, edit);
    return std::move(editor).result();
}

}  // namespace provsim
