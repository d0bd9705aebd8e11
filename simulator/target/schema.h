// SPDX-License-Identifier: Apache-2.0
// The attributes the sandbox knows (RFC 7643 4.1, 4.2, 4.3) as one table, from which reading, writing, filtering,
// PATCH and /Schemas all follow.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace provsim::target {

enum class Type : std::uint8_t { string, boolean, date_time, reference, binary, complex };
enum class Mutability : std::uint8_t { read_write, read_only, immutable, write_only };

struct SubAttribute {
    std::string_view name;
    Type type = Type::string;
    bool case_exact = false;
    Mutability mutability = Mutability::read_write;
};

// Where the values of an attribute live.
enum class Storage : std::uint8_t {
    text,       // Fields::text[slot]; a complex attribute has one slot for each sub-attribute, from `slot` on
    list,       // Fields::lists[slot]
    id, schemas, meta,   // the row itself and what it holds
    groups,     // of a user: derived from the groups' members
    members,    // of a group: its member set
};

struct Attribute {
    std::string_view name;
    std::string_view schema;    // the URN it belongs to; empty: common to all resources (RFC 7643 3.1)
    Type type = Type::string;
    bool multi = false;
    Storage storage = Storage::text;
    std::uint8_t slot = 0;
    std::span<const SubAttribute> subs;
    bool case_exact = false;
    Mutability mutability = Mutability::read_write;
    bool required = false;
    bool unique = false;        // in the server, ignoring case
};

struct ResourceSchema {
    std::string_view name;      // "User"
    std::string_view endpoint;  // "/Users"
    std::string_view urn;
    std::string_view description;
    std::span<const Attribute> attributes;
};

const ResourceSchema& user_schema() noexcept;
const ResourceSchema& group_schema() noexcept;

// Slots the store itself looks at.
namespace slot {
inline constexpr std::uint8_t external_id = 0, user_name = 1, name = 2, display_name = 8, active = 16, password = 17, manager = 23;
inline constexpr std::size_t count = 25;
inline constexpr std::size_t lists = 8;
inline constexpr std::size_t subs = 8;   // the most a list's values have (addresses)
}  // namespace slot

// Ignoring ASCII case. An empty URN finds the core and the common attributes; an extension's need its URN
// (RFC 7644 3.10). Null if there is no such attribute.
const Attribute* find_attribute(const ResourceSchema& schema, std::string_view urn, std::string_view name) noexcept;
inline constexpr int no_sub = -1;
int find_sub(const Attribute& attribute, std::string_view name) noexcept;   // no_sub if there is none
// Is `urn` one of the schemas whose attributes are in the table?
bool knows_urn(const ResourceSchema& schema, std::string_view urn) noexcept;

}  // namespace provsim::target
