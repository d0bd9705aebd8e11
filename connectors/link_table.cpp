// SPDX-License-Identifier: Apache-2.0
#include "connectors/link_table.h"

#include "model/check.h"

#include <cstring>

namespace provsim {

std::optional<Link> LinkTable::find(ObjectRef object) const noexcept
{
    const auto& table = rows(object.kind);
    if (!object || object.index >= table.size() || !table[object.index].linked) return std::nullopt;
    const Row& row = table[object.index];
    return Link{{place(row.at), row.length}, row.managed};
}

void LinkTable::set(ObjectRef object, std::string_view target_id, bool managed)
{
    PROVSIM_CHECK(object && !target_id.empty() && target_id.size() <= longest_id, "a link needs an object and an id of 1 to 65535 bytes");
    auto& table = rows(object.kind);
    if (object.index >= table.size()) table.resize(object.index + 1);
    Row& row = table[object.index];
    const auto length = static_cast<std::uint16_t>(target_id.size());
    if (row.room < length) {
        if (block_bytes - used_ < length) {
            blocks_.push_back(std::make_unique<char[]>(block_bytes));
            used_ = 0;
        }
        PROVSIM_CHECK(blocks_.size() <= 0xFFFFFFFFu / block_bytes, "more than 4 GiB of target ids");
        row.at = static_cast<std::uint32_t>(blocks_.size() - 1) * block_bytes + used_;
        row.room = length;
        used_ += length;
    }
    // `target_id` may be the very view that find() gave for this row.
    std::memmove(place(row.at), target_id.data(), length);
    row.length = length;
    if (!row.linked) ++count(object.kind);
    row.linked = true;
    row.managed = managed;
}

void LinkTable::erase(ObjectRef object)
{
    auto& table = rows(object.kind);
    if (!object || object.index >= table.size() || !table[object.index].linked) return;
    table[object.index].linked = false;
    --count(object.kind);
}

std::size_t LinkTable::size(ObjectKind kind) const noexcept
{
    return kind == ObjectKind::user ? user_count_ : kind == ObjectKind::group ? group_count_ : 0;
}

std::size_t LinkTable::bytes() const noexcept
{
    return (users_.capacity() + groups_.capacity()) * sizeof(Row) + blocks_.size() * block_bytes;
}

ObjectRef LinkTable::next(ObjectKind kind, std::uint32_t first) const noexcept
{
    const auto& table = rows(kind);
    for (std::size_t i = first; i < table.size(); ++i) {
        if (!table[i].linked) continue;
        const auto index = static_cast<std::uint32_t>(i);
        return kind == ObjectKind::user ? ObjectRef(UserId{index}) : ObjectRef(GroupId{index});
    }
    return {};
}

}  // namespace provsim
