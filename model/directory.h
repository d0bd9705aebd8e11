// SPDX-License-Identifier: Apache-2.0
// The source directory: users, groups, memberships, manager links, assignments to the one application,
// and the append-only log of what changed. Compact columns; see docs/ARCHITECTURE.md for what a user costs.
#pragma once

#include "model/attribute.h"
#include "model/app_role.h"
#include "model/change.h"
#include "model/ids.h"
#include "model/random.h"
#include "model/string_pool.h"
#include "model/time.h"
#include "model/user_state.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace provsim {

class Snapshot;

enum class Presence : std::uint8_t {
    absent,         // never created, or hard-deleted
    present,
    soft_deleted,   // in the recycle bin: restorable for 30 days (Entra: how-provisioning-works)
};

// What an assignment carries beside roles (Okta: an assignment's application profile, and the priority of a group's).
struct AssignmentTerms {
    std::optional<unsigned> priority;                               // the lowest number is the best; none: behind those that have one
    std::vector<std::pair<Attribute, std::string_view>> values;     // in the order of the attributes' numbers; none is empty
};

// Not thread-safe. Every mutator appends one Change to changes(), unless it changed nothing; `now` never decreases.
// A mutator that names an absent object, or makes no sense for its state, is our bug: callers that take
// a user's word for it go through apply(Edit) in model/edit.h, which answers with a Problem.
// String views handed out stay valid as long as the Directory (the pool only grows).
// Readers take any id: a row that was never made is absent and has no values. What a deleted row was called and looked
// like stays readable, for logs and reports. A soft-deleted user keeps his values, his manager, his reports and his
// assignment; only his memberships are hidden until he is restored. A handle belongs to one object of its kind that is not absent.
class Directory {
public:
    Directory();
    ~Directory();
    Directory(Directory&&) noexcept;
    Directory(const Directory&) = delete;

    // --- users -------------------------------------------------------------------------------------------------
    using Values = std::span<const std::pair<Attribute, std::string_view>>;
    UserId add_user(const Guid& object_id, Values values, UserState state, TimePoint now);
    UserId add_user(const Guid& object_id, Values values, bool enabled, TimePoint now);
    void set_values(UserId user, Values values, TimePoint now);          // an empty view clears the attribute
    void set_state(UserId user, UserState state, TimePoint now);         // user_enabled or user_disabled if that is what changes, else state_changed
    void set_enabled(UserId user, bool enabled, TimePoint now);          // active or deactivated, unless his state says the same
    void set_password(UserId user, TimePoint now);                       // a new one, which the directory does not keep
    void set_manager(UserId user, UserId manager, TimePoint now);        // no_user clears
    void soft_delete(UserId user, TimePoint now);                        // keeps memberships aside for restore
    void restore(UserId user, TimePoint now);
    void hard_delete(UserId user, TimePoint now);                        // also drops memberships, assignment and manager links to it

    // --- groups ------------------------------------------------------------------------------------------------
    GroupId add_group(const Guid& object_id, std::string_view handle, std::string_view display_name, TimePoint now);
    void rename(GroupId group, std::string_view display_name, TimePoint now);
    void delete_group(GroupId group, TimePoint now);                     // groups have no recycle bin here (assumed)
    void add_member(GroupId group, UserId user, TimePoint now);
    void remove_member(GroupId group, UserId user, TimePoint now);
    void add_nested(GroupId group, GroupId member, TimePoint now);       // a group inside a group
    void remove_nested(GroupId group, GroupId member, TimePoint now);

    // --- assignments to the application ------------------------------------------------------------------------
    // An assignment conveys a role of the application, or default access (Entra: customize-application-attributes). An object
    // may have several roles; who has one has no default access beside it.
    RoleId add_role(std::string_view handle, AppRole role);               // before any of them is used
    // Of what is assigned already: a priority and values that are given change those it has, and an empty value ends one.
    void assign(ObjectRef object, TimePoint now, RoleId role = default_access, std::optional<unsigned> priority = std::nullopt, Values values = {});
    void unassign(ObjectRef object, TimePoint now);                      // with all roles
    void unassign(ObjectRef object, TimePoint now, RoleId role);         // the last one ends the assignment

    // --- the state now (see View below for the state as of a cycle's opening) ------------------------------------
    std::size_t user_rows() const noexcept;      // rows ever made, absent ones included: valid indexes are [0, user_rows())
    std::size_t group_rows() const noexcept;
    std::size_t membership_count() const noexcept;
    Presence presence(ObjectRef object) const noexcept;
    std::string_view value(UserId user, Attribute attribute) const noexcept;    // empty = no value
    UserState state(UserId user) const noexcept;
    bool enabled(UserId user) const noexcept;                                   // is_enabled(state)
    UserId manager(UserId user) const noexcept;                                 // no_user if none
    TimePoint soft_deleted_at(UserId user) const noexcept;                      // meaningful when soft_deleted
    Guid object_id(ObjectRef object) const noexcept;
    std::string_view handle(ObjectRef object) const noexcept;
    std::string_view display_name(GroupId group) const noexcept;
    bool assigned(ObjectRef object) const noexcept;
    bool is_member(GroupId group, UserId user) const noexcept;
    std::vector<UserId> members(GroupId group) const;          // in the order of joining
    std::vector<GroupId> groups_of(UserId user) const;         // direct ones, in the order of joining
    std::vector<GroupId> nested(GroupId group) const;
    const std::vector<ObjectRef>& assignments() const noexcept;   // in the order of assignment
    std::optional<unsigned> assignment_priority(ObjectRef object) const noexcept;
    std::vector<std::pair<Attribute, std::string_view>> assignment_values(ObjectRef object) const;
    std::optional<RoleId> find_role(std::string_view handle) const noexcept;
    std::vector<std::string_view> role_handles() const;
    bool has_role(ObjectRef object, RoleId role) const noexcept;

