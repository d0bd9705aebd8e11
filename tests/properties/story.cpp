// SPDX-License-Identifier: Apache-2.0
#include "tests/properties/story.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace provsim::properties {
namespace {

constexpr Duration day = hours{24};

class Author {
public:
    explicit Author(std::uint64_t seed) : draw_(seed) { story_.seed = seed; }

    Story write() &&
    {
        choose_settings();
        people();
        long_ = one_in(6);
        // Few stories have what nobody at the provider's end does: they would excuse too much in the others.
        meddled_ = one_in(5);
        reused_ = one_in(5);
        rough_ = one_in(3);
        const auto count = 5 + below(one_in(3) ? 56 : 20);
        Duration at{0};
        for (std::uint64_t i = 0; i < count; ++i) {
            at += pause();
            // Much goes wrong only in the minute after a cycle's opening.
            if (one_in(3)) at = (at / minutes{20} + 1) * minutes{20} + Duration{below(60000)} - Duration{below(2) * 1000};
            if (!one_in(6)) {
                story_.events.push_back({at, what()});
                continue;
            }
            for (auto& next : motif()) {
                story_.events.push_back({at, std::move(next)});
                at += Duration{below(one_in(2) ? 30000 : 1500000)};
            }
        }
        return std::move(story_);
    }

private:
    Draw draw_;
    Story story_;
    std::uint64_t ordinal_ = 0;
    unsigned users_ = 0, groups_ = 0, fault_ = 0, renames_ = 0;
    bool long_ = false, meddled_ = false, reused_ = false, rough_ = false;

    std::uint64_t below(std::uint64_t bound) { return draw_.below(bound, "story", 0, ordinal_++); }
    bool one_in(std::uint64_t n) { return below(n) == 0; }
    template <class T, std::size_t N>
    const T& pick(const T (&from)[N]) { return from[below(N)]; }

    void set(const char* name, const char* value) { story_.settings.emplace_back(name, value); }

    void choose_settings()
    {
        if (one_in(2)) set("aadOptscim062020", "true");
        if (one_in(3)) set("get_after_match", "false");
        if (one_in(4)) set("target_soft_delete", "unsupported");
        if (one_in(4)) set("manager_clear", "silent");
        if (one_in(4)) set("case_only_change", "send");
        if (one_in(4)) set("delete_after_unassign", "on_hard_delete");
        if (one_in(4)) set("honor_retry_after", "true");
        if (one_in(4)) set("flag_single_attribute", "pathless");
        if (one_in(4)) set("on_demand", "provision_only");
        constexpr const char* widths[] = {"1", "2", "5", "5", "20"};
        set("max_in_flight", pick(widths));
        set("max_in_flight_per_group", pick(widths));
        story_.mode = one_in(3) ? ScopeMode::all : ScopeMode::assigned;
        if (one_in(3)) story_.user_filter = static_cast<UserFilter>(1 + below(3));
        if (one_in(4)) story_.group_filter = GroupFilter::not_hidden;
        const bool one_schedule = one_in(3);
        story_.users_every = minutes{40};
        story_.groups_every = one_schedule ? minutes{40} : minutes{20};
        switch (below(4)) {
        case 0: story_.latency = LatencyModel::constant(milliseconds{50}); break;
        case 1: story_.latency = LatencyModel::around(milliseconds{200}, seconds{3}); break;
        case 2: story_.latency = LatencyModel::around(seconds{2}, seconds{25}); break;
        default: story_.latency = LatencyModel::around(seconds{5}, seconds{28}); break;    // at most 56 s: late answers are a matter of faults
        }
    }

    // --- the directory ---------------------------------------------------------------------------------------------

    void people()
    {
        const auto users = below(one_in(2) ? 31 : 8), groups = below(7);
        for (std::uint64_t i = 0; i < users; ++i) story_.directory.push_back(new_user());
        for (std::uint64_t i = 0; i < groups; ++i) story_.directory.push_back(new_group());
        for (std::uint64_t i = 0; i < users / 2; ++i) story_.directory.push_back(UpdateUser{user(), {{"manager", user()}}});
        for (std::uint64_t i = 0; i < 3 * groups; ++i) story_.directory.push_back(AddMembers{group(), {member()}});
        for (std::uint64_t i = 0; i < users + groups; ++i) story_.directory.push_back(Assign{one_in(3) && groups > 0 ? "group:" + group() : "user:" + user()});
    }

