// SPDX-License-Identifier: Apache-2.0
#include "app/narrator.h"

#include "app/action_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace provsim {

namespace {

constexpr std::uint64_t requests_shown_a_run = 14;
constexpr std::size_t target_columns = 66;
constexpr Position memberships_shown = 5;      // that an edit brings about
constexpr Duration worth_mentioning = minutes{1};

int hex(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool quiet_run(const RunInfo& info)
{
    return info.kind != RunKind::on_demand && info.halted.empty() && info.writes == 0 && info.failed == 0 && info.tasks <= 2;
}

std::string objectless_text(Action action)
{
    switch (action) {
    case Action::test_connection: return "connection test";
    case Action::import_users: return "import of users";
    case Action::import_groups: return "import of groups";
    default: return std::string(to_string(action));
    }
}

std::string shorten(std::string text, std::size_t most)
{
    if (text.size() <= most) return text;
    std::size_t cut = most - 3;
    while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
    return text.substr(0, cut) + "...";
}

}  // namespace

std::string readable_target(std::string_view target)
{
    std::string text;
    for (std::size_t i = 0; i < target.size(); ++i) {
        const char c = target[i];
        if (c == '+') text += ' ';
        else if (c == '%' && i + 2 < target.size() && hex(target[i + 1]) >= 0 && hex(target[i + 2]) >= 0) {
            const auto byte = static_cast<char>(hex(target[i + 1]) * 16 + hex(target[i + 2]));
            if (static_cast<unsigned char>(byte) >= 0x20) text += byte;
            else text.append(target.substr(i, 3));
            i += 2;
        } else text += c;
    }
    return text;
}

std::string run_title(const RunInfo& info, const Directory& directory)
{
    if (info.kind == RunKind::on_demand) return "on demand " + object_name(directory, info.pushed);
    if (info.kind == RunKind::on_change) return "on change";
    std::string title;
    const bool one_schedule = info.users && info.groups && info.group_cycle == 0;
    if (info.users) title = fmt::format("{} {}", one_schedule ? "cycle" : "user cycle", info.user_cycle);
    if (info.groups && !one_schedule) title += fmt::format("{}group cycle {}", title.empty() ? "" : ", ", info.group_cycle);
    if (title.empty() && info.kind == RunKind::on_change) title = "on change";
    if (info.kind == RunKind::initial) title += " (initial)";
    return title;
}

std::string run_summary(const RunInfo& info)
{
    if (!info.halted.empty()) return "given up: " + info.halted;
    std::string text;
    const auto add = [&text](std::uint64_t count, std::string_view what, std::string_view plural = {}) {
        if (count == 0) return;
        if (!text.empty()) text += ", ";
        text += plural.empty() ? fmt::format("{} {}", grouped(count), what) : counted(count, what, plural);
    };
    add(info.created, "created");
    add(info.updated, "updated");
    add(info.disabled, "disabled");
    add(info.deleted, "deleted");
    add(info.members_added, "member added", "members added");
    add(info.members_removed, "member removed", "members removed");
    add(info.skipped - info.staged, "skipped");
    add(info.staged, "held back");
    add(info.failed, "failed");
    return text.empty() ? "nothing to do" : text;
}

Narrator::Narrator(Terminal& out, Terminal& err, Verbosity verbosity, const Directory& directory, TimePoint start)
    : out_(out), err_(err), verbosity_(verbosity), directory_(directory), start_(start), last_said_(start)
{
}

void Narrator::say(TimePoint at, std::string_view text)
{
    if (verbosity_ == Verbosity::quiet) return;
    flush_quiet_cycles();
    if (at - last_said_ >= worth_mentioning)
        out_.line(fmt::format("{:>12}  {}", "", out_.paint(Colour::dim, fmt::format("{} {}", out_.symbols().idle, format_duration(at - last_said_)))));
    last_said_ = at;
    out_.line(fmt::format("{}  {}", pad("T+" + format_elapsed(at - start_), 12), text));
}

void Narrator::flush_quiet_cycles()
{
    if (quiet_.empty()) return;
    const std::vector<RunInfo> quiet = std::exchange(quiet_, {});
    if (quiet.size() <= 2) {
        for (const RunInfo& info : quiet)
            say(info.began, fmt::format("{} {}  nothing to do", out_.paint(Colour::dim, out_.symbols().cycle), pad(run_title(info, directory_), 40)));
        return;
    }
    const std::string text = fmt::format("{} {} with nothing to do, the last at T+{}", out_.symbols().cycle, counted(quiet.size(), "cycle"),
                                         format_elapsed(quiet.back().began - start_));
    say(quiet.front().began, out_.paint(Colour::dim, text));
    last_said_ = quiet.back().ended;
}

void Narrator::open_run()
{
    if (!announced_) return;
    const RunInfo info = *std::exchange(announced_, std::nullopt);
    const char* overrun = "";
    std::string waited;
    if (info.overrun > Duration{0}) {
        waited = "  started " + format_duration(info.overrun) + " late: the cycle before it was still running";
        overrun = waited.c_str();
    }
    say(info.began, fmt::format("{} {}{}", out_.paint(Colour::cyan, out_.symbols().cycle), out_.paint(Colour::bold, run_title(info, directory_)), overrun));
    shown_ = hidden_ = 0;
}

void Narrator::flush_line()
{
    if (held_.empty()) return;
    open_run();
    for (const Line& line : std::exchange(held_, {})) say(line.at, line.text);
}

void Narrator::run_began(const RunInfo& info)
{
    flush_line();
    announced_ = info;
    probes_ = 0;
}

void Narrator::exchanged(const ExchangeRecord& record)
{
    ++requests_;
    tick(record.answered);
    if (verbosity_ == Verbosity::quiet) return;
    const bool probe = !record.task.object;
    const bool trouble = !record.accepted;
    // A probe stays held back until the run proves to have something to do; anything else ends that suspense.
    if (!probe) flush_line();
    if (!probe && !trouble && verbosity_ == Verbosity::normal && shown_ >= requests_shown_a_run) {
        ++hidden_;
        return;
    }
    ++shown_;
    const Request& request = record.ask.request;
    const std::string answer = record.reply.arrived() ? std::to_string(record.reply.status) : std::string(to_string(record.reply.failure));
    std::string text = fmt::format("    {} {} {}  {:>6}", pad(to_string(request.method), 6),
                                   pad(shorten(readable_target(request.target), target_columns), target_columns),
                                   trouble ? out_.paint(Colour::red, answer) : answer, format_duration(record.answered - record.sent));
    const std::string margin(14 + 4, ' ');
    if (verbosity_ >= Verbosity::headers) {
        if (request.headers)
            for (const Header& header : *request.headers) text += fmt::format("\n{}> {}: {}", margin, header.name, header.value);
        for (const Header& header : record.reply.headers) text += fmt::format("\n{}< {}: {}", margin, header.name, header.value);
    }
    if (verbosity_ >= Verbosity::bodies) {
        if (!request.body.empty()) text += fmt::format("\n{}> {}", margin, request.body);
        if (!record.reply.body.empty()) text += fmt::format("\n{}< {}", margin, record.reply.body);
    }
    held_.push_back({record.task, record.answered, std::move(text)});
}

std::string Narrator::outcome_text(const LogEntry& entry) const
{
    const Outcome& outcome = entry.outcome;
    const std::string object = entry.task.object ? object_name(directory_, entry.task.object) : objectless_text(entry.task.action);
    if (outcome.status == Status::failure)
        return out_.paint(Colour::red, fmt::format("{} {}: {} {}", out_.symbols().fail, object, outcome.code, outcome.detail));
    if (outcome.action == LoggedAction::staged_delete) return out_.paint(Colour::yellow, fmt::format("{} {}: {}", out_.symbols().skip, object, outcome.detail));
    if (outcome.status == Status::skipped)
        return out_.paint(Colour::dim, fmt::format("{} {}: {}", out_.symbols().skip, object, outcome.detail.empty() ? std::string(outcome.code) : outcome.detail));
    std::string did;
    switch (entry.task.action) {
    case Action::add_member: did = object_name(directory_, entry.task.other) + " joined " + object; break;
    case Action::write_members: did = object + ": all members written"; break;
    case Action::remove_member: did = object_name(directory_, entry.task.other) + " left " + object; break;
    case Action::test_connection: did = "connection tested"; break;
    case Action::import_users: did = "users read"; break;
    case Action::import_groups: did = "groups read"; break;
    case Action::set_manager: did = object + (!outcome.modified.empty() && outcome.modified.back().new_value.empty() ? ": manager cleared" : ": manager set"); break;
    default: {
        const bool adds_e = outcome.action == LoggedAction::other;
        did = object + " " + (adds_e ? "done" : std::string(to_string(outcome.action)) + "d");
        if (outcome.action == LoggedAction::update && !outcome.modified.empty()) {
            std::vector<std::string> names;
            for (const Modified& m : outcome.modified) names.push_back(m.name);
            did += ": " + fmt::format("{}", fmt::join(names, ", "));
        }
    }
    }
    return out_.paint(Colour::green, did);
}

void Narrator::logged(const LogEntry& entry)
{
    if (verbosity_ == Verbosity::quiet) return;
    const bool failure = entry.outcome.status == Status::failure;
    if (!held_.empty() && held_.back().task == entry.task) {
        if (failure) {
            flush_line();
            say(entry.ended, "           " + outcome_text(entry));
            return;
        }
        held_.back().text += "  " + outcome_text(entry);
        flush_line();
        return;
    }
    // Nothing was sent for it, or its request line was not shown, or is far above.
    if (failure || entry.requests == 0 || entry.outcome.action == LoggedAction::staged_delete) {
        if (!failure && verbosity_ == Verbosity::normal && ++shown_ > requests_shown_a_run) return;
        flush_line();
        open_run();
        say(entry.ended, "    " + outcome_text(entry));
    }
}

void Narrator::run_ended(const RunInfo& info)
{
    if (announced_ && quiet_run(info) && verbosity_ == Verbosity::normal) {
        announced_.reset();
        held_.clear();
        quiet_.push_back(info);
        return;
    }
    flush_line();
    open_run();
    if (hidden_ > 0) say(info.ended, out_.paint(Colour::dim, fmt::format("    {} {} (-v shows each)", out_.symbols().idle, counted(hidden_, "more request"))));
    const Colour colour = !info.halted.empty() || info.failed > 0 ? Colour::red : Colour::plain;
    say(info.ended, fmt::format("    {} in {} {} {}", out_.paint(colour, run_summary(info)), format_duration(info.ended - info.began), out_.symbols().dot,
                                counted(info.requests, "request")));
    hidden_ = 0;
}

void Narrator::job_changed(JobState state, std::string_view why, TimePoint at)
{
    if (state == JobState::active && at == start_) return;
    flush();
    const Colour colour = state == JobState::active ? Colour::green : state == JobState::paused ? Colour::yellow : Colour::red;
    say(at, out_.paint(colour, fmt::format("{} job {}: {}", out_.symbols().warn, to_string(state), why)));
}

void Narrator::edited(const Edit& edit, TimePoint at, Position from, Position to)
{
    flush();
    say(at, fmt::format("{} {}", out_.paint(Colour::yellow, out_.symbols().change), describe(edit)));
    if (std::holds_alternative<AddMembers>(edit) || std::holds_alternative<RemoveMembers>(edit)) return;
    if (const auto* group = std::get_if<AddGroup>(&edit); group && group->rule.empty()) return;
    // What rules of groups make of it.
    std::uint64_t untold = 0;
    for (Position p = from, told = 0; p < to; ++p) {
        const Change& change = directory_.changes()[p];
        const bool joins = change.kind == ChangeKind::member_added;
        if (!joins && change.kind != ChangeKind::member_removed) continue;
        if (++told > memberships_shown) ++untold;
        else say(at, fmt::format("    {} {} {} by its rule", object_name(directory_, change.other), joins ? "joins" : "leaves", object_name(directory_, change.object)));
    }
    if (untold > 0) say(at, fmt::format("    and {} more memberships", grouped(untold)));
}

void Narrator::acted(const StepAction& action, TimePoint at)
{
    const std::string text = action_text(action.what);
    if (text.empty()) return;
    flush();
    say(at, fmt::format("{} {}", out_.paint(Colour::yellow, out_.symbols().change), text));
}

void Narrator::refused(const StepAction&, const Problem& problem, TimePoint at)
{
    flush();
    say(at, out_.paint(Colour::red, format_problem(problem)));
}

void Narrator::left_out(const std::string& what, TimePoint at)
{
    flush();
    say(at, out_.paint(Colour::dim, fmt::format("{} {}", out_.symbols().skip, what)));
}

void Narrator::found(const Step&, const Expectation&, const Finding& finding)
{
    if (finding.held) ++held_expectations_;
    else failed_.push_back(finding);
}

void Narrator::step_ended(const Step& step, bool passed, TimePoint at)
{
    flush();
    const unsigned held = std::exchange(held_expectations_, 0);
    const std::vector<Finding> failed = std::exchange(failed_, {});
    const std::string name = step.name.empty() ? step.id : step.name;
    if (passed) {
        if (held > 0 || !step.name.empty())
            say(at, fmt::format("{} {}{}", out_.paint(Colour::green, out_.symbols().ok), name, held > 0 ? "   " + counted(held, "expectation") + " held" : ""));
        return;
    }
    const std::string head = fmt::format("{} {}   at T+{}", out_.symbols().fail, name, format_elapsed(at - start_));
    out_.line(out_.paint(Colour::red, head));
    for (const Finding& finding : failed) {
        out_.line(fmt::format("   {}:{}:{}: {}", finding.place.file, finding.place.line, finding.place.column, finding.summary));
        std::string_view rest = finding.evidence;
        while (!rest.empty()) {
            const auto end = std::min(rest.find('\n'), rest.size());
            out_.line(fmt::format("      {}", rest.substr(0, end)));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
}

void Narrator::flush()
{
    flush_line();
    flush_quiet_cycles();
}

void Narrator::tick(TimePoint at)
{
    // A look at the wall clock every 256 requests is cheap enough to take on every run.
    if (requests_ % 256 != 0 || !err_.interactive()) return;
    const auto wall = std::chrono::steady_clock::now();
    if (wall - last_tick_ < std::chrono::milliseconds{200}) return;
    last_tick_ = wall;
    err_.progress(fmt::format("T+{}  {}", format_elapsed(at - start_), counted(requests_, "request")));
}

}  // namespace provsim
