// SPDX-License-Identifier: Apache-2.0
// The sandbox's own containers against simple ones that cannot be wrong.
#include "model/random.h"
#include "target/byte_writer.h"
#include "target/store.h"

#include "tests/catch.h"

#include <algorithm>
#include <map>
#include <set>

using namespace provsim;
using namespace provsim::target;

TEST_CASE("A member set keeps the order of joining through any series of joining, leaving and coming back")
{
    for (const std::uint32_t people : {5u, 20u, 300u}) {
        const Draw draw(people);
        MemberSet set;
        std::vector<MemberRef> plain;
        for (std::uint64_t i = 0; i < 4000; ++i) {
            const auto row = static_cast<RowNumber>(draw.below(people, "row", i));
            const MemberRef member = draw.below(2, "kind", i) == 0 ? MemberRef::user(row) : MemberRef::group(row);
            const auto at = std::find(plain.begin(), plain.end(), member);
            const bool there = at != plain.end();
            REQUIRE(set.contains(member) == there);
            switch (draw.below(4, "do", i)) {
                case 0:
                case 1:
                    REQUIRE(set.add(member) == !there);
                    if (!there) plain.push_back(member);
                    break;
                case 2: {
                    const auto position = set.remove(member);
                    REQUIRE(position.has_value() == there);
                    if (there && draw.below(2, "back", i) == 0) set.put_back(member, *position);
                    else if (there) plain.erase(at);
                    break;
                }
                default: set.tidy();
            }
            REQUIRE(set.size() == plain.size());
            if (i % 50 == 0) REQUIRE(set.list() == plain);
        }
        CHECK(set.list() == plain);
    }
}

TEST_CASE("A hash index knows exactly the rows that are filed, however often they are filed anew")
{
    const Draw draw(7);
    HashIndex index;
    std::map<RowNumber, std::uint32_t> plain;
    for (std::uint64_t i = 0; i < 20'000; ++i) {
        const auto row = static_cast<RowNumber>(draw.below(500, "row", i));
        // Few tags with many rows and many tags with few.
        const auto tag = static_cast<std::uint32_t>(draw.below(2, "few", i) == 0 ? draw.below(3, "tag", i) : draw.at("tag", i));
        if (const auto found = plain.find(row); found != plain.end()) {
            index.erase(found->second, row);
            plain.erase(found);
        } else {
            index.insert(tag, row);
            plain.emplace(row, tag);
        }
    }
    std::map<std::uint32_t, std::set<RowNumber>> by_tag;
    for (const auto& [row, tag] : plain) by_tag[tag].insert(row);
    for (const auto& [tag, rows] : by_tag) {
        std::set<RowNumber> got;
        index.each(tag, [&](RowNumber row) { CHECK(got.insert(row).second); });
        CHECK(got == rows);
    }
    std::size_t others = 0;
    for (std::uint32_t tag = 100; tag < 200; ++tag)
        if (by_tag.find(tag) == by_tag.end()) index.each(tag, [&](RowNumber) { ++others; });
    CHECK(others == 0);
}

