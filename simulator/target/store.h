// SPDX-License-Identifier: Apache-2.0
// The sandbox's resources as rows, their indexes, and who is a member of what.
#pragma once

#include "model/random.h"
#include "model/time.h"
#include "target/fields.h"
#include "target/hash_index.h"
#include "target/member_set.h"

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace provsim::target {

struct Row {
    Guid id;
    TimePoint created{};
    TimePoint modified{};
    std::uint32_t version = 0;          // 0 = deleted; the row number is never given again
    Packed values;
    std::vector<RowNumber> groups;      // whose direct member this is, in the order of joining

    bool alive() const noexcept { return version != 0; }
};

// What a filter can look up instead of scanning.
enum class Key : std::uint8_t { user_name, external_id, display_name };
inline constexpr std::size_t keys = 3;

// Ids are UUIDs derived from (type, matching value without its case, how often that value was created before):
// the same requests give the same ids in every run.
inline constexpr std::size_t id_size = 36;
void write_id(char* out, const Guid& id) noexcept;   // id_size characters, lower case
void append_id(std::string& out, const Guid& id);
std::string id_text(const Guid& id);

// All users or all groups. Row numbers count up from 0 in the order of creation.
class Table {
public:
    Table(const ResourceSchema& schema, Key matching) : schema_(schema), matching_(matching) {}

    const ResourceSchema& schema() const noexcept { return schema_; }
    std::size_t size() const noexcept { return live_; }
    RowNumber end() const noexcept { return static_cast<RowNumber>(rows_.size()); }
    Row& operator[](RowNumber row) noexcept { return rows_[row]; }
    const Row& operator[](RowNumber row) const noexcept { return rows_[row]; }

    RowNumber create(const Fields& fields, std::string_view packed, TimePoint now);
    // `old` are the row's values as they are, `fields` and `packed` as they shall be.
    void update(RowNumber row, const Fields& old, const Fields& fields, std::string_view packed, TimePoint now);
    void erase(RowNumber row, const Fields& old);

    // The living row with that id; no_row if there is none. Ids are compared as they were given out.
    RowNumber find_id(std::string_view id) const noexcept;
    // Living rows with that key, in ascending order.
    void find_key(Key key, std::string_view text, std::vector<RowNumber>& out) const;
    // Is a row other than `but` filed under that key?
    bool taken(Key key, std::string_view text, RowNumber but) const;
    // The living row that `skip` living rows come before; end() if there are fewer.
    RowNumber row_after(std::size_t skip) const noexcept;
    RowNumber next_alive(RowNumber row) const noexcept;   // the first living row at or after `row`

private:
    Guid new_id(std::string_view matching_value);
    void index(RowNumber row, const Fields& fields, const Fields* old);
    bool has_key(RowNumber row, Key key, std::string_view text) const;

    static constexpr std::size_t block = 1024;
    const ResourceSchema& schema_;
    Key matching_;
    std::deque<Row> rows_;
    std::size_t live_ = 0;
    std::vector<std::uint16_t> live_in_block_;
    HashIndex by_id_;
    std::array<HashIndex, keys> by_key_;
    std::unordered_map<std::uint64_t, std::uint64_t> generations_;   // of matching values created more than once
};

class Store {
public:
    Table users{user_schema(), Key::user_name};
    Table groups{group_schema(), Key::display_name};

    MemberSet& members(RowNumber group) { return members_[group]; }
    const MemberSet& members(RowNumber group) const { return members_[group]; }
    Row& row(MemberRef ref) noexcept { return ref.is_group() ? groups[ref.row()] : users[ref.row()]; }
    const Row& row(MemberRef ref) const noexcept { return ref.is_group() ? groups[ref.row()] : users[ref.row()]; }
    std::optional<MemberRef> find(std::string_view id) const noexcept;

    RowNumber create_group(const Fields& fields, std::string_view packed, TimePoint now);
    // Takes the resource out of every group it is in, whose versions change with that; a group also loses its members.
    void erase(MemberRef which, const Fields& old, TimePoint now);

private:
    std::deque<MemberSet> members_;   // by group row
};

// The changes one request makes to one group's members. They take effect at once and are undone at the end unless kept:
// a PATCH is atomic (RFC 7644 3.5.2). Nothing else may change the store meanwhile.
class MembershipEdit {
public:
    MembershipEdit(Store& store, RowNumber group) : store_(store), group_(group) {}
    ~MembershipEdit();
    MembershipEdit(const MembershipEdit&) = delete;
    MembershipEdit& operator=(const MembershipEdit&) = delete;

    const MemberSet& members() const { return store_.members(group_); }
    void add(MemberRef member);
    bool remove(MemberRef member);                           // false if it was none
    void replace_all(const std::vector<MemberRef>& members);   // those that stay keep their place
    bool changed() const noexcept { return !steps_.empty(); }
    void keep();

private:
    struct Step {
        MemberRef member;
        bool added;
        MemberSet::Position position;       // of a removed member in the group,
        std::size_t position_of_group;      // and of the group among the member's groups
    };
    Store& store_;
    RowNumber group_;
    std::vector<Step> steps_;
};

}  // namespace provsim::target
