// SPDX-License-Identifier: Apache-2.0
// The lower part of the scenario format: steps, actions, expectations.
#include "scenario_io/table.h"

#include "cycle/reset_scope.h"
#include "scenario/judge_job.h"

namespace provsim::shapes {
namespace {

using Kind = Shape::Kind;

// --- actions -----------------------------------------------------------------------------------------------------

const Shape user_ref_map{.kind = Kind::object, .name = "userRef", .expected = "a handle", .keys = {{"id", &name, "handle of the user", true}}};
const Shape user_ref{.kind = Kind::either, .expected = "a user's handle", .when_scalar = &name, .when_map = &user_ref_map};
const Shape group_ref_map{.kind = Kind::object, .name = "groupRef", .expected = "a handle", .keys = {{"group", &name, "handle of the group", true}}};
const Shape group_ref{.kind = Kind::either, .expected = "a group's handle", .when_scalar = &name, .when_map = &group_ref_map};

const Shape group_created{.kind = Kind::object, .name = "groupCreated", .expected = "a map", .keys = {
    {"id", &handle, "handle of the new group", true},
    {"displayName", &name, "the handle if not given"},
    {"members", &names, "handles"},
    {"rule", &filters(), "instead of members: whoever meets these clauses is one, as in scope.filters"},
}, .not_together = {{"members", "rule"}}};
const Shape group_members{.kind = Kind::object, .name = "groupMembers", .expected = "{ group, members }", .keys = {
    {"group", &name, "handle of the group", true},
    {"members", &names, "handles of users; group:x for a group", true},
}};
const Shape group_renamed{.kind = Kind::object, .expected = "{ group, displayName }", .keys = {
    {"group", &name, "handle of the group", true},
    {"displayName", &name, "its new name", true},
}};

const Shape push_map{.kind = Kind::object, .name = "push", .expected = "{ user } or { group, members }", .keys = {
    {"user", &name, "handle of the user"},
    {"group", &name, "handle of the group"},
    {"members", &names, "of the group: at most five (Entra: provision-on-demand)"},
}, .exactly_one = {"user", "group"}, .not_together = {{"user", "members"}}};
const Shape push{.kind = Kind::either, .expected = "user:ada, or { group, members }", .when_scalar = &name, .when_map = &push_map};

const Shape fault_type{.kind = Kind::choice, .expected = "a type of fault", .choices = {"status", "throttle", "latency", "lost_reply", "reset", "answer", "omit"}};
const Shape fault_status{.kind = Kind::integer, .name = "faultStatus", .expected = "an HTTP status from 200 to 599", .minimum = 200, .maximum = 599};
const Shape method{.kind = Kind::choice, .name = "method", .expected = "an HTTP method", .choices = {"GET", "POST", "PUT", "PATCH", "DELETE"}};
const Shape fault_match{.kind = Kind::object, .expected = "{ method, path }", .keys = {
    {"method", &method, "any if not given"},
    {"path", &name, "what the request's path begins with, such as /Users; any if not given"},
}};
const Shape fault{.kind = Kind::object, .name = "fault", .expected = "a map", .keys = {
    {"name", &name, "for fault.clear and reports; fault-1, fault-2, ... if not given"},
    {"type", &fault_type, "status, throttle and answer answer in the target's place; latency delays; lost_reply lets the target act and loses its answer; reset breaks the connection before; omit takes an attribute out of its answers", true},
    {"status", &fault_status, "what is answered: 503 if not given, 429 for throttle, 200 for answer"},
    {"times", &positive, "how often it strikes; until cleared if not given"},
    {"delay", &duration, "latency: how much later the answer comes"},
    {"body", &any, "answer: JSON, or a text that is sent as it stands; empty if not given"},
    {"attribute", &name, "omit: which, of resources or of their extensions"},
    {"retry_after", &duration, "sent as Retry-After, in whole seconds"},
    {"match", &fault_match, "which requests; all if not given"},
}};

const Shape no_keys{.kind = Kind::object, .expected = "nothing"};
const Shape job_verb{.kind = Kind::either, .expected = "nothing", .when_scalar = &nothing, .when_map = &no_keys};
const Shape reset_scope{.kind = Kind::choice, .name = "resetScope", .expected = "a word of Graph's resetScope", .choices = {ResetScope::words.begin(), ResetScope::words.end()}};
const Shape reset_scopes{.kind = Kind::list, .expected = "a list of words", .element = &reset_scope};
const Shape reset_scope_or_list{.kind = Kind::either, .expected = "a word of Graph's resetScope, or a list of them", .when_scalar = &reset_scope, .when_list = &reset_scopes};
const Shape restart_map{.kind = Kind::object, .name = "restart", .expected = "nothing, or { reset_scope }", .keys = {
    {"reset_scope", &reset_scope_or_list, "what is forgotten; Watermark, Escrows and QuarantineState if not given", false, "resetScope"},
}};
const Shape restart{.kind = Kind::either, .expected = "nothing, or { reset_scope: [Full] }", .when_scalar = &nothing, .when_map = &restart_map};

const Shape& scope_set()
{
    static const Shape shape{.kind = Kind::object, .name = "scopeSet", .expected = "a map", .keys = {
        {"mode", &scope_mode(), "from all to assigned it waits for a restart (Entra: known-issues)"},
        {"filters", &filters(), "instead of those there were; [] for none"},
        {"group_filters", &filters(), "the same for groups"},
    }};
    return shape;
}

const Shape& mappings_set()
{
    static const Shape shape{.kind = Kind::object, .name = "mappingsSet", .expected = "{ users, groups }", .keys = {
        {"users", &user_mappings(), "as provider.mappings; the default table if not given"},
        {"groups", &group_mappings(), "as provider.group_mappings; the default table if not given"},
    }};
    return shape;
}

Shape action_shape()
{
    Shape shape{.kind = Kind::object, .name = "action", .expected = "a map with one action", .keys = {
        {"user.add", &user_added(), "somebody new; not in scope before he is assigned or in an assigned group"},
        {"user.update", &user_updated(), "changes attributes; an empty value clears"},
        {"user.enable", &user_ref, "may sign in again"},
        {"user.disable", &user_ref, "may not sign in"},
        {"user.activate", &user_ref, "who is staged, pending or deactivated may sign in"},
        {"user.suspend", &user_ref, "may not sign in for a while"},
        {"user.unsuspend", &user_ref, "may sign in again"},
        {"user.expire_password", &user_ref, "must choose a new one at his next sign-in"},
        {"user.set_password", &user_ref, "has a new one"},
        {"user.lock", &user_ref, "locked out, after too many wrong passwords"},
        {"user.unlock", &user_ref, "may try again"},
        {"user.delete", &user_ref, "into the recycle bin"},
        {"user.restore", &user_ref, "out of the recycle bin"},
        {"user.purge", &user_ref, "for good"},
        {"group.create", &group_created, "a new group"},
        {"group.add", &group_members, "adds members to a group that is there"},
        {"group.remove", &group_members, "removes members"},
        {"group.rename", &group_renamed, "gives a group another name"},
        {"group.delete", &group_ref, "deletes a group"},
        {"assign", &assignment(), "to the application: user:ada or group:engineers, or { object, role, priority, values }"},
        {"unassign", &unassignment(), "takes the assignment back, or one role of it"},
        {"push", &push, "provision on demand"},
        {"fault", &fault, "from now on"},
        {"fault.clear", &name, "ends a fault by its name, or all"},
        {"job.start", &job_verb, "begins, or goes on where it was stopped or paused; lifts a quarantine"},
        {"job.stop", &job_verb, "lets the running cycle finish; no other follows until it is started"},
        {"job.pause", &job_verb, "stops between two objects; goes on there when it is started"},
        {"job.restart", &restart, "forgets watermarks and what was held back: the next cycle is initial"},
        {"target.delete", &name, "somebody else deletes in the target what user:ada or group:engineers is known as there"},
        {"job.allow_deletes", &job_verb, "a restart with ForceDeletes: sends the disables and deletions that were held back"},
        {"scope.set", &scope_set(), "another scope; the next cycle is initial"},
        {"mappings.set", &mappings_set(), "other attribute mappings; the next cycle is initial"},
        {"mappings.restore", &job_verb, "the default mappings, and no scoping filters; the next cycle is initial"},
        {"settings.set", &settings(), "other settings of the provider, from now on"},
        {"note", &text, "a line in the report"},
    }};
    for (FormatKey& key : vendor_actions()) shape.keys.push_back(std::move(key));
    shape.what_keys_are = "action";
    for (const FormatKey& key : shape.keys) shape.exactly_one.push_back(key.name);
    shape.keys.push_back({"provider", &only_under(), "done under these providers alone"});
    return shape;
}

const Shape& action()
{
    static const Shape shape = action_shape();
    return shape;
}

// --- expectations ------------------------------------------------------------------------------------------------

const Shape value_type{.kind = Kind::choice, .expected = "a JSON type", .choices = {"string", "number", "boolean", "object", "list", "null"}};
const Shape any_list{.kind = Kind::list, .expected = "a list", .element = &any};

// The operators of a matcher where nothing but an operator makes sense. (Inside `has`, `body` and `query` a map may also
// mean "contains these keys", so there the evaluator decides.)
Shape operators_shape(const Shape* self)
{
    return {.kind = Kind::object, .name = "operators", .expected = "a map of operators", .keys = {
        {"eq", &any, "equal"},
        {"ne", &any, "not equal"},
        {"lt", &any, "less than"},
        {"lte", &any, "at most"},
        {"gt", &any, "more than"},
        {"gte", &any, "at least"},
        {"in", &any_list, "one of these"},
        {"nin", &any_list, "none of these"},
        {"match", &name, "a regular expression; anchored only if written so"},
        {"contains", &any, "a part of the text, or an element of the list"},
        {"startsWith", &name, "begins with"},
        {"endsWith", &name, "ends with"},
        {"exists", &boolean, "there is a value"},
        {"type", &value_type, "of JSON"},
        {"count", &any, "how many elements"},
        {"not", self, "does not fit"},
    }, .what_keys_are = "operator"};
}

// Matcher and operators refer to each other (through `not`), so they are tied together by hand.
struct Knot {
    Shape matcher{.kind = Kind::either, .name = "matcher", .expected = "a value, or operators such as { gte: 2 }", .when_scalar = &scalar};
    Shape operators = operators_shape(&matcher);
    Knot() { matcher.when_map = &operators; }
};

const Knot& knot()
{
    static const Knot tied;
    return tied;
}

const Shape& matcher() { return knot().matcher; }
const Shape& operators() { return knot().operators; }

const Shape how_many_number{.kind = Kind::integer, .expected = "a whole number from 0 on"};
const Shape& how_many()
{
    static const Shape shape{.kind = Kind::either, .name = "howMany", .expected = "a whole number, or operators such as { gte: 2 }", .when_scalar = &how_many_number, .when_map = &operators()};
    return shape;
}

const Shape since{.kind = Kind::choice, .name = "since", .expected = "step or start", .choices = {"step", "start"}};
const Shape has{.kind = Kind::map, .expected = "a map of SCIM attribute paths to values", .element = &any};
const Shape members_map{.kind = Kind::object, .expected = "a map", .keys = {
    {"exactly", &names, "these and nobody else"},
    {"include", &names, "these, and maybe more"},
    {"exclude", &names, "none of these"},
}};
const Shape members{.kind = Kind::either, .expected = "a list of handles, or { exactly, include, exclude }", .when_list = &names, .when_map = &members_map};

const Shape target{.kind = Kind::object, .name = "targetExpectation", .expected = "a map", .keys = {
    {"user", &name, "handle"},
    {"group", &name, "handle"},
    {"exists", &boolean, "is it there"},
    {"has", &has, "SCIM attribute paths (or JSON pointers, with a slash) and what they hold"},
    {"members", &members, "of the group"},
}, .exactly_one = {"user", "group"}, .not_together = {{"user", "members"}}};

std::vector<FormatKey> exchange_keys()
{
    return {
        {"method", &matcher(), "of the request"},
        {"path", &matcher(), "below the target's base URL, such as /Users"},
        {"query", &any, "its parameters, decoded"},
        {"status", &matcher(), "of the answer: 201, 2xx"},
        {"body", &any, "of the request"},
    };
}

Shape traffic_shape()
{
    Shape shape{.kind = Kind::object, .name = "trafficExpectation", .expected = "a map", .keys = exchange_keys()};
    shape.keys.insert(shape.keys.begin(), {"since", &since, "the step's beginning (if not given) or the run's start"});
    shape.keys.push_back({"count", &how_many(), "how many fit; at least one if not given"});
    shape.keys.push_back({"writes", &how_many(), "how many POST, PUT, PATCH and DELETE there were"});
    return shape;
}

const Shape& sequence()
{
    static const Shape exchange{.kind = Kind::object, .name = "exchange", .expected = "a map such as { method: POST, path: /Users }", .keys = exchange_keys()};
    static const Shape exchanges{.kind = Kind::list, .expected = "a list of exchanges", .element = &exchange};
    static const Shape map{.kind = Kind::object, .name = "sequenceExpectation", .expected = "{ since, exact, steps }", .keys = {
        {"since", &since, "the step's beginning (if not given) or the run's start"},
        {"exact", &boolean, "nothing else was sent from the first of them to the last; false if not given"},
        {"steps", &exchanges, "what was sent, in this order", true},
    }};
    static const Shape shape{.kind = Kind::either, .expected = "a list of exchanges, or { since, exact, steps }", .when_list = &exchanges, .when_map = &map};
    return shape;
}

Shape log_shape()
{
    return {.kind = Kind::object, .name = "logExpectation", .expected = "a map", .keys = {
        {"since", &since, "the step's beginning (if not given) or the run's start"},
        {"identity", &name, "user:ada"},
        {"action", &matcher(), "create, update, delete, disable, other, stagedDelete"},
        {"status", &matcher(), "success, failure, skipped, warning"},
        {"reason", &matcher(), "error code or skip reason in the vendor's words"},
        {"detail", &matcher(), "the sentence that explains it"},
        {"count", &how_many(), "how many entries fit; at least one if not given"},
    }};
}

const Shape effect{.kind = Kind::choice, .expected = "an effect", .choices = {"exists", "attribute", "member", "inactive", "gone"}};
const Shape by{.kind = Kind::choice, .expected = "user-cycle, group-cycle or on-demand", .choices = {"user-cycle", "group-cycle", "on-demand"}};
const Shape propagated{.kind = Kind::object, .name = "propagatedExpectation", .expected = "a map", .keys = {
    {"change", &name, "leaver.1 (first action of step leaver), or user.disable ada where only one fits", true},
    {"effect", &effect, "what must show in the target; what the action is about if not given"},
    {"within", &duration, "of virtual time from the change", true},
    {"by", &by, "what must have delivered it; anything if not given"},
}};

Shape job_shape()
{
    Shape shape{.kind = Kind::object, .name = "jobExpectation", .expected = "a map"};
    for (const JobFact& fact : job_facts())
        shape.keys.push_back({fact.name, fact.kind == JobFactKind::number ? &how_many() : &matcher(), std::string(fact.about) + (fact.kind == JobFactKind::time ? "; a time, or a duration since clock.start" : "")});
    return shape;
}

Shape expectation_shape()
{
    static const Shape job = job_shape();
    static const Shape traffic = traffic_shape();
    static const Shape log = log_shape();
    return {.kind = Kind::object, .name = "expectation", .expected = "a map with one expectation", .keys = {
        {"name", &name, "for reports"},
        {"target", &target, "the application's state, read back over SCIM"},
        {"traffic", &traffic, "what was sent and answered"},
        {"sequence", &sequence(), "the order in which it was sent; other requests may lie between"},
        {"log", &log, "the provisioning log"},
        {"propagated", &propagated, "time from a change to its effect in the target"},
        {"job", &job, "the provisioning job as it stands"},
        {"provider", &only_under(), "expected under these providers alone"},
    }, .exactly_one = {"target", "traffic", "sequence", "log", "propagated", "job"}, .what_keys_are = "expectation"};
}

const Shape until_word{.kind = Kind::choice, .expected = "user-cycle-end, group-cycle-end or quiet", .choices = {"user-cycle-end", "group-cycle-end", "quiet"}};
const Shape until_map{.kind = Kind::object, .expected = "{ propagated, within }", .keys = {
    {"propagated", &name, "a change, as in the expectation of that name", true},
    {"within", &duration, "give up after; 24h if not given"},
}};
const Shape until{.kind = Kind::either, .expected = "user-cycle-end, group-cycle-end, quiet or { propagated, within }", .when_scalar = &until_word, .when_map = &until_map};

Shape step_shape()
{
    static const Shape actions{.kind = Kind::list, .expected = "a list of actions", .element = &action()};
    return {.kind = Kind::object, .name = "step", .expected = "a map", .keys = {
        {"id", &name, "a word, for leaver.1 and for choosing steps; step-1, step-2, ... if not given"},
        {"name", &name, "a sentence for reports"},
        {"at", &duration, "virtual time since clock.start"},
        {"after", &duration, "virtual time since the previous step ended; neither: at once"},
        {"do", &actions, "what happens, in one instant, in this order"},
        {"until", &until, "how far the clock runs before expectations are judged"},
        {"expect", &expectations(), "what must hold then"},
        {"pause", &text, "a trainer's note"},
        {"provider", &only_under(), "part of the story under these providers alone"},
    }, .not_together = {{"at", "after"}}, .free_keys = true};
}

}  // namespace

const Shape& expectations()
{
    static const Shape one = expectation_shape();
    static const Shape shape{.kind = Kind::list, .expected = "a list of expectations", .element = &one};
    return shape;
}

const Shape& timeline()
{
    static const Shape step = step_shape();
    static const Shape shape{.kind = Kind::list, .expected = "a list of steps", .element = &step};
    return shape;
}

}  // namespace provsim::shapes
