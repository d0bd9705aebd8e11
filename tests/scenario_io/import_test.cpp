// SPDX-License-Identifier: Apache-2.0
// Users and groups from files: Entra's CSV in its three dresses, and Microsoft Graph's answers.
#include "tests/catch.h"

#include "fixtures.h"

#include "scenario_io/csv.h"
#include "scenario_io/import_csv.h"
#include "scenario_io/import_graph.h"

#include <sstream>

using namespace provsim;

namespace {

struct Imported {
    Directory directory;
    Problems problems;
    Draw draw{1};

    explicit Imported(const std::string& csv)
    {
        std::istringstream in(csv);
        Importer importer(directory, draw, TimePoint{}, problems);
        import_csv(in, "users.csv", importer);
    }
    UserId user(std::string_view handle) const { return directory.find_by_handle(ObjectKind::user, handle).user(); }
    std::string value(std::string_view handle, Attribute attribute) const { return std::string(directory.value(user(handle), attribute)); }
};

std::vector<std::vector<std::string>> rows(const std::string& text, std::string* fault = nullptr, int* line = nullptr)
{
    std::istringstream in(text);
    CsvReader reader(in);
    std::vector<std::vector<std::string>> all;
    while (reader.next()) all.emplace_back(reader.fields().begin(), reader.fields().end());
    if (fault) *fault = reader.fault();
    if (line) *line = reader.line();
    return all;
}

using Rows = std::vector<std::vector<std::string>>;

}  // namespace

TEST_CASE("CSV is read as RFC 4180 has it")
{
    CHECK(rows("a,b\r\nc,d\r\n") == Rows{{"a", "b"}, {"c", "d"}});
    CHECK(rows("a,b\nc,d") == Rows{{"a", "b"}, {"c", "d"}});
    CHECK(rows("\xEF\xBB\xBF" "a,b\n") == Rows{{"a", "b"}});
    CHECK(rows("\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\"\n") == Rows{{"a,b", "say \"hi\"", "two\nlines"}});
    CHECK(rows("a,,\n,\"\",b\n") == Rows{{"a", "", ""}, {"", "", "b"}});
    CHECK(rows("a\n\n\r\nb\n") == Rows{{"a"}, {"b"}});
    CHECK(rows("\"\"\n") == Rows{{""}});
    CHECK(rows("a\r") == Rows{{"a"}});
    CHECK(rows("") == Rows{});
}

TEST_CASE("Broken CSV is refused with the line where it breaks")
{
    struct Case { const char* text; const char* fault; int line; };
    for (const Case& c : {Case{"a\nb\"c\n", "a quote in the middle of a field", 2}, Case{"a\n\"b\"c\n", "text behind a closing quote", 2},
                          Case{"a\n\n\"b\nc\nd", "this quote is never closed", 3}, Case{"a\rb\n", "a carriage return without a line feed", 1}}) {
        std::string fault;
        int line = 0;
        rows(c.text, &fault, &line);
        CAPTURE(c.text);
        CHECK(fault == c.fault);
        CHECK(line == c.line);
    }
}

