// SPDX-License-Identifier: Apache-2.0
// Users and groups as Microsoft Graph answers them: GET /users?$expand=manager and GET /groups?$expand=members, each
// page as {"value": [...]}, or the bare array. Fields: Graph v1.0, user and group resource types. Directory extensions and
// onPremisesExtensionAttributes become custom attributes: custom.extension_..., custom.extensionAttribute1. Devices, service
// principals and contacts among a group's members are left out in silence.
#pragma once

#include "model/json.h"
#include "scenario_io/importer.h"

#include <deque>
#include <string>
#include <unordered_map>

namespace provsim {

// Reads pages of users, then pages of groups, then joins them (members and managers may be on any page).
class GraphImport {
public:
    explicit GraphImport(Importer& importer) : importer_(importer) {}

    void users(const std::string& bytes, const std::string& file);
    void groups(const std::string& bytes, const std::string& file);
    void join();    // once, at the end
    // Who is in the recycle bin, and since when: the caller's to carry out, after everything else.
    const std::vector<std::pair<UserId, TimePoint>>& deleted() const noexcept { return deleted_; }

private:
    struct GuidHash {
        std::size_t operator()(const Guid& guid) const noexcept
        {
            std::size_t hash = 0;
            for (std::size_t i = 0; i < sizeof hash; ++i) hash = hash << 8 | guid.bytes[i];
            return hash;
        }
    };
    struct Reference {
        ObjectRef from;
        Guid to;
        Place place;
    };
    void own_attributes(json::element object, ImportedUser& user, const Place& place);
    template <class Each> void page(const std::string& bytes, const std::string& file, Each&& each);

    Importer& importer_;
    std::unordered_map<Guid, ObjectRef, GuidHash> by_id_;
    std::vector<Reference> managers_, members_;
    std::vector<std::pair<UserId, TimePoint>> deleted_;
    std::deque<std::string> own_texts_;     // of the user at hand
    bool no_room_ = false;
};

}  // namespace provsim
