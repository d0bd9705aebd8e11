// SPDX-License-Identifier: Apache-2.0
#include "tests/flavours/company.h"

#include "connectors/resource_tree.h"
#include "model/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace provsim {
namespace {

constexpr std::uint32_t people = 30, teams = 5;
const TimePoint opening = *parse_time("2026-03-02T09:00:00Z");

std::string user_handle(std::uint64_t n) { return fmt::format("u{}", n % people); }
std::string group_handle(std::uint64_t n) { return fmt::format("g{}", n % teams); }

// Providers whose groups are a matter of choice manage them here.
std::vector<SettingValue> chosen(const Flavour& flavour)
{
    std::vector<SettingValue> values;
    for (const SettingRule& rule : flavour.settings)
        if (rule.name == "manage_groups") values.push_back({"manage_groups", "true", {}});
    return values;
}

std::string text_at(json::element resource, std::string_view name, std::string_view sub = {})
{
    auto found = member(resource, name);
    if (found && !sub.empty()) found = member(*found, sub);
    return found ? std::string(as_string(*found).value_or("")) : std::string();
}

std::vector<json::element> elements(json::element resource, std::string_view name)
{
    std::vector<json::element> all;
    json::array list;
    if (const auto found = member(resource, name); found && found->get(list) == simdjson::SUCCESS)
        for (const json::element each : list) all.push_back(each);
    return all;
}

AddUser somebody(std::string handle, std::string given, std::string family)
{
    AddUser user;
    const std::string address = handle + "@contoso.test";
    user.values = {{"userName", address}, {"givenName", given}, {"familyName", family}, {"displayName", given + ' ' + family}, {"mail", address}};
    user.handle = std::move(handle);
    return user;
}

}  // namespace

std::uint64_t Counter::writes() const
{
    std::uint64_t count = 0;
    for (const auto& [method, times] : sent)
        if (method != "GET") count += times;
    return count;
}

Company::Company(const Flavour& flavour, std::uint64_t seed, const std::vector<FaultRule>& broken)
{
    const Settings settings = Settings::check(flavour.settings, chosen(flavour)).value();
    if (flavour.policy) policy_ = flavour.policy(settings);
    settle_in();
    connector_ = std::move(flavour.make({settings, {}, directory_})).value();
    for (const FaultRule& rule : broken) faults_.add(rule);
    EngineOptions options;
    options.seed = seed;
    options.start = opening;
    options.policy = policy_;
    if (policy_.reacts) options.schedule.on_change = true;
    else options.schedule = {flavour.user_cycle, flavour.group_cycle};
    engine_ = std::make_unique<Engine>(directory_, scope_, *connector_, faults_, inbox_, pacer_, options);
    engine_->add(counter_);
    engine_->start_job();
    for (std::uint32_t g = 0; g < teams && policy_.reacts; ++g) engine_->act({AdminVerb::push_group, GroupId{g}});
}

void Company::settle_in()
{
    const auto add = [&](const Edit& edit) { PROVSIM_CHECK(apply(directory_, edit, opening, Draw(1)).ok()); };
    for (std::uint32_t n = 0; n < people; ++n) {
        AddUser user = somebody(user_handle(n), fmt::format("Given{}", n), fmt::format("Family{}", n));
        for (auto& value : std::vector<std::pair<std::string, std::string>>{{"title", "Analyst"}, {"department", n % 2 ? "R&D" : "Sales"}, {"employeeId", fmt::format("{}", 1000 + n)}})
            user.values.push_back(std::move(value));
        add(user);
    }
    for (std::uint32_t n = 1; n < people; n += 3) add(UpdateUser{user_handle(n), {{"manager", user_handle(n * 7)}}});
    for (std::uint32_t g = 0; g < teams; ++g) {
        AddGroup group{group_handle(g), fmt::format("Team {}", g), {}};
        for (std::uint32_t n = g; n < people; n += teams) group.members.push_back(user_handle(n));
        group.members.push_back(user_handle(g + 1));
        add(group);
        add(Assign{"group:" + group_handle(g)});
    }
    directory_.forget_changes();
}

void Company::live(std::uint64_t n)
{
    const std::string user = user_handle(n * 11 + 3), group = group_handle(n);
    switch (n % 6) {
        case 0: (void)engine_->edit(UpdateUser{user, {{"familyName", fmt::format("Married{}", n)}}}); break;
        case 1: (void)engine_->edit(AddMembers{group, {user}}); break;
        case 2: (void)engine_->edit(RemoveMembers{group, {user_handle(n + teams)}}); break;
        case 3: (void)engine_->edit(RenameGroup{group, fmt::format("Team renamed {}", n)}); break;
        case 4: (void)engine_->edit(DisableUser{user}); break;
        default: (void)engine_->edit(somebody(fmt::format("new{}", n), "New", "Comer"));
                 (void)engine_->edit(AddMembers{group, {fmt::format("new{}", n)}});
    }
}

void Company::synchronise_again()
{
    if (reacts()) engine_->act({AdminVerb::force_sync, {}});
    else engine_->restart_job();
}

