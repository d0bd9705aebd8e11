// SPDX-License-Identifier: Apache-2.0
// The provisioning log in Graph's shape and in the portal's three files.
#include "tests/shapes/samples.h"

#include <map>
#include <set>

namespace provsim {
namespace {

using Lines = std::vector<std::string>;

// RFC 4180, well enough to read back what we wrote.
std::vector<Lines> read_csv(const std::string& text)
{
    std::vector<Lines> rows(1, Lines(1));
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        std::string& field = rows.back().back();
        if (c == '"' && quoted && i + 1 < text.size() && text[i + 1] == '"') field += text[++i];
        else if (c == '"') quoted = !quoted;
        else if (quoted) field += c;
        else if (c == ',') rows.back().emplace_back();
        else if (c == '\n') rows.emplace_back(1);
        else if (c != '\r') field += c;
    }
    REQUIRE_FALSE(quoted);
    rows.pop_back();
    return rows;
}

}  // namespace

TEST_CASE("A create is import, scoping, the decision and the export, in this order and in Graph's words")
{
    const ChangeFacts facts = created_user();
    CHECK(step_lines(facts) == Lines{"import EntryImportAdd success", "scoping EntrySynchronizationScoping success", "matching EntrySynchronizationAdd success",
                                     "export EntryExportAdd success"});
    const auto steps = entra_steps(facts, graph_setting().names);
    CHECK(steps[0].description == "Received User 'ada@acme.test' change of type (Add) from Microsoft Entra ID");
    CHECK(steps[2].description == "User 'ada@acme.test' will be created in customappsso (User is active and assigned in Microsoft Entra ID, but no matching User was found in customappsso)");
    CHECK(steps[3].description == "User 'ada@acme.test' was created in customappsso");
}

TEST_CASE("What a skipped entry holds is what a record of the service from July 2026 holds")
{
    ChangeFacts facts = skipped(created_user(), "RedundantExport", "");
    facts.object = GroupId{0};
    facts.name = "macos-servers-dynamic";
    facts.linked = true;
    facts.matching.clear();
    facts.last = Intent::read;
    CHECK(step_lines(facts) == Lines{"import EntryImportUpdate success", "matching EntryImport success", "scoping EntrySynchronizationScoping success",
                                     "export EntrySynchronizationSkip skipped"});
    const auto setting = graph_setting();
    const Json entry = provisioning_object_summary(facts, setting);
    auto names = keys(entry).get<std::vector<std::string>>();
    std::sort(names.begin(), names.end());
    CHECK(names == Lines{"activityDateTime", "changeId", "cycleId", "durationInMilliseconds", "id", "initiatedBy", "jobId", "modifiedProperties", "provisioningAction",
                         "provisioningStatusInfo", "provisioningSteps", "servicePrincipal", "sourceIdentity", "sourceSystem", "targetIdentity", "targetSystem", "tenantId"});
    CHECK(entry["provisioningStatusInfo"].dump() == R"({"status":"skipped","errorInformation":null})");
    CHECK(entry["provisioningAction"] == "other");
    CHECK(entry["durationInMilliseconds"] == 630);
    CHECK(keys(entry["provisioningSteps"][2]["details"]).dump()
          == R"(["Active in the source system","Assigned to the application","Group has the required role","Scoping filter evaluation passed","ScopeEvaluationResult"])");
    CHECK(entry["provisioningSteps"][1]["description"] == "Retrieved  'macos-servers-dynamic' from customappsso");
    CHECK(entry["provisioningSteps"][3]["details"]["SkipReason"] == "RedundantExport");
    CHECK(entry["initiatedBy"].dump() == R"({"id":"","displayName":"Azure AD Provisioning Service","initiatorType":"system"})");
    CHECK(entry["targetIdentity"]["identityType"] == "urn:ietf:params:scim:schemas:core:2.0:Group");
    CHECK(entry["targetSystem"]["displayName"] == "customappsso");
    CHECK(entry["targetSystem"]["details"]["ServicePrincipalDisplayName"] == "Contoso");
}

