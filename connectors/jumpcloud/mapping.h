// SPDX-License-Identifier: Apache-2.0
// JumpCloud's Export Attribute Mapping: the table as data, and a scenario's own rows on top of it, compiled. Internal to the
// JumpCloud connector.
#pragma once

#include "model/attribute.h"
#include "model/mapping_spec.h"
#include "model/target_path.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace provsim {

// A row of the table as it stands before anybody touches it, in the order of a POST's attributes.
struct JumpCloudDefaultRow {
    std::string_view name;          // of the fact: "map-title"
    std::string_view source;        // an attribute of JumpCloud, "_id", "active" (worked out of the state), or a constant in quotes
    std::string_view target;
    bool required = false;          // cannot be excluded
    std::string_view evidence;
    std::string_view origin;
};
std::span<const JumpCloudDefaultRow> jumpcloud_default_mapping() noexcept;

struct JumpCloudMapping {
    enum class From : std::uint8_t {
        attribute,
        email,              // the directory's mail, or userName where that is empty: in JumpCloud everybody has an email
        object_id, active, constant,
    };
    TargetPath target;
    From from = From::attribute;
    Attribute attribute{};
    std::string constant;
    bool tel = false;       // a phone number, sent as a tel: URI
};
using JumpCloudTable = std::vector<JumpCloudMapping>;

// Only attributes as they are, and constants: the custom SCIM connector has no expressions (JumpCloud: custom SCIM identity
// management integration, "no special attribute mapping"). Problems have the code "mapping".
Result<JumpCloudTable> compile_jumpcloud_mapping(const MappingSpecs& specs, bool named_by_email);

// bit() of the directory's attributes that the table reads: a change of others is no news.
std::uint64_t mapped_attributes(const JumpCloudTable& table) noexcept;

}  // namespace provsim
