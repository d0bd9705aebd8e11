// SPDX-License-Identifier: Apache-2.0
#include "compare/compare.h"
#include "tests/catch.h"

#include <algorithm>

using namespace provsim;

namespace {

// A run, told line by line. Every task is one exchange and one entry of the log.
class Run {
public:
    Run& change(Duration at, std::string what)
    {
        ++head_;
        side.changes.push_back({at, head_, std::move(what)});
        return *this;
    }
    Run& sees(Position head)
    {
        seen_ = head;
        return *this;
    }
    Run& sends(Duration at, Method method, std::string target, LoggedAction action, std::string object, std::string id, Action task = Action::provision, std::string other = {})
    {
        SideExchange& e = side.exchanges.emplace_back();
        e.number = side.exchanges.size();
        e.task = task;
        e.object = object;
        e.other = other;
        e.method = method;
        e.intent = task == Action::provision ? Intent::update : Intent::member;
        e.target = std::move(target);
        e.status = 200;
        e.sent = at;
        e.answered = at + seconds{1};
        logs(at, action, Status::success, std::move(object), std::move(id), task, std::move(other));
        return *this;
    }
    Run& logs(Duration at, LoggedAction action, Status status, std::string object, std::string id = {}, Action task = Action::provision, std::string other = {})
    {
        SideEntry& entry = side.entries.emplace_back();
        entry.task = task;
        entry.object = std::move(object);
        entry.other = std::move(other);
        entry.status = status;
        entry.action = action;
        entry.target_id = std::move(id);
        entry.began = at;
        entry.ended = at + seconds{1};
        entry.head = seen_.value_or(head_);
        seen_.reset();
        return *this;
    }
    Side side;

private:
    Position head_ = 0;
    std::optional<Position> seen_;
};

const IdentityComparison& of(const Comparison& comparison, std::string_view identity)
{
    const auto found = std::find_if(comparison.identities.begin(), comparison.identities.end(), [&](const IdentityComparison& each) { return each.identity == identity; });
    REQUIRE(found != comparison.identities.end());
    return *found;
}

Run with_ada()
{
    Run run;
    run.sends(seconds{1}, Method::post, "/Users", LoggedAction::create, "user:ada", "1f");
    return run;
}

}  // namespace

TEST_CASE("Two runs that send the same things at the same times do not differ")
{
    const Run run = with_ada();
    const Comparison comparison = compare(run.side, run.side);
    CHECK_FALSE(comparison.differ);
    CHECK_FALSE(of(comparison, "user:ada").differs);
    CHECK(of(comparison, "user:ada").episodes.size() == 1);
    CHECK(of(comparison, "user:ada").episodes.front().change.empty());
}

TEST_CASE("Target ids are each run's own, and make no difference")
{
    Run a, b;
    a.sends(seconds{1}, Method::patch, "/Users/1f", LoggedAction::update, "user:ada", "1f");
    b.sends(seconds{1}, Method::patch, "/Users/77", LoggedAction::update, "user:ada", "77");
    CHECK_FALSE(compare(a.side, b.side).differ);
}

TEST_CASE("A change arrives with the first write that saw it, and the later one is named")
{
    Run a = with_ada(), b = with_ada();
    a.change(hours{1}, "user.disable ada").sends(hours{1} + seconds{2}, Method::put, "/Users/1f", LoggedAction::disable, "user:ada", "1f");
    b.change(hours{1}, "user.disable ada").sends(hours{1} + minutes{28}, Method::patch, "/Users/1f", LoggedAction::disable, "user:ada", "1f");
    const Comparison comparison = compare(a.side, b.side);
    const Episode& episode = of(comparison, "user:ada").episodes.back();
    CHECK(episode.change == "user.disable ada");
    CHECK(episode.differs);
    CHECK(episode.parts[0].took() == Duration{seconds{3}});
    CHECK(episode.parts[1].took() == Duration{minutes{28} + seconds{1}});
    CHECK(of(comparison, "user:ada").end == std::array{EndState::inactive, EndState::inactive});
    CHECK(comparison.totals[0].median == Duration{seconds{3}});
    CHECK(comparison.totals[1].worst == Duration{minutes{28} + seconds{1}});
    CHECK(comparison.totals[1].worst_change == "user.disable ada");
}