TEST_CASE("A failure has its code, the reason, whose fault it is and what to do")
{
    ChangeFacts facts = created_user();
    facts.status = Status::failure;
    facts.code = "EntryConflict";
    facts.detail = "Creating user 'ada@acme.test' failed: POST /Users was answered 409: userName is taken";
    facts.target_id.clear();
    const Json entry = provisioning_object_summary(facts, graph_setting());
    CHECK(entry["sourceIdentity"]["displayName"] == "Ada Lovelace");
    CHECK(entry["sourceIdentity"]["details"]["UserPrincipalName"] == "ada@acme.test");
    const Json& error = entry["provisioningStatusInfo"]["errorInformation"];
    CHECK(keys(error).dump() == R"(["errorCode","reason","additionalDetails","errorCategory","recommendedAction"])");
    CHECK(error["errorCode"] == "EntryConflict");
    CHECK(error["errorCategory"] == "nonServiceFailure");
    CHECK(error["recommendedAction"].get<std::string>().starts_with("Find the account in the target"));
    CHECK(entry["provisioningSteps"].back()["status"] == "failure");
    CHECK(entry["provisioningSteps"].back()["description"].get<std::string>().starts_with("Failed to create User 'ada@acme.test' in customappsso; Error: "));
}

TEST_CASE("Who is out of scope: the scoping step says by what, and the skip says why")
{
    ChangeFacts facts = skipped(created_user(), "NotEffectivelyEntitled", "User 'ada@acme.test' does not pass filter department EQUALS \"Engineering\"");
    facts.matching.clear();
    facts.target_id.clear();
    facts.last = Intent::probe;
    SECTION("a filter")
    {
        facts.scope = ScopeReason::filtered_out;
        facts.filter = R"(department EQUALS "Engineering")";
        facts.saw = "Sales";
        const auto steps = entra_steps(facts, graph_setting().names);
        REQUIRE(steps.size() == 3);
        CHECK(steps[1].details[3] == std::pair<std::string, std::string>("Scoping filter evaluation passed", "False"));
        CHECK(steps[1].details[4].second == R"({"department EQUALS \"Engineering\"":false})");
        CHECK(steps[2].details[0].second == "NotEffectivelyEntitled");
    }
    SECTION("no assignment")
    {
        facts.scope = ScopeReason::not_assigned;
        const auto steps = entra_steps(facts, graph_setting().names);
        REQUIRE(steps.size() == 3);
        CHECK(steps[1].details[1] == std::pair<std::string, std::string>("Assigned to the application", "False"));
        CHECK(steps[2].description.starts_with("The User 'ada@acme.test' will be skipped due to the following reasons: 1) This object is not assigned to the application."));
        CHECK(steps[2].description.find("2) This object does not have required entitlement") != std::string::npos);
    }
    SECTION("the sign-in is blocked")
    {
        facts.enabled = false;
        const auto steps = entra_steps(facts, graph_setting().names);
        CHECK(steps[1].details[0] == std::pair<std::string, std::string>("Active in the source system", "False"));
        CHECK(steps[2].description.find("1) This object is not active in the source system.") != std::string::npos);
        CHECK(steps[2].description.find("2)") == std::string::npos);
    }
}

TEST_CASE("Matching that finds several, or gets no answer, ends the story there; without a matching value it does not begin")
{
    ChangeFacts facts = created_user();
    facts.status = Status::failure;
    facts.action = LoggedAction::other;
    facts.last = Intent::match;
    facts.code = "DuplicateTargetEntries";
    CHECK(match_result(facts) == MatchResult::several);
    CHECK(step_lines(facts).back() == "matching EntryImport failure");
    facts.code = "Timeout";
    CHECK(match_result(facts) == MatchResult::failed);
    facts.last = Intent::create;
    CHECK(match_result(facts) == MatchResult::none);
    facts.last = Intent::update;
    CHECK(match_result(facts) == MatchResult::one);
    CHECK(step_lines(skipped(created_user(), "ImportSkipped", "")) == Lines{"import EntryImportAdd skipped"});
}

TEST_CASE("A member or a manager is a reference that is resolved, or not")
{
    ChangeFacts facts = created_user();
    facts.task = Action::set_manager;
    facts.action = LoggedAction::update;
    facts.linked = true;
    facts.matching.clear();
    facts.last = Intent::manager;
    CHECK(step_lines(facts) == Lines{"import EntryImportUpdate success", "scoping EntrySynchronizationScoping success",
                                     "referenceResolution EntryReferenceResolution success", "export EntryExportUpdate success"});
    facts = skipped(facts, "UnableToResolveReferenceAttributeValue", "the manager is not provisioned yet");
    CHECK(step_lines(facts).back() == "referenceResolution EntryReferenceResolution skipped");
}

