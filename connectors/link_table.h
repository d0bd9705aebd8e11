// SPDX-License-Identifier: Apache-2.0
// Which object of the target each source object is known as. (Entra's connector data store keeps the same.)
#pragma once

#include "model/ids.h"
#include "model/row_index.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace provsim {

struct Link {
    std::string_view target_id;   // valid until the link is replaced or removed
    bool managed = true;          // false: left scope and was disabled; nothing is sent about it until it is back in scope
};

// Read by connectors, written by the engine alone, when it applies a connector's effects. Not thread-safe.
class LinkTable {
public:
    static constexpr std::size_t longest_id = 0xFFFF;   // a longer one is our bug: connectors refuse it when they read it

    std::optional<Link> find(ObjectRef object) const noexcept;
    void set(ObjectRef object, std::string_view target_id, bool managed);
    void erase(ObjectRef object);
    // The object of a kind that is linked to this id; none if there is none. Should several be, the one of the first row.
    ObjectRef holder(ObjectKind kind, std::string_view target_id) const noexcept;
    std::size_t size(ObjectKind kind) const noexcept;
    std::size_t bytes() const noexcept;
    // Linked objects of a kind in the order of their rows, from `first` on; kind none as the end.
    ObjectRef next(ObjectKind kind, std::uint32_t first) const noexcept;

private:
    // Ids lie in blocks that never move, so that views stay valid. A row that is linked anew reuses its place if the id fits.
    static constexpr std::uint32_t block_bytes = 1u << 16;
    struct Row {
        std::uint32_t at = 0;       // place of the id: block * block_bytes + offset
        std::uint16_t room = 0;     // bytes kept there for this row
        std::uint16_t length = 0;
        bool linked = false;
        bool managed = false;
    };
    std::vector<Row> users_, groups_;
    std::vector<std::unique_ptr<char[]>> blocks_;
    std::uint32_t used_ = block_bytes;      // bytes taken in the last block
    std::size_t user_count_ = 0, group_count_ = 0;
    RowIndex user_ids_, group_ids_;         // of linked rows, by target id: 5 to 8 bytes a link
    const std::vector<Row>& rows(ObjectKind kind) const noexcept { return kind == ObjectKind::user ? users_ : groups_; }
    std::vector<Row>& rows(ObjectKind kind) noexcept { return kind == ObjectKind::user ? users_ : groups_; }
    std::size_t& count(ObjectKind kind) noexcept { return kind == ObjectKind::user ? user_count_ : group_count_; }
    RowIndex& ids(ObjectKind kind) noexcept { return kind == ObjectKind::user ? user_ids_ : group_ids_; }
    std::string_view id(const Row& row) const noexcept { return {place(row.at), row.length}; }
    char* place(std::uint32_t at) const noexcept { return blocks_[at / block_bytes].get() + at % block_bytes; }
};

}  // namespace provsim
