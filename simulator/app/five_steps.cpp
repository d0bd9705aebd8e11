// SPDX-License-Identifier: Apache-2.0
#include "app/five_steps.h"

#include "app/code_legend.h"
#include "app/narrator.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace provsim {

namespace {

constexpr std::size_t margin = 24;      // of what stands below a step

// Of what is done beside the pushed object itself.
std::string short_name(Action action)
{
    switch (action) {
    case Action::set_manager: return "manager";
    case Action::add_member: return "add";
    case Action::remove_member: return "remove";
    case Action::write_members: return "members";
    default: return std::string(to_string(action));
    }
}

class FiveSteps {
public:
    FiveSteps(const Terminal& out, const PushRecord& record, const Directory& directory, std::span<const CodeNote> notes)
        : out_(out), record_(record), directory_(directory), notes_(notes)
    {
    }

    void print(ObjectRef pushed)
    {
        if (!connection()) return;
        for (const auto& [task, facts] : record_.entries()) {
            if (task.object != pushed || task.action != Action::provision) continue;
            import(facts);
            scope(facts);
            match(task, facts);
            perform("Perform action", task, facts);
        }
        for (const auto& [task, facts] : record_.entries()) {
            if (!task.object || task.action == Action::provision) continue;
            const std::string other = facts.other.empty() ? "" : " " + facts.other;
            perform(short_name(task.action) + other, task, facts);
        }
    }

private:
    enum class Mark : unsigned char { good, bad, none };

    void step(int number, std::string_view name, Mark mark, std::string_view text) const
    {
        const auto& s = out_.symbols();
        const std::string sign = mark == Mark::good ? out_.paint(Colour::green, s.ok) : mark == Mark::bad ? out_.paint(Colour::red, s.fail) : std::string(s.skip);
        fmt::print("{} {}  {}  {}\n", number > 0 ? std::to_string(number) : " ", pad(name, 17), sign, text);
    }
    static void below(std::string_view text) { fmt::print("{}{}\n", std::string(margin, ' '), text); }
    static void below(std::string_view name, std::string_view text) { below(pad(name, 26) + std::string(text)); }

    bool connection() const
    {
        const RunInfo& run = record_.run();
        std::string text;
        for (const auto& sent : record_.sent())
            if (sent.intent == Intent::probe) text += fmt::format("{}{}  {}", text.empty() ? "" : ";  ", sent.request, sent.answer);
        step(1, "Test connection", run.halted.empty() ? Mark::good : Mark::bad, run.halted.empty() ? text : run.halted);
        if (run.halted.empty()) return true;
        below(run.halted_detail);
        print_note(find_code(notes_, run.halted), margin);
        return false;
    }

    void import(const ChangeFacts& facts) const
    {
        const bool user = facts.object.is_user();
        std::string text = facts.name;
        if (user) {
            // accountEnabled and IsSoftDeleted stand before the attributes that have values.
            text += ", " + counted(facts.imported.size() >= 2 ? facts.imported.size() - 2 : 0, "attribute");
            text += facts.presence == Presence::soft_deleted ? ", in the recycle bin" : facts.enabled ? ", enabled" : ", sign-in blocked";
        } else {
            text += ", " + counted(directory_.members(facts.object.group()).size(), "member");
        }
        step(2, user ? "Import user" : "Import group", facts.code == "ImportSkipped" ? Mark::bad : Mark::good, text);
    }

    static std::string assigned(const ChangeFacts& facts)
    {
        switch (facts.scope) {
            case ScopeReason::everybody: return "not asked for: everybody is in scope";
            case ScopeReason::assigned: return "yes, directly";
            case ScopeReason::member_of_assigned: return "yes, through " + facts.through;
            case ScopeReason::not_assigned: return "no, neither directly nor as a direct member of an assigned group";
            case ScopeReason::not_in_directory: return "no, it is not in the directory any more";
            default: return "yes";
        }
    }

    void scope(const ChangeFacts& facts) const
    {
        const ScopeChecks checks = scope_checks(facts);
        const bool in = facts.in_scope() && checks.active;
        step(3, "Determine scope", in ? Mark::good : Mark::bad, in ? "in scope" : facts.in_scope() ? "in scope, but not active" : "not in scope");
        below("active in the directory", checks.active ? "yes" : facts.presence == Presence::present ? "no, sign-in is blocked" : "no, deleted");
        below("assigned", assigned(facts));
        std::string filter = facts.in_scope() ? "passed, or there is none" : "not looked at";
        if (!facts.filter.empty()) filter = fmt::format("failed: {}, {}", facts.filter, facts.saw.empty() ? "has no value" : "is \"" + facts.saw + "\"");
        below("scoping filter", filter);
    }

    std::string request(const Task& task, Intent intent) const
    {
        const auto& sent = record_.sent();
        const auto found = std::find_if(sent.rbegin(), sent.rend(), [&](const auto& s) { return s.task == task && s.intent == intent; });
        return found == sent.rend() ? std::string() : fmt::format("{}  {}", found->request, found->answer);
    }

