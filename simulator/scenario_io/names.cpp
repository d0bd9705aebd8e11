// SPDX-License-Identifier: Apache-2.0
#include "scenario_io/names.h"

#include "model/nearest.h"

namespace provsim {

Named split_name(std::string_view name, ObjectKind fallback) noexcept
{
    for (const auto& [prefix, kind] : {std::pair<std::string_view, ObjectKind>{"user:", ObjectKind::user}, {"group:", ObjectKind::group}})
        if (name.substr(0, prefix.size()) == prefix) return {kind, name.substr(prefix.size())};
    return {fallback, name};
}

std::string_view kind_name(ObjectKind kind) noexcept
{
    return kind == ObjectKind::user ? "user" : kind == ObjectKind::group ? "group" : "user or group";
}

bool Names::is_handle_taken(ObjectKind kind, std::string_view handle) const
{
    return added(kind).count(handle) > 0 || directory_.find_by_handle(kind, handle);
}

bool Names::know(ObjectKind kind, std::string_view name) const
{
    if (trusting_) return true;
    const Named named = split_name(name, kind);
    if (kind != ObjectKind::none && named.kind != kind) return false;
    if (named.kind == ObjectKind::none) return know(ObjectKind::user, name) || know(ObjectKind::group, name);
    return is_handle_taken(named.kind, named.handle) || find_object(directory_, named.handle, named.kind);
}

std::string Names::remedy(ObjectKind kind, std::string_view name) const
{
    const Named named = split_name(name, kind);
    Nearest search(named.handle);
    const auto offer = [&](ObjectKind of) {
        const std::size_t rows = of == ObjectKind::user ? directory_.user_rows() : directory_.group_rows();
        for (std::uint32_t i = 0; i < rows; ++i) search.offer(directory_.handle(of == ObjectKind::user ? ObjectRef(UserId{i}) : ObjectRef(GroupId{i})));
        for (const auto& handle : added(of)) search.offer(handle);
    };
    if (named.kind != ObjectKind::group) offer(ObjectKind::user);
    if (named.kind != ObjectKind::user) offer(ObjectKind::group);
    if (search.best().empty()) return {};
    const std::string_view prefix = name.substr(0, name.size() - named.handle.size());
    return "did you mean \"" + std::string(prefix) + search.best() + "\"?";
}

}  // namespace provsim
