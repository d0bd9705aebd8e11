// SPDX-License-Identifier: Apache-2.0
#include "scenario_io/import_graph.h"

#include "scenario_io/json_text.h"

#include <fmt/format.h>

#include <utility>

namespace provsim {
namespace {

// Graph's spelling where it is neither Entra's mapping name nor ours (graph: user resource type).
constexpr std::pair<std::string_view, Attribute> user_fields[] = {
    {"userPrincipalName", Attribute::user_name}, {"givenName", Attribute::given_name},   {"surname", Attribute::family_name},
    {"displayName", Attribute::display_name},    {"mail", Attribute::mail},              {"mailNickname", Attribute::mail_nickname},
    {"department", Attribute::department},       {"jobTitle", Attribute::title},         {"employeeId", Attribute::employee_id},
    {"companyName", Attribute::company},         {"officeLocation", Attribute::office},  {"streetAddress", Attribute::street},
    {"city", Attribute::city},                   {"state", Attribute::state},            {"postalCode", Attribute::postal_code},
    {"country", Attribute::country},             {"mobilePhone", Attribute::mobile},     {"faxNumber", Attribute::fax},
    {"preferredLanguage", Attribute::preferred_language},
};

std::optional<Guid> id_of(json::element object)
{
    Guid id;
    const auto text = string_member(object, "id");
    return text && parse_guid(*text, id) ? std::optional(id) : std::nullopt;
}

// simdjson says what is wrong, but not where. On the way out a slower reader finds the place.
Place place_of_fault(const std::string& bytes, const std::string& file)
{
    const auto slowly = parse_json_text(bytes, file, {bytes.size(), bytes.size()});
    return slowly ? Place{file, 0, 0} : slowly.problems().front().place;
}

// PowerShell's cmdlets (Get-MgUser) write Graph's names with capitals, and others besides.
std::string remedy_for(json::element object)
{
    return member(object, "Id") ? "PowerShell's cmdlets write names of their own: save what Invoke-MgGraphRequest -OutputType Json answers" : std::string();
}

// Nothing for null, lists and objects.
std::optional<std::string> scalar_text(json::element value)
{
    if (const auto text = as_string(value)) return std::string(*text);
    if (value.is_bool()) return bool(value) ? "True" : "False";
    if (value.is_number()) return simdjson::minify(value);
    return std::nullopt;
}

// Members that no provisioning service takes along (graph: directoryObject, @odata.type).
bool is_no_person(json::element member)
{
    const auto type = string_member(member, "@odata.type").value_or(std::string_view{});
    return type == "#microsoft.graph.device" || type == "#microsoft.graph.servicePrincipal" || type == "#microsoft.graph.orgContact";
}

}  // namespace

// Attributes beyond the columns: directory extensions, the fifteen of an on-premises directory, and whatever else has been
// made an attribute of the directory before, as a schema's mappings do (Entra: user-provisioning-sync-attributes-for-mapping).
void GraphImport::own_attributes(json::element object, ImportedUser& user, const Place& place)
{
    own_texts_.clear();
    const auto take = [&](std::string_view key, json::element value, bool wanted) {
        const std::string name = "custom." + std::string(key);
        Directory& directory = importer_.directory();
        auto attribute = directory.find_custom(name);
        if (!attribute && !wanted) return;
        auto text = scalar_text(value);
        if (!text || text->empty()) return;
        if (!attribute && !directory.custom_name(static_cast<Attribute>(max_attributes - 1)).empty()) {
            if (!std::exchange(no_room_, true))
                importer_.problem(Severity::warning, place, "too-many-attributes", fmt::format("there is no room for {} and further extension attributes", key), fmt::format("a directory has at most {} of its own", max_attributes - builtin_attributes));
            return;
        }
        if (!attribute) attribute = directory.custom_attribute(name);
        user.values.emplace_back(*attribute, own_texts_.emplace_back(std::move(*text)));
    };
    for (const auto field : json::object(object)) {
        if (field.key == "onPremisesExtensionAttributes" && field.value.is_object())
            for (const auto each : json::object(field.value)) take(each.key, each.value, true);
        else take(field.key, field.value, field.key.substr(0, 10) == "extension_");
    }
}

// Calls each(object, place) for every object of a page. simdjson does not tell where an object stands, so places count them.
template <class Each> void GraphImport::page(const std::string& bytes, const std::string& file, Each&& each)
{
    const Place whole{file, 0, 0};
    simdjson::dom::parser parser;
    json::element root;
    const std::size_t mark = bytes.compare(0, 3, "\xEF\xBB\xBF") == 0 ? 3 : 0;     // a byte order mark says nothing here
    if (const auto error = parser.parse(bytes.data() + mark, bytes.size() - mark).get(root)) {
        importer_.problem(Severity::error, place_of_fault(bytes, file), "json", fmt::format("this is not JSON: {}", simdjson::error_message(error)));
        return importer_.finish(file);
    }
    json::element list = root;
    if (root.is_object()) {
        const auto value = member(root, "value");
        if (!value) {
            importer_.problem(Severity::error, whole, "graph", "there is no \"value\" in it", "save what Microsoft Graph answered, or a bare array of objects");
            return importer_.finish(file);
        }
        list = *value;
        if (member(root, "@odata.nextLink"))
            importer_.problem(Severity::warning, whole, "graph-page", "this is one page of several: it has an @odata.nextLink", "fetch the other pages and list all files");
    }
    if (!list.is_array()) {
        importer_.problem(Severity::error, whole, "graph", "the objects are not an array");
        return importer_.finish(file);
    }
    std::size_t index = 0;
    for (const json::element object : json::array(list)) {
        if (object.is_object()) each(object, index);
        else importer_.problem(Severity::error, whole, "graph", fmt::format("value[{}] is not an object", index));
        ++index;
    }
    importer_.finish(file);
}

void GraphImport::users(const std::string& bytes, const std::string& file)
{
    ImportedUser user;
    page(bytes, file, [&](json::element object, std::size_t index) {
        const Place place{file, 0, 0};
        user.values.clear();
        user.object_id = id_of(object);
        if (!user.object_id) return importer_.problem(Severity::error, place, "graph", fmt::format("value[{}] has no id", index), remedy_for(object));
        if (by_id_.count(*user.object_id) > 0) return importer_.problem(Severity::error, place, "graph", fmt::format("value[{}]: the id {} is there twice", index, to_string(*user.object_id)));
        for (const auto& [field, attribute] : user_fields)
            if (const auto text = string_member(object, field); text && !text->empty()) user.values.emplace_back(attribute, *text);
        if (const auto phones = member(object, "businessPhones"); phones && phones->is_array() && json::array(*phones).size() > 0)
            if (const auto first = as_string(*json::array(*phones).begin())) user.values.emplace_back(Attribute::phone, *first);
        bool enabled = true;
        if (const auto flag = member(object, "accountEnabled"); flag && flag->is_bool()) enabled = bool(*flag);
        user.enabled = enabled;
        own_attributes(object, user, place);

        const auto id = importer_.add(user, place);
        if (!id) return;
        by_id_.emplace(*user.object_id, *id);
        if (const auto manager = member(object, "manager"); manager && manager->is_object())
            if (const auto manager_id = id_of(*manager)) managers_.push_back({*id, *manager_id, place});
        if (const auto deleted = string_member(object, "deletedDateTime"))
            if (const auto at = parse_time(*deleted)) deleted_.emplace_back(*id, *at);
    });
}

void GraphImport::groups(const std::string& bytes, const std::string& file)
{
    page(bytes, file, [&](json::element object, std::size_t index) {
        const Place place{file, 0, 0};
        const auto id = id_of(object);
        const auto name = string_member(object, "displayName");
        if (!id || !name || name->empty()) return importer_.problem(Severity::error, place, "graph", fmt::format("value[{}] has no {}", index, id ? "displayName" : "id"), remedy_for(object));
        if (by_id_.count(*id) > 0) return importer_.problem(Severity::error, place, "graph", fmt::format("value[{}]: the id {} is there twice", index, to_string(*id)));
        // Only security groups can be assigned to an application, but a distribution list may be a member of one.
        const GroupId group = importer_.add_group(id, *name);
        by_id_.emplace(*id, group);
        const auto members = member(object, "members");
        if (member(object, "members@odata.nextLink"))
            importer_.problem(Severity::warning, place, "graph-page", fmt::format("value[{}] has more members than this answer holds", index), "$expand stops at 20: export the members on their own");
        if (!members || !members->is_array()) return;
        for (const json::element each : json::array(*members))
            if (const auto member_id = each.is_object() && !is_no_person(each) ? id_of(each) : std::nullopt) members_.push_back({group, *member_id, place});
    });
}

void GraphImport::join()
{
    Directory& directory = importer_.directory();
    std::size_t managers_missing = 0, members_missing = 0;
    std::string file;
    for (const Reference& reference : managers_) {
        const auto found = by_id_.find(reference.to);
        if (found != by_id_.end() && found->second.is_user()) directory.set_manager(reference.from.user(), found->second.user(), importer_.now());
        else ++managers_missing, file = reference.place.file;
    }
    if (managers_missing > 0)
        importer_.problem(Severity::warning, {file, 0, 0}, "graph-reference", fmt::format("{} managers are not in the export; their reports have none", managers_missing));
    for (const Reference& reference : members_) {
        const auto found = by_id_.find(reference.to);
        if (found == by_id_.end()) ++members_missing, file = reference.place.file;
        else if (found->second.is_user()) directory.add_member(reference.from.group(), found->second.user(), importer_.now());
        else if (found->second != reference.from) directory.add_nested(reference.from.group(), found->second.group(), importer_.now());
    }
    if (members_missing > 0)
        importer_.problem(Severity::warning, {file, 0, 0}, "graph-reference",
                          fmt::format("{} members are not in the export and left out", members_missing), "users may be on a page that is missing");
    importer_.finish(file);
}

}  // namespace provsim