    void match(const Task& task, const ChangeFacts& facts) const
    {
        const std::string asked = request(task, Intent::match), read = request(task, Intent::read);
        const std::string id = facts.target_id.empty() ? "" : ", id " + facts.target_id;
        switch (match_result(facts)) {
            case MatchResult::by_link:
                step(4, "Match", facts.code == "InvalidAnchor" ? Mark::bad : Mark::good, fmt::format("known by its link from before{}", id));
                if (!read.empty()) below(read);
                break;
            case MatchResult::one:
                step(4, "Match", Mark::good, fmt::format("1 match on {}{}", facts.matching, id));
                below(asked);
                if (!read.empty()) below(read);
                break;
            case MatchResult::none:
                step(4, "Match", Mark::good, fmt::format("no match on {}, so it is to be created", facts.matching));
                below(asked);
                break;
            case MatchResult::several:
                step(4, "Match", Mark::bad, fmt::format("several matches on {}", facts.matching));
                below(asked);
                break;
            case MatchResult::failed:
                step(4, "Match", Mark::bad, fmt::format("could not be matched on {}", facts.matching));
                below(asked);
                break;
            case MatchResult::not_asked:
                step(4, "Match", Mark::none, facts.code == "ImportSkipped" ? "there is no value to match by" : "not looked for");
                break;
        }
    }

    void perform(std::string_view name, const Task& task, const ChangeFacts& facts)
    {
        const Mark mark = facts.status == Status::success ? Mark::good : facts.status == Status::failure ? Mark::bad : Mark::none;
        std::string text = facts.status == Status::success ? std::string(to_string(facts.action)) : fmt::format("{}: {}", to_string(facts.status), facts.code);
        for (const auto& sent : record_.sent())
            if (sent.task == task && sent.intent != Intent::match && sent.intent != Intent::read && sent.intent != Intent::probe)
                text += fmt::format("   {}  {}", sent.request, sent.answer);
        step(task.action == Action::provision ? 5 : 0, name, mark, text);
        for (const Modified& m : facts.modified)
            below(m.old_value.empty() ? fmt::format("{}  \"{}\"", m.name, m.new_value) : fmt::format("{}  \"{}\" -> \"{}\"", m.name, m.old_value, m.new_value));
        if (facts.status == Status::success) return;
        below(facts.detail);
        if (const auto remedy = scope_remedy(facts); !remedy.empty()) below(remedy);
        else if (explained_.insert(facts.code).second) print_note(find_code(notes_, facts.code), margin);
    }

    // What lets this object in, which is more than the code alone can say.
    static std::string scope_remedy(const ChangeFacts& facts)
    {
        if (facts.code != "NotEffectivelyEntitled" || facts.task != Action::provision) return {};
        if (facts.presence == Presence::soft_deleted) return "Restore it in the directory; provision on demand does not act on what is deleted.";
        if (facts.presence == Presence::absent) return "It is gone from the directory; the next cycle deletes it in the target if it is still managed.";
        if (facts.scope == ScopeReason::not_assigned)
            return facts.object.is_user() ? "Assign the user to the application, or a group of which it is a direct member." : "Assign the group to the application.";
        if (!facts.filter.empty()) return "Change the attribute in the directory, or the scoping filter.";
        return facts.active() ? "" : "Enable the account: a blocked one is not created, and provision on demand does not disable it in the target.";
    }

    const Terminal& out_;
    const PushRecord& record_;
    const Directory& directory_;
    std::span<const CodeNote> notes_;
    std::set<std::string> explained_;
};

}  // namespace

void PushRecord::exchanged(const ExchangeRecord& r)
{
    if (!watching_) return;
    const Request& request = r.ask.request;
    sent_.push_back({r.task, r.ask.intent, fmt::format("{} {}", to_string(request.method), readable_target(request.target)),
                     r.reply.arrived() ? std::to_string(r.reply.status) : std::string(to_string(r.reply.failure)), request.body, r.reply.body});
}

void PushRecord::logged(const LogEntry& entry)
{
    if (!watching_) return;
    ChangeFacts facts = change_facts(entry, directory_);
    for (const Sent& sent : sent_) {
        if (sent.task != entry.task) continue;
        if (sent.intent == Intent::create && facts.modified.empty()) facts.modified = modified_by_create(sent.body);
        if (sent.intent == Intent::match || sent.intent == Intent::read) facts.found = values_found(sent.reply);
    }
    entries_.push_back({entry.task, std::move(facts)});
}

void PushRecord::run_ended(const RunInfo& info)
{
    if (info.kind == RunKind::on_demand) run_ = info;
}

std::vector<ChangeFacts> PushRecord::changes() const
{
    std::vector<ChangeFacts> changes;
    for (const Entry& entry : entries_)
        if (entry.task.object) changes.push_back(entry.facts);
    return changes;
}

bool PushRecord::failed() const noexcept
{
    return std::any_of(entries_.begin(), entries_.end(), [](const Entry& entry) { return entry.facts.status == Status::failure; });
}

void print_five_steps(const Terminal& out, const PushRecord& record, ObjectRef pushed, const Directory& directory, std::span<const CodeNote> notes)
{
    FiveSteps(out, record, directory, notes).print(pushed);
}

}  // namespace provsim
