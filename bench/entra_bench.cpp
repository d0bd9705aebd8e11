// SPDX-License-Identifier: Apache-2.0
// What one Entra user costs the connector: briefed, matched, created (or read and patched), without any transport.
#include "connectors/registry.h"

#include <cstdio>
#include <ctime>
#include <deque>

using namespace provsim;

namespace {

template <class Work>
void measure(const char* what, Work work)
{
    constexpr int rounds = 200000;
    for (int i = 0; i < rounds / 10; ++i) work();
    const auto begin = std::clock();     // processor time: the machine may be busy with something else
    for (int i = 0; i < rounds; ++i) work();
    std::printf("%-46s %6.2f us\n", what, static_cast<double>(std::clock() - begin) * 1e6 / CLOCKS_PER_SEC / rounds);
}

}  // namespace

int main()
{
    Directory directory;
    const TimePoint now{};
    const std::pair<Attribute, std::string_view> values[] = {
        {Attribute::handle, "ada"}, {Attribute::user_name, "ada.lovelace@contoso.com"}, {Attribute::given_name, "Ada"}, {Attribute::family_name, "Lovelace"},
        {Attribute::display_name, "Ada Lovelace"}, {Attribute::mail, "ada.lovelace@contoso.com"}, {Attribute::mail_nickname, "ada.lovelace"},
        {Attribute::department, "Research"}, {Attribute::title, "Analyst"}, {Attribute::employee_id, "100042"}, {Attribute::office, "18/2111"},
        {Attribute::street, "1 High St"}, {Attribute::city, "London"}, {Attribute::state, "LDN"}, {Attribute::postal_code, "N1 9GU"},
        {Attribute::country, "United Kingdom"}, {Attribute::phone, "+44 20 7946 0001"}, {Attribute::mobile, "+44 7700 900001"},
        {Attribute::fax, "+44 20 7946 0002"}, {Attribute::preferred_language, "en-GB"}};
    const UserId user = directory.add_user(draw_guid(Draw(1), "ada"), values, true, now);
    const GroupId group = directory.add_group(draw_guid(Draw(1), "team"), "team", "Team", now);
    directory.assign(group, now);
    directory.add_member(group, user, now);
    const Scope scope;
    LinkTable links, linked;
    linked.set(user, "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef", true);
    linked.set(group, "1b32f0f2-8d2a-4f8e-bf98-7363c4aed4ef", true);
    const World fresh{View(directory), links, scope}, known{View(directory), linked, scope};
    const std::unique_ptr<Connector> connector = find_flavour("entra")->make({Settings::check(find_flavour("entra")->settings, {}).value(), {}, directory}).value();

    JsonReader reader;
    const Task task{Action::provision, user, {}};
    std::deque<Reply> none, matched, read;
    matched.push_back(read_reply({200, {}, "{\"totalResults\":0,\"Resources\":[]}"}, reader));
    const Brief brief = connector->brief(task, fresh, false, {}, Draw(1), 1);
    const std::string created = std::get<Ask>(connector->next_move(brief, Transcript(matched))).request.body;
    read.push_back(read_reply({200, {}, "{\"id\":\"0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef\"," + created.substr(1)}, reader));
    directory.set_values(user, std::initializer_list<std::pair<Attribute, std::string_view>>{{Attribute::title, "Chief Analyst"}}, now);

    std::size_t sum = 0;
    measure("brief, 20 attributes", [&] { sum += connector->brief(task, fresh, false, {}, Draw(1), 1).desired.size(); });
    measure("match query", [&] { sum += std::get<Ask>(connector->next_move(brief, Transcript(none))).request.target.size(); });
    measure("POST, ~1 KB", [&] { sum += std::get<Ask>(connector->next_move(brief, Transcript(matched))).request.body.size(); });
    const Brief again = connector->brief(task, known, false, {}, Draw(1), 1);
    measure("diff of a read user and PATCH", [&] { sum += std::get<Ask>(connector->next_move(again, Transcript(read))).request.body.size(); });
    const Task add{Action::add_member, group, user};
    measure("member: brief and PATCH", [&] {
        const Brief member = connector->brief(add, known, false, {}, Draw(1), 1);
        sum += std::get<Ask>(connector->next_move(member, Transcript(none))).request.body.size();
    });
    std::printf("(%zu bytes)\n", sum);
}