    // Now and then somebody who is not there.
    std::string user() { return users_ == 0 || one_in(40) ? "nobody" : "u" + std::to_string(below(few(users_))); }
    std::string group() { return groups_ == 0 || one_in(40) ? "nothing" : "g" + std::to_string(below(few(groups_))); }
    // Half of what happens concerns the same few, or nothing would ever meet.
    std::uint64_t few(unsigned count) { return one_in(2) ? std::min(count, 3u) : count; }
    std::string member() { return one_in(10) ? "group:" + group() : "user:" + user(); }

    Edit new_user()
    {
        const std::string handle = "u" + std::to_string(users_++);
        AddUser edit{handle, {{"userName", user_name(handle)}, {"displayName", "User " + handle}}, !one_in(8), one_in(3) ? user() : ""};
        for (int i = 0; i < 5; ++i) edit.values.push_back(value());
        if (one_in(2)) edit.values.emplace_back("department", "Engineering");
        return edit;
    }

    std::string user_name(const std::string& handle)
    {
        if (reused_ && one_in(3)) return "u" + std::to_string(below(users_ + 1)) + "@acme.test";
        return handle + (one_in(10) ? "." + std::to_string(renames_++) : "") + "@acme.test";
    }

    Edit new_group()
    {
        const std::string handle = "g" + std::to_string(groups_++);
        AddGroup edit{handle, "Group " + handle, {}};
        for (auto n = below(4); n > 0; --n) edit.members.push_back(member());
        return edit;
    }

    std::pair<std::string, std::string> value()
    {
        constexpr const char* attributes[] = {"title", "title", "department", "department", "mail", "givenName", "familyName", "displayName", "office", "street",
                                              "city", "city", "state", "postalCode", "country", "phone", "mobile", "fax", "preferredLanguage", "mailNickname", "employeeId"};
        constexpr const char* texts[] = {"Engineering", "engineering", "Sales", "Rome", "Zoë \"Z\" O'Neil", "back\\slash", "a]b[c", "東京", "x", "X", "1", "True"};
        const std::string name = pick(attributes);
        if (one_in(8)) return {name, ""};
        return {name, pick(texts)};
    }

    // --- events ------------------------------------------------------------------------------------------------------

    Duration pause()
    {
        const auto choice = below(20);
        if (choice < 4) return Duration{0};
        if (choice < 9) return Duration{below(300000)};
        if (choice < 16) return minutes{5} + Duration{below(7200000)};
        if (choice < 18) return hours{2 + below(20)};
        if (choice < 19 || !long_) return day * (1 + below(3)) + Duration{below(86400000)};
        return day * (25 + below(10));
    }

    decltype(Event::what) what()
    {
        switch (below(24)) {
        case 0: case 1: return fault();
        case 2: return Clear{};
        case 3: return demand();
        case 4: if (one_in(3)) return Restart{}; return edit();
        case 5: case 6: if (meddled_) return meddle(); return edit();
        case 7: case 8: case 9: if (rough_) return fault(); return edit();
        case 10: if (rough_) return Clear{}; return edit();
        case 11: case 12: if (rough_) return demand(); return edit();
        default: return edit();
        }
    }

    // What is done and undone while a cycle, a push or an answer is still to come.
    std::vector<decltype(Event::what)> motif()
    {
        const std::string u = user(), g = group(), in_g = "user:" + u, user_u = "user:" + u, group_g = "group:" + g;
        switch (below(14)) {
        case 0: return {AddMembers{g, {in_g}}, Demand{group_g, {u}}, RemoveMembers{g, {in_g}}};
        case 1: return {RemoveMembers{g, {in_g}}, Demand{group_g, {u}}, AddMembers{g, {in_g}}};
        case 2: return {Assign{user_u}, Demand{user_u, {}}, Unassign{user_u}};
        case 3: return {Unassign{user_u}, Demand{user_u, {}}, Assign{user_u}};
        case 4: return {DisableUser{u}, Demand{user_u, {}}, EnableUser{u}};
        case 5: return {SoftDeleteUser{u}, Demand{user_u, {}}, RestoreUser{u}};
        case 6: return {fault(), new_user(), Assign{"user:u" + std::to_string(users_ - 1)}, Demand{"user:u" + std::to_string(users_ - 1), {}}, update(), Clear{}};
        case 7: return {fault(), update(), Demand{user_u, {}}, Clear{}, update()};
        case 8: return {Unassign{group_g}, Demand{group_g, {u}}, Assign{group_g}};
        case 9: return {SoftDeleteUser{u}, HardDeleteUser{u}};
        case 10: return {UpdateUser{u, {{"manager", user()}}}, Demand{user_u, {}}, UpdateUser{u, {{"manager", ""}}}};
        case 11: return {fault(), RemoveMembers{g, {in_g}}, Clear{}, Restart{}};
        case 12: return {RemoveMembers{g, {in_g}}, SoftDeleteUser{u}, RestoreUser{u}};
        default: return {Unassign{group_g}, AddMembers{g, members()}, Assign{group_g}, RemoveMembers{g, {in_g}}};
        }
    }

