// SPDX-License-Identifier: Apache-2.0
// How a Directory holds its rows, and what a Snapshot keeps of them. For model/directory*.cpp only.
#pragma once

#include "model/check.h"
#include "model/directory.h"
#include "model/hash.h"
#include "model/memberships.h"
#include "model/row_index.h"
#include "model/text.h"

#include <array>
#include <map>
#include <optional>
#include <unordered_map>

namespace provsim {

// One byte of facts a row.
class RowFlags {
public:
    Presence presence() const noexcept { return static_cast<Presence>(bits_ & 3); }
    void set(Presence presence) noexcept { bits_ = static_cast<std::uint8_t>((bits_ & ~3) | static_cast<std::uint8_t>(presence)); }
    UserState state() const noexcept { return static_cast<UserState>(bits_ >> 5); }     // of users
    void set(UserState state) noexcept { bits_ = static_cast<std::uint8_t>((bits_ & 31) | (static_cast<std::uint8_t>(state) << 5)); }
    bool assigned() const noexcept { return get(8); }
    void set_assigned(bool on) noexcept { put(8, on); }
    bool imaged() const noexcept { return get(16); }       // some open snapshot keeps an image of the row
    void set_imaged(bool on) noexcept { put(16, on); }

private:
    std::uint8_t bits_ = 0;
    bool get(int bit) const noexcept { return (bits_ & bit) != 0; }
    void put(int bit, bool on) noexcept { bits_ = static_cast<std::uint8_t>(on ? bits_ | bit : bits_ & ~bit); }
};

struct GroupRow {
    Guid id;
    StringPool::Code handle = 0, display_name = 0;
    RowFlags flags;
    std::vector<std::uint32_t> nested;   // rows of groups
};

struct UserImage {
    RowFlags flags;
    std::uint32_t manager;
    std::vector<StringPool::Code> codes;   // by attribute number, as far as any is in use
};

struct GroupImage {
    RowFlags flags;
    StringPool::Code display_name;
    std::vector<std::uint32_t> nested;
};

struct RoleAssignment {
    ObjectRef object;
    RoleId role;
};

struct TermsRow {
    struct Terms {
        std::optional<unsigned> priority;
        std::vector<std::pair<Attribute, StringPool::Code>> values;     // in the order of the attributes
        friend bool operator==(const Terms&, const Terms&) = default;
    };
    Terms now, before;
    std::size_t former_place = 0;
    std::vector<std::uint32_t> last_members;
};

struct Directory::Rows {
    StringPool strings;
    std::vector<Guid> user_ids;
    std::vector<RowFlags> user_flags;
    std::vector<std::uint32_t> managers;
    std::array<std::vector<StringPool::Code>, max_attributes> columns;   // empty until the attribute is first used
    std::vector<GroupRow> groups;
    Memberships memberships;
    std::size_t visible_memberships = 0;        // those of present users
    std::vector<ObjectRef> assignments;
    std::vector<RoleAssignment> role_assignments;                        // of those with a role, in the order of assignment
    std::map<std::uint64_t, TermsRow> terms;                             // by the object's key; empty until an assignment carries any
    AppRoles roles;
    std::vector<std::string> role_handles;
    RowIndex user_handles, group_handles, user_names;                    // rows that are not absent
    std::unordered_map<std::uint32_t, TimePoint> deleted_at;             // soft-deleted users only
    std::unordered_map<std::uint64_t, std::uint32_t> former_bearers;     // by handle_key
    std::vector<StringPool::Code> custom_names;                          // by number, from first_custom on
    ChangeLog changes;
    TimePoint latest = TimePoint::min();
    std::vector<Snapshot::Images*> snapshots;                            // the open ones
    std::vector<std::uint32_t> imaged_users, imaged_groups;              // rows whose flag is to be cleared after the last closes

    StringPool::Code code(std::uint32_t user, Attribute attribute) const noexcept
    {
        const auto& column = columns[static_cast<std::size_t>(attribute)];
        return user < column.size() ? column[user] : 0;
    }
    std::string_view text(std::uint32_t user, Attribute attribute) const noexcept { return strings.text(code(user, attribute)); }
    bool has(ObjectRef object) const noexcept
    {
        return (object.is_user() && object.index < user_flags.size()) || (object.is_group() && object.index < groups.size());
    }
    RowFlags& flags(ObjectRef object) noexcept { return object.is_user() ? user_flags[object.index] : groups[object.index].flags; }
    const RowFlags& flags(ObjectRef object) const noexcept { return object.is_user() ? user_flags[object.index] : groups[object.index].flags; }

    // What the indexes hash: a code stands for its text; userNames are found whatever their case.
    static std::uint64_t handle_hash(StringPool::Code handle) noexcept { return scramble(handle); }
    static std::uint64_t name_hash(std::string_view user_name) { return hash_text(fold_case(user_name)); }
    static std::uint64_t handle_key(ObjectKind kind, StringPool::Code handle) noexcept
    {
        return (std::uint64_t{static_cast<std::uint8_t>(kind)} << 32) | handle;
    }
    auto user_handle_hash() const { return [this](std::uint32_t user) { return handle_hash(code(user, Attribute::handle)); }; }
    auto user_name_hash() const { return [this](std::uint32_t user) { return name_hash(text(user, Attribute::user_name)); }; }
    auto group_handle_hash() const { return [this](std::uint32_t group) { return handle_hash(groups[group].handle); }; }

    // Before a row's first edit under a snapshot: keep what it was.
    void keep_user(std::uint32_t user);
    void keep_group(std::uint32_t group);
    void keep(ObjectRef object) { object.is_user() ? keep_user(object.index) : keep_group(object.index); }
    void keep_assignments();

    void index_user(std::uint32_t user);      // by its handle and userName, as they are now
    void unindex_user(std::uint32_t user);
    void set_code(std::uint32_t user, Attribute attribute, StringPool::Code code);
    void set_assigned(ObjectRef object, bool on);
    void drop_roles(ObjectRef object);
    void end_terms(ObjectRef object, std::size_t place);
    std::uint64_t set_terms(ObjectRef object, std::optional<unsigned> priority, Values values);     // what changed, as bits
    AssignmentTerms read(const TermsRow::Terms& row) const;
    void record(ChangeKind kind, ObjectRef object, TimePoint now, ObjectRef other = {}, std::uint64_t attributes = 0);
};

struct Snapshot::Images {
    Directory::Rows* rows = nullptr;
    Position head = 0;
    std::size_t user_rows = 0, group_rows = 0;
    Memberships::Moment moment;
    std::unordered_map<std::uint32_t, UserImage> users;
    std::unordered_map<std::uint32_t, GroupImage> groups;
    std::optional<std::vector<ObjectRef>> assignments;
    std::optional<std::vector<RoleAssignment>> role_assignments;         // kept together with them
};

}  // namespace provsim
