// SPDX-License-Identifier: Apache-2.0
#include "scenario/read_back.h"

#include "model/text.h"
#include "scenario/target_lookup.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_map>

namespace provsim {
namespace {

struct Column {
    std::string_view path;
    Attribute source;
};
constexpr std::array user_columns{
    Column{"userName", Attribute::user_name},
    Column{"displayName", Attribute::display_name},
    Column{"title", Attribute::title},
    Column{"emails[type eq \"work\"].value", Attribute::mail},
    Column{"preferredLanguage", Attribute::preferred_language},
    Column{"name.givenName", Attribute::given_name},
    Column{"name.familyName", Attribute::family_name},
    Column{"addresses[type eq \"work\"].formatted", Attribute::office},
    Column{"addresses[type eq \"work\"].streetAddress", Attribute::street},
    Column{"addresses[type eq \"work\"].locality", Attribute::city},
    Column{"addresses[type eq \"work\"].region", Attribute::state},
    Column{"addresses[type eq \"work\"].postalCode", Attribute::postal_code},
    Column{"addresses[type eq \"work\"].country", Attribute::country},
    Column{"phoneNumbers[type eq \"work\"].value", Attribute::phone},
    Column{"phoneNumbers[type eq \"mobile\"].value", Attribute::mobile},
    Column{"phoneNumbers[type eq \"fax\"].value", Attribute::fax},
    Column{"externalId", Attribute::mail_nickname},
    Column{"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber", Attribute::employee_id},
    Column{"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", Attribute::department},
};
constexpr std::string_view formatted_name = "name.formatted";
constexpr std::string_view manager_path = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager";
constexpr std::string_view whole = "(resource)";

std::string quoted(std::string_view text)
{
    std::string out;
    append_json_string(out, text);
    return out + " (string)";
}

std::string shown(const Json* value)
{
    if (!value || value->is_null()) return "nothing";
    std::string text = value->dump(-1, ' ', false, Json::error_handler_t::replace);
    if (text.size() > 120) text.resize(120), text += "...";
    return text + (value->is_string() ? " (string)" : value->is_boolean() ? " (boolean)" : value->is_number() ? " (number)" : "");
}

class ReadBack {
public:
    ReadBack(const Directory& directory, const Scope& scope, const LinkTable& links, TargetReader& target, const ReadBackOptions& options)
        : directory_(directory), view_(directory), scope_(scope), links_(links), target_(target), options_(options)
    {
        for (const Column& column : user_columns) paths_.push_back(AttributePath::parse(column.path).value());
    }

    std::vector<TargetDifference> run()
    {
        walk();
        for (std::size_t row = 0; row < directory_.user_rows() && !full(); ++row) user(UserId{static_cast<std::uint32_t>(row)});
        for (std::size_t row = 0; row < directory_.group_rows() && !full(); ++row) group(GroupId{static_cast<std::uint32_t>(row)});
        return std::move(differences_);
    }

private:
    bool full() const { return differences_.size() >= options_.most; }

    // --- what the target has -----------------------------------------------------------------------------------

    // All users by id, page by page. A target that cannot be walked is read one by one instead.
    void walk()
    {
        for (std::size_t start = 1;;) {
            Request request;
            request.target = fmt::format("/Users?startIndex={}&count={}", start, options_.page);
            const Reply reply = target_.read(request);
            const auto list = reply.success() ? reply.list() : std::nullopt;
            if (!list) return;
            const Json body = parse_json(reply.body);
            const Json* resources = find_member(body, "Resources");
            if (!resources || !resources->is_array() || resources->empty()) return;
            std::size_t fresh = 0;
            for (const Json& resource : *resources)
                if (const Json* id = find_member(resource, "id"); id && id->is_string()) fresh += users_.emplace(id->get<std::string>(), resource).second;
            start += resources->size();
            // A target that ignores startIndex gives the same page for ever.
            if (fresh == 0 || start > list->total_results) return;
        }
    }

    std::optional<Json> read(ObjectKind kind, const std::string& id, std::string& how)
    {
        if (kind == ObjectKind::user)
            if (const auto known = users_.find(id); known != users_.end()) return known->second;
        Lookup found = read_by_id(target_, kind, id);
        how = found.how;
        return std::move(found.resource);
    }

    // --- users -------------------------------------------------------------------------------------------------