    Edit edit()
    {
        switch (below(24)) {
        case 0: case 1: return new_user();
        case 2: case 3: case 4: return update();
        case 5: return EnableUser{user()};
        case 6: return DisableUser{user()};
        case 7: case 8: return SoftDeleteUser{user()};
        case 9: case 10: return RestoreUser{user()};
        case 11: return HardDeleteUser{user()};
        case 12: return new_group();
        case 13: return rename();
        case 14: return DeleteGroup{group()};
        case 15: case 16: case 17: return AddMembers{group(), members()};
        case 18: case 19: return RemoveMembers{group(), {member()}};
        case 20: case 21: return Assign{one_in(3) ? "group:" + group() : "user:" + user()};
        default: return Unassign{one_in(3) ? "group:" + group() : "user:" + user()};
        }
    }

    std::vector<std::string> members()
    {
        std::vector<std::string> names{member()};
        while (one_in(2) && names.size() < 5) names.push_back(member());
        return names;
    }

    Edit update()
    {
        UpdateUser edit{user(), {}};
        switch (below(8)) {
        case 0: edit.values.emplace_back("manager", one_in(3) ? "" : user()); break;
        case 1: edit.values.emplace_back("userName", one_in(12) ? "" : one_in(3) ? upper(edit.user) : user_name(edit.user)); break;
        default:
            for (auto n = 1 + below(4); n > 0; --n) edit.values.push_back(value());
        }
        return edit;
    }

    static std::string upper(const std::string& handle) { return "U" + handle.substr(1) + "@ACME.test"; }

    Edit rename()
    {
        const std::string name = group();
        if (one_in(4)) return RenameGroup{name, "Hidden"  + (reused_ ? std::string() : " " + name)};
        if (reused_ && one_in(3)) return RenameGroup{name, "Group " + group()};
        if (one_in(8)) return RenameGroup{name, "GROUP " + name};
        return RenameGroup{name, "Group " + name + (one_in(2) ? "" : "." + std::to_string(renames_++))};
    }

    FaultRule fault()
    {
        FaultRule rule;
        rule.name = "fault " + std::to_string(fault_++);
        rule.kind = static_cast<FaultKind>(below(4));
        constexpr Method methods[] = {Method::get, Method::post, Method::patch, Method::patch, Method::delete_};
        constexpr const char* paths[] = {"/Users", "/Groups", "/Users/", "/Groups/", "/Users?", ""};
        constexpr int statuses[] = {400, 401, 403, 404, 409, 412, 429, 429, 500, 501, 503, 503};
        if (!one_in(4)) rule.method = pick(methods);
        rule.path = pick(paths);
        if (!one_in(4)) rule.times = 1 + below(8);
        rule.status = pick(statuses);
        if (one_in(2)) rule.retry_after = seconds{1 + below(90)};
        rule.delay = seconds{1 + below(90)};
        return rule;
    }

    Demand demand()
    {
        if (one_in(2)) return {"user:" + user(), {}};
        Demand demand{"group:" + group(), {}};
        for (auto n = below(6); n > 0; --n) demand.members.push_back(user());
        return demand;
    }