    ObjectRef find_by_handle(ObjectKind kind, std::string_view handle) const noexcept;   // exact case, live objects; none if unknown
    ObjectRef find_by_object_id(ObjectKind kind, const Guid& object_id) const noexcept;  // may scan; for imports and people
    UserId find_by_user_name(std::string_view user_name) const noexcept;                 // ignoring case; a present user before a soft-deleted one
    // How many objects had this handle and have it no more: tells a new bearer from the former ones.
    std::uint32_t former_bearers(ObjectKind kind, std::string_view handle) const noexcept;

    Attribute custom_attribute(std::string_view name);         // "custom.costCode": found, or made if there is room (else our bug)
    std::optional<Attribute> find_custom(std::string_view name) const noexcept;
    std::string_view custom_name(Attribute attribute) const noexcept;

    const ChangeLog& changes() const noexcept;
    // Starts the log anew at position 0: a scenario's opening directory is where the story begins, not news.
    void forget_changes();

    // Bytes held, per concern, for bench and docs.
    struct Footprint { std::size_t users = 0, strings = 0, memberships = 0, changes = 0, other = 0; };
    Footprint footprint() const noexcept;

private:
    friend class Snapshot;
    friend class View;
    struct Rows;
    std::unique_ptr<Rows> rows_;
};

// Keeps, while it lives, the before-images of what is edited, so that a cycle sees the directory as of its opening
// while edits go on. Costs nothing but what is edited. Several may be open at once. Must not outlive its directory.
class Snapshot {
public:
    explicit Snapshot(Directory& directory);
    ~Snapshot();
    Snapshot(const Snapshot&) = delete;
    Position head() const noexcept;     // the log's end when the snapshot was taken
    struct Images;
    const Images& images() const noexcept { return *images_; }

private:
    std::unique_ptr<Images> images_;
};

// The directory to read from: live, or as of a snapshot. Cheap to copy; refers to both, owns nothing.
class View {
public:
    explicit View(const Directory& live) : directory_(&live) {}
    View(const Directory& live, const Snapshot& as_of) : directory_(&live), images_(&as_of.images()), head_(as_of.head()) {}

    std::size_t user_rows() const noexcept;       // as of the snapshot
    std::size_t group_rows() const noexcept;
    Presence presence(ObjectRef object) const noexcept;
    std::string_view value(UserId user, Attribute attribute) const noexcept;
    // His values are about to be read. They lie scattered: fetched at once, they cost one wait instead of a dozen.
    void prefetch(UserId user) const noexcept;
    UserState state(UserId user) const noexcept;
    bool enabled(UserId user) const noexcept;
    UserId manager(UserId user) const noexcept;
    Guid object_id(ObjectRef object) const noexcept;
    std::string_view handle(ObjectRef object) const noexcept;
    std::string_view display_name(GroupId group) const noexcept;
    bool assigned(ObjectRef object) const noexcept;
    bool is_member(GroupId group, UserId user) const noexcept;
    std::vector<UserId> members(GroupId group) const;
    std::vector<GroupId> groups_of(UserId user) const;
    std::vector<GroupId> nested(GroupId group) const;
    std::vector<ObjectRef> assignments() const;
    // The roles of a user, his own first, then those his groups convey, each once (Entra: customize-application-attributes).
    std::vector<RoleId> roles(UserId user) const;
    bool has_role(ObjectRef object) const noexcept;        // assigned with a role, not by default access alone
    const AppRole& role(RoleId role) const noexcept;
    // Entitled under scope "assigned": assigned directly or through a group of which he is a direct member (Entra: nested
    // groups do not count). Nobody who is not present.
    bool assigned_directly_or_by_group(UserId user) const noexcept;

    // What assignments carry is shown live, snapshot or not: providers that know of it react to changes and open none.
    std::optional<unsigned> assignment_priority(ObjectRef object) const noexcept { return directory_->assignment_priority(object); }
    std::vector<std::pair<Attribute, std::string_view>> assignment_values(ObjectRef object) const { return directory_->assignment_values(object); }
    bool assignments_carry_terms() const noexcept;          // any does, or did
    // As before its last change; of one that ended, when it did. Only while assignments_carry_terms.
    AssignmentTerms former_terms(ObjectRef object) const;
    std::size_t former_place(ObjectRef object) const noexcept;      // its index among the assignments when it ended
    std::vector<UserId> last_members(GroupId group) const;          // of a group that was deleted while assigned

    Position head() const noexcept;                        // how far this view knows the log
    const ChangeLog& changes() const noexcept { return directory_->changes(); }   // read no further than head()
    const Directory& live() const noexcept { return *directory_; }

private:
    const Directory* directory_;
    const Snapshot::Images* images_ = nullptr;
    Position head_ = 0;
    bool knows(ObjectRef object) const noexcept;   // it is a row that the view has
};

}  // namespace provsim