bool Company::settle()
{
    for (int hour = 0; hour < 24 * 6; ++hour) {
        if (engine_->job().state() == JobState::disabled) engine_->start_job();
        engine_->run_until(engine_->now() + hours{1});
        if (engine_->job().quiet() && engine_->job().state() == JobState::active) return true;
    }
    return false;
}

Reply Company::read(const std::string& target, JsonReader& reader)
{
    Request request;
    request.target = target;
    Reply reply = read_reply(sandbox_.handle(request, {}, engine_->now()), reader);
    PROVSIM_CHECK(reply.list() && reply.list()->total_results == reply.list()->resources.size());
    return reply;
}

std::map<std::string, std::string> Company::target()
{
    std::map<std::string, std::string> all;
    JsonReader reader;
    for (const std::string endpoint : {"/Users", "/Groups"}) {
        const Reply reply = read(endpoint + "?count=1000", reader);
        for (const json::element resource : elements(reply.document.root(), "Resources")) {
            ResourceTree tree = ResourceTree::copy(resource);
            tree.erase("meta");
            all[endpoint + '/' + text_at(resource, "id")] = tree.dump();
        }
    }
    return all;
}

// There, and active.
bool Company::belongs(UserId user) const
{
    return directory_.presence(user) == Presence::present && directory_.enabled(user) && entitlement(View(directory_), scope_, user).in_scope();
}

std::vector<std::string> Company::differences()
{
    std::vector<std::string> out;
    JsonReader reader;
    const Reply users = read("/Users?count=1000", reader), groups = read("/Groups?count=1000", reader);
    std::map<std::string, UserId> bearers;              // by target id
    std::map<UserId, json::element> seen;
    for (const json::element resource : elements(users.document.root(), "Resources")) {
        const UserId user = directory_.find_by_user_name(text_at(resource, "userName"));
        if (user == no_user) out.push_back("a stranger: " + text_at(resource, "userName"));
        else if (!seen.emplace(user, resource).second) out.push_back("twice in the target: " + text_at(resource, "userName"));
        bearers[text_at(resource, "id")] = user;
    }
    for (std::uint32_t n = 0; n < directory_.user_rows(); ++n) {
        const auto found = seen.find(UserId{n});
        compare_user(UserId{n}, found == seen.end() ? std::nullopt : std::optional(found->second), out);
    }
    std::map<std::string, json::element> by_name;
    for (const json::element resource : elements(groups.document.root(), "Resources"))
        if (!by_name.emplace(text_at(resource, "displayName"), resource).second) out.push_back("twice in the target: " + text_at(resource, "displayName"));
    for (std::uint32_t g = 0; g < directory_.group_rows(); ++g) {
        const auto found = by_name.find(std::string(directory_.display_name(GroupId{g})));
        if (found == by_name.end()) out.push_back("missing: " + std::string(directory_.display_name(GroupId{g})));
        else compare_group(GroupId{g}, found->second, bearers, out);
    }
    if (by_name.size() != directory_.group_rows()) out.push_back(fmt::format("{} groups instead of {}", by_name.size(), directory_.group_rows()));
    return out;
}

void Company::compare_user(UserId user, std::optional<json::element> found, std::vector<std::string>& out) const
{
    const std::string name(directory_.value(user, Attribute::user_name));
    const auto active = found ? member(*found, "active") : std::nullopt;
    const bool is_active = active && active->is_bool() && bool(*active);
    if (is_active != belongs(user)) out.push_back(name + (is_active ? " is active" : found ? " is not active" : " is missing"));
    if (!belongs(user) || !found) return;
    const auto compare = [&](const char* what, const std::string& got, Attribute attribute) {
        if (got != directory_.value(user, attribute)) out.push_back(fmt::format("{}: {} is \"{}\", not \"{}\"", name, what, got, directory_.value(user, attribute)));
    };
    compare("given name", text_at(*found, "name", "givenName"), Attribute::given_name);
    compare("family name", text_at(*found, "name", "familyName"), Attribute::family_name);
    const auto mails = elements(*found, "emails");
    compare("e-mail", mails.empty() ? "" : text_at(mails.front(), "value"), Attribute::mail);
}

// Who is disabled may still be a member or not: providers differ.
void Company::compare_group(GroupId group, json::element found, const std::map<std::string, UserId>& bearers, std::vector<std::string>& out) const
{
    const std::string name(directory_.display_name(group));
    std::set<UserId> got;
    for (const json::element each : elements(found, "members")) {
        const auto bearer = bearers.find(text_at(each, "value"));
        if (bearer == bearers.end()) out.push_back(name + " has an unknown member");
        else got.insert(bearer->second);
    }
    for (const UserId user : directory_.members(group))
        if (got.erase(user) == 0 && belongs(user)) out.push_back(name + " lacks " + std::string(directory_.handle(user)));
    for (const UserId user : got) out.push_back(name + " still has " + std::string(directory_.handle(user)));
}

}  // namespace provsim
