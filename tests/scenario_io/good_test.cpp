// SPDX-License-Identifier: Apache-2.0
// What well-formed scenario files mean.
#include "tests/catch.h"

#include "fixtures.h"

#include <algorithm>

#include "scenario_io/lint.h"

using namespace provsim;
using fixtures::load;
using fixtures::load_text;

namespace {

std::filesystem::path good(const char* name) { return std::string(PROVSIM_FIXTURES) + "/scenario_io/good/" + name; }

template <class What> const What& edit_of(const Step& step, std::size_t action) { return std::get<What>(std::get<Edit>(step.actions.at(action).what)); }
template <class What> const What& expectation_of(const Step& step, std::size_t at) { return std::get<What>(step.expect.at(at).what); }
UserId user(const Directory& directory, std::string_view handle) { return directory.find_by_handle(ObjectKind::user, handle).user(); }
GroupId group(const Directory& directory, std::string_view handle) { return directory.find_by_handle(ObjectKind::group, handle).group(); }

}  // namespace

TEST_CASE("Every scenario that comes with provsim loads without a warning")
{
    const auto files = fixtures::scenarios_in(std::string(PROVSIM_SOURCE_DIR) + "/scenarios");
    REQUIRE_FALSE(files.empty());
    for (const auto& file : files) {
        const auto loaded = load(file);
        CAPTURE(file.string(), fixtures::messages(loaded ? loaded.value().warnings : loaded.problems()));
        CHECK(loaded.ok());
        if (!loaded) continue;
        // What is said of an export is about a file that nobody here wrote.
        const auto& warnings = loaded.value().warnings;
        CHECK(std::none_of(warnings.begin(), warnings.end(), [&](const Problem& problem) { return problem.place.file == file.string(); }));
    }
}

TEST_CASE("The smallest scenario is its version, and has defaults for all else")
{
    const auto loaded = load(good("minimal.provsim.yaml"));
    REQUIRE(loaded);
    const Scenario& scenario = loaded.value();
    CHECK(scenario.name == "minimal");
    CHECK(scenario.seed == 1);
    CHECK(scenario.provider.profile == "entra");
    CHECK_FALSE(scenario.provider.users);
    CHECK(scenario.target.url.empty());
    CHECK(scenario.target.timeout == seconds{60});
    CHECK(format_time(scenario.clock.start) == "2026-01-05T09:00:00Z");
    CHECK(scenario.clock.mode == ClockMode::skip);
    CHECK(scenario.clock.latency.median == milliseconds{50});
    CHECK(scenario.scope.mode == ScopeMode::assigned);
    CHECK(scenario.steps.empty());
    CHECK(scenario.bytes == "provsim: 1\n");
}

TEST_CASE("A flat list of clauses is one filter, a list of lists are several, and no list lets everybody pass")
{
    const std::string head = "provsim: 1\ndirectory: { users: { ada: { userName: a@b.test, title: x, city: London }, bob: { userName: b@b.test, city: London }, "
                             "eve: { userName: e@b.test } } }\nscope:\n  mode: all\n";
    const auto in_scope = [&](const std::string& filters) {
        const auto loaded = load_text(head + filters);
        CAPTURE(fixtures::messages(loaded ? loaded.value().warnings : loaded.problems()));
        REQUIRE(loaded);
        return users_in_scope(View(loaded.value().directory), loaded.value().scope).size();
    };
    const std::string title = "{ attribute: title, op: is not null }", city = "{ attribute: city, op: equals, value: London }";
    CHECK(in_scope("") == 3);
    CHECK(in_scope("  filters: []\n") == 3);
    CHECK(in_scope("  filters: [ " + city + " ]\n") == 2);
    CHECK(in_scope("  filters: [ " + city + ", " + title + " ]\n") == 1);
    CHECK(in_scope("  filters: [ [ " + city + ", " + title + " ] ]\n") == 1);
    CHECK(in_scope("  filters: [ [ " + city + " ], [ " + title + " ] ]\n") == 2);
    // Placeholders, numbers and booleans are taken as they are written.
    CHECK(in_scope("  filters: [ { attribute: userName, op: includes, value: \"${{ vars.who }}\" } ]\nvars: { who: a@ }\n") == 1);
}