TEST_CASE("Values survive packing, the empty apart from the absent")
{
    Fields fields;
    const std::string long_text(70'000, 'x');
    fields.text[slot::user_name] = "ada";
    fields.text[slot::display_name] = "";
    fields.text[slot::manager] = long_text;
    Element element;
    element.text[0] = "a@b";
    element.text[2] = "";
    fields.lists[0] = {element, Element{}};
    fields.lists[4].push_back(element);
    fields.set_custom({"urn:a:2.0:User", "x", "1"});
    fields.set_custom({"urn:b:2.0:User", "y", "{}"});
    fields.set_custom({"URN:A:2.0:User", "z", "[]"});

    std::string packed, again;
    pack(fields, packed);
    Fields back;
    unpack(packed, back);
    pack(back, again);
    CHECK(packed == again);
    CHECK(back.text[slot::user_name] == "ada");
    CHECK(present(back.text[slot::display_name]));
    CHECK_FALSE(present(back.text[slot::external_id]));
    CHECK(back.text[slot::manager] == long_text);
    REQUIRE(back.lists[0].size() == 2);
    CHECK(back.lists[0][0] == element);
    CHECK(back.lists[0][1].empty());
    CHECK(back.lists[4].size() == 1);
    REQUIRE(back.custom.size() == 3);
    CHECK(back.custom[1].name == "z");   // beside the other of its URN
    CHECK(back.find_custom("urn:B:2.0:user", "Y") != nullptr);
    CHECK(peek_text(packed, slot::manager) == long_text);
    CHECK_FALSE(present(peek_text(packed, slot::external_id)));
}

TEST_CASE("An edit of members that is not kept leaves no trace on either side")
{
    Store store;
    std::string packed;
    const auto make = [&](std::uint8_t key, const std::string& name, bool group) {
        Fields fields;
        fields.text[key] = name;
        pack(fields, packed);
        return group ? store.create_group(fields, packed, {}) : store.users.create(fields, packed, {});
    };
    std::vector<MemberRef> everybody;
    for (int i = 0; i < 60; ++i) everybody.push_back(MemberRef::user(make(slot::user_name, "u" + std::to_string(i), false)));
    std::vector<RowNumber> groups;
    for (int i = 0; i < 3; ++i) groups.push_back(make(slot::display_name, "g" + std::to_string(i), true));
    everybody.push_back(MemberRef::group(groups[2]));

    const Draw draw(11);
    const auto state = [&] {
        std::vector<std::vector<std::uint32_t>> out;
        for (const RowNumber group : groups) {
            auto& members = out.emplace_back();
            for (const MemberRef member : store.members(group).list()) members.push_back(member.raw);
        }
        for (const MemberRef member : everybody) out.push_back(store.row(member).groups);
        return out;
    };
    for (std::uint64_t round = 0; round < 300; ++round) {
        const auto before = state();
        const bool keep = draw.below(3, "keep", round) == 0;
        bool changed = false;
        {
            MembershipEdit edit(store, groups[draw.below(3, "group", round)]);
            const auto steps = draw.below(40, "steps", round);
            for (std::uint64_t i = 0; i < steps; ++i) {
                const MemberRef member = everybody[draw.below(everybody.size(), "who", round, i)];
                switch (draw.below(5, "what", round, i)) {
                    case 0:
                    case 1: edit.add(member); break;
                    case 2:
                    case 3: edit.remove(member); break;
                    default: edit.replace_all({member, everybody[0], member});
                }
            }
            changed = edit.changed();
            if (keep) edit.keep();
        }
        if (!keep || !changed) REQUIRE(state() == before);
    }
}

TEST_CASE("Rows are listed in the order of creation, whoever was deleted between")
{
    Store store;
    std::string packed;
    std::vector<RowNumber> plain;
    const Draw draw(3);
    for (std::uint64_t i = 0; i < 5000; ++i) {
        Fields fields;
        const std::string name = "u" + std::to_string(i);
        fields.text[slot::user_name] = name;
        pack(fields, packed);
        plain.push_back(store.users.create(fields, packed, {}));
    }
    for (std::uint64_t i = 0; i < 3500; ++i) {
        const auto at = static_cast<std::ptrdiff_t>(draw.below(plain.size(), "gone", i));
        Fields old;
        unpack(store.users[plain[static_cast<std::size_t>(at)]].values.bytes(), old);
        store.erase(MemberRef::user(plain[static_cast<std::size_t>(at)]), old, {});
        plain.erase(plain.begin() + at);
    }
    REQUIRE(store.users.size() == plain.size());
    bool same = true;
    for (std::size_t skip = 0; skip < plain.size(); ++skip) same = same && store.users.row_after(skip) == plain[skip];
    CHECK(same);
    CHECK(store.users.row_after(plain.size()) == store.users.end());
}

TEST_CASE("A byte writer writes JSON strings as append_json_string does, wherever the byte stands that needs an escape")
{
    for (std::size_t size = 0; size < 40; ++size) {
        for (std::size_t at = 0; at <= size; ++at) {
            for (const char odd : {'"', '\\', '\x01', '\x1f', ' ', '\x7f', '\x80', '\xff'}) {
                std::string text(size, 'x');
                if (at < size) text[at] = odd;
                std::string expected = "before", got = "before";
                append_json_string(expected, text);
                ByteWriter(got, 4).string(text);
                if (got != expected) FAIL_CHECK(size << " bytes, odd one at " << at << ": " << got);
            }
        }
    }
    std::string out;
    {
        ByteWriter writer(out, 0);
        writer.raw('{');
        for (int i = 0; i < 1000; ++i) {
            writer.key("name");
            writer.string("value");
        }
        writer.raw("}");
    }
    CHECK(out.size() == 1 + 1000 * std::string_view(R"(,"name":"value")").size() - 1 + 1);
    CHECK(out.substr(0, 31) == R"({"name":"value","name":"value",)");
}
