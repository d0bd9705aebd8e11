// SPDX-License-Identifier: Apache-2.0
// push: provision on demand, told in the portal's five steps, or as Graph answers.
#include "app/five_steps.h"
#include "app/story.h"
#include "app/verbs.h"
#include "shapes/on_demand_response.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace provsim {

namespace {

Problem unknown_object(const std::string& what, std::string remedy)
{
    return {Severity::error, "unknown-object", "there is " + what + " in the directory", std::move(remedy), {}};
}

Result<Push> choose(const PushOptions& options, const Directory& directory, const Flavour& provider)
{
    Push push;
    push.object = find_object(directory, options.object);
    if (!push.object) return unknown_object("nothing called \"" + options.object + "\"", "name it as user:ada or group:engineers");
    for (const std::string& name : options.members) {
        const ObjectRef member = find_object(directory, name, ObjectKind::user);
        // Entra: provision-on-demand, nested groups are not supported.
        if (!member) return unknown_object("no user \"" + name + "\"", find_object(directory, name, ObjectKind::group) ? "groups within groups are not provisioned; choose users" : "");
        push.members.push_back(member.user());
    }
    if (auto refused = provider.refuse_push ? provider.refuse_push(push) : std::nullopt) return *refused;
    return push;
}

}  // namespace

ExitCode push_verb(const PushOptions& options, const GlobalOptions& global)
{
    auto loaded = load_for_run(options.run.files.front(), options.run);
    if (!loaded) return report_problems(loaded.problems());
    GlobalOptions quiet = global;
    quiet.quiet = true;
    auto opened = Story::open(std::move(loaded).value(), options.run, quiet);
    if (!opened) return report_problems(opened.problems());
    Story& story = *opened.value();
    const Flavour& provider = *find_flavour(story.scenario().provider.profile);

    PushRecord record(story.scenario().directory);
    story.engine().add(record);
    std::string why;
    if (!story.preflight(why)) {
        fmt::print(stderr, "error: {}\n", why);
        story.abandon(ExitCode::environment, why);
        return ExitCode::environment;
    }
    ObjectRef pushed;
    const ExitCode exit = story.push([&](const Directory& directory) {
        auto push = choose(options, directory, provider);
        if (push) pushed = push.value().object;
        return push;
    }, options.at);
    if (exit != ExitCode::ok) return exit;

    const RunInfo& run = record.run();
    if (options.as == "entra" || global.json) {
        const GraphSetting setting{GraphIds(story.scenario().seed), {"Microsoft Entra ID", "customappsso", story.scenario().name}, provider.codes};
        fmt::print("{}\n", provision_on_demand_response(record.changes(), run.halted, run.halted_detail, setting).dump(2));
    } else {
        const Terminal out(stdout, global.colour, global.ascii);
        print_five_steps(out, record, pushed, story.scenario().directory, provider.codes);
        fmt::print("\n{}, {} virtual   run saved: {}\n", counted(run.requests, "request"), format_duration(run.ended - run.began), story.run_file());
    }
    if (!run.halted.empty()) return ExitCode::environment;
    return record.failed() ? ExitCode::expectation : ExitCode::ok;
}

}  // namespace provsim
