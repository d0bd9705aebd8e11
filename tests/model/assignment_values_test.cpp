// SPDX-License-Identifier: Apache-2.0
// What assignments carry: a priority and values.
#include "tests/catch.h"

#include "model/edit.h"

using namespace provsim;

namespace {

using Values = std::vector<std::pair<Attribute, std::string_view>>;

struct Office {
    Directory directory;
    ObjectRef ada, sales;

    Office()
    {
        edit(AddUser{"ada", {{"userName", "ada@acme.test"}}, true, ""});
        edit(AddGroup{"sales", "Sales", {"ada"}});
        ada = directory.find_by_handle(ObjectKind::user, "ada");
        sales = directory.find_by_handle(ObjectKind::group, "sales");
    }
    void edit(const Edit& edit) { REQUIRE(apply(directory, edit, {}, Draw(1)).ok()); }
    const Change& last() const { return directory.changes()[directory.changes().head() - 1]; }
};

}  // namespace

TEST_CASE("An assignment may set attributes, and a group's may have a priority")
{
    Office office;
    const Directory& directory = office.directory;
    CHECK_FALSE(View(directory).assignments_carry_terms());
    office.edit(Assign{"group:sales", {}, 2u, {{"title", "Seller"}, {"department", "Sales"}, {"custom.floor", "4"}}});
    CHECK(office.last().kind == ChangeKind::assigned);
    CHECK(directory.assignment_priority(office.sales) == 2u);
    const Attribute floor = directory.find_custom("custom.floor").value();
    CHECK(directory.assignment_values(office.sales) == Values{{Attribute::department, "Sales"}, {Attribute::title, "Seller"}, {floor, "4"}});
    CHECK(directory.assignment_values(office.ada).empty());
    CHECK_FALSE(directory.assignment_priority(office.ada));
    CHECK(View(directory).assignments_carry_terms());
}

TEST_CASE("Assigning again changes what is named, and an empty value ends one")
{
    Office office;
    const Directory& directory = office.directory;
    office.edit(Assign{"group:sales", {}, 2u, {{"title", "Seller"}, {"department", "Sales"}}});
    office.edit(Assign{"group:sales", {}, {}, {{"title", "Trader"}, {"department", ""}}});
    CHECK(office.last().kind == ChangeKind::assignment_changed);
    CHECK(office.last().object == office.sales);
    CHECK(office.last().attributes == (bit(Attribute::title) | bit(Attribute::department)));
    CHECK(directory.assignment_values(office.sales) == Values{{Attribute::title, "Trader"}});
    CHECK(directory.assignment_priority(office.sales) == 2u);
    CHECK(View(directory).former_terms(office.sales).values == Values{{Attribute::department, "Sales"}, {Attribute::title, "Seller"}});

    office.edit(Assign{"group:sales", {}, 0u, {}});
    CHECK(office.last().attributes == bit(Attribute::handle));
    const Position head = directory.changes().head();
    office.edit(Assign{"group:sales", {}, 0u, {{"title", "Trader"}, {"mail", ""}}});
    office.edit(Assign{"group:sales"});
    CHECK(directory.changes().head() == head);
}

TEST_CASE("What an assignment carried ends with it, and is known for what follows from that")
{
    Office office;
    const View view(office.directory);
    office.edit(Assign{"user:ada"});
    office.edit(Assign{"group:sales", {}, 2u, {{"title", "Seller"}}});
    office.edit(Unassign{"group:sales"});
    CHECK(view.assignment_values(office.sales).empty());
    CHECK_FALSE(view.assignment_priority(office.sales));
    CHECK(view.former_terms(office.sales).priority == 2u);
    CHECK(view.former_terms(office.sales).values == Values{{Attribute::title, "Seller"}});
    CHECK(view.former_place(office.sales) == 1);
    office.edit(Assign{"group:sales"});
    CHECK(view.assignment_values(office.sales).empty());
    office.edit(DeleteGroup{"sales"});
    CHECK(view.last_members(office.sales.group()) == std::vector<UserId>{office.ada.user()});
}

TEST_CASE("A snapshot keeps who is assigned, and shows what assignments carry as it is now")
{
    Office office;
    office.edit(Assign{"group:sales", {}, 2u, {{"title", "Seller"}}});
    const Snapshot snapshot(office.directory);
    const View then(office.directory, snapshot);
    office.edit(Assign{"group:sales", {}, {}, {{"title", "Trader"}}});
    office.edit(Assign{"user:ada", {}, {}, {{"title", "Head"}}});
    CHECK(then.assigned(office.sales));
    CHECK_FALSE(then.assigned(office.ada));
    CHECK(then.assignments() == std::vector<ObjectRef>{office.sales});
    CHECK(then.assignment_values(office.sales) == Values{{Attribute::title, "Trader"}});
}