TEST_CASE("CSV is the same whatever the size of what is read at once")
{
    // Longer than the reader's buffer, with quotes and line ends across its edges.
    std::string text;
    for (int i = 0; i < 20'000; ++i) text += "\"x" + std::to_string(i) + ",\"\"\r\n\",y\r\n";
    const auto all = rows(text);
    REQUIRE(all.size() == 20'000);
    for (int i = 0; i < 20'000; ++i) CHECK(all[static_cast<std::size_t>(i)][0] == "x" + std::to_string(i) + ",\"\r\n");
}

TEST_CASE("Entra's bulk-create template is read, and its passwords are not")
{
    const Imported imported(fixtures::read(std::string(PROVSIM_SOURCE_DIR) + "/scenarios/directories/acme-bulk.csv"));
    CHECK(fixtures::messages(imported.problems).empty());
    REQUIRE(imported.directory.user_rows() == 5);
    CHECK(imported.value("barbara", Attribute::user_name) == "barbara@bulk.acme.test");
    CHECK(imported.value("barbara", Attribute::street) == "100 Harbor Way, Floor 3");
    CHECK(imported.value("barbara", Attribute::office) == "SEA-1");
    CHECK(imported.value("barbara", Attribute::phone) == "+1 206 555 0101");
    CHECK(imported.value("barbara", Attribute::mobile) == "+1 206 555 0102");
    CHECK(imported.value("edsger", Attribute::display_name) == "Dijkstra, Edsger W.");
    CHECK(imported.value("ken", Attribute::display_name) == "Ken \"K.\" Thompson");
    CHECK(imported.directory.enabled(imported.user("barbara")));
    CHECK_FALSE(imported.directory.enabled(imported.user("ken")));      // "Block sign in: Yes"
    for (std::uint32_t i = 0; i < 5; ++i)
        for (std::size_t a = 0; a < max_attributes; ++a) CHECK(imported.directory.value(UserId{i}, static_cast<Attribute>(a)) != "not-a-real-password");
}

TEST_CASE("The template's example row is left out with a warning")
{
    const Imported imported("version:v1.0\nName [displayName] Required,User name [userPrincipalName] Required\nExample: Chris Green,chris@contoso.com\nAda,ada@acme.test\n");
    CHECK(imported.directory.user_rows() == 1);
    CHECK(fixtures::messages(imported.problems) == "users.csv:3: warning: the template's example row is left out  [csv]\n");
}

TEST_CASE("Entra's download of users is read")
{
    const Imported imported("userPrincipalName,displayName,surname,mail,givenName,id,userType,jobTitle,department,accountEnabled,usageLocation,telephoneNumber\n"
                            "ada@acme.test,Ada Lovelace,Lovelace,,Ada,0B0F8C6E-7A55-4A2E-9D0B-4F6F5A1D0001,Member,Countess,Engineering,False,GB,+44 20 7946 0101\n");
    CHECK(fixtures::messages(imported.problems).empty());
    const UserId ada = imported.user("ada");
    CHECK(to_string(imported.directory.object_id(ada)) == "0b0f8c6e-7a55-4a2e-9d0b-4f6f5a1d0001");
    CHECK_FALSE(imported.directory.enabled(ada));
    CHECK(imported.value("ada", Attribute::title) == "Countess");
}

TEST_CASE("Neutral columns are read, managers and attributes of one's own included")
{
    const Imported imported("userName,enabled,manager,custom.costCode,phone\nada@acme.test,1,grace,42,\ngrace@acme.test,No,,,x\nalan@acme.test,,GRACE@ACME.test,,\n");
    CHECK(fixtures::messages(imported.problems).empty());
    CHECK(imported.directory.manager(imported.user("ada")) == imported.user("grace"));
    CHECK(imported.directory.manager(imported.user("alan")) == imported.user("grace"));
    CHECK(imported.value("ada", *imported.directory.find_custom("custom.costCode")) == "42");
    CHECK_FALSE(imported.directory.enabled(imported.user("grace")));
}

TEST_CASE("Two people with one nickname get two handles")
{
    const Imported imported("userName\nada@acme.test\nada@example.test\nguest_x.test#EXT#@acme.test\n");
    CHECK(imported.value("ada-2", Attribute::user_name) == "ada@example.test");
    CHECK(imported.user("guest_x.test#EXT#") == UserId{2});
}

TEST_CASE("A column with a mistyped heading is not lost in silence")
{
    const Imported imported("userName,departmant,xyzzy\nada@acme.test,Engineering,1\n");
    CHECK(fixtures::messages(imported.problems) ==
          "users.csv:1: warning: the column \"departmant\" is not read; did you mean \"department\"?  [csv-column]\n"
          "users.csv:1: warning: the column \"xyzzy\" is not read; custom.x keeps a column of your own  [csv-column]\n");
}

TEST_CASE("A column that is there twice, and text that is not UTF-8, are refused")
{
    const Imported imported("userName,User name [userPrincipalName],displayName\nada@acme.test,,Z\xEB\n");
    CHECK(fixtures::messages(imported.problems) ==
          "users.csv:1: error: the column \"User name [userPrincipalName]\" is the second of its kind; leave one of them out  [csv-column]\n"
          "users.csv:2: error: this row is not in UTF-8; save the file as \"CSV UTF-8\"  [csv]\n");
}

TEST_CASE("Graph's users and groups are read and joined by their ids")
{
    const std::string folder = std::string(PROVSIM_SOURCE_DIR) + "/scenarios/directories/";
    Directory directory;
    Problems problems;
    const Draw draw(1);
    Importer importer(directory, draw, TimePoint{}, problems);
    GraphImport graph(importer);
    graph.users(fixtures::read(folder + "acme-users.json"), "users.json");
    graph.groups(fixtures::read(folder + "acme-groups.json"), "groups.json");
    graph.join();
    CHECK(fixtures::messages(problems).empty());

    const auto user = [&](std::string_view handle) { return directory.find_by_handle(ObjectKind::user, handle).user(); };
    CHECK(directory.user_rows() == 4);
    CHECK(directory.value(user("margaret"), Attribute::phone) == "+1 206 555 0111");
    CHECK(directory.value(user("margaret"), Attribute::office) == "SEA-1");
    CHECK(directory.value(user("katherine"), Attribute::mail).empty());
    CHECK(directory.manager(user("jean")) == user("margaret"));
    CHECK_FALSE(directory.enabled(user("jean")));
    const GroupId flight = directory.find_by_handle(ObjectKind::group, "flight-software").group();
    const GroupId trajectories = directory.find_by_handle(ObjectKind::group, "trajectories").group();
    CHECK(directory.members(flight) == std::vector<UserId>{user("margaret"), user("kay")});
    CHECK(directory.nested(flight) == std::vector<GroupId>{trajectories});
    REQUIRE(graph.deleted().size() == 1);
    CHECK(graph.deleted()[0].first == user("kay"));
    CHECK(format_time(graph.deleted()[0].second) == "2026-02-20T08:00:00Z");
}

TEST_CASE("Somebody whom the export found in the recycle bin is there when the clock starts")
{
    const auto loaded = load_scenario("provsim: 1\ndirectory: { import: { graph: { users: acme-users.json } } }\n", "story", std::string(PROVSIM_SOURCE_DIR) + "/scenarios/directories", {});
    REQUIRE(loaded);
    const Directory& directory = loaded.value().directory;
    const ObjectRef kay = directory.find_by_handle(ObjectKind::user, "kay");
    CHECK(directory.presence(kay) == Presence::soft_deleted);
    // The clock starts before he was deleted, and nobody is deleted in the future.
    CHECK(directory.soft_deleted_at(kay.user()) == loaded.value().clock.start);
}

TEST_CASE("Missing pages of an export are warned about")
{
    Directory directory;
    Problems problems;
    const Draw draw(1);
    Importer importer(directory, draw, TimePoint{}, problems);
    GraphImport graph(importer);
    graph.users(R"({"@odata.nextLink":"x","value":[{"id":"5a1d6c1e-3d0a-4c1b-9f52-6d1f3a2b0001","userPrincipalName":"a@b.test","manager":{"id":"5a1d6c1e-3d0a-4c1b-9f52-6d1f3a2b0009"}}]})", "users.json");
    graph.groups(R"([{"id":"5a1d6c1e-3d0a-4c1b-9f52-6d1f3a2b0002","displayName":"G","members@odata.nextLink":"x","members":[{"id":"5a1d6c1e-3d0a-4c1b-9f52-6d1f3a2b0008"}]}])", "groups.json");
    graph.join();
    CHECK(fixtures::messages(problems) ==
          "users.json: warning: this is one page of several: it has an @odata.nextLink; fetch the other pages and list all files  [graph-page]\n"
          "groups.json: warning: value[0] has more members than this answer holds; $expand stops at 20: export the members on their own  [graph-page]\n"
          "users.json: warning: 1 managers are not in the export; their reports have none  [graph-reference]\n"
          "groups.json: warning: 1 members are not in the export and left out; users may be on a page that is missing  [graph-reference]\n");
}

TEST_CASE("A byte order mark is passed over, and what PowerShell's cmdlets wrote is told apart")
{
    Directory directory;
    Problems problems;
    const Draw draw(1);
    Importer importer(directory, draw, TimePoint{}, problems);
    GraphImport graph(importer);
    graph.users("\xEF\xBB\xBF[{\"id\":\"5a1d6c1e-3d0a-4c1b-9f52-6d1f3a2b0001\",\"userPrincipalName\":\"a@b.test\"}]", "users.json");
    CHECK(fixtures::messages(problems).empty());
    CHECK(directory.user_rows() == 1);
    graph.users(R"([{"Id":"5a1d6c1e-3d0a-4c1b-9f52-6d1f3a2b0002","UserPrincipalName":"c@b.test"}])", "more.json");
    CHECK(fixtures::messages(problems) ==
          "more.json: error: value[0] has no id; PowerShell's cmdlets write names of their own: save what Invoke-MgGraphRequest -OutputType Json answers  [graph]\n");
}

TEST_CASE("Extension attributes that there is no room for are left out with one warning")
{
    Directory directory;
    Problems problems;
    const Draw draw(1);
    Importer importer(directory, draw, TimePoint{}, problems);
    GraphImport graph(importer);
    std::string users = R"([{"id":"5a1d6c1e-3d0a-4c1b-9f52-6d1f3a2b0001","userPrincipalName":"a@b.test")";
    for (int i = 0; i < 60; ++i) users += ",\"extension_x_" + std::to_string(i) + "\":\"v\"";
    graph.users(users + "}]", "users.json");
    CHECK(directory.find_custom("custom.extension_x_42"));
    CHECK_FALSE(directory.find_custom("custom.extension_x_43"));
    CHECK(fixtures::messages(problems) ==
          "users.json: warning: there is no room for extension_x_43 and further extension attributes; a directory has at most 43 of its own  [too-many-attributes]\n");
}
