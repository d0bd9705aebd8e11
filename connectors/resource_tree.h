// SPDX-License-Identifier: Apache-2.0
// A SCIM resource that is being composed, or that the target returned and is changed in places before it goes back. What is
// not touched keeps its order and its values (Okta and JumpCloud read a user, merge and PUT him).
#pragma once

#include "model/json.h"
#include "model/target_path.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace provsim {

// One JSON value. Names are looked up ignoring ASCII case (RFC 7643 2.1); the first spelling stays.
class ResourceTree {
public:
    static ResourceTree object() { return ResourceTree(Kind::object); }
    static ResourceTree list() { return ResourceTree(Kind::list); }
    static ResourceTree text(std::string_view value);               // a JSON string
    static ResourceTree raw(std::string json) { return ResourceTree(Kind::scalar, std::move(json)); }   // "true", "null", "12"
    static ResourceTree copy(json::element from);

    bool is_object() const noexcept { return kind_ == Kind::object; }
    bool is_list() const noexcept { return kind_ == Kind::list; }
    // "[]", "{}", "null", "\"\""
    bool is_empty() const noexcept;
    const std::string& json() const noexcept { return json_; }      // of a scalar, as it is written
    ResourceTree* find(std::string_view name) noexcept;             // of an object; null if there is none
    const ResourceTree* find(std::string_view name) const noexcept;
    void set(std::string_view name, ResourceTree value);            // replaces, or appends
    void erase(std::string_view name);
    void push_back(ResourceTree value) { elements_.push_back(std::move(value)); }
    std::vector<ResourceTree>& elements() noexcept { return elements_; }
    const std::vector<ResourceTree>& elements() const noexcept { return elements_; }

    // Puts the value where `path` says, making what lies on the way: objects of complex attributes, the element of a type
    // ({"type":"work"}), the primary one ({"primary":true}) or the other ({"primary":false}), the object of an extension under its URN.
    void place(const TargetPath& path, ResourceTree value);
    // Takes the value away: the sub-attribute, with its element if nothing but type and primary remains in that, with its
    // complex attribute or extension if nothing remains. A list that becomes empty stays as []. False if there was none.
    bool remove(const TargetPath& path);
    // The value there; null if there is none.
    const ResourceTree* at(const TargetPath& path) const noexcept;

    // Says that it is of this schema, unless it does already (RFC 7643 3, "schemas").
    void declare(std::string_view schema);

    void append_to(std::string& out) const;
    std::string dump() const;

private:
    enum class Kind : std::uint8_t { scalar, object, list };
    explicit ResourceTree(Kind kind, std::string json = {}) : kind_(kind), json_(std::move(json)) {}
    ResourceTree& member(std::string_view name, Kind kind);         // made if missing, or of another kind
    const ResourceTree* element(const TargetPath& path) const noexcept;

    Kind kind_ = Kind::scalar;
    std::string json_;
    std::vector<std::pair<std::string, ResourceTree>> members_;
    std::vector<ResourceTree> elements_;
};

}  // namespace provsim
