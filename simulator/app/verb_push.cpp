// SPDX-License-Identifier: Apache-2.0
// push: provision on demand, told in the portal's five steps.
#include "app/story.h"
#include "app/verbs.h"
#include "connectors/entra/constants.h"

#include <fmt/format.h>

#include <algorithm>

namespace provsim {

namespace {

// Keeps what the pushed object's conversations did: one push is small.
class PushRecord final : public Recorder {
public:
    struct Exchange { Task task; Intent intent; std::string request; int status; std::string failure; bool accepted; std::size_t found; };
    struct Entry { Task task; Outcome outcome; Entitlement entitlement; std::string name; };
    std::vector<Exchange> exchanges;
    std::vector<Entry> entries;
    RunInfo run;
    bool watching = false;

    void run_began(const RunInfo& info) override { watching = info.kind == RunKind::on_demand; }
    void exchanged(const ExchangeRecord& r) override
    {
        if (!watching) return;
        const auto list = r.reply.list();
        exchanges.push_back({r.task, r.ask.intent, fmt::format("{} {}", to_string(r.ask.request.method), readable_target(r.ask.request.target)), r.reply.status,
                             std::string(to_string(r.reply.failure)), r.accepted, list ? list->resources.size() : 0});
    }
    void logged(const LogEntry& e) override
    {
        if (watching) entries.push_back({e.task, e.outcome, e.entitlement, std::string(e.name)});
    }
    void run_ended(const RunInfo& info) override
    {
        if (info.kind == RunKind::on_demand) run = info;
    }
};

class FiveSteps {
public:
    FiveSteps(const GlobalOptions& global, const Directory& directory) : out_(stdout, global.colour, global.ascii), directory_(directory) {}

    void print(const Push& push, const PushRecord& record)
    {
        const bool connected = record.run.halted.empty();
        step("Test connection", connected, connected ? probes(record) : record.run.halted + ": " + record.run.halted_detail);
        if (!connected) return;
        const std::string what = push.object.is_user() ? "user" : "group";
        const View now(directory_);
        step("Import " + what, true, imported(push.object));
        for (const auto& entry : record.entries) {
            if (entry.task.object != push.object || entry.task.action != Action::provision) continue;
            step("Determine scope", entry.entitlement.in_scope(), describe(entry.entitlement, now));
            step("Match", true, matched(record, entry.task));
            perform(entry, record);
        }
        for (const auto& entry : record.entries)
            if (entry.task.action != Action::provision && entry.task.object) perform(entry, record);
    }

private:
    void step(const std::string& name, Status status, const std::string& text)
    {
        const auto& s = out_.symbols();
        const std::string mark = status == Status::success ? out_.paint(Colour::green, s.ok) : status == Status::failure ? out_.paint(Colour::red, s.fail) : std::string(s.skip);
        fmt::print("{} {}  {}  {}\n", ++number_, pad(name, 16), mark, text);
    }
    void step(const std::string& name, bool good, const std::string& text) { step(name, good ? Status::success : Status::failure, text); }

    static std::string probes(const PushRecord& record)
    {
        std::string text;
        for (const auto& e : record.exchanges)
            if (e.intent == Intent::probe) text += fmt::format("{}{}  {}", text.empty() ? "" : ";  ", e.request, e.status);
        return text;
    }

    std::string imported(ObjectRef object) const
    {
        if (object.is_group()) return fmt::format("{}, {}", directory_.display_name(object.group()), counted(directory_.members(object.group()).size(), "member"));
        unsigned filled = 0;
        for (std::size_t a = 1; a < builtin_attributes; ++a) filled += !directory_.value(object.user(), static_cast<Attribute>(a)).empty();
        return fmt::format("{}, {}, {}", directory_.value(object.user(), Attribute::user_name), counted(filled, "attribute"),
                           directory_.enabled(object.user()) ? "enabled" : "disabled");
    }

    static std::string matched(const PushRecord& record, const Task& task)
    {
        for (const auto& e : record.exchanges) {
            if (e.task != task) continue;
            if (e.intent == Intent::match) return fmt::format("{}   {}  {}", counted(e.found, "match", "matches"), e.request, e.status);
            if (e.intent == Intent::read) return fmt::format("known from before   {}  {}", e.request, e.status);
        }
        return "nothing was asked";
    }

    void perform(const PushRecord::Entry& entry, const PushRecord& record)
    {
        const Outcome& o = entry.outcome;
        std::string text = std::string(to_string(o.status == Status::skipped ? Status::skipped : o.status)) + " ";
        if (o.status == Status::success) text = std::string(to_string(o.action));
        for (const auto& e : record.exchanges)
            if (e.task == entry.task && e.intent != Intent::match && e.intent != Intent::read && e.intent != Intent::probe)
                text += fmt::format("   {}  {}", e.request, e.status ? std::to_string(e.status) : e.failure);
        for (const Modified& m : o.modified) text += fmt::format("\n                         {}  \"{}\" -> \"{}\"", m.name, m.old_value, m.new_value);
        if (o.status != Status::success) text += fmt::format("{}: {}", o.code, o.detail);
        std::string name = "Perform action";
        if (entry.task.action == Action::add_member) name = "Add member";
        if (entry.task.action == Action::set_manager) name = "Set manager";
        step(name, o.status, text);
        failed_ = failed_ || o.status == Status::failure;
    }

public:
    bool failed() const noexcept { return failed_; }

private:
    Terminal out_;
    const Directory& directory_;
    int number_ = 0;
    bool failed_ = false;
};

}  // namespace

ExitCode push_verb(const PushOptions& options, const GlobalOptions& global)
{
    if (options.members.size() > entra_most_members_pushed) {
        fmt::print(stderr, "error: at most five members can be pushed with a group (Entra: provision on demand)\n");
        return ExitCode::usage;
    }
    auto loaded = load_for_run(options.run.files.front(), options.run);
    if (!loaded) return report_problems(loaded.problems());
    GlobalOptions quiet = global;
    quiet.quiet = true;
    auto opened = Story::open(std::move(loaded).value(), options.run, quiet);
    if (!opened) return report_problems(opened.problems());
    Story& story = *opened.value();

    PushRecord record;
    story.engine().add(record);
    Push push;
    std::string why;
    if (!story.preflight(why)) {
        fmt::print(stderr, "error: {}\n", why);
        story.abandon(ExitCode::environment, why);
        return ExitCode::environment;
    }
    const ExitCode exit = story.push([&](const Directory& directory) -> Result<Push> {
        push.object = find_object(directory, options.object);
        if (!push.object)
            return Problem{Severity::error, "unknown-object", "there is nothing called \"" + options.object + "\" in the directory", "name it as user:ada or group:engineers", {}};
        for (const std::string& name : options.members) {
            const ObjectRef member = find_object(directory, name, ObjectKind::user);
            if (!member) return Problem{Severity::error, "unknown-object", "there is no user \"" + name + "\"", "", {}};
            push.members.push_back(member.user());
        }
        return push;
    }, options.at);
    if (exit != ExitCode::ok) return exit;

    FiveSteps steps(global, story.scenario().directory);
    steps.print(push, record);
    fmt::print("\n{}, {} virtual   run saved: {}\n", counted(record.run.requests, "request"), format_duration(record.run.ended - record.run.began), story.run_file());
    if (!record.run.halted.empty()) return ExitCode::environment;
    return steps.failed() ? ExitCode::expectation : ExitCode::ok;
}

}  // namespace provsim
