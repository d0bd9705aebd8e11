// SPDX-License-Identifier: Apache-2.0
// What a provider that evaluates no expressions takes as a mapping, and what it says to the rest.
#include "connectors/registry.h"
#include "tests/catch.h"

namespace provsim::test {
namespace {

MappingSpec row(const std::string& target, const std::string& source)
{
    MappingSpec spec;
    spec.target = target;
    spec.source = source;
    spec.place = {"file.yaml", 7, 3};
    return spec;
}

// What the generic provider says to these rows on top of its own; empty if it takes them.
std::string said(MappingSpecs specs)
{
    Directory directory;
    directory.custom_attribute("custom.costCentre");
    const Flavour& generic = *find_flavour("generic");
    const auto made = generic.make({Settings::check(generic.settings, {}).value(), specs, directory});
    if (made) return {};
    CHECK(made.problems().front().code == "mapping");
    return format_problem(made.problems().front());
}

std::string said_of(MappingSpec spec, bool of_groups = false)
{
    MappingSpecs specs;
    (of_groups ? specs.groups : specs.users).rows.push_back(std::move(spec));
    return said(std::move(specs));
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("A row of a plain mapping is an attribute's bare name, in brackets if one likes, or a constant")
{
    CHECK(said_of(row("nickName", "mailNickname")).empty());
    CHECK(said_of(row("nickName", "[mailNickname]")).empty());
    CHECK(said_of(row("costCenter", "custom.costCentre")).empty());
    CHECK(said_of(row("displayName", "objectId"), true).empty());
    MappingSpec constant = row("userType", "any text at all");
    constant.from = MappingSpec::From::constant;
    CHECK(said_of(constant).empty());
    MappingSpec removed = row("title", "");
    removed.removed = true;
    CHECK(said_of(removed).empty());
}

TEST_CASE("An expression, or an attribute that there is not, is refused with its place and what to write")
{
    for (const char* source : {"Join(\" \", [givenName], [surname])", "jobTitle", "handle", "custom.unheardOf", ""}) {
        INFO(source);
        const std::string text = said_of(row("nickName", source));
        CHECK(contains(text, "file.yaml:7:3"));
        CHECK(contains(text, "evaluates no expressions; write mail"));
    }
    CHECK(contains(said_of(row("displayName", "mail"), true), "no attribute of a group"));
}

TEST_CASE("What a plain mapping cannot do is refused: defaults, creation only, precedences, marks, other tables, other actions")
{
    for (int what = 0; what < 7; ++what) {
        MappingSpec spec = row("nickName", "mailNickname");
        if (what == 0) spec.default_value = "x";
        if (what == 1) spec.only_on_create = true;
        if (what == 2) spec.matching = 1;
        if (what == 3) spec.required = true;
        if (what == 4) spec.type = ValueType::boolean;
        if (what == 5) spec.case_exact = true;
        if (what == 6) spec.from = MappingSpec::From::none;
        INFO(what);
        CHECK(contains(said_of(spec), "\"nickName\" asks for more than this provider knows"));
    }
    MappingSpecs specs;
    specs.users.base = ObjectMapping::Base::minimal;
    CHECK(contains(said(specs), "one table"));
    specs = {};
    specs.groups.remove = false;
    CHECK(contains(said(specs), "creates, updates and deletes"));
    CHECK(contains(said_of(row("emails[", "mail")), "no attribute that can be mapped"));
    CHECK(contains(said_of(row("id", "objectId")), "no attribute that can be mapped"));
}

TEST_CASE("What objects are found by stays mapped")
{
    MappingSpec removed = row("userName", "");
    removed.removed = true;
    CHECK(contains(said_of(removed), "found by userName"));
    CHECK(said_of(row("userName", "mail")).empty());
}

}  // namespace provsim::test
