// SPDX-License-Identifier: Apache-2.0
// Which object of the target each source object is known as. (Entra's connector data store keeps the same.)
#pragma once

#include "model/ids.h"

#include <cstdint>
#include <optional>
#include <string>
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
    std::optional<Link> find(ObjectRef object) const noexcept;
    void set(ObjectRef object, std::string_view target_id, bool managed);
    void erase(ObjectRef object);
    std::size_t size(ObjectKind kind) const noexcept;
    std::size_t bytes() const noexcept;
    // Linked objects of a kind in the order of their rows, from `first` on; kind none as the end.
    ObjectRef next(ObjectKind kind, std::uint32_t first) const noexcept;

private:
    struct Row {
        std::uint32_t at = 0;       // place in ids_; 0 = no link (ids_ starts with one unused byte)
        std::uint16_t length = 0;
        bool managed = false;
    };
    std::vector<Row> users_, groups_;
    std::string ids_;
    std::size_t user_count_ = 0, group_count_ = 0;
    const std::vector<Row>& rows(ObjectKind kind) const noexcept { return kind == ObjectKind::user ? users_ : groups_; }
};

}  // namespace provsim