TEST_CASE("A deletion that was due is no reference; members written as a whole are one; a page of an import has no object")
{
    ChangeFacts facts = created_user();
    facts.task = Action::delete_disabled;
    facts.action = LoggedAction::delete_;
    facts.linked = true;
    facts.matching.clear();
    facts.last = Intent::delete_;
    CHECK(step_lines(facts) == Lines{"import EntryImportUpdate success", "matching EntryImport success", "scoping EntrySynchronizationScoping success",
                                     "matching EntrySynchronizationDelete success", "export EntryExportDelete success"});
    facts.object = GroupId{0};
    facts.task = Action::write_members;
    facts.action = LoggedAction::update;
    CHECK(step_lines(facts) == Lines{"import EntryImportUpdate success", "scoping EntrySynchronizationScoping success",
                                     "referenceResolution EntryReferenceResolution success", "export EntryExportUpdate success"});
    facts.object = {};
    facts.task = Action::import_users;
    CHECK(step_lines(facts) == Lines{"import EntryImport success"});
}

TEST_CASE("The ids of a run are GUIDs drawn from its seed; cycles and changes have their own")
{
    const GraphIds ids(7), again(7), other(8);
    CHECK(ids.cycle(1) == again.cycle(1));
    CHECK(ids.cycle(1) != ids.cycle(2));
    CHECK(ids.cycle(1) != other.cycle(1));
    CHECK(ids.change(1) != ids.activity(1));
    Guid guid;
    CHECK(parse_guid(ids.change(1), guid));
    // templateId, the tenant without hyphens, the service principal
    CHECK(ids.job().size() == 5 + 32 + 1 + 36);
    CHECK(ids.job().ends_with("." + ids.service_principal()));
}

TEST_CASE("A created object's values are the ones that were sent, by their paths")
{
    const auto modified = modified_by_create(
        R"({"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"ada","active":true,"name":{"givenName":"Ada"},)"
        R"("emails":[{"type":"work","value":"ada@acme.test","primary":true}],"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Research","manager":{"value":"6f1c"}},"roles":[]})");
    Lines lines;
    for (const Modified& m : modified) lines.push_back(m.name + "=" + m.new_value);
    CHECK(lines == Lines{"userName=ada", "active=True", "name.givenName=Ada", "emails[type eq \"work\"].value=ada@acme.test",
                         "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department=Research",
                         "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value=6f1c"});
    CHECK(modified_by_create("no JSON").empty());
    CHECK(modified_by_create(R"({"password":"1mz050nq"})").at(0).new_value == "********");
    CHECK(read_modified(R"([{"displayName":"title","oldValue":null,"newValue":"Analyst"}])").front().new_value == "Analyst");
    CHECK(read_modified("{").empty());
}

TEST_CASE("The three CSV files are joined by the change id, whatever the values hold")
{
    const auto setting = graph_setting();
    LogCsv csv = log_csv_heads();
    std::size_t modified = 0;
    for (std::uint64_t number = 1; number <= 3; ++number) {
        ChangeFacts facts = created_user();
        facts.number = number;
        facts.modified = {{"title", "", "Analyst, \"first class\"\nof two"}, {"department", "Sales", "Research"}};
        if (number == 3) facts = skipped(facts, "NotEffectivelyEntitled", "left out, by \"a filter\"");
        modified += facts.modified.size();
        const LogCsv rows = log_csv_rows(facts, setting);
        csv.entries += rows.entries;
        csv.steps += rows.steps;
        csv.modified += rows.modified;
    }
    const auto entries = read_csv(csv.entries), steps = read_csv(csv.steps), values = read_csv(csv.modified);
    REQUIRE(entries.size() == 4);
    for (const auto& rows : {entries, steps, values})
        for (const auto& row : rows) CHECK(row.size() == rows.front().size());
    const auto column = static_cast<std::size_t>(std::find(entries[0].begin(), entries[0].end(), "changeId") - entries[0].begin());
    std::set<std::string> changes;
    for (std::size_t i = 1; i < entries.size(); ++i) CHECK(changes.insert(entries[i].at(column)).second);
    std::map<std::string, int> steps_of;
    for (std::size_t i = 1; i < steps.size(); ++i) ++steps_of[steps[i][0]];
    CHECK(steps_of.size() == changes.size());
    for (const auto& [change, count] : steps_of) CHECK(changes.count(change) == 1);
    CHECK(values.size() == 1 + modified);
    CHECK(values[1] == Lines{values[1][0], "title", "", "Analyst, \"first class\"\nof two"});
    CHECK(changes.count(values[1][0]) == 1);
}

}  // namespace provsim
