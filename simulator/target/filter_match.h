// SPDX-License-Identifier: Apache-2.0
// Whether a resource, or one value of a multi-valued attribute, meets a filter (RFC 7644 3.4.2.2).
#pragma once

#include "model/scim/filter.h"
#include "target/errors.h"
#include "target/store.h"

#include <optional>
#include <string>
#include <vector>

namespace provsim::target {

// A filter with its names looked up and its comparisons checked against the attributes' types.
class Matcher {
public:
    // On resources. False: an unknown attribute or a comparison its type does not have (invalidFilter).
    static bool compile(const Filter& filter, const ResourceSchema& schema, Matcher& out, ScimError& error);
    // On the values of `attribute`; names are those of its sub-attributes. Errors have `error_type`.
    static bool compile_for_values(const Filter& filter, const Attribute& attribute, std::string_view error_type, Matcher& out, ScimError& error);

    bool matches(const Store& store, MemberRef which, const Fields& fields) const;
    bool matches(const Element& element) const { return element_matches(root_, element); }

    // A comparison that every match must meet and that an index can answer.
    struct Lookup {
        enum class Kind { id, key, member_of, has_member } kind;   // has_member: groups with that member; member_of: users in that group
        Key key;
        std::string_view text;   // points into the matcher
    };
    std::optional<Lookup> lookup() const;
    // sub-attribute and value of each comparison, if the filter is `a eq "x"` or an `and` of such; else nothing.
    // A value that does not exist yet can be made to meet such a filter.
    std::optional<std::vector<std::pair<std::size_t, std::string_view>>> equalities() const;

private:
    struct Node {
        FilterNode::Kind kind{};
        Comparison op{};
        const Attribute* attribute = nullptr;
        int sub = no_sub;               // compare: with no_sub a simple attribute, or pr on a complex one
        Type type{};
        bool case_exact = false;
        bool null = false;              // compared with null
        std::string text;               // the value; booleans as "true" and "false"
        TimePoint time{};               // of a dateTime
        std::uint32_t key = 0;          // custom attributes: index into custom_
        std::vector<std::uint32_t> children;
    };
    struct Custom {
        std::string urn, name;
    };
    struct Compiler;

    bool resource_matches(std::uint32_t node, const Store& store, MemberRef which, const Fields& fields) const;
    bool element_matches(std::uint32_t node, const Element& element) const;
    bool compare_resource(const Node& node, const Store& store, MemberRef which, const Fields& fields) const;
    bool holds(const Node& node, std::string_view text) const;   // for one value, absent or not; not for ne
    std::optional<Lookup> lookup(std::uint32_t node) const;

    std::vector<Node> nodes_;
    std::vector<Custom> custom_;
    std::uint32_t root_ = 0;
};

// One of a group's members or of a user's groups as an element whose texts `arena` keeps ($ref is left out).
Element reference_element(const Store& store, const Attribute& attribute, MemberRef to, TextArena& arena);

}  // namespace provsim::target
