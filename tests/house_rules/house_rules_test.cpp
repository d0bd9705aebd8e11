// SPDX-License-Identifier: Apache-2.0
// The rules of CONTRIBUTING.md that a program can check: on this tree, and on examples that break them.
// (That every header compiles alone is checked by the compiler: the target header_selftest.)
#include "tests/catch.h"
#include "tests/house_rules/rules.h"

#include <fstream>
#include <iterator>

using namespace provsim::house;

namespace {

const std::vector<Source>& tree()
{
    static const auto sources = read_sources(PROVSIM_SOURCE_DIR);
    return sources;
}

const Rooms& house()
{
    static const auto rooms = [] {
        std::ifstream file(std::string(PROVSIM_SOURCE_DIR) + "/CMakeLists.txt");
        return read_rooms(std::string{std::istreambuf_iterator<char>(file), {}});
    }();
    return rooms;
}

std::string read_text(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void expect_none(const Violations& violations)
{
    for (const auto& violation : violations) FAIL_CHECK(violation);
    SUCCEED();
}

}  // namespace

TEST_CASE("The two ends of the wire share no room but the model")
{
    const auto rooms = house();
    CHECK(rooms.at("target").enters == std::set<std::string>{"target", "model"});
    CHECK(rooms.at("connectors").enters == std::set<std::string>{"connectors", "model"});
    CHECK(rooms.at("engine").enters == std::set<std::string>{"engine", "connectors", "model"});
    CHECK(rooms.at("model").enters == std::set<std::string>{"model"});
    CHECK(rooms.at("scenario").enters.count("scenario_io") == 0);
    CHECK(rooms.at("net").enters.count("store") == 0);
    CHECK(rooms.at("store").enters.count("net") == 0);
}

TEST_CASE("Files include only from rooms that theirs may enter")
{
    expect_none(check_layering(tree(), house()));
}

TEST_CASE("The pure rooms know no clock, chance, file, socket, thread, environment or stream")
{
    expect_none(check_purity(tree(), house()));
}

TEST_CASE("Files carry the licence line, are short and finished, and compile with clang 14")
{
    expect_none(check_form(tree()));
}

TEST_CASE("No two files define a type of the same name in the same namespace")
{
    expect_none(check_names(tree()));
}

TEST_CASE("Each assertion about a vendor is a scenario, a transcript or a test that names its number")
{
    namespace files = std::filesystem;
    struct Row { Dossier dossier; std::string folder; };
    for (const Row& row : {Row{{"Entra", 54}, "entra"}, Row{{"Okta", 45}, "okta"}, Row{{"JumpCloud", 30}, "jumpcloud"}}) {
        std::map<std::string, std::string> scenarios;
        for (const auto& entry : files::directory_iterator(files::path(PROVSIM_SOURCE_DIR) / "scenarios" / row.folder / "assertions"))
            scenarios.emplace(entry.path().filename().string(), read_text(entry.path()));
        std::vector<std::string> transcripts;
        for (const auto& entry : files::recursive_directory_iterator(files::path(PROVSIM_TESTS_DIR) / "connectors" / row.folder))
            if (entry.path().extension() == ".transcript") transcripts.push_back(read_text(entry.path()));
        CHECK(scenarios.size() > 5);
        const auto missing = files::path(PROVSIM_TESTS_DIR) / "house_rules" / ("assertions_missing_" + row.folder + ".txt");
        expect_none(check_assertions(row.dossier, scenarios, transcripts, tree(), read_text(missing)));
    }
}

TEST_CASE("The rules look at the whole tree")
{
    std::size_t headers = 0;
    for (const auto& source : tree()) headers += is_header(source) ? 1 : 0;
    CHECK(tree().size() > 30);
    CHECK(headers > 15);
    CHECK(room_of(house(), "simulator/cycle/job.h")->name == "engine");
    CHECK(room_of(house(), "simulator/scenario_io/loader.h")->name == "scenario_io");
    CHECK(room_of(house(), "simulator/scenario/step.h")->name == "scenario");
    CHECK(room_of(house(), "simulator/app/main.cpp")->name == "app");
    CHECK(room_of(house(), "tests/catch.h") == nullptr);
}

TEST_CASE("An include that leaves the graph is named with its line")
{
    struct Example {
        std::string path, include, message;
    };
    const auto example = GENERATE(
        Example{"simulator/target/a.cpp", "\"connectors/c.h\"", "simulator/target/a.cpp:2: the room target may not enter connectors and includes \"connectors/c.h\""},
        Example{"connectors/a.cpp", "\"target/t.h\"", "connectors/a.cpp:2: the room connectors may not enter target and includes \"target/t.h\""},
        Example{"simulator/engine/a.h", "\"net/n.h\"", "simulator/engine/a.h:2: the room engine may not enter net and includes \"net/n.h\""},
        Example{"simulator/cycle/a.h", "\"target/t.h\"", "simulator/cycle/a.h:2: the room engine may not enter target and includes \"target/t.h\""},
        Example{"simulator/engine/a.h", "<boost/asio/ip/tcp.hpp>", "simulator/engine/a.h:2: the room engine has no asio and includes <boost/asio/ip/tcp.hpp>"},
        Example{"simulator/net/a.h", "<sqlite3.h>", "simulator/net/a.h:2: the room net has no sqlitecpp and includes <sqlite3.h>"},
        Example{"model/a.h", "\"gone.h\"", "model/a.h:2: includes \"gone.h\", which is no header of ours; others go in <>"},
        Example{"simulator/attic/a.h", "<string>", "simulator/attic/a.h:1: lies in no room of CMakeLists.txt"},
        Example{"simulator/engine/a.h", "\"connectors/c.h\"", ""},
        Example{"simulator/engine/a.h", "\"cycle/job.h\"", ""},
        Example{"simulator/net/a.h", "<boost/asio/ip/tcp.hpp>", ""});
    std::vector<Source> sources{make_source("connectors/c.h", ""), make_source("simulator/target/t.h", ""),
                                make_source("simulator/net/n.h", ""), make_source("simulator/cycle/job.h", "")};
    sources.push_back(make_source(example.path, "// a comment\n#include " + example.include + "\n"));
    const auto found = check_layering(sources, house());
    CHECK(found == (example.message.empty() ? Violations{} : Violations{example.message}));
}

TEST_CASE("The real world in a pure room is named with its line")
{
    struct Example {
        std::string path, code, message;
    };
    const auto example = GENERATE(
        Example{"connectors/a.cpp", "auto t = std::chrono::system_clock::now();", "connectors/a.cpp:1: the room connectors is kept from the real clock: system_clock::now"},
        Example{"model/a.cpp", "#include <random>", "model/a.cpp:1: the room model is kept from chance: <random>"},
        Example{"simulator/engine/a.h", "#include <fstream>", "simulator/engine/a.h:1: the room engine is kept from files: <fstream>"},
        Example{"simulator/scenario/a.cpp", "const char* home = std::getenv(\"HOME\");", "simulator/scenario/a.cpp:1: the room scenario is kept from the environment: getenv"},
        Example{"simulator/ledger/a.h", "#include <mutex>", "simulator/ledger/a.h:1: the room engine is kept from threads: <mutex>"},
        Example{"simulator/target/a.cpp", "static int requests = 0;", "simulator/target/a.cpp:1: the room target keeps no state outside its objects: a mutable static"},
        Example{"simulator/net/a.cpp", "std::cerr << 1;", "simulator/net/a.cpp:1: the room net is kept from the standard streams: std::cerr"},
        Example{"model/a.cpp", "// system_clock::now() is not used", ""},
        Example{"model/a.cpp", "const auto s = \"getenv\"; /* <mutex> */", ""},
        Example{"model/a.cpp", "static std::string name(int n);", ""},
        Example{"model/a.cpp", "static constexpr int limit = 3;", ""},
        Example{"model/a.cpp", "int environment = 10'000; auto my_getenv = 'x';", ""},
        Example{"simulator/net/a.cpp", "auto t = std::chrono::steady_clock::now();", ""},
        Example{"simulator/store/a.cpp", "#include <filesystem>", ""});
    const auto found = check_purity({make_source(example.path, example.code)}, house());
    CHECK(found == (example.message.empty() ? Violations{} : Violations{example.message}));
}

TEST_CASE("Bad form is named with its line")
{
    const std::string licence = "// SPDX-License-Identifier: Apache-2.0\n";
    std::string long_text = licence;
    for (int i = 0; i < 400; ++i) long_text += "\n";

    CHECK(check_form({make_source("model/a.cpp", "int a;\n")}).front().starts_with("model/a.cpp:1: begins with"));
    CHECK(check_form({make_source("provsim", "#!/bin/bash\n# SPDX-License-Identifier: Apache-2.0\n")}).empty());
    CHECK(check_form({make_source("model/a.cpp", long_text)}).front().starts_with("model/a.cpp:401: is longer than 400 lines"));
    CHECK(check_form({make_source("model/a.h", licence)}) == Violations{"model/a.h:1: a header says #pragma once"});
    CHECK(check_form({make_source("model/a.cpp", licence + "// FIX" "ME later\n")}) == Violations{"model/a.cpp:2: marks something as unfinished: FIX" "ME"});
    CHECK(check_form({make_source("model/a.cpp", licence + "auto v = std::views::all(x);\n")}).front().starts_with("model/a.cpp:2: std::views"));
    CHECK(check_form({make_source("model/a.cpp", licence + "// std::views is not used\nauto s = R\"(std::ranges)\";\n")}).empty());
}

TEST_CASE("A name that two files define is named with both")
{
    const auto found = [](const std::string& a, const std::string& b) { return check_names({make_source("model/a.h", a), make_source("simulator/net/b.h", b)}); };
    const std::string here = "namespace provsim {\nstruct Landing {\n};\n}  // namespace provsim\n";
    CHECK(found(here, here) == Violations{"simulator/net/b.h:2: defines Landing, which model/a.h defines too: the linker would take one for the other"});
    CHECK(found(here, "namespace provsim {\nclass Landing final : public A {\n}  // namespace provsim\n").size() == 1);
    CHECK(found(here, "namespace provsim {\nstruct Landing;\nclass Landing;\nstruct A::Landing {\nstruct Landings {\n}  // namespace provsim\n").empty());
    CHECK(found(here, "namespace provsim {\nnamespace {\nstruct Landing {\n}  // namespace\n}  // namespace provsim\n").empty());
    CHECK(found(here, "namespace provsim::target {\nstruct Landing {\n}  // namespace provsim::target\n").empty());
    CHECK(found(here + "namespace {\nstruct X {\n}  // namespace\n", "struct X {\n").empty());
}

TEST_CASE("An assertion without a test, or a test that does not say what it is, is named")
{
    std::map<std::string, std::string> scenarios;
    std::string missing = "# number: why\n";
    for (unsigned n = 3; n <= 54; ++n) missing += std::to_string(n) + ": later\n";
    const auto found = [&] { return check_assertions({"Entra", 54}, scenarios, {}, {make_source("tests/a_test.cpp", "TEST_CASE(\"Entra assertion 2 (quarantine): it ends\")\n")}, missing); };
    CHECK(found() == Violations{"assertion 1 of Entra has no scenario and no test"});
    scenarios["a01-x.provsim.yaml"] = "name: \"Entra assertion 1 (x): y\"\ntags: [a01]\ndescription: Evidence: observed\n";
    CHECK(found().empty());
    scenarios["a03b-x.provsim.yaml"] = "name: \"Entra assertion 3 (x): y\"\ntags: [a03]\ndescription: Evidence: staff\n";
    CHECK(found() == Violations{"assertion 3 of Entra is tested; take it out of the list of those missing"});
    missing.erase(missing.find("3: later"), 8);
    CHECK(found().empty());
    scenarios["a03b-x.provsim.yaml"] = "name: \"Entra assertion 33 (x): y\"\ntags: [a33]\nEvidence: my own\n";
    CHECK(found().size() == 3);
    scenarios.erase("a03b-x.provsim.yaml");
    scenarios["b55-x.provsim.yaml"] = "";
    CHECK(found().size() == 2);     // misnamed, and 3 is not tested any more
    CHECK(check_assertions({"Okta", 3}, {}, {"# Okta assertion 2: x\n", "# Okta assertion 1, sort of\n", "text\n# Okta assertion 3: x"}, {}, "1: why\n")
          == Violations{"assertion 1 of Okta is tested; take it out of the list of those missing", "assertion 3 of Okta has no scenario and no test"});
    CHECK(check_assertions({"Entra", 54}, {}, {}, {make_source("tests/a_test.cpp", "// Entra assertion 2 (x)\nTEST_CASE(\"Entra assertion 2nd (x)\")\n")}, missing).size() == 3);
}
