// SPDX-License-Identifier: Apache-2.0
// Random edits, made both to a Directory and to a plain world: the live directory and every open view must agree with
// the world, or with the copy of it that was made when the view's snapshot was taken.
#include "tests/catch.h"

#include "tests/model/plain_world.h"

#include <memory>

using namespace provsim;

namespace {

class Story {
public:
    explicit Story(std::uint64_t seed) : draw_(seed) {}

    // One edit, made to both; false if what was drawn makes no sense just now.
    bool edit(std::uint64_t turn)
    {
        turn_ = turn;
        now_ += Duration{below(3)};
        switch (below(22)) {
        case 0: case 1: return add_user();
        case 2: case 3: return set_values();
        case 4: return set_enabled();
        case 5: return set_manager();
        case 6: return soft_delete();
        case 7: return restore();
        case 8: return below(3) == 0 && hard_delete();
        case 9: return add_group();
        case 10: return rename();
        case 11: return below(4) == 0 && delete_group();
        case 12: case 13: case 14: case 15: return member(true);
        case 16: case 17: case 18: return member(false);
        case 19: return nested();
        default: return assignment();
        }
    }

    Directory directory;
    PlainWorld world;
    std::size_t membership_count() const
    {
        std::size_t count = 0;
        for (const PlainUser& user : world.users)
            if (user.presence == Presence::present) count += user.groups.size();
        return count;
    }

private:
    Draw draw_;
    TimePoint now_{};
    std::uint64_t turn_ = 0, ordinal_ = 0;

    std::uint64_t below(std::uint64_t bound) { return draw_.below(bound, "story", turn_, ordinal_++); }
    UserId any_user() { return UserId{static_cast<std::uint32_t>(below(world.users.size() + 1))}; }
    GroupId any_group() { return GroupId{static_cast<std::uint32_t>(below(world.groups.size() + 1))}; }
    bool is(UserId user, Presence presence) { return row(user) < world.users.size() && world.at(user).presence == presence; }
    bool is_there(UserId user) { return is(user, Presence::present); }
    bool is_there(GroupId group) { return row(group) < world.groups.size() && world.at(group).presence == Presence::present; }

    bool add_user()
    {
        if (world.users.size() >= 12) return false;
        PlainUser plain;
        plain.id = draw_guid(draw_, "id", turn_);
        plain.enabled = below(2) == 0;
        plain.values[Attribute::handle] = "u" + std::to_string(world.users.size());
        plain.values[Attribute::mail] = "mail" + std::to_string(below(3));
        const std::vector<std::pair<Attribute, std::string_view>> values(plain.values.begin(), plain.values.end());
        CHECK(row(directory.add_user(plain.id, values, plain.enabled, now_)) == world.users.size());
        world.users.push_back(plain);
        return true;
    }
    bool set_values()
    {
        const UserId user = any_user();
        if (!is_there(user)) return false;
        const Attribute attributes[] = {Attribute::user_name, Attribute::title, Attribute::mail, directory.custom_attribute("custom.a")};
        std::vector<std::pair<Attribute, std::string>> texts;
        for (const Attribute attribute : attributes)
            if (below(2) == 0) texts.emplace_back(attribute, below(4) == 0 ? "" : "text" + std::to_string(below(4)));
        directory.set_values(user, std::vector<std::pair<Attribute, std::string_view>>(texts.begin(), texts.end()), now_);
        for (const auto& [attribute, text] : texts) world.at(user).values[attribute] = text;
        return true;
    }
    bool set_enabled()
    {
        const UserId user = any_user();
        if (!is_there(user)) return false;
        world.at(user).enabled = below(2) == 0;
        directory.set_enabled(user, world.at(user).enabled, now_);
        return true;
    }
    bool set_manager()
    {
        const UserId user = any_user(), manager = below(4) == 0 ? no_user : any_user();
        if (!is_there(user) || (manager != no_user && !is_there(manager))) return false;
        world.at(user).manager = manager;
        directory.set_manager(user, manager, now_);
        return true;
    }
    bool soft_delete()
    {
        const UserId user = any_user();
        if (!is_there(user)) return false;
        world.at(user).presence = Presence::soft_deleted;
        directory.soft_delete(user, now_);
        CHECK(directory.soft_deleted_at(user) == now_);
        return true;
    }
    bool restore()
    {
        const UserId user = any_user();
        if (!is(user, Presence::soft_deleted)) return false;
        world.at(user).presence = Presence::present;
        directory.restore(user, now_);
        return true;
    }
    bool hard_delete()
    {
        const UserId user = any_user();
        if (!is_there(user) && !is(user, Presence::soft_deleted)) return false;
        world.hard_delete(user);
        directory.hard_delete(user, now_);
        return true;
    }
    bool add_group()
    {
        if (world.groups.size() >= 6) return false;
        PlainGroup plain;
        plain.id = draw_guid(draw_, "id", turn_);
        plain.handle = "g" + std::to_string(world.groups.size());
        plain.display_name = "Group";
        CHECK(row(directory.add_group(plain.id, plain.handle, plain.display_name, now_)) == world.groups.size());
        world.groups.push_back(plain);
        return true;
    }
    bool rename()
    {
        const GroupId group = any_group();
        if (!is_there(group)) return false;
        world.at(group).display_name = "Group " + std::to_string(below(3));
        directory.rename(group, world.at(group).display_name, now_);
        return true;
    }
    bool delete_group()
    {
        const GroupId group = any_group();
        if (!is_there(group)) return false;
        world.delete_group(group);
        directory.delete_group(group, now_);
        return true;
    }
    bool member(bool joins)
    {
        const GroupId group = any_group();
        const UserId user = any_user();
        if (!is_there(group) || !is_there(user)) return false;
        auto& members = world.at(group).members;
        auto& groups = world.at(user).groups;
        if (!joins) {
            take_out(members, user);
            take_out(groups, group);
            directory.remove_member(group, user, now_);
        } else {
            if (!holds(members, user)) members.push_back(user);
            if (!holds(groups, group)) groups.push_back(group);
            directory.add_member(group, user, now_);
        }
        return true;
    }
    bool nested()
    {
        const GroupId group = any_group(), member = any_group();
        if (!is_there(group) || !is_there(member) || group == member) return false;
        auto& list = world.at(group).nested;
        if (below(2) == 0) {
            if (!holds(list, member)) list.push_back(member);
            directory.add_nested(group, member, now_);
        } else {
            take_out(list, member);
            directory.remove_nested(group, member, now_);
        }
        return true;
    }
    bool assignment()
    {
        const bool of_user = below(2) == 0, on = below(2) == 0;
        const UserId user = any_user();
        const GroupId group = any_group();
        if (of_user ? !is_there(user) : !is_there(group)) return false;
        const ObjectRef object = of_user ? ObjectRef(user) : ObjectRef(group);
        (of_user ? world.at(user).assigned : world.at(group).assigned) = on;
        if (!on) take_out(world.assignments, object);
        else if (!holds(world.assignments, object)) world.assignments.push_back(object);
        on ? directory.assign(object, now_) : directory.unassign(object, now_);
        return true;
    }
};

struct Opened {
    Snapshot snapshot;
    PlainWorld world;     // as it was then
    Position head;
};

}  // namespace

