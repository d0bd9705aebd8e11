// SPDX-License-Identifier: Apache-2.0
#include "scenario/generate.h"

#include "model/check.h"
#include "model/text.h"
#include "scenario/generate_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace provsim {
namespace {

constexpr std::uint32_t reports = 8;                // of one manager
constexpr std::uint64_t log_kept = 1u << 16;        // changes kept before the log starts anew, so that it stays small

// Which groups are how large: of every 1000 groups, the first 10 weigh 400 each, ...
struct SizeRow {
    std::uint32_t groups, weight;
};
constexpr SizeRow size_table[] = {{10, 400}, {40, 120}, {150, 30}, {300, 8}, {500, 2}};

std::uint32_t size_weight(std::uint64_t group, std::uint64_t groups)
{
    std::uint64_t bound = 0;
    for (const SizeRow& row : size_table) {
        bound += row.groups;
        // At least one group of each kind, however few there are.
        if (group * 1000 < bound * groups) return row.weight;
    }
    return size_table[4].weight;
}

// A bijection of [0, n) that looks random: a Feistel network over the next even power of two, walked until it lands inside.
// Gives each group distinct members without remembering who was drawn.
class Shuffle {
public:
    Shuffle(std::uint64_t n, std::uint64_t key) : n_(n), key_(key)
    {
        while ((std::uint64_t{1} << (2 * half_)) < n) ++half_;
        mask_ = (std::uint64_t{1} << half_) - 1;
    }
    std::uint64_t operator()(std::uint64_t i) const
    {
        do {
            std::uint64_t left = i >> half_, right = i & mask_;
            for (std::uint64_t round = 0; round < 4; ++round) {
                const std::uint64_t next = left ^ (mix(key_ + round, right) & mask_);
                left = right;
                right = next;
            }
            i = left << half_ | right;
        } while (i >= n_);
        return i;
    }

private:
    std::uint64_t n_, key_, mask_ = 0;
    unsigned half_ = 1;
};

// Appends a number from 2 on until the handle is nobody's.
std::string free_handle(const Directory& directory, ObjectKind kind, std::string handle, std::uint32_t& used, bool only_own)
{
    const std::size_t length = handle.size();
    do {
        handle.resize(length);
        if (used++ > 0) handle += std::to_string(used);
    } while (!only_own && directory.find_by_handle(kind, handle));
    return handle;
}

class Generator {
public:
    Generator(Directory& directory, const GenerateSpec& spec, TimePoint now)
        : directory_(directory), spec_(spec), draw_(spec.seed), now_(now), first_user_(directory.user_rows()),
          alone_(directory.user_rows() == 0 && directory.group_rows() == 0), used_(words::given_names.size() * words::family_names.size()),
          by_department_(words::departments.size())
    {
    }

    void users()
    {
        for (std::uint32_t i = 0; i < spec_.users; ++i) {
            user(i);
            keep_log_small();
        }
    }

    void groups()
    {
        const auto sizes = group_sizes(spec_.users, spec_.groups, spec_.memberships);
        for (std::uint32_t g = 0; g < spec_.groups; ++g) {
            const GroupId id = group(g);
            const Shuffle shuffle(spec_.users, draw_.at("group members", g));
            for (std::uint32_t m = 0; m < sizes[g]; ++m) {
                directory_.add_member(id, user_id(shuffle(m)), now_);
                keep_log_small();
            }
        }
    }

private:
    UserId user_id(std::uint64_t index) const { return UserId{static_cast<std::uint32_t>(first_user_ + index)}; }
    std::uint64_t below(std::uint64_t bound, std::string_view purpose, std::uint64_t object) const { return draw_.below(bound, purpose, object); }
    void keep_log_small()
    {
        if (directory_.changes().head() >= log_kept) directory_.forget_changes();
    }

    std::size_t department_of(std::uint32_t index) const
    {
        std::uint64_t at = below(1000, "department", index);
        std::size_t department = 0;
        while (at >= words::departments[department].share) at -= words::departments[department++].share;
        return department;
    }

