// SPDX-License-Identifier: Apache-2.0
// Puts users and groups of imported files into a directory, and gives them handles.
//
// A user's handle is his mailNickname, or what stands before the @ of his userName; a group's is its display name in
// lower case with hyphens. Where that is taken, -2, -3, ... is appended. Passwords and what no mapping can read stay out.
#pragma once

#include "model/directory.h"
#include "model/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace provsim {

struct ImportedUser {
    std::optional<Guid> object_id;
    std::vector<std::pair<Attribute, std::string_view>> values;    // no handle; empty ones are left out
    bool enabled = true;
    std::string_view value(Attribute attribute) const noexcept;
};

class Importer {
public:
    // All outlive it. Objects without an id get one drawn from (seed, handle).
    Importer(Directory& directory, const Draw& draw, TimePoint now, Problems& problems);

    // Nothing, and a problem, if there is no userName or somebody has it already. Appends the handle to its values.
    std::optional<UserId> add(ImportedUser& user, const Place& place);
    GroupId add_group(const std::optional<Guid>& object_id, std::string_view display_name);

    // By userName, whatever its case; else by handle; else no_user.
    UserId find(std::string_view user_name_or_handle) const;
    // The first few are said in full, the rest as a number when finish() is called.
    void problem(Severity severity, const Place& place, std::string_view code, std::string what, std::string remedy = {});
    void finish(const std::string& file);
    Directory& directory() noexcept { return directory_; }
    TimePoint now() const noexcept { return now_; }

private:
    std::string handle_for(ObjectKind kind, std::string wanted) const;

    Directory& directory_;
    const Draw& draw_;
    TimePoint now_;
    Problems& problems_;
    std::size_t said_ = 0, unsaid_errors_ = 0, unsaid_warnings_ = 0;
};

// How many problems of one file are said in full.
inline constexpr std::size_t import_problems_said = 20;

}  // namespace provsim
