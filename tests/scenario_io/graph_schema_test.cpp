// SPDX-License-Identifier: Apache-2.0
// Synchronization schemas as Microsoft Graph exports them: files/scim-default.json is a custom application's as it is created,
// files/scim-edited.json one that was worked on; both written by hand after the shapes of Graph's documentation.
#include "tests/catch.h"

#include "fixtures.h"

#include "connectors/entra/default_mapping.h"
#include "scenario_io/graph_schema_write.h"
#include "scenario_io/json_text.h"

using namespace provsim;
using Json = nlohmann::ordered_json;

namespace {

const std::string folder = std::string(PROVSIM_FIXTURES) + "/scenario_io/files";

GraphSchema read_file(const char* name)
{
    auto read = read_graph_schema(fixtures::read(folder + "/" + name), name);
    CAPTURE(fixtures::messages(read ? Problems{} : read.problems()));
    REQUIRE(read);
    return std::move(read).value();
}

std::string refused(const std::string& text)
{
    const auto read = read_graph_schema(text, "s.json");
    return read ? "accepted: " + fixtures::messages(read.value().warnings) : fixtures::messages(read.problems());
}

// A schema of one rule, with these user mappings and this scope.
std::string schema_of(const std::string& mappings, const std::string& scope = "null", const std::string& kind = "User")
{
    return R"({"synchronizationRules":[{"sourceDirectoryName":"Azure Active Directory","targetDirectoryName":"t","objectMappings":[)"
           R"({"sourceObjectName":"User","targetObjectName":"u","attributeMappings":[{"targetAttributeName":"userName","matchingPriority":1,"source":{"expression":"[userPrincipalName]","type":"Attribute"}}]},)"
           R"({"sourceObjectName":")" + kind + R"(","targetObjectName":"x","scope":)" + scope + R"(,"attributeMappings":[)" + mappings + "]}]}]}";
}

const MappingSpec& row(const std::vector<MappingSpec>& rows, std::string_view target)
{
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const MappingSpec& each) { return each.target == target; });
    REQUIRE(found != rows.end());
    return *found;
}

// All that is said of a row but its place.
std::string told(const MappingSpec& row)
{
    std::string text = row.target + " <- " + (row.from == MappingSpec::From::none ? "none" : row.from == MappingSpec::From::constant ? "constant " + row.source : row.source);
    if (row.default_value) text += " default " + *row.default_value;
    if (row.only_on_create) text += " create";
    if (row.matching > 0) text += " match " + std::to_string(row.matching);
    if (row.type) text += " type " + std::to_string(static_cast<int>(*row.type));
    if (row.case_exact) text += *row.case_exact ? " exact" : " any case";
    return text + (row.required ? " required" : "");
}

std::string told(const GraphFilters& filters)
{
    std::string text;
    for (const auto* groups : {&filters.scoping, &filters.input})
        for (const FilterGroupText& group : *groups) {
            text += groups == &filters.input ? "input" : "scoping";
            for (const FilterClauseText& clause : group) {
                text += " | " + clause.attribute.text + " " + clause.op.text;
                for (const FilterWord& value : clause.values) text += " '" + value.text + "'";
            }
            text += '\n';
        }
    return text;
}

std::string told(const ObjectMapping& mapping, ObjectKind kind)
{
    std::string text = std::string(mapping.enabled ? "" : "disabled ") + (mapping.create ? "create " : "") + (mapping.update ? "update " : "") + (mapping.remove ? "delete" : "") + "\n";
    for (const MappingSpec& each : effective_rows(mapping, kind)) text += told(each) + "\n";
    return text;
}

std::string told(const GraphExport& what)
{
    return told(what.mappings.users, ObjectKind::user) + told(what.users) + told(what.mappings.groups, ObjectKind::group) + told(what.groups);
}

GraphExport exported(const GraphSchema& schema) { return {schema.mappings, schema.users, schema.groups}; }

}  // namespace

