// SPDX-License-Identifier: Apache-2.0
// Provision on demand with the Entra connector against the sandbox: when it happens, what it refuses, what Graph answers.
#include "shapes/on_demand_response.h"
#include "engine/engine.h"
#include "engine/faults.h"
#include "engine/loopback.h"
#include "target/sandbox.h"
#include "tests/shapes/samples.h"

#include <fmt/format.h>

namespace provsim {
namespace {

using Lines = std::vector<std::string>;

// One application with its job, played on loopback with replies that take no time.
struct Rehearsal final : Recorder {
    Directory directory;
    Scope scope{ScopeMode::all};
    std::unique_ptr<Connector> connector = find_flavour("entra")->make({Settings::check(find_flavour("entra")->settings, {}).value(), {}, directory}).value();
    Inbox inbox;
    Sandbox sandbox;
    LoopbackTransport wire{sandbox, inbox};
    FaultTransport faults{wire, inbox};
    SkipPacer pacer;
    std::unique_ptr<Engine> engine_;
    Lines sent;                             // "0:50:00 GET /Users/<id>", probes left out
    std::vector<ChangeFacts> pushed;

    void exchanged(const ExchangeRecord& r) override
    {
        if (r.ask.intent == Intent::probe) return;
        std::string target = r.ask.request.target.substr(0, r.ask.request.target.find('?'));
        if (const auto& id = r.ask.id_in_path; id.length > 0) target = target.substr(0, id.at) + "<id>";
        sent.push_back(fmt::format("{} {} {}", format_elapsed(r.sent - sample_time), to_string(r.ask.request.method), target));
    }
    void logged(const LogEntry& e) override
    {
        if (e.run_kind == RunKind::on_demand) pushed.push_back(change_facts(e, directory));
    }
    UserId user(const std::string& handle, bool enabled = true)
    {
        REQUIRE(apply(directory, AddUser{handle, {{"userName", handle + "@acme.test"}, {"displayName", handle}}, enabled, {}}, sample_time, Draw(7)));
        return find_object(directory, handle).user();
    }
    Engine& engine()
    {
        if (!engine_) {
            EngineOptions options;
            options.start = sample_time;
            options.schedule = {minutes{40}, minutes{40}};
            options.latency = LatencyModel::constant(Duration{0});
            engine_ = std::make_unique<Engine>(directory, scope, *connector, faults, inbox, pacer, options);
            engine_->add(*this);
        }
        return *engine_;
    }
    Json push(Push what)
    {
        engine().push(std::move(what));
        engine().run_until(engine().now(), Lane::check);
        return provision_on_demand_response(pushed, {}, {}, graph_setting());
    }
    static std::optional<Problem> refused(const Push& what) { return find_flavour("entra")->refuse_push(what); }
};

}  // namespace

TEST_CASE("Entra assertion 52 (inferred): a push between two cycles acts at once and moves no watermark; the next cycle looks and writes nothing")
{
    Rehearsal r;
    const UserId ada = r.user("ada");
    r.engine().start_job();
    r.engine().run_until(sample_time + minutes{10});
    const auto watermark = r.engine().job().users().watermark;
    REQUIRE(watermark);
    REQUIRE(r.engine().edit(UpdateUser{"ada", {{"title", "Analyst"}}}));
    r.sent.clear();
    r.push({ada, {}});
    CHECK(r.sent == Lines{"0:10:00 GET /Users/<id>", "0:10:00 PATCH /Users/<id>"});
    CHECK(r.engine().job().users().watermark == watermark);
    CHECK(r.pushed.back().status == Status::success);
    r.sent.clear();
    r.engine().run_until(sample_time + minutes{45});
    CHECK(r.sent == Lines{"0:40:00 GET /Users/<id>"});
    CHECK(r.engine().job().users().watermark > watermark);
}

TEST_CASE("Entra assertion 53 (documented): a group is pushed with five members, and refused with six")
{
    Push push{GroupId{0}, {}};
    for (std::uint32_t u = 0; u < 5; ++u) push.members.push_back(UserId{u});
    CHECK_FALSE(Rehearsal::refused(push));
    push.members.push_back(UserId{5});
    const auto problem = Rehearsal::refused(push);
    REQUIRE(problem);
    CHECK(problem->what.starts_with("6 members are chosen, and provision on demand takes at most five"));
    CHECK(problem->what.find("Entra: provision-on-demand") != std::string::npos);
    CHECK(Rehearsal::refused({UserId{0}, {UserId{1}}}));
    CHECK_FALSE(Rehearsal::refused({UserId{0}, {}}));
}

TEST_CASE("Entra assertion 54 (documented): the answer's key and value are JSON texts, not JSON")
{
    Rehearsal r;
    const Json answer = r.push({r.user("ada"), {}});
    REQUIRE(answer["key"].is_string());
    REQUIRE(answer["value"].is_string());
    CHECK(answer["@odata.context"].get<std::string>().ends_with("stringKeyStringValuePair"));
    CHECK(Json::parse(answer["key"].get<std::string>())["result"] == "Success");
    const Json value = Json::parse(answer["value"].get<std::string>());
    REQUIRE(value.is_array());
    REQUIRE(value.size() == 1);
    CHECK(value[0]["action"] == "Create");
    CHECK(value[0]["statusInfo"].dump()
          == R"({"status":"Success","errorCode":"","reason":"","additionalDetails":"","errorCategory":"","recommendedAction":""})");
    Lines steps;
    for (const Json& step : value[0]["provisioningSteps"]) steps.push_back(step["type"].get<std::string>() + " " + step["name"].get<std::string>());
    CHECK(steps == Lines{"Import EntryImport", "Scoping EntrySynchronizationScoping", "Matching EntrySynchronizationAdd", "Export EntryExportAdd"});
    CHECK(value[0]["provisioningSteps"][0]["description"] == "Retrieved User 'ada@acme.test' from Microsoft Entra ID");
    CHECK(value[0]["provisioningSteps"][0]["details"]["userPrincipalName"] == "ada@acme.test");
    CHECK(value[0]["targetIdentity"]["id"] == r.pushed[0].target_id);
    CHECK_FALSE(r.pushed[0].target_id.empty());
}

TEST_CASE("Pushed again, an unchanged user is skipped as redundant, as in the documented sample")
{
    Rehearsal r;
    const UserId ada = r.user("ada");
    r.push({ada, {}});
    r.pushed.clear();
    const Json answer = r.push({ada, {}});
    const Json key = Json::parse(answer["key"].get<std::string>());
    CHECK(key["result"] == "Skipped");
    CHECK(key["details"]["errorCode"] == "RedundantExport");
    const Json steps = Json::parse(answer["value"].get<std::string>())[0]["provisioningSteps"];
    REQUIRE(steps.size() == 4);
    CHECK(steps[1]["type"] == "Matching");
    CHECK(steps[3]["name"] == "EntrySynchronizationSkip");
    CHECK(steps[3]["details"]["SkipReason"] == "RedundantExport");
}

TEST_CASE("A user in the recycle bin is neither restored nor disabled by a push")
{
    Rehearsal r;
    const UserId ada = r.user("ada");
    r.push({ada, {}});
    REQUIRE(r.engine().edit(SoftDeleteUser{"ada"}));
    r.sent.clear();
    const Json answer = r.push({ada, {}});
    CHECK(r.sent.empty());
    CHECK(r.pushed.back().status == Status::skipped);
    CHECK(r.pushed.back().code == "NotEffectivelyEntitled");
}

TEST_CASE("A create that the target refuses knows how it was matched and that nothing was found")
{
    Rehearsal r;
    const UserId ada = r.user("ada");
    FaultRule conflict;
    conflict.name = "conflict";
    conflict.method = Method::post;
    conflict.status = 409;
    r.faults.add(conflict);
    const Json answer = r.push({ada, {}});
    REQUIRE(r.pushed.size() == 1);
    CHECK(r.pushed[0].matching == "userName");
    CHECK(match_result(r.pushed[0]) == MatchResult::none);
    CHECK(Json::parse(answer["key"].get<std::string>())["details"]["errorCode"] == "EntryConflict");
}

TEST_CASE("When the connection test fails there is no entry, and the key says why")
{
    const Json answer = provision_on_demand_response({}, "SystemForCrossDomainIdentityManagementCredentialValidationFailure", "401", graph_setting());
    CHECK(answer["value"] == "[]");
    CHECK(Json::parse(answer["key"].get<std::string>())["details"]["errorCode"] == "SystemForCrossDomainIdentityManagementCredentialValidationFailure");
}

}  // namespace provsim
