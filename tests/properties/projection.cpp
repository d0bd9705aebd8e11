// SPDX-License-Identifier: Apache-2.0
#include "tests/properties/projection.h"

#include "model/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace provsim::properties {

// Entra: use-scim-to-provision-users-and-groups, default mapping (entra.md 3.1).
const Column user_columns[columns] = {
    {"userName", Attribute::user_name},
    {"displayName", Attribute::display_name},
    {"title", Attribute::title},
    {"emails[type eq \"work\"].value", Attribute::mail},
    {"preferredLanguage", Attribute::preferred_language},
    {"name.givenName", Attribute::given_name},
    {"name.familyName", Attribute::family_name},
    {"addresses[type eq \"work\"].formatted", Attribute::office},
    {"addresses[type eq \"work\"].streetAddress", Attribute::street},
    {"addresses[type eq \"work\"].locality", Attribute::city},
    {"addresses[type eq \"work\"].region", Attribute::state},
    {"addresses[type eq \"work\"].postalCode", Attribute::postal_code},
    {"addresses[type eq \"work\"].country", Attribute::country},
    {"phoneNumbers[type eq \"work\"].value", Attribute::phone},
    {"phoneNumbers[type eq \"mobile\"].value", Attribute::mobile},
    {"phoneNumbers[type eq \"fax\"].value", Attribute::fax},
    {"externalId", Attribute::mail_nickname},
    {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber", Attribute::employee_id},
    {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", Attribute::department},
    {"name.formatted", Attribute::given_name},
};

namespace {

constexpr const char* manager_path = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager";

bool passes(UserFilter filter, const Directory& directory, UserId user)
{
    switch (filter) {
    case UserFilter::none: return true;
    case UserFilter::engineers: return directory.value(user, Attribute::department) == "Engineering";
    case UserFilter::titled: return !directory.value(user, Attribute::title).empty();
    case UserFilter::engineers_or_romans:
        return directory.value(user, Attribute::department) == "Engineering" || directory.value(user, Attribute::city) == "Rome";
    }
    return false;
}

// Parsed once: a story is judged often.
const AttributePath& parsed(const char* path)
{
    static std::map<std::string, AttributePath> known;
    const auto found = known.find(path);
    return found != known.end() ? found->second : known.emplace(path, AttributePath::parse(path).value()).first->second;
}

class Comparison {
public:
    Comparison(const Picture& source, const Story& story, const LinkTable& links, const TargetState& target)
        : source_(source), story_(story), links_(links), target_(target) {}

    std::vector<Difference> run()
    {
        strangers();
        for (std::uint32_t i = 0; i < source_.users.size(); ++i) user(i);
        for (std::uint32_t i = 0; i < source_.groups.size(); ++i) group(i);
        return std::move(found_);
    }

private:
    using What = Difference::What;
    const Picture& source_;
    const Story& story_;
    const LinkTable& links_;
    const TargetState& target_;
    std::map<std::string, ObjectRef> bearers_;
    std::vector<Difference> found_;

    Difference& say(What what, ObjectRef object, std::string expected = {}, std::string got = {})
    {
        Difference d;
        d.what = what;
        d.object = object;
        d.expected = std::move(expected);
        d.got = std::move(got);
        if (const auto link = links_.find(object)) d.id = link->target_id;
        found_.push_back(std::move(d));
        return found_.back();
    }

    void strangers()
    {
        for (const ObjectKind kind : {ObjectKind::user, ObjectKind::group}) {
            std::set<std::string> linked;
            for (ObjectRef o = links_.next(kind, 0); o; o = links_.next(kind, o.index + 1)) {
                const std::string id(links_.find(o)->target_id);
                if (const auto [bearer, first] = bearers_.emplace(id, o); !first) say(What::shared, o).other = bearer->second;
                linked.insert(id);
            }
            for (const auto& [id, resource] : kind == ObjectKind::user ? target_.users : target_.groups) {
                if (linked.count(id)) continue;
                Difference& d = say(What::stranger, {}, {}, text_at(resource, kind == ObjectKind::user ? "userName" : "displayName").value_or(""));
                d.id = id;
                d.object.kind = ObjectKind::none;
                d.attribute = kind == ObjectKind::user ? "user" : "group";
            }
        }
    }

    const Json* resource_of(ObjectRef object) const
    {
        const auto link = links_.find(object);
        if (!link) return nullptr;
        const auto& all = object.is_user() ? target_.users : target_.groups;
        const auto found = all.find(std::string(link->target_id));
        return found == all.end() ? nullptr : &found->second;
    }

    bool soft() const { return !story_.has("target_soft_delete", "unsupported"); }

    // To be in the target: active, or disabled and known there.
    bool belongs(std::uint32_t i) const
    {
        const UserState& user = source_.users[i];
        return user.wanted() || (user.presence == Presence::present && user.in_scope && soft() && links_.find(UserId{i}));
    }

    void user(std::uint32_t i)
    {
        const UserState& state = source_.users[i];
        const Json* have = resource_of(UserId{i});
        if (!belongs(i)) {
            if (have) say(What::extra, UserId{i}, "not there", text_at(*have, "active").value_or("no active"));
            return;
        }
        if (!have) {
            say(What::missing, UserId{i}, state.wanted() ? "active" : "inactive");
            return;
        }
        const std::string active = text_at(*have, "active").value_or("");
        if (active != (state.wanted() ? "true" : "false")) say(What::active, UserId{i}, state.wanted() ? "true" : "false", active);
        for (std::size_t c = 0; c < columns; ++c) {
            const std::string got = text_at(*have, user_columns[c].path).value_or("");
            if (got != state.values[c]) say(What::value, UserId{i}, state.values[c], got).column = c;
        }
        const std::string got = text_at(*have, manager_path).value_or("");
        std::string expected;
        if (state.manager != no_user && belongs(row(state.manager)))
            if (const auto link = links_.find(state.manager)) expected = link->target_id;
        if (got != expected) say(What::manager, UserId{i}, expected, got).other = state.manager != no_user ? ObjectRef(state.manager) : ObjectRef();
    }

    void group(std::uint32_t i)
    {
        const GroupState& state = source_.groups[i];
        const Json* have = resource_of(GroupId{i});
        if (state.presence != Presence::present || !state.in_scope) {
            if (have) say(What::extra, GroupId{i});
            return;
        }
        if (!have) {
            say(What::missing, GroupId{i});
            return;
        }
        for (const auto& [path, expected] : {std::pair<const char*, const std::string&>{"displayName", state.name}, {"externalId", state.object_id}}) {
            const std::string got = text_at(*have, path).value_or("");
            if (got != expected) say(What::value, GroupId{i}, expected, got).attribute = path;
        }
        const auto ids = member_ids(*have);
        std::set<std::string> extra(ids.begin(), ids.end());
        for (const UserId member : state.members) {
            const auto link = links_.find(member);
            if (!belongs(row(member)) || !resource_of(member)) continue;        // the user himself is missing: said there
            if (extra.erase(std::string(link->target_id)) == 0) say(What::no_member, GroupId{i}).other = member;
        }
        for (const std::string& id : extra) {
            Difference& d = say(What::member, GroupId{i}, {}, id);
            d.id = id;
            if (const auto bearer = bearers_.find(id); bearer != bearers_.end()) d.other = bearer->second;
        }
    }
};

}  // namespace

bool Picture::is_member(std::size_t group, std::size_t user) const
{
    if (group >= groups.size()) return false;
    const auto& members = groups[group].members;
    return std::find(members.begin(), members.end(), UserId{static_cast<std::uint32_t>(user)}) != members.end();
}

Picture take_picture(const Directory& directory, const Story& story, TimePoint at)
{
    Picture picture;
    picture.at = at;
    picture.head = directory.changes().head();
    const bool all = story.mode == ScopeMode::all;
    for (std::uint32_t i = 0; i < directory.group_rows(); ++i) {
        GroupState group;
        const GroupId id{i};
        group.presence = directory.presence(id);
        group.name = directory.display_name(id);
        group.object_id = to_string(directory.object_id(id));
        if (group.presence == Presence::present) {
            group.members = directory.members(id);
            group.in_scope = (all || directory.assigned(id)) && (story.group_filter == GroupFilter::none || group.name.compare(0, 6, "Hidden") != 0);
        }
        picture.groups.push_back(std::move(group));
    }
    for (std::uint32_t i = 0; i < directory.user_rows(); ++i) {
        UserState user;
        const UserId id{i};
        user.presence = directory.presence(id);
        user.manager = directory.manager(id);
        for (const Column& column : user_columns) user.values.emplace_back(directory.value(id, column.source));
        const std::string_view family = directory.value(id, Attribute::family_name);
        std::string& formatted = user.values.back();
        if (!formatted.empty() && !family.empty()) formatted += ' ';
        formatted += family;
        if (user.presence == Presence::present) {
            user.enabled = directory.enabled(id);
            bool entitled = all || directory.assigned(id);
            for (std::uint32_t g = 0; g < picture.groups.size() && !entitled; ++g) entitled = directory.assigned(GroupId{g}) && picture.is_member(g, i);
            user.in_scope = entitled && passes(story.user_filter, directory, id);
        }
        picture.users.push_back(std::move(user));
    }
    return picture;
}

TargetState read_target(Handler& target, TimePoint now)
{
    TargetState state;
    for (const bool users : {true, false}) {
        Request request;
        request.target = users ? "/Users?count=1000" : "/Groups?count=1000";
        const Response response = target.handle(request, {}, now);
        const Json body = parse_json(response.body);
        PROVSIM_CHECK(response.status == 200 && body.at("totalResults") == body.at("Resources").size(), "the target cannot be read");
        for (const Json& resource : body.at("Resources")) (users ? state.users : state.groups).emplace(resource.at("id").get<std::string>(), resource);
    }
    return state;
}

std::optional<std::string> text_at(const Json& resource, const char* path)
{
    const auto values = parsed(path).find(resource);
    if (values.empty()) return std::nullopt;
    const Json* value = values.front();
    if (value->is_object()) value = find_member(*value, "value");       // a manager
    if (!value || value->is_null()) return std::nullopt;
    if (value->is_boolean()) return value->get<bool>() ? "true" : "false";
    return value->is_string() ? value->get<std::string>() : value->dump();
}

std::vector<std::string> member_ids(const Json& group)
{
    std::vector<std::string> ids;
    if (const Json* list = find_member(group, "members"))
        for (const Json& member : *list) ids.push_back(member.at("value").get<std::string>());
    return ids;
}

std::string name_of(ObjectRef object)
{
    if (!object) return "-";
    return fmt::format("{}{}", object.is_user() ? "user row " : "group row ", object.index);
}

std::string Difference::says() const
{
    constexpr const char* whats[] = {"is missing in the target", "is in the target and should not be", "", "active", "manager", "lacks the member", "has the member",
                                     "in the target is linked to nobody:", "shares its target object with"};
    std::string text = object ? name_of(object) : attribute;
    text += ' ';
    text += what == What::value ? (column < columns ? user_columns[column].path : attribute.c_str()) : whats[static_cast<int>(what)];
    if (other) text += ' ' + name_of(other);
    if (!expected.empty() || !got.empty()) text += fmt::format(": expected \"{}\", got \"{}\"", expected, got);
    if (!id.empty()) text += fmt::format(" [{}]", id.substr(0, 8));
    return text;
}

std::vector<Difference> differences(const Picture& source, const Story& story, const LinkTable& links, const TargetState& target)
{
    return Comparison(source, story, links, target).run();
}

}  // namespace provsim::properties