TEST_CASE("Expressions of filters match parts of values, unless the provider's setting says the whole")
{
    const std::string text = "provsim: 1\ndirectory: { users: { ada: { userName: ada@b.test } } }\n"
                             "scope: { mode: all, filters: [ { attribute: userName, op: regex match, value: ada } ] }\n";
    for (const auto& [setting, users] : {std::pair("part", 1u), std::pair("whole", 0u)}) {
        const auto loaded = load_text(text + "provider: { settings: { filter_expressions: " + setting + " } }\n");
        REQUIRE(loaded);
        CHECK(users_in_scope(View(loaded.value().directory), loaded.value().scope).size() == users);
    }
}

TEST_CASE("A setting that takes several words takes a list of them, or a text")
{
    for (const auto& [written, value] : {std::pair("[create, update]", "create, update"), {"\"create, update\"", "create, update"}, {"[]", ""}, {"create", "create"}}) {
        const auto loaded = load_text(std::string("provsim: 1\nprovider: { settings: { actions: ") + written + " } }\n");
        INFO(written);
        REQUIRE(loaded);
        CHECK(loaded.value().provider.settings.at(0).value == value);
    }
    CHECK(load_text("provsim: 1\nprovider: { settings: { actions: [create, updat] } }\n").problems().at(0).remedy == "did you mean update?");
    CHECK(load_text("provsim: 1\nprovider: { settings: { on_demand: [provision_only] } }\n").problems().at(0).what == "\"on_demand\" takes one value, not a list");
}

TEST_CASE("The provider's setting says whether nested groups are in scope as groups")
{
    for (const auto& [setting, created] : {std::pair("skip", false), std::pair("create", true)}) {
        const auto loaded = load_text(std::string("provsim: 1\nscope: { mode: assigned, assigned: [] }\nprovider: { settings: { nested_group_objects: ") + setting + " } }\n");
        REQUIRE(loaded);
        CHECK(loaded.value().scope.nested_groups == created);
    }
}

TEST_CASE("The worked example of the format means what it says")
{
    const auto loaded = load(good("worked-example.provsim.yaml"));
    REQUIRE(loaded);
    const Scenario& scenario = loaded.value();
    CHECK(fixtures::messages(scenario.warnings).empty());
    CHECK(scenario.name == "Joiner, mover, leaver with Entra timing");
    CHECK(scenario.description.substr(0, 50) == "One person joins, changes department and group, an");
    CHECK(scenario.tags == std::vector<std::string>{"smoke", "entra", "lifecycle"});
    CHECK(scenario.seed == 7);
    CHECK(scenario.provider.users == minutes{40});
    CHECK(scenario.provider.groups == minutes{20});
    CHECK(scenario.provider.offset == minutes{2});
    CHECK_FALSE(scenario.provider.one_schedule);
    REQUIRE(scenario.provider.settings.size() == 1);
    CHECK(scenario.provider.settings[0].name == "aadOptscim062020");
    CHECK(scenario.provider.settings[0].value == "true");
    CHECK(scenario.target.url == "http://127.0.0.1:7644/scim/v2");
    CHECK(scenario.target.bearer.from == SecretSource::From::env);
    CHECK(scenario.target.bearer.value == "SCIM_TOKEN");
    CHECK(scenario.target.timeout == seconds{30});
    CHECK(format_time(scenario.clock.start) == "2026-03-02T09:00:00Z");

    const Directory& directory = scenario.directory;
    const UserId ada = user(directory, "ada"), grace = user(directory, "grace");
    CHECK(directory.value(ada, Attribute::user_name) == "ada@acme.test");
    CHECK(directory.value(grace, Attribute::family_name) == "Hopper");
    CHECK(directory.enabled(ada));
    CHECK(directory.members(group(directory, "engineers")) == std::vector<UserId>{ada});
    CHECK(directory.assignments() == std::vector<ObjectRef>{group(directory, "engineers")});
    CHECK(directory.changes().head() == 0);

    REQUIRE(scenario.steps.size() == 6);
    const Step& initial = scenario.steps[0];
    CHECK(initial.until.kind == Until::Kind::user_cycle_end);
    CHECK(expectation_of<TargetExpectation>(initial, 0).object == "user:ada");
    CHECK(expectation_of<TargetExpectation>(initial, 0).has[0].first == "active");
    CHECK(expectation_of<TargetExpectation>(initial, 0).has[0].second.value == true);
    CHECK(expectation_of<TargetExpectation>(initial, 1).exists == false);
    CHECK(expectation_of<LogExpectation>(initial, 2).identity == "user:ada");
    CHECK(scenario.steps[1].after == minutes{40});
    CHECK(expectation_of<TrafficExpectation>(scenario.steps[1], 0).writes->value == 0);
    CHECK(scenario.steps[2].at == minutes{92});
    CHECK(edit_of<AddMembers>(scenario.steps[2], 0).members == std::vector<std::string>{"grace"});
    const auto& joined = expectation_of<PropagatedExpectation>(scenario.steps[2], 0);
    CHECK(joined.change == "group.add grace");
    CHECK(joined.by == PropagatedExpectation::By::user_cycle);
    const Step& mover = scenario.steps[3];
    CHECK(edit_of<UpdateUser>(mover, 0).values == std::vector<std::pair<std::string, std::string>>{{"department", "Research"}});
    CHECK(std::get<PushAction>(mover.actions[1].what).object == "ada");
    CHECK(mover.expect[0].name == "one PATCH, one operation");
    CHECK(expectation_of<TrafficExpectation>(mover, 0).body->value["Operations"]["count"] == 1);
    const FaultRule& fault = std::get<FaultAction>(scenario.steps[4].actions[0].what).rule;
    CHECK(fault.name == "busy");
    CHECK(fault.status == 429);
    CHECK(fault.times == 1u);
    CHECK(fault.method == Method::patch);
    CHECK(scenario.steps[4].until.kind == Until::Kind::propagated);
    CHECK(scenario.steps[4].until.change == "user.update grace");
    CHECK(scenario.steps[4].until.within == minutes{80});
    CHECK(scenario.steps[5].pause == "Ask the class what the app should do with Ada's sessions now.");
    CHECK(std::get<NoteAction>(scenario.steps[5].actions[1].what).text == "Entra sends active=false first; deletion follows 30 days later.");
    // Places are where a finding points at.
    CHECK(scenario.steps[5].place.line == 93);
    CHECK(scenario.steps[5].expect[0].place.line == 102);
    CHECK(expectation_of<TargetExpectation>(scenario.steps[5], 0).has[0].second.place.column == 59);
}

