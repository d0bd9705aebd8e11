// SPDX-License-Identifier: Apache-2.0
#include "scenario_io/importer.h"

#include "model/hash.h"
#include "model/text.h"
#include "scenario_io/table.h"

#include <fmt/format.h>

#include <algorithm>

namespace provsim {

std::string_view ImportedUser::value(Attribute attribute) const noexcept
{
    const auto found = std::find_if(values.begin(), values.end(), [&](const auto& value) { return value.first == attribute; });
    return found == values.end() ? std::string_view() : found->second;
}

Importer::Importer(Directory& directory, const Draw& draw, TimePoint now, Problems& problems)
    : directory_(directory), draw_(draw), now_(now), problems_(problems)
{
}

std::string Importer::handle_for(ObjectKind kind, std::string wanted) const
{
    // Guests have names like ada_gmail.com#EXT#@...; only what cannot be in a handle is replaced.
    for (char& c : wanted)
        if (!is_handle(std::string_view(&c, 1))) c = kind == ObjectKind::group ? '-' : '_';
    if (wanted.empty()) wanted = kind == ObjectKind::group ? "group" : "user";
    std::string handle = wanted;
    for (unsigned n = 2; directory_.find_by_handle(kind, handle); ++n) handle = fmt::format("{}-{}", wanted, n);
    return handle;
}

std::optional<UserId> Importer::add(ImportedUser& user, const Place& place)
{
    const std::string_view user_name = user.value(Attribute::user_name);
    if (user_name.empty()) return problem(Severity::error, place, "import", "this user has no userName"), std::nullopt;
    if (directory_.find_by_user_name(user_name) != no_user)
        return problem(Severity::error, place, "duplicate-user", fmt::format("userName \"{}\" is taken", user_name), "two users cannot sign in by one name"), std::nullopt;

    const std::string_view nickname = user.value(Attribute::mail_nickname);
    const std::string handle = handle_for(ObjectKind::user, std::string(nickname.empty() ? user_name.substr(0, user_name.find('@')) : nickname));
    user.values.emplace_back(Attribute::handle, handle);
    const Guid id = user.object_id ? *user.object_id : draw_guid(draw_, "imported user", hash_text(handle));
    return directory_.add_user(id, user.values, user.enabled, now_);
}

GroupId Importer::add_group(const std::optional<Guid>& object_id, std::string_view display_name)
{
    const std::string handle = handle_for(ObjectKind::group, ascii_lower(display_name));
    return directory_.add_group(object_id ? *object_id : draw_guid(draw_, "imported group", hash_text(handle)), handle, display_name, now_);
}

UserId Importer::find(std::string_view name) const
{
    const UserId by_name = directory_.find_by_user_name(name);
    if (by_name != no_user) return by_name;
    const ObjectRef by_handle = directory_.find_by_handle(ObjectKind::user, name);
    return by_handle ? by_handle.user() : no_user;
}

void Importer::problem(Severity severity, const Place& place, std::string_view code, std::string what, std::string remedy)
{
    if (said_ >= import_problems_said) {
        ++(severity == Severity::error ? unsaid_errors_ : unsaid_warnings_);
        return;
    }
    ++said_;
    problems_.push_back({severity, std::string(code), std::move(what), std::move(remedy), place});
}

void Importer::finish(const std::string& file)
{
    if (unsaid_errors_ > 0) problems_.push_back({Severity::error, "import", fmt::format("and {} more errors like these", unsaid_errors_), {}, {file, 0, 0}});
    if (unsaid_warnings_ > 0) problems_.push_back({Severity::warning, "import", fmt::format("and {} more warnings like these", unsaid_warnings_), {}, {file, 0, 0}});
    said_ = unsaid_errors_ = unsaid_warnings_ = 0;
}

}  // namespace provsim
