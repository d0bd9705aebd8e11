// SPDX-License-Identifier: Apache-2.0
// Who can be named in a scenario: the opening directory, and whoever joined in the steps read so far.
#pragma once

#include "model/edit.h"

#include <set>
#include <string>
#include <string_view>

namespace provsim {

class Names {
public:
    explicit Names(const Directory& directory) : directory_(directory) {}

    // Also for users and groups that another fault kept out of the directory: naming them is no second fault.
    void add(ObjectKind kind, std::string_view handle) { added(kind).insert(std::string(handle)); }
    // Where the directory could not be read, any name may be right.
    void trust() noexcept { trusting_ = true; }
    // "ada", "user:ada", "group:engineers", a userName or displayName. A prefix that contradicts `kind` is unknown.
    bool know(ObjectKind kind, std::string_view name) const;
    bool is_handle_taken(ObjectKind kind, std::string_view handle) const;
    // What to do about an unknown name: "did you mean \"ada\"?", or empty.
    std::string remedy(ObjectKind kind, std::string_view name) const;

private:
    std::set<std::string, std::less<>>& added(ObjectKind kind) { return kind == ObjectKind::group ? groups_ : users_; }
    const std::set<std::string, std::less<>>& added(ObjectKind kind) const { return kind == ObjectKind::group ? groups_ : users_; }
    const Directory& directory_;
    std::set<std::string, std::less<>> users_, groups_;
    bool trusting_ = false;
};

// "user:ada" -> {user, "ada"}; no prefix -> {fallback, name}.
struct Named {
    ObjectKind kind = ObjectKind::none;
    std::string_view handle;
};
Named split_name(std::string_view name, ObjectKind fallback) noexcept;
std::string_view kind_name(ObjectKind kind) noexcept;      // "user", "group", "user or group"

}  // namespace provsim