    void user(std::uint32_t index)
    {
        const std::size_t given = below(words::given_names.size(), "given name", index);
        const std::size_t family = below(words::family_names.size(), "family name", index);
        const words::Name &first = words::given_names[given], &last = words::family_names[family];
        const std::string handle = free_handle(directory_, ObjectKind::user, fmt::format("{}.{}", first.plain, last.plain),
                                               used_[given * words::family_names.size() + family], alone_);
        const std::size_t department = department_of(index);
        auto& colleagues = by_department_[department];
        const auto place = static_cast<std::uint32_t>(colleagues.size());     // in the department's tree
        const words::Site& site = words::sites[below(words::sites.size(), "site", index)];
        const words::Department& at = words::departments[department];

        const std::string user_name = fmt::format("{}@{}", handle, spec_.domain);
        const std::string display_name = fmt::format("{} {}", first.written, last.written);
        const std::string employee_id = fmt::format("{:07}", 1'000'000 + index);
        const std::string phone = fmt::format("{}{:04}", site.phone, 100 + index % 100);
        const std::string mobile = below(10, "has mobile", index) < 6 ? fmt::format("{}{:04}", site.phone, 100 + (index + 50) % 100) : std::string();
        const std::string title = title_of(index, place, at);

        const std::pair<Attribute, std::string_view> values[] = {
            {Attribute::handle, handle},           {Attribute::user_name, user_name},
            {Attribute::given_name, first.written}, {Attribute::family_name, last.written},
            {Attribute::display_name, display_name}, {Attribute::mail, user_name},
            {Attribute::mail_nickname, handle},    {Attribute::department, at.name},
            {Attribute::title, title},             {Attribute::employee_id, employee_id},
            {Attribute::company, "Example"},       {Attribute::office, site.office},
            {Attribute::street, site.street},      {Attribute::city, site.city},
            {Attribute::state, site.state},        {Attribute::postal_code, site.postal_code},
            {Attribute::country, site.country},    {Attribute::phone, phone},
            {Attribute::mobile, mobile},           {Attribute::preferred_language, site.language},
        };
        const UserId id = directory_.add_user(draw_guid(draw_, "generated user", index), values, true, now_);
        PROVSIM_CHECK(id == user_id(index));
        colleagues.push_back(row(id));
        // The first of a department leads it and reports to the very first user, who reports to nobody.
        if (place > 0) directory_.set_manager(id, UserId{colleagues[(place - 1) / reports]}, now_);
        else if (index > 0) directory_.set_manager(id, user_id(0), now_);
    }

    // Whether somebody will have reports is known beforehand only as a guess from the department's share; good enough for a title.
    std::string title_of(std::uint32_t index, std::uint32_t place, const words::Department& department) const
    {
        if (index == 0) return "Chief Executive Officer";
        if (place == 0) return fmt::format("Director, {}", department.name);
        const std::uint64_t expected = std::uint64_t{spec_.users} * department.share / 1000;
        if (std::uint64_t{place} * reports < expected) return fmt::format("Manager, {}", department.name);
        return std::string(department.titles[below(3, "title", index)]);
    }

    // Departments first, then offices, then projects.
    GroupId group(std::uint32_t index)
    {
        std::string name;
        std::size_t at = index;
        if (at < words::departments.size()) {
            name = words::departments[at].name;
        } else if ((at -= words::departments.size()) < words::sites.size()) {
            name = fmt::format("{} Office", words::sites[at].city);
        } else {
            at -= words::sites.size();
            const std::size_t pairs = words::colours.size() * words::animals.size();
            const Shuffle shuffle(pairs, draw_.at("project names"));
            const std::size_t pair = shuffle(at % pairs);
            name = fmt::format("Project {} {}", words::colours[pair / words::animals.size()], words::animals[pair % words::animals.size()]);
            if (at >= pairs) name += fmt::format(" {}", at / pairs + 1);
        }
        std::string handle = ascii_lower(name);
        std::replace(handle.begin(), handle.end(), ' ', '-');
        std::uint32_t used = 0;
        handle = free_handle(directory_, ObjectKind::group, std::move(handle), used, alone_);
        return directory_.add_group(draw_guid(draw_, "generated group", index), handle, name, now_);
    }

    Directory& directory_;
    const GenerateSpec& spec_;
    Draw draw_;
    TimePoint now_;
    std::uint64_t first_user_;
    bool alone_;                                        // nobody else's handles to look out for
    std::vector<std::uint32_t> used_;                   // how often each pair of names was given
    std::vector<std::vector<std::uint32_t>> by_department_;
};

}  // namespace

std::vector<std::uint32_t> group_sizes(std::uint32_t users, std::uint32_t groups, std::uint64_t memberships)
{
    PROVSIM_CHECK(memberships <= std::uint64_t{users} * groups);
    std::vector<std::uint32_t> sizes(groups, 0);
    // Shared out by weight; what a full group cannot take, and what rounding leaves over, goes round again.
    for (std::uint64_t left = memberships; left > 0;) {
        std::uint64_t weights = 0;
        for (std::uint32_t g = 0; g < groups; ++g)
            if (sizes[g] < users) weights += size_weight(g, groups);
        const std::uint64_t share = left;
        for (std::uint32_t g = 0; g < groups && left > 0; ++g) {
            if (sizes[g] == users) continue;
            const std::uint64_t fair = std::max<std::uint64_t>(1, share * size_weight(g, groups) / weights);
            const std::uint64_t taken = std::min({fair, left, std::uint64_t{users - sizes[g]}});
            sizes[g] += static_cast<std::uint32_t>(taken);
            left -= taken;
        }
    }
    std::sort(sizes.rbegin(), sizes.rend());
    return sizes;
}

std::optional<Problem> check(const GenerateSpec& spec)
{
    const std::uint64_t pairs = std::uint64_t{spec.users} * spec.groups;
    if (spec.memberships <= pairs) return {};
    return Problem{Severity::error, "generate",
                   fmt::format("{} memberships cannot be had from {} users and {} groups", spec.memberships, spec.users, spec.groups),
                   fmt::format("at most {}: each user once in each group", pairs), {}};
}

void generate(Directory& directory, const GenerateSpec& spec, TimePoint now)
{
    PROVSIM_CHECK(!check(spec));
    Generator generator(directory, spec, now);
    generator.users();
    generator.groups();
    directory.forget_changes();
}

}  // namespace provsim