TEST_CASE("A write belongs to the change its task had seen, not to one that happened while it was under way")
{
    Run run = with_ada();
    run.change(hours{1}, "user.update ada title=Director").change(hours{1} + seconds{5}, "user.disable ada");
    run.sees(1).sends(hours{1} + seconds{6}, Method::put, "/Users/1f", LoggedAction::update, "user:ada", "1f");
    const Comparison comparison = compare(run.side, run.side);
    const auto& episodes = of(comparison, "user:ada").episodes;
    REQUIRE(episodes.size() == 3);
    CHECK(episodes[1].parts[0].lines.size() == 1);
    CHECK(episodes[2].parts[0].lines.empty());
    CHECK_FALSE(episodes[2].parts[0].arrived);
}

TEST_CASE("Two changes between two cycles arrive together")
{
    Run run = with_ada();
    run.change(hours{1}, "user.update ada title=Director").change(hours{1} + minutes{5}, "user.disable ada");
    run.sends(hours{1} + minutes{40}, Method::patch, "/Users/1f", LoggedAction::disable, "user:ada", "1f");
    const Comparison comparison = compare(run.side, run.side);
    const auto& episodes = of(comparison, "user:ada").episodes;
    REQUIRE(episodes.size() == 3);
    CHECK(episodes[1].parts[0].with_next);
    CHECK(episodes[1].parts[0].took() == Duration{minutes{40} + seconds{1}});
    CHECK_FALSE(episodes[2].parts[0].with_next);
    CHECK(comparison.totals[0].arrived == 2);
}

TEST_CASE("A change that was looked at and sent nothing does not arrive with a later one")
{
    Run run = with_ada();
    run.change(hours{1}, "user.update ada fax=1").logs(hours{1} + minutes{1}, LoggedAction::other, Status::skipped, "user:ada", "1f");
    run.change(hours{2}, "user.disable ada").sends(hours{2} + minutes{1}, Method::patch, "/Users/1f", LoggedAction::disable, "user:ada", "1f");
    const Comparison comparison = compare(run.side, run.side);
    CHECK_FALSE(of(comparison, "user:ada").episodes[1].parts[0].arrived);
    CHECK(comparison.totals[0].arrived == 1);
    CHECK(comparison.totals[0].changes == 2);
}

TEST_CASE("A change that failed arrives when it is tried again")
{
    Run run = with_ada();
    run.change(hours{1}, "user.update ada title=x").sends(hours{1} + minutes{1}, Method::patch, "/Users/1f", LoggedAction::update, "user:ada", "1f");
    run.side.exchanges.back().status = 409;
    run.side.exchanges.back().accepted = false;
    run.side.entries.back().status = Status::failure;
    run.sends(hours{1} + minutes{41}, Method::patch, "/Users/1f", LoggedAction::update, "user:ada", "1f");
    const Comparison comparison = compare(run.side, run.side);
    CHECK(of(comparison, "user:ada").episodes[1].parts[0].took() == Duration{minutes{41} + seconds{1}});
    CHECK(comparison.totals[0].refused == 1);
}

TEST_CASE("A membership is told with the group and with the member")
{
    Run run = with_ada();
    run.change(hours{1}, "group.add engineers <- ada");
    run.sends(hours{1} + minutes{1}, Method::patch, "/Groups/90", LoggedAction::update, "group:engineers", "90", Action::add_member, "user:ada");
    const Comparison comparison = compare(run.side, run.side);
    for (const char* who : {"user:ada", "group:engineers"}) {
        const Episode& episode = of(comparison, who).episodes.back();
        CHECK(episode.change == "group.add engineers <- ada");
        REQUIRE(episode.parts[0].lines.size() == 1);
        CHECK(episode.parts[0].lines.front().path == "/Groups/group:engineers");
        CHECK(episode.parts[0].lines.front().gist == "members + user:ada");
    }
    CHECK(comparison.totals[0].requests == 2);
}

TEST_CASE("A member that went with another's request is told with it")
{
    Run run = with_ada();
    run.change(hours{1}, "group.add engineers <- ada, bob");
    run.sends(hours{1} + minutes{1}, Method::patch, "/Groups/90", LoggedAction::update, "group:engineers", "90", Action::add_member, "user:ada");
    run.logs(hours{1} + minutes{1}, LoggedAction::update, Status::success, "group:engineers", "90", Action::add_member, "user:bob");
    const Comparison comparison = compare(run.side, run.side);
    CHECK(of(comparison, "user:bob").episodes.back().parts[0].lines.size() == 1);
    CHECK(of(comparison, "user:bob").episodes.back().parts[0].arrived);
}

TEST_CASE("What a member's change makes a group send stands with that change")
{
    Run run = with_ada();
    run.change(hours{1}, "user.disable ada");
    run.sends(hours{1} + minutes{1}, Method::patch, "/Groups/90", LoggedAction::update, "group:engineers", "90", Action::remove_member, "user:ada");
    CHECK(of(compare(run.side, run.side), "group:engineers").episodes.back().change == "user.disable ada");
}