TEST_CASE("Every key, action and expectation of the format is read")
{
    const auto loaded = load(good("everything.provsim.yaml"));
    CAPTURE(fixtures::messages(loaded ? Problems{} : loaded.problems()));
    REQUIRE(loaded);
    const Scenario& scenario = loaded.value();
    CHECK(scenario.seed == 42);
    CHECK(scenario.provider.one_schedule);
    CHECK(scenario.provider.groups == minutes{30});
    CHECK(scenario.provider.offset == seconds{90});
    CHECK(scenario.target.bearer.from == SecretSource::From::file);
    CHECK(scenario.target.bearer.value == good("token.txt"));
    CHECK(scenario.target.cacert == good("ca.pem"));
    CHECK(scenario.target.rate == 20u);
    CHECK(scenario.target.insecure);
    CHECK(format_time(scenario.clock.start) == "2026-03-02T09:00:00Z");
    CHECK(scenario.clock.mode == ClockMode::scaled);
    CHECK(scenario.clock.speed == 1.5);
    CHECK(scenario.clock.latency.max == seconds{1});

    const Directory& directory = scenario.directory;
    // 5 from the CSV, 4 from Graph, 50 generated, 3 of the file's own.
    CHECK(directory.user_rows() == 62);
    CHECK(directory.group_rows() == 8);
    const UserId ada = user(directory, "ada");
    CHECK(directory.value(ada, Attribute::employee_id) == "0123");
    CHECK(directory.value(ada, Attribute::title) == "on");
    CHECK(directory.value(ada, *directory.find_custom("custom.costCode")) == "12:30");
    CHECK(directory.value(ada, *directory.find_custom("custom.badge")) == "007");
    CHECK(directory.manager(ada) == user(directory, "grace"));
    CHECK_FALSE(directory.enabled(user(directory, "grace")));
    CHECK(directory.nested(group(directory, "engineers")) == std::vector<GroupId>{group(directory, "theorists")});
    CHECK(directory.display_name(group(directory, "theorists")) == "theorists");
    CHECK(directory.assignments().size() == 10);
    CHECK(directory.value(directory.assignments().back().user(), Attribute::user_name) == "edsger@acme.test");

    const Step& first = scenario.steps[0];
    REQUIRE(first.actions.size() == 16);
    CHECK(edit_of<AddUser>(first, 0).manager == "ada");
    CHECK_FALSE(edit_of<AddUser>(first, 0).enabled);
    CHECK(edit_of<UpdateUser>(first, 1).values == std::vector<std::pair<std::string, std::string>>{{"department", "Research"}, {"phone", ""}, {"enabled", "true"}, {"manager", ""}});
    CHECK(edit_of<DisableUser>(first, 3).user == "alan");
    CHECK(edit_of<HardDeleteUser>(first, 6).user == "alan");
    CHECK(edit_of<AddGroup>(first, 8).members == std::vector<std::string>{"alan", "group:theorists"});
    CHECK(edit_of<AddGroup>(first, 9).display_name == "writers");
    CHECK(edit_of<RemoveMembers>(first, 11).group == "readers");
    CHECK(edit_of<RenameGroup>(first, 12).display_name == "Close readers");
    CHECK(edit_of<Assign>(first, 14).object == "group:readers");
    CHECK(edit_of<Unassign>(first, 15).object == "dijkstra");

    const Step& second = scenario.steps[1];
    CHECK(second.id == "step-2");
    CHECK(second.until.kind == Until::Kind::quiet);
    CHECK(std::get<PushAction>(second.actions[1].what).kind == ObjectKind::group);
    CHECK(std::get<PushAction>(second.actions[2].what).members == std::vector<std::string>{"ada", "grace"});
    const FaultRule& status = std::get<FaultAction>(second.actions[3].what).rule;
    CHECK(status.name == "fault-1");
    CHECK(status.status == 503);
    CHECK(status.retry_after == seconds{30});
    CHECK(status.path == "/Users");
    CHECK(std::get<FaultAction>(second.actions[4].what).rule.delay == seconds{2});
    CHECK(std::get<FaultAction>(second.actions[5].what).rule.kind == FaultKind::lost_reply);
    const FaultRule& answer = std::get<FaultAction>(second.actions[7].what).rule;
    CHECK(answer.kind == FaultKind::answer);
    CHECK(answer.status == 201);
    CHECK(answer.body == R"({"id":7,"schemas":[]})");
    CHECK(std::get<FaultAction>(second.actions[8].what).rule.status == 200);
    CHECK(std::get<FaultAction>(second.actions[8].what).rule.body == "no JSON");
    CHECK(std::get<FaultAction>(second.actions[9].what).rule.kind == FaultKind::omit);
    CHECK(std::get<FaultAction>(second.actions[9].what).rule.attribute == "department");
    CHECK(std::get<ClearFault>(second.actions[10].what).name == "slow");
    CHECK(std::get<ClearFault>(second.actions[11].what).name.empty());
    CHECK(std::get<JobAction>(second.actions[13].what).verb == JobAction::Verb::restart);
    CHECK(std::get<TargetDelete>(second.actions[15].what).object == "group:engineers");
    CHECK(expectation_of<TargetExpectation>(second, 1).members_exactly == std::vector<std::string>{"ada", "grace"});
    CHECK(expectation_of<TargetExpectation>(second, 1).members_exclude == std::vector<std::string>{"alan"});
    CHECK(expectation_of<TargetExpectation>(second, 2).members_exactly->empty());
    CHECK(expectation_of<TrafficExpectation>(second, 3).body->value.dump() == R"({"a":[1,2.5,null,true]})");
    CHECK(expectation_of<TrafficExpectation>(second, 3).since == TrafficExpectation::Since::start);
    const auto& order = expectation_of<SequenceExpectation>(second, 4);
    CHECK(order.steps.size() == 2);
    CHECK(order.since == TrafficExpectation::Since::step);
    CHECK_FALSE(order.exact);
    CHECK(order.steps[1].status->value == 201);
    CHECK(order.steps[1].place.line == second.expect[4].place.line);
    CHECK(order.steps[1].place.column > order.steps[0].place.column);
    CHECK(expectation_of<SequenceExpectation>(second, 5).exact);
    CHECK(expectation_of<SequenceExpectation>(second, 5).since == TrafficExpectation::Since::start);
    CHECK(expectation_of<PropagatedExpectation>(second, 7).effect == PropagatedExpectation::Effect::exists);
    CHECK(scenario.steps[2].until.within == hours{24});
}

