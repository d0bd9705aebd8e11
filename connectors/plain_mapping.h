// SPDX-License-Identifier: Apache-2.0
// Attribute mappings of a provider that evaluates no expressions: bare names of the directory's attributes, and constants; and
// what they make of a target's resource.
#pragma once

#include "connectors/connector.h"
#include "connectors/resource_tree.h"
#include "model/mapping_spec.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace provsim {

// A row of a provider's own table. `from` is a neutral attribute ("mail", "custom.costCentre"), or what is none: objectId;
// active: true for who is in scope and may sign in; manager: his id in the target.
struct PlainSource {
    std::string_view target, from;
};

struct PlainRow {
    enum class From : std::uint8_t { attribute, constant, object_id, active, manager } from = From::constant;
    TargetPath path;
    std::string whole;              // what goes when there is no value: the path without ".value"
    Attribute attribute{};
    std::string constant;

    // A complex attribute that is known by its value, as the manager is: written as {"value": ...}.
    bool wraps() const noexcept { return path.sub == "value" && !path.selects_element(); }
    ResourceTree json(std::string_view value) const;        // `active` as a boolean
};
using PlainTable = std::vector<PlainRow>;

// The mapping's rows on top of `defaults`. The first default stays: objects are matched by it. Problems have the code "mapping".
Result<PlainTable> compile_plain(std::span<const PlainSource> defaults, const ObjectMapping& mapping, const Directory& directory, ObjectKind kind);

// Fills Brief::desired, once all else of the brief is known.
void take_plain_values(Brief& brief, const PlainTable& table, const View& view);
// What `desired` has for a row; empty if the directory has no value.
std::string_view wanted_value(const Brief& brief, std::size_t row) noexcept;

// Rows whose value in `resource` is not as the brief has it. Case counts.
std::vector<std::size_t> plain_differences(const Brief& brief, const PlainTable& table, const ResourceTree& resource);
// Puts the value where the row says, or takes it away if it is empty; nothing of another manager stays beside his id.
void place(ResourceTree& resource, const PlainRow& row, std::string_view value);
// One operation a row: replace, remove, or add of elements that the target lacks to their list (RFC 7644 3.5.2.1 to 3.5.2.3: replacing
// an element that is not there is an error, "noTarget").
std::string plain_patch(const Brief& brief, const PlainTable& table, const ResourceTree& resource, const std::vector<std::size_t>& rows);
std::vector<Modified> plain_modified(const Brief& brief, const PlainTable& table, const ResourceTree& resource, const std::vector<std::size_t>& rows);

}  // namespace provsim