TEST_CASE("A change that only one story has stands alone, and the others stay side by side")
{
    Run a, b;
    a.change(hours{1}, "user.update ada title=x").change(hours{2}, "user.disable ada");
    b.change(hours{1}, "user.update ada title=x").change(minutes{90}, "user.lock ada").change(hours{3}, "user.disable ada");
    const Comparison comparison = compare(a.side, b.side);
    const auto& episodes = of(comparison, "user:ada").episodes;
    REQUIRE(episodes.size() == 3);
    CHECK(episodes[1].change == "user.lock ada");
    CHECK_FALSE(episodes[1].parts[0].at);
    CHECK(episodes[2].parts[0].at == Duration{hours{2}});
    CHECK(episodes[2].parts[1].at == Duration{hours{3}});
}

TEST_CASE("Who ends differently differs")
{
    Run a = with_ada(), b = with_ada();
    b.side.entries.back().action = LoggedAction::other;
    b.side.entries.back().target_id.clear();
    b.side.entries.back().status = Status::failure;
    const Comparison comparison = compare(a.side, b.side);
    CHECK(of(comparison, "user:ada").end == std::array{EndState::in_app, EndState::never});
    CHECK(of(comparison, "user:ada").differs);
    CHECK(comparison.totals[0].ends[0][static_cast<std::size_t>(EndState::in_app)] == 1);
}

TEST_CASE("Of several changes, a write belongs to the one that is about just what it writes")
{
    Run run = with_ada();
    run.change(hours{1}, "user.update ada title=x").change(hours{1}, "group.remove engineers -> ada").change(hours{1}, "group.add sales <- ada");
    run.sends(hours{2}, Method::patch, "/Users/1f", LoggedAction::update, "user:ada", "1f");
    run.sends(hours{2}, Method::patch, "/Groups/90", LoggedAction::update, "group:engineers", "90", Action::remove_member, "user:ada");
    run.sends(hours{2}, Method::patch, "/Groups/91", LoggedAction::update, "group:sales", "91", Action::add_member, "user:ada");
    const Comparison comparison = compare(run.side, run.side);
    const auto& episodes = of(comparison, "user:ada").episodes;
    REQUIRE(episodes.size() == 4);
    CHECK(episodes[1].parts[0].lines.at(0).path == "/Users/user:ada");
    CHECK(episodes[2].parts[0].lines.at(0).gist == "members - user:ada");
    CHECK(episodes[3].parts[0].lines.at(0).gist == "members + user:ada");
    CHECK(of(comparison, "group:engineers").episodes.back().change == "group.remove engineers -> ada");
    CHECK(comparison.totals[0].arrived == 3);
}

TEST_CASE("When the first load is done is told, and makes no difference")
{
    Run a = with_ada(), b;
    b.sends(minutes{5}, Method::post, "/Users", LoggedAction::create, "user:ada", "77");
    const Comparison comparison = compare(a.side, b.side);
    CHECK_FALSE(comparison.differ);
    CHECK(comparison.totals[0].first_load == Duration{seconds{2}});
    CHECK(comparison.totals[1].first_load == Duration{minutes{5} + seconds{1}});
}

TEST_CASE("Arrivals that only the target's answers tell apart are the same")
{
    Run a = with_ada(), b = with_ada();
    for (Run* run : {&a, &b}) run->change(hours{1}, "user.disable ada").sends(hours{2}, Method::patch, "/Users/1f", LoggedAction::disable, "user:ada", "1f");
    b.side.exchanges.back().answered += milliseconds{300};
    CHECK_FALSE(compare(a.side, b.side).differ);
    b.side.exchanges.back().answered += seconds{1};
    CHECK(compare(a.side, b.side).differ);
}

TEST_CASE("An edit concerns the identities it names")
{
    CHECK(concerned("user.update grace department=Research") == std::vector<std::string>{"user:grace"});
    CHECK(concerned("group.add engineers <- alan, group:readers") == std::vector<std::string>{"group:engineers", "user:alan", "group:readers"});
    CHECK(concerned("group.rename engineers \"The <- Engineers\"") == std::vector<std::string>{"group:engineers"});
    CHECK(concerned("group.create big <- a, b and 7 more") == std::vector<std::string>{"group:big", "user:a", "user:b"});
    CHECK(concerned("assign group:engineers admin") == std::vector<std::string>{"group:engineers"});
    CHECK(concerned("note").empty());
}
