// SPDX-License-Identifier: Apache-2.0
// The body of a POST, in the order of keys that Microsoft's own SCIM library gives it. Internal to the Entra connector.
#pragma once

#include "connectors/connector.h"
#include "connectors/entra/mapping.h"

#include <span>
#include <string>
#include <vector>

namespace provsim {

// A mapping table turned into a tree of texts to append, once. Immutable; refers to the table.
class PostBody {
public:
    // `legacy_group`: as Microsoft's older sample has it, with a schema of its own and without members.
    PostBody(const MappingTable& table, ObjectKind kind, bool legacy_group = false);
    void write(std::string& out, const std::vector<Wanted>& desired) const;

private:
    struct Node {
        std::string key;                // what the order goes by
        std::string opening, closing;   // `"name":{`, `}`
        int row = -1;                   // of the mapping table: a value; -1: what `children` give
        const AttributeMapping* mapping = nullptr;      // of that row
        bool always = false;            // written whether or not anything is in it
        bool begun = false;             // `opening` already holds members: a child follows a comma
        std::vector<Node> children;
    };
    struct Values;

    static Node& child(Node& parent, std::string_view key, std::string_view opening, std::string_view closing);
    static void sort(Node& node, std::span<const std::string_view> first);
    static bool write(const Node& node, const Values& values, std::string& out, bool first);

    void add(const AttributeMapping& mapping, int row);
    Node root_;
};

}  // namespace provsim