TEST_CASE("The schema of a custom application as it is created is Entra's default table")
{
    const GraphSchema schema = read_file("scim-default.json");
    CHECK(fixtures::messages(schema.warnings).empty());
    CHECK(schema.custom.empty());
    for (const ObjectKind kind : {ObjectKind::user, ObjectKind::group}) {
        const auto& rows = (kind == ObjectKind::user ? schema.mappings.users : schema.mappings.groups).rows;
        const auto standard = standard_rows(kind);
        REQUIRE(rows.size() == standard.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            MappingSpec plain = rows[i];
            plain.required = false;         // userName and displayName are, in the target's directory
            CHECK(told(plain) == told(standard[i]));
        }
    }
}

TEST_CASE("An edited schema: constants, expressions, defaults, flow types, matching, extensions and what the target says of them")
{
    const GraphSchema schema = read_file("scim-edited.json");
    const auto& users = schema.mappings.users;
    const std::string acme = "urn:ietf:params:scim:schemas:extension:acme:2.0:User:";
    CHECK(told(row(users.rows, "userName")) == "userName <- [userPrincipalName] match 1 type 0 any case required");
    CHECK(told(row(users.rows, "externalId")) == "externalId <- [employeeId] match 2 type 0 exact");
    CHECK(told(row(users.rows, "displayName")) == "displayName <- Append(Append([surname], \", \"), [givenName]) type 0 any case");
    CHECK(told(row(users.rows, "title")) == "title <- [jobTitle] default n/a type 0 any case");
    CHECK(told(row(users.rows, "preferredLanguage")) == "preferredLanguage <- [preferredLanguage] type 0 any case");     // an empty default is none
    CHECK(told(row(users.rows, "userType")) == "userType <- constant Employee type 0 any case");
    CHECK(told(row(users.rows, "timezone")) == "timezone <- none default Europe/Berlin type 0 any case");
    CHECK(row(users.rows, "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber").only_on_create);
    CHECK(told(row(users.rows, acme + "costCenter")) == acme + "costCenter <- [extension_9b7d3c5214f04a8e8a3f2f0c61d5e7aa_costCenter] type 0 any case required");
    CHECK(told(row(users.rows, acme + "badge")) == acme + "badge <- [extensionAttribute2] default 0 type 2 any case required");
    CHECK(row(users.rows, "active").type == ValueType::boolean);
    CHECK(users.create);
    CHECK(users.update);
    CHECK_FALSE(users.remove);
    CHECK_FALSE(schema.mappings.groups.enabled);
    CHECK(schema.custom == std::vector<std::string>{"extensionAttribute1", "extension_9b7d3c5214f04a8e8a3f2f0c61d5e7aa_costCenter", "extensionAttribute2"});
    CHECK(told(schema.users) == "scoping | department EQUALS 'Engineering' 'Research' | employeeId IS NOT NULL\nscoping | jobTitle REGEX MATCH '^Chief'\n"
                                "input | extensionAttribute1 NOT EQUALS 'service' | accountEnabled IS TRUE\n");
    CHECK(fixtures::messages(schema.warnings) ==
          "scim-edited.json:7:5: warning: this rule reads from \"customappsso\" and is not used; provsim provisions from Entra's directory  [graph-schema]\n"
          "scim-edited.json:541:27: warning: the flow type AttributeAddOnly is taken for Always  [graph-schema]\n"
          "scim-edited.json:686:9: warning: objects of type \"AppRole\" are not provisioned here; their mapping is kept and not used  [graph-schema]\n");
}

TEST_CASE("A schema that nobody changed is written back as it came, key for key")
{
    for (const char* name : {"scim-default.json", "scim-edited.json"}) {
        const GraphSchema schema = read_file(name);
        const Json written = amend_graph_schema(schema, exported(schema));
        CHECK(written.dump() == parse_json_text(fixtures::read(folder + "/" + name), name).value().dump());
    }
}

