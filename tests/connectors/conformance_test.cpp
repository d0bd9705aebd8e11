// SPDX-License-Identifier: Apache-2.0
// What every flavour must do, whatever it hears.
#include "tests/catch.h"
#include "tests/connectors/world_text.h"

#include <algorithm>
#include <deque>
#include <set>

namespace provsim::test {
namespace {

// Somebody in each state that matters, with and without links.
const std::vector<std::string> everybody = {
    "user boss", "  userName boss@x", "user ada", "  userName ada@x", "  displayName Ada", "  title Analyst", "  mail ada@x", "  employeeId 1",
    "user out", "  userName out@x", "user off", "  userName off@x", "  disabled", "user bin", "  userName bin@x", "user gone", "  userName gone@x",
    "user stray", "  userName stray@x", "user nameless", "group team Team", "group idle Idle", "group old Old", "manager user:ada user:boss",
    "manager user:off user:out", "member group:team user:ada", "member group:team user:off", "member group:idle user:out", "assign user:boss",
    "assign user:nameless", "assign user:bin", "assign user:gone", "assign group:team", "link user:off t-off", "link user:bin t-bin", "link user:gone t-gone",
    "link user:stray t-stray", "link group:old t-old", "soft_delete user:bin", "hard_delete user:gone", "delete group:old",
    "filter users department IS NULL", "user left", "  userName left@x", "  department X", "assign user:left", "filter groups displayName NOT EQUALS = Hidden",
    "push group:team active", "group pushed Pushed", "push group:pushed active", "link group:pushed t-pushed", "member group:pushed user:ada", "member group:pushed user:off",
    "group hidden Hidden", "assign group:hidden", "member group:hidden user:ada", "user was", "  userName was@x", "  department X", "assign user:was", "link user:was t-was",
};

bool reacts(const Flavour& flavour)
{
    return flavour.policy && flavour.policy(Settings::check(flavour.settings, {}).value()).reacts;
}

// What can make the flavour draw tasks: everything that happens to those whose cycles look at watermarks, or to those that react.
std::vector<Trigger> every_trigger(const Flavour& flavour, const WorldText& text)
{
    const std::vector<ObjectRef> objects{ObjectRef{}, UserId{0}, GroupId{0}};
    std::vector<Trigger> all;
    if (reacts(flavour)) {
        all = {Started{}, Changes{0, text.directory.changes().head()}};
        for (unsigned verb = 0; verb <= static_cast<unsigned>(AdminVerb::resync_group); ++verb)
            for (const ObjectRef object : objects) all.push_back(AdminAct{static_cast<AdminVerb>(verb), object});
        return all;
    }
    const std::vector<Task> again{{Action::set_manager, text.object("user:out"), {}}};      // whom no cycle looks at otherwise
    for (const auto since : {std::optional<Position>{}, std::optional<Position>{0}}) all.push_back(CycleDue{{true, since}, {true, since}, again});
    for (const ObjectRef object : objects)
        if (object) all.push_back(Push{object, {}});
    return all;
}

// Each action that the flavour plans, about everybody whom it can be about.
std::vector<Task> every_task(const Flavour& flavour, const Connector& connector, const WorldText& text)
{
    const World world = text.world();
    std::set<Action> actions{Action::provision, Action::add_member, Action::remove_member};
    for (const Trigger& trigger : every_trigger(flavour, text)) {
        const auto cursor = connector.plan(trigger, world);
        for (std::size_t phase = 0; phase < phase_count; ++phase)
            while (const auto planned = cursor->next(static_cast<Phase>(phase))) actions.insert(planned->task.action);
    }
    const std::uint32_t users = static_cast<std::uint32_t>(text.directory.user_rows()), groups = static_cast<std::uint32_t>(text.directory.group_rows());
    std::vector<Task> tasks;
    for (const Action action : actions) {
        const bool membership = is_membership({action, {}, {}}), whole = action == Action::write_members;
        const bool about_users = action == Action::provision || action == Action::set_manager || action == Action::delete_disabled;
        for (std::uint32_t u = 0; u < users && about_users; ++u) tasks.push_back({action, UserId{u}, {}});
        for (std::uint32_t g = 0; g < groups && (whole || action == Action::provision); ++g) tasks.push_back({action, GroupId{g}, {}});
        for (std::uint32_t g = 0; g < groups && membership; ++g)
            for (std::uint32_t u = 0; u < users; ++u) tasks.push_back({action, GroupId{g}, UserId{u}});
        if (!about_users && !whole && !membership) tasks.push_back({action, {}, {}});
    }
    return tasks;
}

// What tasks carry along is the flavour's own: what Entra saw of a manager; the pages of an import.
std::vector<std::string> memos(const Flavour& flavour)
{
    return flavour.name == "entra" ? std::vector<std::string>{"", "-", "=m-1"} : std::vector<std::string>{"", "1", "101"};
}

const std::string bodies[] = {
    "", "{", "[]", "null", "{}", "\"text\"", "<html>", "{\"id\":7}", "{\"id\":\"\"}", "{\"id\":\"x\"}", "{\"Resources\":{}}",
    "{\"totalResults\":0,\"Resources\":[]}", "{\"totalResults\":1,\"Resources\":[]}", "{\"totalResults\":1,\"Resources\":[null]}",
    "{\"totalResults\":1,\"Resources\":[{\"id\":\"t-1\"}]}", "{\"totalResults\":2,\"Resources\":[{\"id\":\"t-1\"},{\"id\":\"t-2\"}]}",
    "{\"totalResults\":-1}", "{\"totalResults\":\"many\",\"Resources\":[7,[],{}]}",
    "{\"id\":\"t-1\",\"userName\":7,\"active\":\"maybe\",\"emails\":{},\"name\":[],\"phoneNumbers\":[1,null,{\"type\":4}],\"title\":{\"a\":1}}",
    "{\"id\":\"t-1\",\"emails\":[{\"type\":\"work\"}],\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\":\"no\"}",
    "{\"id\":\"t-1\",\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\":{\"manager\":[{\"value\":\"m\"}],\"employeeNumber\":1e3}}",
    "{\"id\":\"t-1\",\"active\":null,\"displayName\":\"\\u0000\\ud83d\\ude00\",\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\":{\"manager\":{}}}",
};
const int statuses[] = {200, 200, 200, 201, 204, 301, 400, 401, 403, 404, 409, 429, 500, 503, 0, 99, 999};

Reply random_reply(const Draw& draw, std::uint64_t trial, std::uint64_t step, JsonReader& reader)
{
    if (draw.below(12, "lost", trial, step) == 0) return no_reply(static_cast<Failure>(1 + draw.below(7, "failure", trial, step)));
    Response response;
    response.status = statuses[draw.below(std::size(statuses), "status", trial, step)];
    response.body = bodies[draw.below(std::size(bodies), "body", trial, step)];
    if (draw.below(4, "cut", trial, step) == 0) response.body.resize(draw.below(response.body.size() + 1, "length", trial, step));
    if (draw.below(6, "wait", trial, step) == 0) response.headers.push_back({"retry-after", std::to_string(draw.below(100, "seconds", trial, step))});
    return read_reply(std::move(response), reader);
}

bool same_ask(const Ask& a, const Ask& b)
{
    const auto same_span = [](const IdSpan& x, const IdSpan& y) { return x.object == y.object && x.at == y.at && x.length == y.length; };
    return a.request.method == b.request.method && a.request.target == b.request.target && a.request.headers == b.request.headers
           && a.request.body == b.request.body && a.intent == b.intent && same_span(a.id_in_path, b.id_in_path) && same_span(a.id_in_body, b.id_in_body)
           && std::equal(a.more_in_body.begin(), a.more_in_body.end(), b.more_in_body.begin(), b.more_in_body.end(), same_span) && a.claims == b.claims;
}

// A request that could be sent, whatever led to it.
bool well_formed(const Ask& ask, JsonReader& reader)
{
    const auto inside = [](const IdSpan& span, const std::string& text) { return std::size_t{span.at} + span.length <= text.size(); };
    if (ask.request.target.empty() || ask.request.target[0] != '/' || ask.request.target.find_first_of(" \"\r\n") != std::string::npos) return false;
    if (!inside(ask.id_in_path, ask.request.target) || !inside(ask.id_in_body, ask.request.body)) return false;
    const IdSpan* before = &ask.id_in_body;
    for (const IdSpan& span : ask.more_in_body) {       // in order, none within another
        if (!inside(span, ask.request.body) || span.at < before->at + before->length) return false;
        before = &span;
    }
    const bool writes_body = ask.request.method == Method::post || ask.request.method == Method::patch || ask.request.method == Method::put;
    return writes_body ? reader.read(ask.request.body).has_value() : ask.request.body.empty();
}

// Every setting at its default, then each of its other choices alone.
std::vector<std::vector<SettingValue>> variants(const Flavour& flavour)
{
    std::vector<std::vector<SettingValue>> all(1);
    for (const SettingRule& rule : flavour.settings)
        for (const std::string_view choice : rule.choices)
            if (choice != rule.default_value) all.push_back({{std::string(rule.name), std::string(choice), {}}});
    return all;
}

// Whom the engine would let share the task's request.
void join_others(const Connector& connector, const World& world, const std::vector<Task>& tasks, Brief& brief)
{
    if (!is_membership(brief.task) || connector.traits().members_per_request < 2) return;
    const std::deque<Reply> nothing;
    for (const Task& task : tasks) {
        const bool fits = task.action == brief.task.action || (connector.traits().mixed_members && is_membership(task));
        if (!fits || task.object != brief.task.object || task == brief.task) continue;
        Brief other = connector.brief(task, world, {false, true, brief.why, {}, Draw(1), 1});
        if (std::holds_alternative<Ask>(connector.next_move(other, Transcript(nothing)))) brief.also.push_back(std::move(other));
    }
}

// Plays random replies to one conversation. True if it ended in the steps that any honest one takes, and those who share its request with
// it; `codes`: how it ended.
bool survives(const Connector& connector, const Brief& brief, const Draw& draw, std::uint64_t trial, bool judged, std::set<std::string>& codes)
{
    JsonReader reader;
    std::deque<Reply> heard;
    for (std::uint64_t step = 0; step < 12; ++step) {
        const Move move = connector.next_move(brief, Transcript(heard));
        const Move again = connector.next_move(brief, Transcript(heard));
        if (move.index() != again.index()) return false;
        if (const auto* done = std::get_if<Done>(&move)) {
            if (done->outcome.status == Status::success || done->outcome.status == Status::warning) {
                const auto ended = [&](const Brief& other) { return std::holds_alternative<Done>(connector.next_move(other, Transcript(heard))); };
                return std::all_of(brief.also.begin(), brief.also.end(), ended);
            }
            codes.emplace(done->outcome.code);
            return true;
        }
        const Ask& ask = std::get<Ask>(move);
        if (!same_ask(ask, std::get<Ask>(again)) || !well_formed(ask, reader)) return false;
        Reply reply = random_reply(draw, trial, step, reader);
        const Verdict verdict = connector.judge(brief, ask, reply, {});
        if (const auto* failed = std::get_if<Escrow>(&verdict)) codes.emplace(failed->code);
        if (const auto* halted = std::get_if<HaltCycle>(&verdict)) codes.emplace(halted->code);
        // What is not accepted is kept as well, half of the time: conversations must stand what no judge should let through.
        if (judged && !std::holds_alternative<Accept>(verdict)) return true;
        heard.push_back(std::move(reply));
    }
    return false;
}

}  // namespace

TEST_CASE("Whatever a target answers, a conversation ends, asks the same when asked twice, and sends nothing malformed")
{
    for (const Flavour& flavour : flavours()) {
        CAPTURE(flavour.name);
        WorldText text(everybody);
        const World world = text.world();
        const Draw draw(20260302);
        std::uint64_t trial = 0;
        std::set<std::string> codes;
        for (const auto& settings : variants(flavour)) {
            const auto connector = make_connector(flavour.name, settings);
            const auto tasks = every_task(flavour, *connector, text);
            for (const Task& task : tasks) {
                for (const std::string& memo : memos(flavour)) {
                    for (int round = 0; round < 12; ++round, ++trial) {
                        text.remembered = round % 4 == 0 ? "put" : "";
                        Brief brief = connector->brief(task, world, {round % 3 == 0, false, static_cast<std::uint32_t>(trial), memo, draw, trial});
                        if (round % 4 < 2) join_others(*connector, world, tasks, brief);
                        INFO("trial " << trial << ", task " << text_of(text.directory, task));
                        REQUIRE(survives(*connector, brief, draw, trial, round % 2 == 0, codes));
                    }
                }
            }
        }
        // Whoever reads the log finds out what each of its codes means.
        CHECK(codes.size() > 5);
        for (const std::string& code : codes) {
            CAPTURE(code);
            CHECK(find_code(flavour.codes, code));
        }
    }
}

TEST_CASE("Nothing is asked about who is neither in scope nor known to the target")
{
    for (const Flavour& flavour : flavours()) {
        CAPTURE(flavour.name);
        const WorldText text(everybody);
        const World world = text.world();
        const auto in_scope = [&](ObjectRef object) {
            return object.is_user() ? entitlement(world.directory, text.scope, object.user()).in_scope() : entitlement(world.directory, text.scope, object.group()).in_scope();
        };
        for (const auto& settings : variants(flavour)) {
            const auto connector = make_connector(flavour.name, settings);
            const std::deque<Reply> nothing;
            std::size_t silent = 0;
            for (const Task& task : every_task(flavour, *connector, text)) {
                if (!task.object || in_scope(task.object) || text.links.find(task.object)) continue;
                ++silent;
                for (const std::uint32_t why : {0u, ~0u}) {
                    const Brief brief = connector->brief(task, world, {false, false, why, {}, Draw(1), 1});
                    const Move move = connector->next_move(brief, Transcript(nothing));
                    INFO(text_of(text.directory, task));
                    CHECK(std::holds_alternative<Done>(move));
                }
            }
            CHECK(silent > 10);
        }
    }
}

TEST_CASE("A brief can be moved and still says the same")
{
    for (const Flavour& flavour : flavours()) {
        CAPTURE(flavour.name);
        const WorldText text({"user ada", "  userName ada@x", "  givenName A", "  familyName L", "  mail ada@x", "group team Team", "member group:team user:ada", "assign group:team"});
        const World world = text.world();
        const auto connector = make_connector(flavour.name, {});
        const auto cursor = connector->plan(reacts(flavour) ? Trigger(Started{}) : Trigger(CycleDue{{true, {}}, {true, {}}, {}}), world);
        while (cursor->next(Phase::probe)) {}
        const auto planned = cursor->next(Phase::users);
        REQUIRE(planned);
        const std::deque<Reply> nothing;
        Brief brief = connector->brief(planned->task, world, {false, false, planned->why, planned->memo, Draw(1), 1});
        std::vector<std::string> values;
        for (const Wanted& wanted : brief.desired) values.emplace_back(wanted.value);
        const Brief moved = std::move(brief);
        REQUIRE(moved.desired.size() == values.size());
        for (std::size_t i = 0; i < values.size(); ++i) CHECK(moved.desired[i].value == values[i]);
        CHECK(std::holds_alternative<Ask>(connector->next_move(moved, Transcript(nothing))));
    }
}

}  // namespace provsim::test
