// SPDX-License-Identifier: Apache-2.0
#include "target/schema.h"

#include "model/scim/urns.h"
#include "model/text.h"

#include <array>

namespace provsim::target {
namespace {

constexpr Type S = Type::string, B = Type::boolean, R = Type::reference, C = Type::complex;
constexpr Mutability read_only = Mutability::read_only;

constexpr SubAttribute name_subs[] = {{"formatted"}, {"familyName"}, {"givenName"}, {"middleName"}, {"honorificPrefix"}, {"honorificSuffix"}};
constexpr SubAttribute value_subs[] = {{"value"}, {"display"}, {"type"}, {"primary", B}};
constexpr SubAttribute photo_subs[] = {{"value", R, true}, {"display"}, {"type"}, {"primary", B}};
constexpr SubAttribute certificate_subs[] = {{"value", Type::binary, true}, {"display"}, {"type"}, {"primary", B}};
constexpr SubAttribute address_subs[] = {{"formatted"}, {"streetAddress"}, {"locality"}, {"region"}, {"postalCode"}, {"country"}, {"type"}, {"primary", B}};
constexpr SubAttribute manager_subs[] = {{"value"}, {"$ref", R, true}, {"displayName", S, false, read_only}};
constexpr SubAttribute meta_subs[] = {{"resourceType", S, true, read_only}, {"created", Type::date_time, false, read_only},
                                      {"lastModified", Type::date_time, false, read_only}, {"location", R, true, read_only},
                                      {"version", S, true, read_only}};
// Ids are caseExact (RFC 7643 3.1), and so is what refers to them.
constexpr SubAttribute group_of_user_subs[] = {{"value", S, true, read_only}, {"$ref", R, true, read_only}, {"display", S, false, read_only},
                                               {"type", S, false, read_only}};
constexpr SubAttribute member_subs[] = {{"value", S, true, Mutability::immutable}, {"$ref", R, true, Mutability::immutable},
                                        {"type", S, false, Mutability::immutable}, {"display", S, false, read_only}};

constexpr std::string_view U = urn::user, G = urn::group, E = urn::enterprise_user;

constexpr Attribute text(std::string_view name, std::string_view schema, std::uint8_t slot, Type type = S, bool case_exact = false)
{
    return {name, schema, type, false, Storage::text, slot, {}, case_exact, Mutability::read_write, false, false};
}
constexpr Attribute list(std::string_view name, std::uint8_t slot, std::span<const SubAttribute> subs)
{
    return {name, U, C, true, Storage::list, slot, subs, false, Mutability::read_write, false, false};
}
constexpr Attribute derived(std::string_view name, std::string_view schema, Storage storage, std::span<const SubAttribute> subs,
                            Mutability mutability = read_only)
{
    return {name, schema, subs.empty() ? S : C, storage != Storage::meta && !subs.empty(), storage, 0, subs, subs.empty(), mutability, false, false};
}

// In the order in which a resource shows them.
constexpr Attribute user_attributes[] = {
    derived("schemas", {}, Storage::schemas, {}),
    derived("id", {}, Storage::id, {}),
    text("externalId", {}, slot::external_id, S, true),
    {"userName", U, S, false, Storage::text, slot::user_name, {}, false, Mutability::read_write, true, true},
    {"name", U, C, false, Storage::text, slot::name, name_subs},
    text("displayName", U, slot::display_name),
    text("nickName", U, 9),
    text("profileUrl", U, 10, R, true),
    text("title", U, 11),
    text("userType", U, 12),
    text("preferredLanguage", U, 13),
    text("locale", U, 14),
    text("timezone", U, 15),
    text("active", U, slot::active, B),
    {"password", U, S, false, Storage::text, slot::password, {}, true, Mutability::write_only},
    list("emails", 0, value_subs),
    list("phoneNumbers", 1, value_subs),
    list("ims", 2, value_subs),
    list("photos", 3, photo_subs),
    list("addresses", 4, address_subs),
    derived("groups", U, Storage::groups, group_of_user_subs),
    list("entitlements", 5, value_subs),
    list("roles", 6, value_subs),
    list("x509Certificates", 7, certificate_subs),
    text("employeeNumber", E, 18),
    text("costCenter", E, 19),
    text("organization", E, 20),
    text("division", E, 21),
    text("department", E, 22),
    {"manager", E, C, false, Storage::text, slot::manager, manager_subs},
    derived("meta", {}, Storage::meta, meta_subs),
};

constexpr Attribute group_attributes[] = {
    derived("schemas", {}, Storage::schemas, {}),
    derived("id", {}, Storage::id, {}),
    text("externalId", {}, slot::external_id, S, true),
    // Required by the text of RFC 7643 4.2, though not by the schema in its section 8.7.1.
    {"displayName", G, S, false, Storage::text, slot::display_name, {}, false, Mutability::read_write, true, false},
    derived("members", G, Storage::members, member_subs, Mutability::read_write),
    derived("meta", {}, Storage::meta, meta_subs),
};

// Most clients write names as the RFC does.
bool same_name(std::string_view a, std::string_view b) noexcept
{
    return a.size() == b.size() && (a == b || equal_ignoring_ascii_case(a, b));
}

constexpr ResourceSchema users{"User", "/Users", U, "User Account", user_attributes};
constexpr ResourceSchema groups{"Group", "/Groups", G, "Group", group_attributes};

}  // namespace

const ResourceSchema& user_schema() noexcept { return users; }
const ResourceSchema& group_schema() noexcept { return groups; }

const Attribute* find_attribute(const ResourceSchema& schema, std::string_view urn, std::string_view name) noexcept
{
    const bool core = urn.empty() || same_name(urn, schema.urn);
    for (const Attribute& attribute : schema.attributes) {
        if (!same_name(attribute.name, name)) continue;
        if (attribute.schema == urn::enterprise_user ? same_name(urn, urn::enterprise_user) : core) return &attribute;
    }
    return nullptr;
}

int find_sub(const Attribute& attribute, std::string_view name) noexcept
{
    for (std::size_t i = 0; i < attribute.subs.size(); ++i)
        if (same_name(attribute.subs[i].name, name)) return static_cast<int>(i);
    return no_sub;
}

bool knows_urn(const ResourceSchema& schema, std::string_view urn) noexcept
{
    return same_name(urn, schema.urn) || (&schema == &users && same_name(urn, urn::enterprise_user));
}

}  // namespace provsim::target