    void user(UserId id)
    {
        const auto link = links_.find(id);
        const Presence presence = directory_.presence(id);
        const Entitlement entitled = entitlement(view_, scope_, id);
        if (entitled.ignored()) return;     // whatever the target has of him is right
        const bool wanted = presence == Presence::present && entitled.in_scope() && directory_.enabled(id);
        if (!wanted && !link) return;
        if (!link) return differ(id, whole, "a link", "none: it was never provisioned", Quirk::What::missing);

        std::string how;
        const auto resource = read(ObjectKind::user, std::string(link->target_id), how);
        if (presence == Presence::absent) {
            // Out of scope before it was deleted: no longer managed, so nobody deletes it (entra.md 2.2).
            if (resource && link->managed) differ(id, whole, "nothing", "it is still there", Quirk::What::extra);
            return;
        }
        if (!resource) return differ(id, whole, "to be there", how, Quirk::What::missing);
        active(id, *resource, wanted);
        if (wanted) attributes(id, *resource);
    }

    void active(UserId id, const Json& resource, bool wanted)
    {
        const Json* have = find_member(resource, "active");
        // RFC 7643 4.1.1 does not require `active` to be returned.
        if (wanted && (!have || have->is_null())) return;
        if (have && have->is_boolean() && have->get<bool>() == wanted) return;
        differ(id, "active", wanted ? "true (boolean)" : "false (boolean)", shown(have), have ? Quirk::What::value : Quirk::What::missing);
    }

    void attributes(UserId id, const Json& resource)
    {
        for (std::size_t i = 0; i < user_columns.size(); ++i)
            compare(id, user_columns[i].path, paths_[i], directory_.value(id, user_columns[i].source), resource);
        // Join(" ", [givenName], [surname]) leaves out what is empty.
        std::string formatted(directory_.value(id, Attribute::given_name));
        const std::string_view family = directory_.value(id, Attribute::family_name);
        if (!formatted.empty() && !family.empty()) formatted += ' ';
        formatted += family;
        compare(id, formatted_name, AttributePath::parse(formatted_name).value(), formatted, resource);
        manager(id, resource);
    }

    void compare(ObjectRef object, std::string_view name, const AttributePath& path, std::string_view expected, const Json& resource)
    {
        if (expected.empty()) return;
        const auto values = path.find(resource);
        const Json* have = values.empty() ? nullptr : values.front();
        if (have && have->is_string()) {
            const auto& text = have->get_ref<const std::string&>();
            if (name == "externalId" ? text == expected : equal_ignoring_case(text, expected)) return;
        }
        differ(object, name, quoted(expected), shown(have), have && !have->is_null() ? Quirk::What::value : Quirk::What::missing);
    }

    void manager(UserId id, const Json& resource)
    {
        const UserId boss = directory_.manager(id);
        const auto values = AttributePath::parse(manager_path).value().find(resource);
        const Json* have = values.empty() || values.front()->is_null() ? nullptr : values.front();
        const Json* value = have && have->is_object() ? find_member(*have, "value") : have;
        const std::string got = value && value->is_string() ? value->get<std::string>() : std::string();
        if (boss == no_user) {
            if (!got.empty()) differ(id, manager_path, "nothing", shown(have), Quirk::What::extra);
            return;
        }
        // A manager who is not provisioned cannot be written; one who left stays written (entra.md 2.3).
        const auto link = links_.find(boss);
        if (!link || !entitlement(view_, scope_, boss).in_scope()) return;
        if (got != link->target_id) differ(id, manager_path, quoted(link->target_id), shown(have), got.empty() ? Quirk::What::missing : Quirk::What::value);
    }

    // --- groups ------------------------------------------------------------------------------------------------

    void group(GroupId id)
    {
        const auto link = links_.find(id);
        const Entitlement entitled = entitlement(view_, scope_, id);
        if (entitled.ignored()) return;
        const bool wanted = directory_.presence(id) == Presence::present && entitled.in_scope();
        if (!wanted && !link) return;
        if (!link) return differ(id, whole, "a link", "none: it was never provisioned", Quirk::What::missing);
        std::string how;
        const auto resource = read(ObjectKind::group, std::string(link->target_id), how);
        if (!wanted) {
            if (resource) differ(id, whole, "nothing", "it is still there", Quirk::What::extra);
            return;
        }
        if (!resource) return differ(id, whole, "to be there", how, Quirk::What::missing);
        compare(id, "displayName", AttributePath::parse("displayName").value(), directory_.display_name(id), *resource);
        compare(id, "externalId", AttributePath::parse("externalId").value(), to_string(directory_.object_id(id)), *resource);
        members(id, *resource);
    }

