// SPDX-License-Identifier: Apache-2.0
// A provider of no vendor: what RFC 7643 and RFC 7644 say of a client, with watermarks and cycles, and no habits of its own.
// It is also the pattern for another flavour: this file, its lines in registry.cpp and flavours.h, its folder of transcripts.
//
// The behaviour, row by row. A row without a source is assumed.
//
//  probe      Each run first asks for /ServiceProviderConfig. No answer, an error or no JSON ends the run.             RFC 7644 4
//  update     PATCH or PUT, as the setting says, or as the target does: patch.supported.                 RFC 7643 5, RFC 7644 3.5
//  cycles     Users and groups every 40 minutes: what changed since the watermark; everything in scope in an initial cycle.
//  match      By userName or displayName, one filter with eq. None: POST; one: linked; several: a failure.  RFC 7644 3.4.2.2, 3.3
//  linked     GET by id, then what differs. Case counts. An answer 404 unlinks: the object is matched again.       RFC 7644 3.4.1
//  patch      One operation an attribute: replace with its path, remove for what has no value; elements of a type that the
//             target lacks are added to their list.                                                    RFC 7644 3.5.2.1 to 3.5.2.3
//  put        The resource as it was read, mapped attributes in their places, without what is the target's own
//             (id, meta, groups).                                                                       RFC 7644 3.5.1, RFC 7643 3.1
//  created    Only who is in scope and enabled.
//  disabled   Who may not sign in, left the scope or is in the recycle bin: active false; who left the scope is then let go.
//  deleted    Users gone for good, groups that are gone or out of scope: DELETE. 404 is as good.                     RFC 7644 3.6
//  manager    One of the attributes, by the target's id. One who is not there yet is written behind all users.     RFC 7643 4.3
//  members    Of one group, up to members_per_request in a PATCH: one add, and a remove with a filter each; a group that is to be
//             put back, or loses somebody, is read first. Who is not there yet comes in a later cycle.  RFC 7644 3.5.2.1, 3.5.2.2, 3.12
//  failures   Of one object: again in the next cycle, then less and less often. 401, 403: the run ends. 429 and 503 with
//             Retry-After: again then, five times at most.                                        RFC 7644 3.12, RFC 9110 10.2.3
//  mapping    The tables below with a scenario's rows on top: bare names of the directory's attributes, and constants.
#include "connectors/briefs.h"
#include "connectors/flavours.h"
#include "connectors/member_bodies.h"
#include "connectors/plain_mapping.h"
#include "connectors/planning.h"
#include "connectors/requests.h"
#include "connectors/resource_tree.h"
#include "model/scim/urns.h"

#include <fmt/format.h>

#include <algorithm>

