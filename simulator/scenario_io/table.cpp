// SPDX-License-Identifier: Apache-2.0
// The upper part of the scenario format: everything but the timeline.
#include "scenario_io/table.h"

#include "model/attribute.h"
#include "model/filter_operator.h"

namespace provsim {

bool is_handle(std::string_view text) noexcept
{
    return !text.empty() && text.find_first_of(" \t\r\n\v\f:,*") == std::string_view::npos;
}

namespace shapes {

using Kind = Shape::Kind;

const Shape any{.kind = Kind::any, .expected = "anything"};
const Shape nothing{.kind = Kind::nothing, .expected = "nothing"};
const Shape scalar{.kind = Kind::scalar, .expected = "a text"};
const Shape text{.kind = Kind::text, .expected = "a text"};
const Shape name{.kind = Kind::text, .expected = "a text", .empty_allowed = false};
const Shape handle{.kind = Kind::text, .name = "handle", .expected = "a handle", .empty_allowed = false, .handles = true};
const Shape boolean{.kind = Kind::boolean, .name = "boolean", .expected = "true or false"};
const Shape count{.kind = Kind::integer, .name = "count", .expected = "a whole number from 0 on"};
const Shape positive{.kind = Kind::integer, .name = "positive", .expected = "a whole number from 1 on", .minimum = 1};
const Shape number{.kind = Kind::number, .name = "number", .expected = "a number above 0"};
const Shape seed{.kind = Kind::integer, .name = "seed", .expected = "a whole number from 0 on"};
const Shape duration{.kind = Kind::duration, .name = "duration", .expected = "a duration such as 40m, 1h30m or 150ms"};
const Shape time{.kind = Kind::time, .name = "time", .expected = "a time such as 2026-03-02T09:00:00Z"};
const Shape names{.kind = Kind::list, .expected = "a list of names", .element = &name};

namespace {

const Shape one{.kind = Kind::integer, .expected = "1", .hint = "1 is the only format version there is", .minimum = 1, .maximum = 1};
const Shape generated{.kind = Kind::integer, .name = "generatedCount", .expected = "a whole number from 0 to 10000000", .maximum = 10'000'000};

const Shape user_state{.kind = Kind::choice, .name = "userState", .expected = "a user's state (an address has a region)",
                       .choices = {"active", "staged", "pending", "recovery", "password_expired", "locked_out", "suspended", "deactivated"}};
const Shape manager{.kind = Kind::text, .expected = "a user's handle"};
const Shape customs{.kind = Kind::map, .expected = "a map of attributes", .element = &scalar, .handles = true};

// The neutral attributes; `handle` is not one that a file gives, it is the key the user stands under.
std::vector<FormatKey> attribute_keys(bool user_name_required)
{
    std::vector<FormatKey> keys;
    for (std::size_t i = 0; i < builtin_attributes; ++i) {
        const auto attribute = static_cast<Attribute>(i);
        if (attribute == Attribute::handle) continue;
        const bool user_name = attribute == Attribute::user_name;
        const std::string_view entra = attribute_name(attribute, Spelling::entra);
        keys.push_back({attribute_name(attribute, Spelling::neutral), user_name ? &name : &scalar, "Entra: " + std::string(entra), user_name && user_name_required, entra});
    }
    keys.push_back({"manager", &manager, "handle of the user's manager"});
    keys.push_back({"custom", &customs, "attributes of your own"});
    return keys;
}

Shape user_shape(std::string_view shape_name, bool add, bool with_id)
{
    Shape shape{.kind = Kind::object, .name = shape_name, .expected = "a map of attributes", .element = &scalar, .open_prefix = "custom."};
    shape.what_keys_are = "attribute";
    shape.keys = attribute_keys(add);
    shape.keys.push_back({"enabled", &boolean, add ? "may sign in; true if not given" : "may sign in", false, "accountEnabled"});
    shape.keys.push_back({"state", &user_state, "where he stands in his life cycle, in place of enabled"});
    shape.not_together = {{"enabled", "state"}};
    if (with_id) shape.keys.push_back({"id", add ? &handle : &name, add ? "handle of the new user" : "handle of the user", true});
    return shape;
}

const Shape group{.kind = Kind::object, .name = "group", .expected = "a map", .keys = {
    {"displayName", &name, "the handle if not given"},
    {"members", &names, "handles of users; group:x for a group inside this one"},
    {"rule", &filters(), "instead of members: whoever meets these clauses is one, as in scope.filters"},
}, .not_together = {{"members", "rule"}}};

const Shape users{.kind = Kind::map, .expected = "a map of handles to users", .element = &user(), .handles = true};
const Shape groups{.kind = Kind::map, .expected = "a map of handles to groups", .element = &group, .handles = true};

const Shape csv{.kind = Kind::either, .expected = "the path of a file, or a list of paths", .when_scalar = &name, .when_list = &names};
const Shape graph{.kind = Kind::object, .expected = "a map", .keys = {
    {"users", &csv, "what GET /users?$expand=manager answered, as JSON: one file or several pages", true},
    {"groups", &csv, "what GET /groups?$expand=members answered, as JSON"},
}};
const Shape import{.kind = Kind::object, .expected = "a map", .keys = {
    {"csv", &csv, "Entra's bulk-create template or user download, or columns with neutral names"},
    {"graph", &graph, "exports of Microsoft Graph"},
}};
const Shape generate{.kind = Kind::object, .expected = "a map", .keys = {
    {"users", &generated, "how many", true},
    {"groups", &generated, "how many; none if not given"},
    {"memberships", &generated, "how many in total, over all groups"},
    {"memberships_per_user", &generated, "how many on average; the total is this times users"},
    {"seed", &seed, "the scenario's seed if not given"},
    {"domain", &name, "of the user names; example.test if not given"},
}, .not_together = {{"memberships", "memberships_per_user"}}};
const Shape directory{.kind = Kind::object, .expected = "a map", .keys = {
    {"users", &users, "who is there when the clock starts, by handle"},
    {"groups", &groups, "the groups, by handle"},
    {"import", &import, "read from files; paths are relative to this file"},
    {"generate", &generate, "a made-up tenant, the same for the same seed"},
}};

const Shape cycles_word{.kind = Kind::choice, .expected = "on_change", .choices = {"on_change"}};
const Shape cycles_map{.kind = Kind::object, .expected = "a map", .keys = {
    {"users", &duration, "from one user cycle to the next"},
    {"groups", &duration, "from one group cycle to the next"},
    {"all", &duration, "one schedule for both"},
    {"offset", &duration, "of the first cycle from clock.start; 0s if not given"},
    {"on_change", &duration, "no cycles: so long after a change it works"},
}, .not_together = {{"all", "users"}, {"all", "groups"}, {"on_change", "users"}, {"on_change", "groups"}, {"on_change", "all"}}};
const Shape cycles{.kind = Kind::either, .expected = "on_change, or a map of intervals", .when_scalar = &cycles_word, .when_map = &cycles_map};
const Shape apply{.kind = Kind::choice, .expected = "always or create", .choices = {"always", "create"}};
const Shape value_type{.kind = Kind::choice, .name = "valueType", .expected = "a type", .choices = {"string", "boolean", "integer", "reference"}};
const Shape mapping_row{.kind = Kind::object, .name = "mapping", .expected = "{ target, expression }", .keys = {
    {"target", &name, "SCIM attribute: title, name.givenName, emails[type eq \"work\"].value, urn:...:User:attribute", true},
    {"expression", &name, "in the provider's language: Join(\" \", [givenName], [surname])"},
    {"attribute", &name, "in the provider's spelling: jobTitle"},
    {"constant", &scalar, "the same value for everybody"},
    {"default", &scalar, "stands in for no value, on creation; alone, it fills an attribute that the target has empty"},
    {"apply", &apply, "always if not given; create: never in an update"},
    {"match", &positive, "matching precedence: objects are looked for in the target by this attribute"},
    {"required", &boolean, "who has no value is not created"},
    {"case_exact", &boolean, "a difference of case alone is one"},
    {"type", &value_type, "what the target attribute holds, if SCIM's own schemas do not say"},
    {"remove", &boolean, "true: the default table's row is taken out"},
}, .not_together = {{"expression", "attribute"}, {"expression", "constant"}, {"attribute", "constant"}}};
const Shape mapping_rows{.kind = Kind::list, .expected = "a list of mappings", .element = &mapping_row};
const Shape mapping_base{.kind = Kind::choice, .name = "mappingBase", .expected = "default, minimal or nothing", .choices = {"default", "minimal", "nothing"}};
const Shape mapping_map{.kind = Kind::object, .expected = "{ base, rows }", .keys = {
    {"base", &mapping_base, "the table that rows are put on top of; default if not given"},
    {"rows", &mapping_rows, "each replaces the row of its target, or comes after all"},
}};
const Shape user_mapping_word{.kind = Kind::choice, .expected = "default or minimal", .choices = {"default", "minimal"}};
const Shape user_mappings_shape{.kind = Kind::either, .name = "userMappings", .expected = "minimal, or a list of mappings", .when_scalar = &user_mapping_word, .when_list = &mapping_rows, .when_map = &mapping_map};
const Shape group_mapping_word{.kind = Kind::choice, .expected = "default or off", .choices = {"default", "off"}};
const Shape group_mappings_shape{.kind = Kind::either, .name = "groupMappings", .expected = "off, or a list of mappings", .when_scalar = &group_mapping_word, .when_list = &mapping_rows, .when_map = &mapping_map};
const Shape settings_shape{.kind = Kind::settings, .expected = "a map of settings"};
const Shape provider{.kind = Kind::object, .expected = "a map", .keys = {
    {"profile", &name, "which identity provider; entra if not given"},
    {"cycles", &cycles, "when it works: intervals, or on_change; the profile's own way if not given"},
    {"mappings", &user_mappings_shape, "of users' attributes: minimal, or rows on top of the default table"},
    {"group_mappings", &group_mappings_shape, "of groups' attributes; off: groups are not provisioned"},
    {"default_domain", &name, "the tenant's default verified domain: what DefaultDomain() yields"},
    {"settings", &settings_shape, "disputed points of its behaviour: provsim profile show"},
    {"schema", &name, "mappings and filters: a synchronization schema exported from Microsoft Graph; relative to this file"},
}};

const Shape bearer_source{.kind = Kind::object, .name = "secret", .expected = "{ env: NAME } or { file: PATH }", .keys = {
    {"env", &name, "an environment variable's name"},
    {"file", &name, "a file's path, relative to this file"},
}, .exactly_one = {"env", "file"}};
const Shape bearer{.kind = Kind::either, .expected = "{ env: NAME } or { file: PATH }", .when_scalar = &name, .when_map = &bearer_source};
const Shape auth{.kind = Kind::object, .expected = "a map", .keys = {
    {"bearer", &bearer, "the token; written out, it is refused for targets that are not this machine", true},
}};
const Shape cleanup{.kind = Kind::choice, .expected = "none", .hint = "this version deletes nothing at the target: write none, or leave it out", .choices = {"none"}};
const Shape sandbox{.kind = Kind::choice, .expected = "standard", .choices = {"standard"}};
const Shape target{.kind = Kind::object, .expected = "a map", .keys = {
    {"url", &name, "base URL of the SCIM service; without it the built-in sandbox answers"},
    {"sandbox", &sandbox, "which built-in sandbox"},
    {"auth", &auth, "how requests are authorised"},
    {"timeout", &duration, "wall time that one request may take; 60s if not given"},
    {"rate", &positive, "requests a wall second, at most"},
    {"max_wall_wait", &duration, "how long a Retry-After of the target is obeyed; 60s if not given"},
    {"cacert", &name, "PEM file of certificate authorities, relative to this file"},
    {"insecure", &boolean, "do not verify the certificate"},
    {"cleanup", &cleanup, "what is deleted afterwards: none"},
}, .not_together = {{"url", "sandbox"}}};

const Shape latency_table{.kind = Kind::object, .name = "latency", .expected = "a map", .keys = {
    {"min", &duration, "half the median if not given"},
    {"median", &duration, "half of the requests are answered within", true},
    {"p95", &duration, "95 in 100 are answered within", true},
    {"max", &duration, "twice p95 if not given"},
}};
const Shape latency{.kind = Kind::either, .expected = "a duration, or { median, p95 }", .when_scalar = &duration, .when_map = &latency_table};
const Shape mode{.kind = Kind::choice, .expected = "skip, scaled or real", .choices = {"skip", "scaled", "real"}};
const Shape clock{.kind = Kind::object, .expected = "a map", .keys = {
    {"start", &time, "virtual time at which the story begins; 2026-01-05T09:00:00Z if not given"},
    {"mode", &mode, "how wall time relates: skip jumps from event to event"},
    {"speed", &number, "scaled: virtual seconds a wall second"},
    {"latency", &latency, "virtual time that a request takes; 50ms if not given"},
}};

Shape filter_operator_shape()
{
    const auto spellings = filter_operator_spellings();
    return {.kind = Kind::choice, .name = "filterOperator", .expected = "an operator such as equals or IS NOT NULL", .choices = {spellings.begin(), spellings.end()}, .told = filter_operators};
}
const Shape filter_operator = filter_operator_shape();
const Shape filter_values{.kind = Kind::list, .expected = "a list of texts", .element = &scalar};
const Shape filter_clause{.kind = Kind::object, .name = "filterClause", .expected = "{ attribute, op, value }", .keys = {
    {"attribute", &name, "of the user or group: userName, or in Entra's words userPrincipalName; custom.x; accountEnabled", true, "sourceOperandName"},
    {"op", &filter_operator, "in words, or as Entra writes it", true, "operatorName"},
    {"value", &scalar, "what the attribute is compared with; none for is null and its like"},
    {"values", &filter_values, "any of these; for not equals and its like none of them", false, "targetOperand"},
}, .not_together = {{"value", "values"}}};
// Two levels of lists are what Entra has, in its portal and in Graph (scope.groups[].clauses): filters, one of which must
// hold, of clauses, which must all hold. One filter is what most people need, so its list may stand for itself.
const Shape filter_clauses{.kind = Kind::list, .expected = "a list of clauses", .element = &filter_clause};
const Shape filter{.kind = Kind::either, .expected = "a clause, or a list of clauses", .when_list = &filter_clauses, .when_map = &filter_clause};
const Shape filters_shape{.kind = Kind::list, .name = "filters", .expected = "a list of clauses", .element = &filter};

const Shape scope_mode_shape{.kind = Kind::choice, .expected = "assigned or all", .choices = {"assigned", "all"}};
const Shape unassignment_map{.kind = Kind::object, .name = "assignmentOfRole", .expected = "{ object, role }", .keys = {
    {"object", &name, "user:ada or group:engineers", true},
    {"role", &name, "of scope.app_roles; all there is if not given"},
}};
// As a user's, but for what no assignment sets: that is said where the edit is made.
Shape assignment_values_shape()
{
    Shape shape{.kind = Kind::object, .name = "assignmentValues", .expected = "a map of attributes", .element = &scalar, .open_prefix = "custom."};
    shape.what_keys_are = "attribute";
    for (FormatKey& key : attribute_keys(false))
        if (key.name != "manager" && key.name != "userName") shape.keys.push_back(std::move(key));
    return shape;
}
const Shape assignment_values = assignment_values_shape();
const Shape priority{.kind = Kind::integer, .name = "priority", .expected = "a whole number from 0 to 1000000", .maximum = 1'000'000};
const Shape assignment_map{.kind = Kind::object, .name = "assignmentWithRole", .expected = "{ object, role, priority, values }", .keys = {
    {"object", &name, "user:ada or group:engineers", true},
    {"role", &name, "of scope.app_roles; default access if not given"},
    {"priority", &priority, "of a group, 0 is the best: who is assigned by several takes the values of the best (Okta)"},
    {"values", &assignment_values, "attributes that the assignment sets in the application (Okta); an empty one ends that"},
}};
const Shape assignments{.kind = Kind::list, .expected = "a list of assignments", .element = &assignment()};
const Shape app_role{.kind = Kind::object, .name = "appRole", .expected = "a map", .keys = {
    {"value", &name, "what is sent; the role's handle if not given"},
    {"displayName", &name, "the value if not given"},
    {"id", &name, "a GUID; made from the seed if not given"},
}};
const Shape app_roles{.kind = Kind::map, .expected = "a map of roles", .element = &app_role};
const Shape scope{.kind = Kind::object, .expected = "a map", .keys = {
    {"mode", &scope_mode_shape, "assigned: only who is assigned to the application, and direct members of assigned groups; all: everybody"},
    {"assigned", &assignments, "user:ada, group:engineers; user:* and group:* for all there are; { object, role, priority, values } says more"},
    {"app_roles", &app_roles, "the application's roles, by handle"},
    {"filters", &filters_shape, "clauses that a user must meet, all of them; or lists of clauses, of which one is enough"},
    {"group_filters", &filters_shape, "the same for groups, by displayName and objectId"},
    {"input_filters", &filters_shape, "who of the users is looked at: whoever fails is ignored, not deprovisioned", false, "inputFilterGroups"},
    {"group_input_filters", &filters_shape, "the same for groups"},
}};

const Shape vars{.kind = Kind::map, .expected = "a map of texts", .element = &scalar};

const Shape scenario{.kind = Kind::object, .expected = "a map", .keys = {
    {"provsim", &one, "version of the format", true},
    {"name", &name, "one line; the file's name if not given"},
    {"description", &text, "for people"},
    {"tags", &names, "to choose scenarios by"},
    {"seed", &seed, "of everything that looks random; 1 if not given"},
    {"vars", &vars, "texts to be used as ${{ vars.x }}; --var overrides"},
    {"provider", &provider, "who provisions"},
    {"target", &target, "to whom"},
    {"clock", &clock, "virtual time"},
    {"directory", &directory, "the source as it is when the clock starts"},
    {"scope", &scope, "whom the provider looks at"},
    {"timeline", &timeline(), "what happens, step by step"},
}, .free_keys = true};

}  // namespace

const Shape& assignment()
{
    static const Shape shape{.kind = Kind::either, .name = "assignment", .expected = "user:ada, or { object, role }", .when_scalar = &name, .when_map = &assignment_map};
    return shape;
}
const Shape& unassignment()
{
    static const Shape shape{.kind = Kind::either, .name = "unassignment", .expected = "user:ada, or { object, role }", .when_scalar = &name, .when_map = &unassignment_map};
    return shape;
}
const Shape& user_mappings() { return user_mappings_shape; }
const Shape& group_mappings() { return group_mappings_shape; }
const Shape& scope_mode() { return scope_mode_shape; }
const Shape& filters() { return filters_shape; }
const Shape& settings() { return settings_shape; }

const Shape& user()
{
    static const Shape shape = user_shape("user", true, false);
    return shape;
}

const Shape& user_added()
{
    static const Shape shape = user_shape("userAdded", true, true);
    return shape;
}

const Shape& user_updated()
{
    static const Shape shape = user_shape("userUpdated", false, true);
    return shape;
}

}  // namespace shapes

const Shape& scenario_shape() { return shapes::scenario; }

}  // namespace provsim