TEST_CASE("The job's verbs, a change of scope and what is expected of the job are read as they are written")
{
    const auto loaded = load(good("job.provsim.yaml"));
    REQUIRE(loaded);
    const Step& step = loaded.value().steps.at(0);
    using Verb = JobAction::Verb;
    const std::pair<Verb, std::vector<std::string>> wanted[] = {
        {Verb::start, {}}, {Verb::stop, {}}, {Verb::pause, {}}, {Verb::restart, {}}, {Verb::restart, {"Full"}}, {Verb::restart, {"Watermark", "ForceDeletes"}}, {Verb::restart, {"ForceDeletes"}}};
    for (std::size_t i = 0; i < std::size(wanted); ++i) {
        const auto& action = std::get<JobAction>(step.actions.at(i).what);
        CHECK(action.verb == wanted[i].first);
        CHECK(action.words == wanted[i].second);
    }
    const auto& narrower = std::get<ScopeAction>(step.actions.at(7).what);
    CHECK(narrower.mode == ScopeMode::assigned);
    CHECK(narrower.users->groups().size() == 1);
    CHECK_FALSE(narrower.groups);
    const auto& open = std::get<ScopeAction>(step.actions.at(8).what);
    CHECK_FALSE(open.mode);
    CHECK(open.users->empty());
    CHECK(open.groups->groups().size() == 2);

    const auto& conditions = std::get<JobExpectation>(step.expect.at(0).what).conditions;
    CHECK(conditions.at(0).first == "state");
    CHECK(conditions.at(1).first == "next_attempt");
    CHECK(conditions.at(1).second.value["gte"] == "5m");
    CHECK(conditions.at(1).second.place.line == 19);
}