namespace provsim {
namespace {

constexpr Duration cycle = minutes{40}, request_timeout = seconds{60};
constexpr unsigned most_attempts = 6, most_in_flight = 4;
constexpr std::string_view content_type = "application/scim+json";
constexpr std::string_view documented = "documented", assumed = "assumed", by_us = "no RFC says; chosen for provsim";

constexpr std::string_view update_choices[] = {"auto", "patch", "put"};
constexpr SettingRule rules[] = {
    {"update", "auto", update_choices, 0, 0, "how resources are changed; auto: by PATCH if the target's ServiceProviderConfig supports it, else by PUT",
     "documented", "RFC 7644 3.5; RFC 7643 5"},
    {"members_per_request", "100", {}, 1, 1000, "member changes of one group that go into one request", "assumed", "RFC 7644 3.5.2 sets no limit"},
};

// --- attribute mappings ------------------------------------------------------------------------------------------

constexpr PlainSource user_rows[] = {    // RFC 7643 4.1, 4.3
    {"userName", "userName"}, {"externalId", "objectId"}, {"active", "active"}, {"displayName", "displayName"}, {"title", "title"},
    {"preferredLanguage", "preferredLanguage"}, {"name.givenName", "givenName"}, {"name.familyName", "familyName"},
    {"emails[type eq \"work\"].value", "mail"}, {"phoneNumbers[type eq \"work\"].value", "phone"},
    {"phoneNumbers[type eq \"mobile\"].value", "mobile"}, {"phoneNumbers[type eq \"fax\"].value", "fax"},
    {"addresses[type eq \"work\"].streetAddress", "street"}, {"addresses[type eq \"work\"].locality", "city"},
    {"addresses[type eq \"work\"].region", "region"}, {"addresses[type eq \"work\"].postalCode", "postalCode"},
    {"addresses[type eq \"work\"].country", "country"},
    {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber", "employeeId"},
    {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:organization", "company"},
    {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", "department"},
    {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value", "manager"},
};
constexpr PlainSource group_rows[] = {{"displayName", "displayName"}, {"externalId", "objectId"}};     // RFC 7643 4.2

// --- the connector -----------------------------------------------------------------------------------------------

std::string_view code_of(const Reply& reply) noexcept
{
    if (!reply.arrived()) return "Unreachable";
    if (reply.status == 404) return "NotFound";
    if (reply.status == 409) return "Conflict";
    if (reply.status == 429) return "TooManyRequests";
    return reply.status >= 500 ? "TargetError" : "Rejected";
}

class GenericConnector final : public Connector {
public:
    GenericConnector(const ProviderConfig& config, PlainTable users, PlainTable groups)
        : update_(config.settings.text("update")), users_(std::move(users)), groups_(std::move(groups)),
          shape_{{{Action::test_connection, {}, {}}}, config.mappings.groups.enabled},
          traits_{"generic", most_in_flight, 1, request_timeout, static_cast<unsigned>(config.settings.number("members_per_request")), true}
    {
    }

    const Traits& traits() const noexcept override { return traits_; }

    std::unique_ptr<TaskCursor> plan(const Trigger& trigger, const World& world) const override
    {
        if (const auto* push = std::get_if<Push>(&trigger)) return plan_push(shape_, *push, world);
        return plan_cycle(shape_, std::get<CycleDue>(trigger), world);
    }

    Brief brief(const Task& task, const World& world, Start start) const override
    {
        Brief brief = begin_brief(task, world, std::move(start));
        brief.memo = world.remembered;      // what the probe found
        if (is_membership(task)) {
            // One that is not as the task has it any more leaves `other` empty.
            const bool add = task.action == Action::add_member;
            if (world.directory.is_member(task.object.group(), task.other.user()) == add) take_other(brief, world, task.other.user());
            return brief;
        }
        if (task.object.is_user())
            if (const UserId manager = world.directory.manager(task.object.user()); manager != no_user) take_other(brief, world, manager);
        if (task.object) take_plain_values(brief, table(brief), world.directory);
        return brief;
    }

    Move next_move(const Brief& brief, Transcript heard) const override
    {
        if (!brief.task.object) return probe(heard);
        return is_membership(brief.task) ? change_members(brief, heard) : provision(brief, heard);
    }

    Verdict judge(const Brief& brief, const Ask& ask, const Reply& reply, Attempt attempt) const override
    {
        if (attempt.number < most_attempts)
            if (const auto wait = retry_after(reply)) return RetryAfter{*wait};
        const bool probes = ask.intent == Intent::probe;
        const auto lacks = lacking(ask, reply);
        if (reply.success() && (probes ? reply.document.filled() : lacks.empty())) return Accept{};
        // What is gone needs no deleting; a link that leads nowhere is the conversation's to see to.
        const bool by_id = ask.intent == Intent::read && !is_membership(brief.task);
        if (reply.status == 404 && (by_id || ask.intent == Intent::delete_)) return Accept{};
        const auto detail = reply.error_text();
        std::string said = fmt::format("{} {}: {}{}{}", to_string(ask.request.method), ask.request.target,
                                       reply.arrived() ? fmt::format("answered {}", reply.status) : "no answer", detail.empty() ? "" : ": ", detail);
        if (reply.status == 401 || reply.status == 403) return HaltCycle{"Unauthorized", said + "; the token is not accepted, or has no right to this"};
        if (probes && (reply.success() || reply.status == 404)) return HaltCycle{"NotScim", said + "; is the base URL right? A ServiceProviderConfig was expected"};
        if (probes) return HaltCycle{code_of(reply), std::move(said)};
        if (reply.success()) return Escrow{"InvalidAnswer", said + "; " + std::string(lacks)};
        return Escrow{code_of(reply), std::move(said)};
    }

private:
    const PlainTable& table(const Brief& brief) const { return brief.task.object.is_group() ? groups_ : users_; }
    bool puts(const Brief& brief) const { return update_ == "put" || (update_ == "auto" && brief.memo == "put"); }

    Ask ask(Method method, Intent intent, std::string target) const
    {
        Ask made;
        made.intent = intent;
        made.request = {method, std::move(target), method == Method::get || method == Method::delete_ ? &read_headers_ : &write_headers_, {}};
        return made;
    }
    Ask ask(Method method, Intent intent, const Brief& brief, std::string_view id) const
    {
        Ask made = ask(method, intent, {});
        made.id_in_path = append_resource_path(made.request.target, brief.task.object.is_group() ? "/Groups" : "/Users", id, brief.task.object);
        return made;
    }

    // A group's members are wanted only if they are to be put back or changed (RFC 7644 3.9).
    Ask read(const Brief& brief) const
    {
        Ask made = ask(Method::get, Intent::read, brief, *brief.link);
        if (brief.task.object.is_group() && !is_membership(brief.task) && !puts(brief)) made.request.target += "?excludedAttributes=members";
        return made;
    }

    Move probe(Transcript heard) const
    {
        const Reply* found = heard.next();
        if (!found) return ask(Method::get, Intent::probe, "/ServiceProviderConfig");
        const auto patch = found->document.filled() ? member(found->document.root(), "patch") : std::nullopt;
        const auto supported = patch ? member(*patch, "supported") : std::nullopt;
        return Done{{}, {Remember{supported && supported->is_bool() && bool(*supported) ? "patch" : "put"}}};
    }

    Move provision(const Brief& brief, Transcript heard) const
    {
        const bool in_scope = brief.entitlement.in_scope(), wanted = in_scope && brief.enabled;
        if (brief.held_by) return fail("DuplicateSource", brief, " is found as what another object of the directory is already");
        if (!brief.link) return wanted ? find(brief, heard) : left_alone(brief);
        if (brief.entitlement.ignored()) return left_alone(brief);
        if (brief.task.object.is_group() ? !in_scope : brief.presence == Presence::absent) return remove(brief, heard);
        if (!in_scope && !brief.managed) return left_alone(brief);
        const Reply* read = heard.next();
        if (!read) return this->read(brief);
        if (read->status != 404) return read->document.filled() ? keep(brief, *brief.link, read->document.root(), heard) : unreadable(brief);
        Move move = wanted ? find(brief, heard) : skip("NotInScope", brief, " is not in the target any more, and needs not be");
        if (auto* done = std::get_if<Done>(&move)) done->effects.emplace(done->effects.begin(), Unlink{});
        return move;
    }

    static Done skip(std::string_view code, const Brief& brief, std::string_view why) { return skipped(code, quoted_name(brief).append(why)); }
    static Done fail(std::string_view code, const Brief& brief, std::string_view why) { return failed(LoggedAction::other, code, quoted_name(brief).append(why)); }
    static Done unreadable(const Brief& brief) { return fail("InvalidAnswer", brief, ": the target's answer is no SCIM resource or list"); }
    static Done left_alone(const Brief& brief)
    {
        const bool filtered = brief.entitlement.ignored() || brief.entitlement.reason == ScopeReason::filtered_out;
        if (filtered) return skip("NotInScope", brief, " does not pass " + describe(brief.entitlement.filter));
        return skip("NotInScope", brief, brief.entitlement.in_scope() ? " is disabled, and nobody is created disabled" : " is not in scope");
    }

    // Nobody is linked yet.
    Move find(const Brief& brief, Transcript heard) const
    {
        const std::string_view name = wanted_value(brief, 0), attribute = table(brief).front().path.text;
        if (name.empty()) return skip("NoMatchingValue", brief, fmt::format(" has no {}", attribute));
        const Reply* found = heard.next();
        if (!found) {
            Ask match = ask(Method::get, Intent::match, brief.task.object.is_group() ? "/Groups?filter=" : "/Users?filter=");
            append_equals(match.request.target, attribute, name);
            match.matching = attribute;
            return match;
        }
        const auto list = found->list();
        if (!list) return unreadable(brief);
        if (list->total_results > 1 || list->resources.size() > 1)
            return fail("AmbiguousMatch", brief, ": several resources of the target match, so that none is written");
        if (!list->resources.empty()) {
            const auto id = string_member(list->resources.front(), "id").value_or(std::string_view{});
            return id.empty() ? unreadable(brief) : keep(brief, id, list->resources.front(), heard);
        }
        const Reply* created = heard.next();
        if (!created) return create(brief);
        if (created->id().empty()) return unreadable(brief);
        return settled(brief, created->id(), succeeded(LoggedAction::create, quoted_name(brief) + " was created"));
    }

    // `resource`: the target's, as just read.
    Move keep(const Brief& brief, std::string_view id, json::element resource, Transcript heard) const
    {
        ResourceTree tree = ResourceTree::copy(resource);
        const PlainTable& mapping = table(brief);
        auto rows = plain_differences(brief, mapping, tree);
        // Of who is out of scope, only that he is.
        std::erase_if(rows, [&](std::size_t i) {
            if (!brief.entitlement.in_scope()) return mapping[i].from != PlainRow::From::active;
            return mapping[i].from == PlainRow::From::manager && manager_to_come(brief);
        });
        if (rows.empty()) return settled(brief, id, skip("Unchanged", brief, " is the same in the target"));
        const bool disables = std::any_of(rows.begin(), rows.end(), [&](std::size_t i) {
            return mapping[i].from == PlainRow::From::active && wanted_value(brief, i) == "false";
        });
        if (heard.next()) {
            auto modified = plain_modified(brief, mapping, tree, rows);
            if (disables) return settled(brief, id, succeeded(LoggedAction::disable, quoted_name(brief) + " was disabled", std::move(modified)));
            return settled(brief, id, succeeded(LoggedAction::update, quoted_name(brief) + " was updated", std::move(modified)));
        }
        Ask update = ask(puts(brief) ? Method::put : Method::patch, disables ? Intent::disable : Intent::update, brief, id);
        if (puts(brief)) {
            for (const std::size_t i : rows) place(tree, mapping[i], wanted_value(brief, i));
            write_put(update, brief, std::move(tree));
        } else {
            update.request.body = plain_patch(brief, mapping, tree, rows);
        }
        if (brief.link != id) update.claims = id;
        if (brief.other_link) mark_id(update, *brief.other_link, brief.other);
        return update;
    }

    bool manager_to_come(const Brief& brief) const noexcept
    {
        const bool mapped = std::any_of(users_.begin(), users_.end(), [](const PlainRow& row) { return row.from == PlainRow::From::manager; });
        return mapped && brief.task.object.is_user() && brief.entitlement.in_scope() && brief.other && !brief.other_link && brief.other_in_scope;
    }

    // The target is as the source says. Who left the scope is let go; who lies in the recycle bin is still to be deleted.
    Done settled(const Brief& brief, std::string_view id, Done done) const
    {
        const bool managed = brief.entitlement.in_scope() || brief.presence == Presence::soft_deleted;
        if (brief.link != id || brief.managed != managed) done.effects.emplace_back(LinkTo{std::string(id), managed});
        if (!manager_to_come(brief) || brief.on_demand) return done;
        const Task again{Action::set_manager, brief.task.object, {}};       // once all users are there
        if (brief.task == again) done.effects.emplace_back(Defer{});
        else done.effects.emplace_back(Spawn{again, Phase::managers, {}});
        return done;
    }

    Move remove(const Brief& brief, Transcript heard) const
    {
        const Reply* deleted = heard.next();
        if (!deleted) return ask(Method::delete_, Intent::delete_, brief, *brief.link);
        Done done = succeeded(LoggedAction::delete_, quoted_name(brief) + (deleted->status == 404 ? " was gone from the target already" : " was deleted"));
        done.effects.emplace_back(Unlink{});
        return done;
    }

    Ask create(const Brief& brief) const
    {
        Ask made = ask(Method::post, Intent::create, brief.task.object.is_group() ? "/Groups" : "/Users");
        ResourceTree resource = ResourceTree::object();
        resource.declare(brief.task.object.is_group() ? urn::group : urn::user);
        for (std::size_t i = 0; i < table(brief).size(); ++i) place(resource, table(brief)[i], wanted_value(brief, i));
        made.request.body = resource.dump();
        if (brief.other_link) mark_id(made, *brief.other_link, brief.other);
        return made;
    }

    Move change_members(const Brief& brief, Transcript heard) const
    {
        const bool add = brief.task.action == Action::add_member;
        if (!brief.other) return skip("Outdated", brief, (add ? ": the user is no longer a member" : ": the user is a member again"));
        if (!brief.entitlement.in_scope()) return left_alone(brief);
        if (!brief.link || !brief.other_link) {
            Done done = skip("NotYetThere", brief, (brief.link ? ": the member is not in the target" : " is not in the target, nor are its members"));
            if (add && !brief.on_demand && (!brief.link || brief.other_in_scope)) done.effects.emplace_back(Defer{});
            return done;
        }
        Ask write = ask(puts(brief) ? Method::put : Method::patch, Intent::member, brief, *brief.link);
        if (puts(brief) || removes_members(brief)) {
            const Reply* read = heard.next();
            if (!read) return this->read(brief);
            if (!read->document.filled()) return unreadable(brief);
            const ResourceTree group = ResourceTree::copy(read->document.root());
            if (!(puts(brief) ? write_put(write, brief, group) : write_members_patch(write, brief, &group)))
                return skip("Unchanged", brief, ": its members are the same in the target");
        } else {
            write_members_patch(write, brief, nullptr);
        }
        if (!heard.next()) return write;
        const std::string& id = *brief.other_link;
        if (add) return succeeded(LoggedAction::update, quoted_name(brief) + ": a member was added", {{"members", "", id}});
        return succeeded(LoggedAction::update, quoted_name(brief) + ": a member was removed", {{"members", id, ""}});
    }

    std::string update_;
    PlainTable users_, groups_;
    CycleShape shape_;
    Traits traits_;
    Headers read_headers_{{"Accept", std::string(content_type)}};
    Headers write_headers_{{"Content-Type", std::string(content_type)}, {"Accept", std::string(content_type)}};
};

Result<std::unique_ptr<Connector>> make_generic(const ProviderConfig& config)
{
    auto users = compile_plain(user_rows, config.mappings.users, config.directory, ObjectKind::user);
    auto groups = compile_plain(group_rows, config.mappings.groups, config.directory, ObjectKind::group);
    if (!users) return users.problems();
    if (!groups) return groups.problems();
    std::unique_ptr<Connector> made = std::make_unique<GenericConnector>(config, std::move(users).value(), std::move(groups).value());
    return made;
}

// --- what `profile show` and the log's readers are told ----------------------------------------------------------

std::span<const Fact> facts()
{
    static const Fact all[] = {
        {"job", "user-cycle", format_duration(cycle), "From one cycle of users to the next.", assumed, by_us},
        {"job", "group-cycle", format_duration(cycle), "From one cycle of groups to the next; due together, they are one cycle.", assumed, by_us},
        {"job", "request-timeout", format_duration(request_timeout), "How long an answer is waited for.", assumed, by_us},
        {"job", "retry-after-attempts", fmt::format("{} attempts", most_attempts), "Of one request that is answered 429 or 503 with Retry-After.", assumed, "RFC 9110 10.2.3"},
        {"job", "failed-object", "next cycle, then doubling, at most 24 h", "When an object that failed is tried again.", assumed, by_us},
        {"job", "halted-by", "401, 403 or a failed probe", "Ends the run: whatever else it sent would fail as well.", assumed, by_us},
        {"scope", "created", "in scope and enabled", "Others are not even looked for.", assumed, by_us},
        {"scope", "disabled", "active false", "Who may not sign in, left the scope or can still be restored. Who left the scope is then let go.", documented, "RFC 7643 4.1.1"},
        {"scope", "deleted", "DELETE", "Users gone for good; groups that are gone or out of scope.", documented, "RFC 7644 3.6"},
        {"matching", "probe", "GET /ServiceProviderConfig", "The first request of each run; it tells PATCH or PUT as well.", documented, "RFC 7644 4"},
        {"matching", "match-by-name", "userName eq, displayName eq", "One query for who is not linked; several hits are a failure.", documented, "RFC 7644 3.4.2.2"},
        {"matching", "linked-by-id", "GET /Users/{id}", "The answer is compared, letter by letter; 404 unlinks, and the object is matched again.", documented, "RFC 7644 3.4.1"},
        {"matching", "mapping", "bare attribute names, constants", "A scenario's rows replace those of the same target; there are no expressions.", assumed, by_us},
        {"wire", "content-type", std::string(content_type), "Of requests and as Accept.", documented, "RFC 7644 3.1"},
        {"wire", "patch", "an operation an attribute", "replace or remove with its path; an element of a type that is not there is added to its list.", documented, "RFC 7644 3.5.2"},
        {"wire", "put", "the resource as it was read", "With what differs; without id, meta and groups, which are the target's.", documented, "RFC 7644 3.5.1"},
        {"references", "manager", "one of the attributes", "One who is to come is written behind all users, or in a later cycle.", documented, "RFC 7643 4.3"},
        {"references", "members", "add, and remove by a filter each", "All of one group that fit into a request; with PUT the whole group.", documented, "RFC 7644 3.5.2.1"},
        {"references", "recreated-group", "without its members until a restart", "An initial cycle adds every member; later ones follow the changes.", assumed, by_us},
    };
    return all;
}

constexpr std::string_view theirs = "nonServiceFailure", next = "next cycle", change = "when the object changes";
constexpr CodeKind skip = CodeKind::skip, error = CodeKind::error;
constexpr CodeNote codes[] = {
    {"Unchanged", skip, "The target is as the directory says already.", "Nothing to do.", "", change, assumed, by_us},
    {"NotInScope", skip, "The object is not in scope, or disabled.", "Assign it, enable it, or look at the scoping filters.", "", change, assumed, by_us},
    {"NoMatchingValue", skip, "The object has no value to be found by.", "Give it one in the directory.", "", change, assumed, by_us},
    {"NotYetThere", skip, "A group or its member is not in the target yet.", "See whether it is in scope, and why it failed.", "", next, assumed, by_us},
    {"Outdated", skip, "The membership has changed again meanwhile.", "Nothing to do.", "", change, assumed, by_us},
    {"AmbiguousMatch", error, "Several resources of the target have the name.", "Leave one of them.", theirs, next, assumed, by_us},
    {"DuplicateSource", error, "Two objects of the directory are one in the target.", "Correct the name of one.", theirs, next, assumed, by_us},
    {"InvalidAnswer", error, "The target's answer is no SCIM resource or list.", "Compare it with RFC 7644 3.", theirs, next, documented, "RFC 7644 3.4"},
    {"NotScim", error, "There is no ServiceProviderConfig at the base URL.", "Correct the base URL.", theirs, next, documented, "RFC 7644 4"},
    {"Unauthorized", error, "The target does not accept the token.", "Renew it, or give it the right to users and groups.", theirs, next, documented, "RFC 7644 3.12"},
    {"NotFound", error, "The target has no such resource or endpoint.", "Restart provisioning, so that it is matched again.", theirs, next, documented, "RFC 7644 3.12"},
    {"Conflict", error, "A value is taken already in the target.", "Correct it on either side.", theirs, next, documented, "RFC 7644 3.3"},
    {"TooManyRequests", error, "The target wants fewer requests.", "Raise its limit.", theirs, next, documented, "RFC 6585 4"},
    {"TargetError", error, "The target failed at the request.", "Look into its own log.", theirs, next, documented, "RFC 7644 3.12"},
    {"Rejected", error, "The target refused the request.", "Read its answer in the entry.", theirs, next, documented, "RFC 7644 3.12"},
    {"Unreachable", error, "The target did not answer.", "See that it runs and can be reached.", theirs, next, assumed, by_us},
};

}  // namespace

Flavour generic_flavour() noexcept
{
    return {"generic", "Generic SCIM 2.0", rules, make_generic, cycle, cycle, facts(), nullptr, codes, nullptr};
}

}  // namespace provsim
