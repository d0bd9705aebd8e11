// SPDX-License-Identifier: Apache-2.0
// A pushed group of 50,000 members under each provider and template: its people are provisioned first, then the group is brought
// to the target and one member more joins. Prints what that took: requests, bytes sent, virtual and processor time, memory.
//
//   bench_group_push [members [PROVIDER [SETTING=VALUE]...]]      without a provider: all of them, each in a process of its own
#include "connectors/registry.h"
#include "engine/engine.h"
#include "engine/loopback.h"
#include "ledger/journal.h"
#include "target/sandbox.h"

#include <fmt/format.h>

#include <sys/resource.h>

#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

using namespace provsim;

namespace {

const TimePoint opening = *parse_time("2026-03-02T09:00:00Z");

double cpu_seconds()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

double peak_megabytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

class Bytes final : public Recorder {
public:
    void exchanged(const ExchangeRecord& record) override
    {
        sent += record.ask.request.body.size();
        heard += record.reply.body.size();
    }
    std::uint64_t sent = 0, heard = 0;
};

UserId add_user(Directory& directory, std::uint32_t number)
{
    const std::string handle = fmt::format("u{}", number), name = handle + "@acme.test", given = fmt::format("Given {}", number);
    const std::pair<Attribute, std::string_view> values[] = {{Attribute::handle, handle}, {Attribute::user_name, name}, {Attribute::mail, name},
                                                             {Attribute::display_name, given}, {Attribute::given_name, given}, {Attribute::family_name, "Family"}};
    return directory.add_user(draw_guid(Draw(1), handle), values, true, opening);
}

// Until nothing is under way and nothing waits.
void settle(Engine& engine)
{
    while (!engine.job().quiet() && engine.step() == Progress::reached) {}
}

int measure(std::uint32_t members, const std::string& provider, const std::vector<SettingValue>& values)
{
    const Flavour* flavour = find_flavour(provider);
    const auto settings = flavour ? Settings::check(flavour->settings, values) : Result<Settings>(Problems{});
    if (!settings) {
        fmt::print("there is no provider {}, or no such setting\n", provider);
        return 2;
    }
    Directory directory;
    const GroupId staff = directory.add_group(draw_guid(Draw(1), "staff"), "staff", "Staff", opening);
    const GroupId team = directory.add_group(draw_guid(Draw(1), "team"), "team", "Team", opening);
    for (std::uint32_t i = 0; i <= members; ++i) {
        const UserId user = add_user(directory, i);
        directory.add_member(staff, user, opening);
        if (i < members) directory.add_member(team, user, opening);
    }
    directory.assign(staff, opening);
    directory.forget_changes();

    const auto connector = flavour->make({settings.value(), {}, directory}).value();
    EngineOptions options;
    options.start = opening;
    options.policy = flavour->policy ? flavour->policy(settings.value()) : JobPolicy{};
    options.schedule.on_change = true;
    Sandbox target;
    Inbox inbox;
    LoopbackTransport loopback(target, inbox);
    SkipPacer pacer;
    Scope scope;
    Engine engine(directory, scope, *connector, loopback, inbox, pacer, options);
    Journal journal(JournalDepth::counters);
    Bytes bytes;
    engine.add(journal);
    engine.add(bytes);

    engine.start_job();
    settle(engine);
    const double before = peak_megabytes();
    const ExchangeNumber people = engine.exchanges();
    const TimePoint since = engine.now();
    const double begin = cpu_seconds();
    bytes = {};
    if (provider == "okta") engine.act({AdminVerb::push_group, team});
    else if (!engine.edit(Assign{"group:team"})) return 1;
    settle(engine);
    fmt::print("{:<34} {:>7} requests {:>9.1f} MB sent {:>9.1f} MB heard {:>8} virtual {:>7.2f} s of processor {:>+7.0f} MB of memory\n",
               provider + (values.empty() ? "" : " " + values.front().value), engine.exchanges() - people, static_cast<double>(bytes.sent) / 1e6,
               static_cast<double>(bytes.heard) / 1e6, format_duration(std::chrono::ceil<std::chrono::seconds>(engine.now() - since)), cpu_seconds() - begin,
               peak_megabytes() - before);
    const double again = cpu_seconds();
    const ExchangeNumber pushed = engine.exchanges();
    if (!engine.edit(AddMembers{"team", {fmt::format("u{}", members)}})) return 1;
    settle(engine);
    fmt::print("{:<34} {:>7} requests {:>63.4f} s of processor\n", "  one member more", engine.exchanges() - pushed, cpu_seconds() - again);
    return 0;
}

}  // namespace

int main(int argc, char** argv)
{
    const auto members = static_cast<std::uint32_t>(argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 50'000);
    if (argc > 2) {
        std::vector<SettingValue> values;
        for (int i = 3; i < argc; ++i) {
            const std::string text = argv[i];
            values.push_back({text.substr(0, text.find('=')), text.substr(text.find('=') + 1), {}});
        }
        return measure(members, argv[2], values);
    }
    int failed = 0;
    for (const char* what : {"entra", "okta template=aiw", "okta template=oin", "okta template=oin_put_override", "jumpcloud manage_groups=true", "generic"})
        failed += std::system(fmt::format("{} {} {}", argv[0], members, what).c_str()) != 0;
    return failed != 0;
}