TEST_CASE("JSON is a scenario file too, tabs and escapes included")
{
    const auto loaded = load(good("json.provsim.json"));
    REQUIRE(loaded);
    CHECK(loaded.value().name == "JSON \xF0\x9F\x98\x80");
    CHECK(edit_of<DisableUser>(loaded.value().steps[0], 0).user == "ada");
}

TEST_CASE("--var beats the file's vars, and --seed its seed")
{
    LoadOptions options;
    options.vars = {{"who", "grace"}};
    options.seed = 9;
    const auto loaded = load_scenario("provsim: 1\nname: ${{ vars.who }}\nvars: { who: ada }\nseed: 5\n", "story", {}, options);
    REQUIRE(loaded);
    CHECK(loaded.value().name == "grace");
    CHECK(loaded.value().seed == 9);
}

TEST_CASE("Where the target is given elsewhere, an unset variable is a warning and its key counts as not given")
{
    LoadOptions options;
    options.unset_is_warning = true;
    const auto loaded = load_scenario("provsim: 1\ntarget: { url: \"${{ env.SCIM_URL }}\" }\n", "story", {}, options);
    REQUIRE(loaded);
    CHECK(loaded.value().target.url.empty());
    CHECK(fixtures::messages(loaded.value().warnings) == "story:2:16: warning: the environment has no SCIM_URL; set it: SCIM_URL=...  [unset-variable]\n");
}

TEST_CASE("A value that is filled in is not looked through again")
{
    LoadOptions options;
    options.env = [](std::string_view) { return std::optional<std::string>("${{ env.SECRET }}"); };
    const auto loaded = load_scenario("provsim: 1\nname: \"${{ env.A }}\"\n", "story", {}, options);
    REQUIRE(loaded);
    CHECK(loaded.value().name == "${{ env.SECRET }}");
}

TEST_CASE("A directory is the same for the same file, whoever loads it")
{
    const auto one = load(good("everything.provsim.yaml")), other = load(good("everything.provsim.yaml"));
    REQUIRE(one);
    REQUIRE(other);
    for (std::uint32_t i = 0; i < one.value().directory.user_rows(); ++i) CHECK(one.value().directory.object_id(UserId{i}) == other.value().directory.object_id(UserId{i}));
}

TEST_CASE("user:* and group:* assign whoever there is when the clock starts")
{
    const auto loaded = load_text("provsim: 1\ndirectory: { generate: { users: 12, groups: 3, memberships: 9 } }\nscope: { assigned: [\"user:*\", \"group:*\"] }\n");
    REQUIRE(loaded);
    CHECK(loaded.value().directory.assignments().size() == 15);
    CHECK(loaded.value().directory.membership_count() == 9);
}

TEST_CASE("A URL is this machine's only if its host is")
{
    CHECK(is_loopback_url("http://127.0.0.1:7644/scim"));
    CHECK(is_loopback_url("https://localhost/scim"));
    CHECK(is_loopback_url("http://[::1]:80"));
    CHECK_FALSE(is_loopback_url("http://localhost.example.test/"));
    CHECK_FALSE(is_loopback_url("http://127.example.test/"));
    CHECK_FALSE(is_loopback_url("http://localhost@example.test/"));
    CHECK_FALSE(is_loopback_url("http://example.test/?http://localhost/"));
}