TEST_CASE("A view of a snapshot shows the directory as it was, whatever is edited afterwards")
{
    std::size_t compared = 0, edits = 0;
    for (std::uint64_t seed = 1; seed <= 150; ++seed) {
        Story story(seed);
        std::vector<std::unique_ptr<Opened>> open;
        for (std::uint64_t turn = 0; turn < 220; ++turn) {
            CAPTURE(seed, turn);
            // Up to three snapshots overlap, and are closed in any order.
            const auto choice = Draw{seed}.below(12, "snapshots", turn);
            if (choice == 0 && open.size() < 3)
                open.push_back(std::unique_ptr<Opened>(new Opened{Snapshot(story.directory), story.world, story.directory.changes().head()}));
            if (choice == 1 && !open.empty()) open.erase(open.begin() + static_cast<std::ptrdiff_t>(Draw{seed}.below(open.size(), "which", turn)));

            const Position before = story.directory.changes().head();
            edits += story.edit(turn) ? 1 : 0;
            REQUIRE(story.directory.changes().head() <= before + 1);
            if (turn % 5 != 0) continue;
            REQUIRE(difference(story.directory, story.world) == "");
            REQUIRE(difference(View(story.directory), story.world) == "");
            REQUIRE(story.directory.membership_count() == story.membership_count());
            for (const auto& opened : open) {
                const View view(story.directory, opened->snapshot);
                REQUIRE(difference(view, opened->world) == "");
                REQUIRE(view.head() == opened->head);
                ++compared;
            }
        }
    }
    CHECK(compared > 5000);
    CHECK(edits > 10000);
}

TEST_CASE("Entitlement by group follows the members of a view, not those of today")
{
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        Story story(seed + 1000);
        for (std::uint64_t turn = 0; turn < 100; ++turn) story.edit(turn);
        const PlainWorld then = story.world;
        const Snapshot snapshot(story.directory);
        for (std::uint64_t turn = 100; turn < 200; ++turn) story.edit(turn);
        const View view(story.directory, snapshot);
        for (std::uint32_t i = 0; i < then.users.size(); ++i) {
            CAPTURE(seed, i);
            const PlainUser& user = then.users[i];
            bool entitled = user.assigned;
            for (const GroupId group : user.groups) entitled = entitled || then.groups[row(group)].assigned;
            CHECK(view.assigned_directly_or_by_group(UserId{i}) == (entitled && user.presence == Presence::present));
        }
    }
}

TEST_CASE("A big group that loses and gains members keeps the order of joining, and its memory")
{
    Directory directory;
    const TimePoint now{};
    const GroupId everybody = directory.add_group({}, "everybody", "Everybody", now);
    std::vector<UserId> plain;
    for (int i = 0; i < 3000; ++i) {
        plain.push_back(directory.add_user({}, {}, true, now));
        directory.add_member(everybody, plain.back(), now);
    }
    const std::size_t full = directory.footprint().memberships;
    for (std::uint64_t round = 0; round < 20000; ++round) {
        const std::size_t leaver = Draw{5}.below(plain.size(), "leaver", round);
        const UserId user = plain[leaver];
        directory.remove_member(everybody, user, now);
        directory.add_member(everybody, user, now);
        plain.erase(plain.begin() + static_cast<std::ptrdiff_t>(leaver));
        plain.push_back(user);
    }
    CHECK(directory.members(everybody) == plain);
    CHECK(directory.footprint().memberships < 3 * full);   // dead edges are swept and used again
}