TEST_CASE("What was changed is written anew, and everything else is as it came")
{
    const GraphSchema schema = read_file("scim-edited.json");
    GraphExport now = exported(schema);
    auto& rows = now.mappings.users.rows;
    rows.erase(rows.begin() + 3);      // title
    MappingSpec changed = row(rows, "displayName");
    changed.source = "Append([givenName], [custom.costCode])";
    rows.push_back(changed);           // as a scenario's own mappings come: behind, in place of the row before
    MappingSpec fresh;
    fresh.target = "nickName2";
    fresh.from = MappingSpec::From::constant;
    fresh.source = "say \"hi\\there\"";
    rows.push_back(fresh);
    now.mappings.users.remove = true;
    now.users.scoping.pop_back();
    const Json written = amend_graph_schema(schema, now);

    const Json& mapping = written["synchronizationRules"][1]["objectMappings"][1];
    const Json& was = schema.document["synchronizationRules"][1]["objectMappings"][1];
    CHECK(mapping["flowTypes"] == "Add,Update,Delete");
    CHECK(mapping["scope"]["groups"].size() == 1);
    CHECK(mapping["scope"]["inputFilterGroups"] == was["scope"]["inputFilterGroups"]);
    CHECK(mapping["metadata"] == was["metadata"]);
    REQUIRE(mapping["attributeMappings"].size() == was["attributeMappings"].size());       // one less, one more
    CHECK(mapping["attributeMappings"][2]["source"]["expression"] == "Append([givenName], [costCode])");
    CHECK(mapping["attributeMappings"][2]["source"]["parameters"][1]["value"]["name"] == "costCode");
    CHECK(mapping["attributeMappings"][3] == was["attributeMappings"][4]);
    CHECK(mapping["attributeMappings"].back()["source"]["expression"] == R"("say \"hi\\there\"")");
    CHECK(written["directories"] == schema.document["directories"]);
    CHECK(written["synchronizationRules"][1]["objectMappings"][0] == schema.document["synchronizationRules"][1]["objectMappings"][0]);

    // The tree that the portal draws: conditions are no functions, and what is left out is no parameter.
    MappingSpec tree;
    tree.source = R"j(IIF(Left([custom.a], 1) = Left([b], 1), Switch([c], , "x(", "y"), Join(" ", [d], "[custom.e]")))j";
    now.mappings.users.rows = {rows.front(), tree};
    const Json drawn = amend_graph_schema(schema, now)["synchronizationRules"][1]["objectMappings"][1]["attributeMappings"][1]["source"];
    CHECK(drawn["expression"] == R"j(IIF(Left([a], 1) = Left([b], 1), Switch([c], , "x(", "y"), Join(" ", [d], "[custom.e]")))j");
    REQUIRE(drawn["parameters"].size() == 3);
    CHECK(drawn["parameters"][0]["value"]["expression"] == "Left([a], 1) = Left([b], 1)");
    CHECK(drawn["parameters"][0]["value"]["parameters"].empty());
    CHECK(drawn["parameters"][1]["value"]["name"] == "Switch");
    REQUIRE(drawn["parameters"][1]["value"]["parameters"].size() == 3);
    CHECK(drawn["parameters"][1]["value"]["parameters"][1]["value"]["name"] == "x(");
    CHECK(drawn["parameters"][2]["value"]["parameters"][2]["value"]["expression"] == "\"[custom.e]\"");

    const auto again = read_graph_schema(written.dump(), "again");
    REQUIRE(again);
    CHECK(row(again.value().mappings.users.rows, "nickName2").source == fresh.source);
}

TEST_CASE("What is composed reads as what it was composed of")
{
    for (const char* name : {"scim-default.json", "scim-edited.json"}) {
        const GraphSchema schema = read_file(name);
        const Json composed = compose_graph_schema(exported(schema), Draw(7));
        const auto again = read_graph_schema(composed.dump(2), "composed");
        CAPTURE(name, fixtures::messages(again ? Problems{} : again.problems()));
        REQUIRE(again);
        CHECK(told(exported(again.value())) == told(exported(schema)));
        CHECK(again.value().custom == schema.custom);
        CHECK(compose_graph_schema(exported(again.value()), Draw(7)) == composed);
    }
}

TEST_CASE("provsim's defaults are composed into a whole schema, with ids of the seed")
{
    const Json composed = compose_graph_schema({}, Draw(7));
    CHECK(compose_graph_schema({}, Draw(7)) == composed);
    CHECK(compose_graph_schema({}, Draw(8))["id"] != composed["id"]);
    const auto again = read_graph_schema(composed.dump(), "composed");
    REQUIRE(again);
    CHECK(again.value().warnings.empty());
    CHECK(told(exported(again.value())).find("active <- Switch([IsSoftDeleted], , \"False\", \"True\", \"True\", \"False\") type 1") != std::string::npos);
    const Json& active = composed["synchronizationRules"][0]["objectMappings"][1]["attributeMappings"][1];
    CHECK(active["source"]["type"] == "Function");
    CHECK(active["source"]["parameters"][0]["value"]["name"] == "IsSoftDeleted");
    REQUIRE(composed["directories"].size() == 2);
    // Exactly one anchor for each object, and a definition for each attribute that is mapped.
    for (const Json& directory : composed["directories"])
        for (const Json& object : directory["objects"])
            CHECK(std::count_if(object["attributes"].begin(), object["attributes"].end(), [](const Json& each) { return each["anchor"] == true; }) == 1);
    CHECK(composed["directories"][1]["objects"][0]["attributes"].size() == 1 + standard_rows(ObjectKind::user).size());
}

TEST_CASE("A template, a list of templates and a bare schema are all read")
{
    const Json schema = read_file("scim-default.json").document;
    const auto rows = [](const Json& document) {
        const auto read = read_graph_schema(document.dump(), "t");
        CAPTURE(fixtures::messages(read ? Problems{} : read.problems()));
        REQUIRE(read);
        CHECK(amend_graph_schema(read.value(), exported(read.value())) == document);
        return read.value().mappings.users.rows.size();
    };
    const Json other = Json::parse(schema_of("", "null", "Other"));
    CHECK(rows({{"id", "scim"}, {"schema", schema}}) == 22);
    CHECK(rows({{"@odata.context", "x"}, {"value", Json::array({Json{{"id", "other"}, {"default", true}, {"schema", other}}, Json{{"id", "scim"}, {"schema", schema}}})}}) == 22);
    CHECK(rows(Json::array({Json{{"id", "a"}, {"schema", other}}, Json{{"id", "b"}, {"default", true}, {"schema", schema}}})) == 22);
}

TEST_CASE("Mistakes in a schema are told with their places and what to do")
{
    CHECK(refused("") == "s.json: error: the file is empty  [json]\n");
    CHECK(refused("{\n \"a\": ]\n}").find("s.json:2:7: error: this is not JSON: syntax error while parsing value") == 0);
    CHECK(refused(std::string("\xFF\xFE{\0}\0", 6)).find("s.json: error: this file is in UTF-16; save it as UTF-8") == 0);
    CHECK(refused(std::string(300, '[')).find("s.json:1:201: error: nested deeper than 200") == 0);
    CHECK(refused("{\"value\": [{\"userPrincipalName\": \"a\"}]}").find("s.json:1:1: error: there are no \"synchronizationRules\" in it; export the schema of the provisioning job: GET ") == 0);
    CHECK(refused("{\"synchronizationRules\": []}").find("s.json:1:26: error: no rule maps users of Entra's directory; ") == 0);

    const auto says = [](const std::string& mapping, const std::string& scope = "null", const std::string& kind = "Group") { return refused(schema_of(mapping, scope, kind)); };
    const auto contains = [](const std::string& said, const std::string& text) {
        CAPTURE(said, text);
        CHECK(said.find(text) != std::string::npos);
    };
    const std::string fine = R"({"targetAttributeName":"displayName","matchingPriority":1,"source":{"expression":"[displayName]"}})";
    contains(says(R"j({"targetAttributeName":"displayName","matchingPriority":1,"source":{"expression":"Joyn([a])","type":"Function"}})j"), "did you mean");
    contains(says(R"({"targetAttributeName":"displayName","matchingPriority":1,"source":{"expression":"Append([displayName], ","type":"Function"}})"), "of the expression of displayName");
    contains(says(R"({"targetAttributeName":"displayName","matchingPriority":-1,"source":null})"), "-1 is not a matching priority; it is a whole number; 0 stands for none");
    contains(says(R"({"targetAttributeName":"displayName","flowType":"Allways","source":null})"), "there is no flow type \"Allways\"; did you mean \"Always\"?");
    contains(says(R"({"targetAttributeName":"displayName","source":{"type":"Atribute","expression":"[displayName]"}})"), "there is no source type \"Atribute\"; did you mean \"Attribute\"?");
    contains(says(R"({"targetAttributeName":"displayName","source":{"type":"Function"}})"), "the mapping of displayName has a source without an expression");
    contains(says(R"({"source":null})"), "this mapping has no \"targetAttributeName\"");
    contains(says(fine + "," + fine), "displayName is mapped twice; leave one of them out");
    contains(says(R"({"targetAttributeName":"displayName","source":null})"), "objects are matched by no attribute; give one a matchingPriority of 1");
    contains(says(""), "this object mapping has no attribute mappings");
    contains(says(fine, R"({"groups":[{"clauses":[{"sourceOperandName":"displayName","operatorName":"EQUAL","targetOperand":{"values":["x"]}}]}]})"), "there is no filter operator \"EQUAL\"; did you mean \"equals\"?");
    contains(says(fine, R"({"groups":[{"clauses":[{"sourceOperandName":"displayName","operatorName":"EQUALS","targetOperand":{"values":[""]}}]}]})"), "EQUALS needs a value that is a text and not empty");
    contains(says(fine, R"({"groups":[{"clauses":[{"operatorName":"IS NULL"}]}]})"), "this clause has no \"sourceOperandName\"");
    // Not understood, but no mistake.
    contains(says(fine, R"({"groups":[{"clauses":[]}],"categoryFilterGroups":[{}]})"), "accepted: ");
    contains(says(fine, R"({"categoryFilterGroups":[{}]})"), "categoryFilterGroups are experimental");
    contains(says(fine + R"(,{"targetAttributeName":"description","source":{"expression":"[description]"}})"), "groups here have no description, so that description is not sent");
    contains(says(fine, "null", "User"), "users are mapped more than once; the first mapping is used");
}

TEST_CASE("A value's place in a JSON text is where it begins, whatever stands before it")
{
    const std::string text = "\xEF\xBB\xBF{ \"a\\u0062\": [1, {\"x\": \"]}\\\"\"},\n  \"\xC3\xA9\", [ ] ], \"b\": { \"c/d\": null } }";
    const auto place = [&](const char* pointer) {
        const Place found = place_in_json(text, "f", Json::json_pointer(pointer));
        return std::to_string(found.line) + ":" + std::to_string(found.column);
    };
    REQUIRE(parse_json_text(text, "f"));
    CHECK(place("") == "1:1");
    CHECK(place("/ab") == "1:14");
    CHECK(place("/ab/0") == "1:15");
    CHECK(place("/ab/1/x") == "1:24");
    CHECK(place("/ab/2") == "2:3");
    CHECK(place("/ab/3") == "2:8");
    CHECK(place("/b/c~1d") == "2:29");
    CHECK(place("/b/nothing") == "2:20");
}
