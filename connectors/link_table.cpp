// SPDX-License-Identifier: Apache-2.0
#include "connectors/link_table.h"

#include "model/check.h"

#include <cstring>

namespace provsim {
namespace {

// FNV-1a, its bits mixed once more: the index goes by the upper half.
std::uint64_t hash(std::string_view text) noexcept
{
    std::uint64_t h = 0xcbf29ce484222325u;
    for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    h ^= h >> 32;
    return h * 0x9e3779b97f4a7c15u;
}

ObjectRef object_of(ObjectKind kind, std::uint32_t index) noexcept
{
    return kind == ObjectKind::user ? ObjectRef(UserId{index}) : ObjectRef(GroupId{index});
}

}  // namespace

std::optional<Link> LinkTable::find(ObjectRef object) const noexcept
{
    const auto& table = rows(object.kind);
    if (!object || object.index >= table.size() || !table[object.index].linked) return std::nullopt;
    const Row& row = table[object.index];
    return Link{id(row), row.managed};
}

void LinkTable::set(ObjectRef object, std::string_view target_id, bool managed)
{
    PROVSIM_CHECK(object && !target_id.empty() && target_id.size() <= longest_id, "a link needs an object and an id of 1 to 65535 bytes");
    auto& table = rows(object.kind);
    if (object.index >= table.size()) table.resize(object.index + 1);
    Row& row = table[object.index];
    row.managed = managed;
    if (row.linked && id(row) == target_id) return;
    const auto hash_of = [&](std::uint32_t at) { return hash(id(table[at])); };
    if (row.linked) ids(object.kind).erase(object.index, hash_of);
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
    std::memmove(place(row.at), target_id.data(), length);
    row.length = length;
    if (!row.linked) ++count(object.kind);
    row.linked = true;
    ids(object.kind).insert(object.index, hash_of);
}

void LinkTable::erase(ObjectRef object)
{
    auto& table = rows(object.kind);
    if (!object || object.index >= table.size() || !table[object.index].linked) return;
    ids(object.kind).erase(object.index, [&](std::uint32_t at) { return hash(id(table[at])); });
    table[object.index].linked = false;
    --count(object.kind);
}

ObjectRef LinkTable::holder(ObjectKind kind, std::string_view target_id) const noexcept
{
    const auto& table = rows(kind);
    ObjectRef found;
    (kind == ObjectKind::user ? user_ids_ : group_ids_).candidates(hash(target_id), [&](std::uint32_t at) {
        if (id(table[at]) == target_id && (!found || at < found.index)) found = object_of(kind, at);
    });
    return found;
}

std::size_t LinkTable::size(ObjectKind kind) const noexcept
{
    return kind == ObjectKind::user ? user_count_ : kind == ObjectKind::group ? group_count_ : 0;
}

std::size_t LinkTable::bytes() const noexcept
{
    return (users_.capacity() + groups_.capacity()) * sizeof(Row) + blocks_.size() * block_bytes + user_ids_.bytes() + group_ids_.bytes();
}

ObjectRef LinkTable::next(ObjectKind kind, std::uint32_t first) const noexcept
{
    const auto& table = rows(kind);
    for (std::size_t i = first; i < table.size(); ++i) {
        if (!table[i].linked) continue;
        return object_of(kind, static_cast<std::uint32_t>(i));
    }
    return {};
}

}  // namespace provsim