    void members(GroupId id, const Json& resource)
    {
        std::set<std::string> have;
        if (const Json* list = find_member(resource, "members"); list && list->is_array())
            for (const Json& member : *list)
                if (const Json* value = find_member(member, "value"); value && value->is_string()) have.insert(value->get<std::string>());
        for (const UserId user : directory_.members(id)) {
            const auto link = links_.find(user);
            const bool there = link && have.erase(std::string(link->target_id)) > 0;
            const bool wanted = entitlement(view_, scope_, user).in_scope() && directory_.enabled(user);
            if (wanted && !there) differ(id, "members", object_name(directory_, user), "not a member", Quirk::What::missing);
        }
        if (have.empty()) return;
        // Who is in the recycle bin has left the directory's groups, but nobody told the target.
        for (ObjectRef user = links_.next(ObjectKind::user, 0); user; user = links_.next(ObjectKind::user, user.index + 1)) {
            const auto link = links_.find(user);
            if (have.erase(std::string(link->target_id)) == 0 || directory_.presence(user) != Presence::present) continue;
            differ(id, "members", "no " + object_name(directory_, user), "a member", Quirk::What::extra);
        }
        for (const std::string& stranger : have) differ(id, "members", "no id " + stranger, "a member", Quirk::What::extra);
    }

    // --- differences -------------------------------------------------------------------------------------------

    void differ(ObjectRef object, std::string_view attribute, std::string expected, std::string got, Quirk::What what)
    {
        for (const Quirk& quirk : options_.quirks) {
            if (quirk.target != options_.target || (quirk.kind != ObjectKind::none && quirk.kind != object.kind)) continue;
            if (quirk.what != Quirk::What::any && quirk.what != what) continue;
            const bool prefix = quirk.attribute.ends_with('*');
            const std::string_view pattern = std::string_view(quirk.attribute).substr(0, quirk.attribute.size() - (prefix ? 1 : 0));
            if (prefix ? attribute.starts_with(pattern) : attribute == pattern) return;
        }
        if (!full()) differences_.push_back({object_name(directory_, object), std::string(attribute), std::move(expected), std::move(got)});
    }

    const Directory& directory_;
    View view_;
    const Scope& scope_;
    const LinkTable& links_;
    TargetReader& target_;
    const ReadBackOptions& options_;
    std::vector<AttributePath> paths_;
    std::unordered_map<std::string, Json> users_;
    std::vector<TargetDifference> differences_;
};

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
    return text;
}

}  // namespace

std::string describe(const TargetDifference& difference)
{
    return fmt::format("{} {}: expected {}, got {}", difference.object, difference.attribute, difference.expected, difference.got);
}

Result<std::vector<Quirk>> parse_quirks(std::string_view text, const std::string& file)
{
    std::vector<Quirk> quirks;
    Problems problems;
    for (int line = 1; !text.empty(); ++line) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view row = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (row.empty() || row.front() == '#') continue;

        std::vector<std::string_view> cells;
        for (; cells.size() < 4 && row.find('|') != std::string_view::npos; row.remove_prefix(row.find('|') + 1)) cells.push_back(trimmed(row.substr(0, row.find('|'))));
        cells.push_back(trimmed(row));
        const auto wrong = [&](std::string what) {
            problems.push_back({Severity::error, "quirk", std::move(what), "write target | user or group or * | attribute | missing, value, extra or * | why", {file, line, 1}});
        };
        if (cells.size() != 5 || cells[4].empty()) {
            wrong("a quirk has five columns, the last says why");
            continue;
        }
        static const std::map<std::string_view, ObjectKind> kinds{{"*", ObjectKind::none}, {"user", ObjectKind::user}, {"group", ObjectKind::group}};
        static const std::map<std::string_view, Quirk::What> whats{
            {"*", Quirk::What::any}, {"missing", Quirk::What::missing}, {"value", Quirk::What::value}, {"extra", Quirk::What::extra}};
        const auto kind = kinds.find(cells[1]);
        const auto what = whats.find(cells[3]);
        if (kind == kinds.end()) wrong("\"" + std::string(cells[1]) + "\" is no kind of object");
        else if (what == whats.end()) wrong("\"" + std::string(cells[3]) + "\" is no kind of difference");
        else quirks.push_back({what->second, std::string(cells[0]), kind->second, std::string(cells[2]), std::string(cells[4])});
    }
    if (!problems.empty()) return problems;
    return quirks;
}

std::vector<TargetDifference> compare_with_projection(const Directory& directory, const Scope& scope, const LinkTable& links,
                                                TargetReader& target, const ReadBackOptions& options)
{
    return ReadBack(directory, scope, links, target, options).run();
}

}  // namespace provsim
