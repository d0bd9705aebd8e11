// SPDX-License-Identifier: Apache-2.0
// What a user and a membership cost in a Directory, and how fast it is edited and asked.
// usage: directory_bench [users] [memberships]      (100000 and 400000)
#include "model/directory.h"

#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

namespace {

using namespace provsim;

// Runs `work`, which makes `count` steps, and prints what one takes of the processor: on a busy machine wall time says little.
template <class Work>
void measure(const char* name, std::size_t count, const Work& work)
{
    const std::clock_t start = std::clock();
    work();
    const double nanoseconds = static_cast<double>(std::clock() - start + 1) / CLOCKS_PER_SEC * 1e9;
    fmt::print("{:<44} {:>12.1f} ns each {:>14.0f} /s\n", name, nanoseconds / static_cast<double>(count), static_cast<double>(count) / nanoseconds * 1e9);
}

constexpr std::array given{"Ada", "Grace", "Alan", "Barbara", "Edsger", "Frances", "Donald", "Margaret", "Niklaus", "Radia", "Ken", "Hedy"};
constexpr std::array family{"Lovelace", "Hopper", "Turing", "Liskov", "Dijkstra", "Allen", "Knuth", "Hamilton", "Wirth", "Perlman", "Thompson", "Lamarr"};
constexpr std::array departments{"Engineering", "Research", "Sales", "Marketing", "Finance", "Human Resources", "Legal", "Operations"};
constexpr std::array titles{"Engineer", "Senior Engineer", "Manager", "Director", "Analyst", "Clerk", "Counsel", "Assistant"};
constexpr std::array offices{"London 1", "London 2", "Paris", "Berlin 17/3", "New York", "Zürich"};
constexpr std::array countries{"United Kingdom", "France", "Germany", "United States", "Switzerland"};

// Twelve attributes filled, as in a plausible tenant: sign-in name and mail are the same, so are handle and nickname.
UserId add_plausible(Directory& directory, std::uint64_t i, TimePoint now)
{
    const Draw draw{42};
    const auto pick = [&](const auto& list, std::string_view what) { return std::string(list[draw.below(list.size(), what, i)]); };
    const std::string first = pick(given, "given"), last = pick(family, "family") + fmt::format("{}", draw.below(400, "suffix", i));
    const std::string handle = fmt::format("{}.{}.{}", first, last, i), name = handle + "@contoso.example", display = first + " " + last;
    const std::string number = fmt::format("E{:07}", i), department = pick(departments, "department"), title = pick(titles, "title");
    const std::string office = pick(offices, "office"), country = pick(countries, "country");
    const std::array<std::pair<Attribute, std::string_view>, 12> values{{
        {Attribute::handle, handle}, {Attribute::user_name, name}, {Attribute::given_name, first}, {Attribute::family_name, last},
        {Attribute::display_name, display}, {Attribute::mail, name}, {Attribute::mail_nickname, handle}, {Attribute::department, department},
        {Attribute::title, title}, {Attribute::employee_id, number}, {Attribute::office, office}, {Attribute::country, country},
    }};
    return directory.add_user(draw_guid(draw, "object id", i), values, true, now);
}

}  // namespace

int main(int argc, char** argv)
{
    const std::size_t users = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 100'000;
    const std::size_t memberships = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 400'000;
    const Draw draw{7};
    const TimePoint now{};
    Directory directory;
    const auto user = [&](std::uint64_t i) { return UserId{static_cast<std::uint32_t>(draw.below(users, "user", i))}; };

    measure("add a user", users, [&] { for (std::size_t i = 0; i < users; ++i) add_plausible(directory, i, now); });
    for (std::size_t i = 0; i + 1 < users; ++i) directory.set_manager(UserId{static_cast<std::uint32_t>(i + 1)}, UserId{static_cast<std::uint32_t>(i / 8)}, now);

    // One group of half of everybody, the others small.
    constexpr std::uint32_t groups = 2000;
    for (std::uint32_t g = 0; g < groups; ++g) directory.add_group(draw_guid(draw, "group", g), fmt::format("group{}", g), fmt::format("Group {}", g), now);
    const GroupId big{0};
    measure("add a member", memberships, [&] {
        for (std::size_t i = 0; i < users / 2; ++i) directory.add_member(big, UserId{static_cast<std::uint32_t>(i * 2)}, now);
        for (std::uint64_t i = 0; directory.membership_count() < memberships; ++i)
            directory.add_member(GroupId{1 + static_cast<std::uint32_t>(draw.below(groups - 1, "joins", i))}, user(i), now);
    });
    directory.forget_changes();

    const auto bytes = directory.footprint();
    fmt::print("{:<44} {:>12.1f} bytes ({:.1f} rows, {:.1f} strings)\n", "a user", static_cast<double>(bytes.users + bytes.strings) / static_cast<double>(users),
               static_cast<double>(bytes.users) / static_cast<double>(users), static_cast<double>(bytes.strings) / static_cast<double>(users));
    fmt::print("{:<44} {:>12.1f} bytes\n", "a membership", static_cast<double>(bytes.memberships) / static_cast<double>(directory.membership_count()));
    fmt::print("{:<44} {:>12} bytes\n", "the rest", bytes.other);

    constexpr std::size_t times = 1'000'000;
    std::size_t seen = 0;
    measure("is_member", times, [&] { for (std::uint64_t i = 0; i < times; ++i) seen += directory.is_member(big, user(i)); });
    measure("value", times, [&] { for (std::uint64_t i = 0; i < times; ++i) seen += directory.value(user(i), Attribute::department).size(); });
    measure("find_by_user_name", times, [&] {
        for (std::uint64_t i = 0; i < times; ++i) seen += row(directory.find_by_user_name(directory.value(user(i), Attribute::user_name)));
    });
    measure("members of the big group, a member", directory.members(big).size() * 20, [&] { for (int i = 0; i < 20; ++i) seen += directory.members(big).size(); });
    measure("remove and add one of the big group", 200'000, [&] {
        for (std::uint64_t i = 0; i < 200'000; ++i) {
            const UserId who = user(i);
            if (!directory.is_member(big, who)) continue;
            directory.remove_member(big, who, now);
            directory.add_member(big, who, now);
        }
    });
    {
        const Snapshot snapshot(directory);
        const View view(directory, snapshot);
        measure("edit a user under a snapshot", users, [&] {
            for (std::size_t i = 0; i < users; ++i) {
                const std::array<std::pair<Attribute, std::string_view>, 1> value{{{Attribute::title, i % 2 == 0 ? "Fellow" : "Emeritus"}}};
                directory.set_values(UserId{static_cast<std::uint32_t>(i)}, value, now);
            }
        });
        measure("value as of the snapshot, all users edited", times, [&] { for (std::uint64_t i = 0; i < times; ++i) seen += view.value(user(i), Attribute::title).size(); });
        measure("remove a member under a snapshot", view.members(big).size(), [&] { for (const UserId member : view.members(big)) directory.remove_member(big, member, now); });
        if (directory.members(big).size() != 0 || view.members(big).size() == 0) return 1;
    }
    return seen == 0;   // keeps what was asked from being optimised away
}
