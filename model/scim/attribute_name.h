// SPDX-License-Identifier: Apache-2.0
// How SCIM names an attribute: attrPath of RFC 7644 3.4.2.2 ("userName", "name.givenName",
// "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value").
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace provsim {

// As written; nothing is looked up in a schema. Names ignore ASCII case when they are compared.
struct AttributeName {
    std::string urn;    // the schema's URN, without the colon after it; empty = not qualified
    std::string name;   // empty = the URN alone, which names all attributes of that schema
    std::string sub;    // sub-attribute; empty = none
    friend bool operator==(const AttributeName&, const AttributeName&) = default;
};

// Nothing if `text` is no attribute name. A URN alone is told from a qualified name by RFC 7643 10.3.2.1's layout
// "urn:...:{version}:{resource}": if the last part but one is a version ("2.0"), the last part is not an attribute.
std::optional<AttributeName> parse_attribute_name(std::string_view text);
std::string to_string(const AttributeName& name);

// The same text cut without copying: {urn, name, sub} as views into `text`. For paths that repeat.
struct AttributeNameView {
    std::string_view urn;
    std::string_view name;
    std::string_view sub;
};
std::optional<AttributeNameView> split_attribute_name(std::string_view text) noexcept;

// Can `c` be part of an attribute name, its URN included? (The tokens of filters and paths end at the first that cannot.)
bool is_attribute_name_char(char c) noexcept;

}  // namespace provsim