    Meddle meddle()
    {
        using How = Meddle::How;
        constexpr How hows[] = {How::retitle, How::disable, How::enable, How::erase, How::add_member, How::remove_member, How::create};
        const How how = pick(hows);
        switch (how) {
        case How::add_member:
        case How::remove_member: return {how, "group:" + group(), user()};
        case How::create: return {how, "", "u" + std::to_string(users_ + below(3)) + "@acme.test"};
        case How::erase: return {how, one_in(3) ? "group:" + group() : "user:" + user(), ""};
        default: return {how, "user:" + user(), "Meddler"};
        }
    }
};

std::string describe(const FaultRule& rule)
{
    constexpr const char* kinds[] = {"status", "latency", "lost_reply", "reset"};
    std::string text = fmt::format("fault \"{}\": {}", rule.name, kinds[static_cast<int>(rule.kind)]);
    if (rule.kind == FaultKind::status) text += fmt::format(" {}{}", rule.status, rule.retry_after ? " Retry-After " + format_duration(*rule.retry_after) : "");
    if (rule.kind == FaultKind::latency) text += ' ' + format_duration(rule.delay);
    return text + fmt::format(" on {} {}* {}", rule.method ? to_string(*rule.method) : "any", rule.path,
                              rule.times ? fmt::format("{} times", *rule.times) : "until cleared");
}

std::string describe(const Meddle& meddle)
{
    constexpr const char* hows[] = {"retitle", "disable", "enable", "erase", "add member to", "remove member from", "create"};
    return fmt::format("in the target, somebody else: {} {} {}", hows[static_cast<int>(meddle.how)], meddle.object, meddle.value);
}

// Edits in full: what describe(Edit) leaves out for people is what one needs here.
std::string in_full(const Edit& edit)
{
    std::string text = describe(edit);
    const auto add = [&](const auto& values) {
        for (const auto& [name, value] : values) text += fmt::format(" {}='{}'", name, value);
    };
    if (const auto* added = std::get_if<AddUser>(&edit)) {
        add(added->values);
        text += fmt::format(" {} manager='{}'", added->enabled ? "enabled" : "disabled", added->manager);
    } else if (const auto* updated = std::get_if<UpdateUser>(&edit)) {
        add(updated->values);
    } else if (const auto* renamed = std::get_if<RenameGroup>(&edit)) {
        text += " '" + renamed->display_name + '\'';
    }
    return text;
}

}  // namespace

bool Story::has(std::string_view setting, std::string_view value) const
{
    return std::any_of(settings.begin(), settings.end(), [&](const auto& s) { return s.first == setting && s.second == value; });
}

Story draw_story(std::uint64_t seed)
{
    return Author(seed).write();
}

std::string describe(const Event& event)
{
    std::string text = fmt::format("T+{:<14} ", format_elapsed(event.at));
    if (const auto* edit = std::get_if<Edit>(&event.what)) return text + in_full(*edit);
    if (const auto* rule = std::get_if<FaultRule>(&event.what)) return text + describe(*rule);
    if (std::holds_alternative<Clear>(event.what)) return text + "faults cleared";
    if (std::holds_alternative<Restart>(event.what)) return text + "job restarted";
    if (const auto* meddle = std::get_if<Meddle>(&event.what)) return text + describe(*meddle);
    const Demand& demand = std::get<Demand>(event.what);
    text += "push " + demand.object;
    for (const std::string& member : demand.members) text += " " + member;
    return text;
}

std::string describe(const Story& story)
{
    constexpr const char* user_filters[] = {"none", "department EQUALS Engineering", "title IS NOT NULL", "department EQUALS Engineering, or city EQUALS Rome"};
    std::string text = fmt::format("scope {}, users filtered: {}, groups filtered: {}\ncycles: users {}, groups {}; latency median {}, p95 {}\n",
                                   story.mode == ScopeMode::all ? "all" : "assigned", user_filters[static_cast<int>(story.user_filter)],
                                   story.group_filter == GroupFilter::none ? "none" : "displayName NOT REGEX MATCH ^Hidden", format_duration(story.users_every),
                                   format_duration(story.groups_every), format_duration(story.latency.median), format_duration(story.latency.p95));
    for (const auto& [name, value] : story.settings) text += fmt::format("{}: {}\n", name, value);
    for (const Edit& edit : story.directory) text += "before          " + in_full(edit) + '\n';
    for (const Event& event : story.events) text += describe(event) + '\n';
    return text;
}

}  // namespace provsim::properties
