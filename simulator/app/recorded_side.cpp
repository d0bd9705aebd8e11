// SPDX-License-Identifier: Apache-2.0
#include "app/recorded_side.h"

#include "app/recorded_facts.h"

#include <set>

namespace provsim {

namespace {

class Filler {
public:
    Filler(const RunFileReader& run, Side& side) : run_(run), side_(side), start_(parse_time(run.meta("clock_start")).value_or(TimePoint{})) {}

    Problems fill()
    {
        const auto runs = run_.runs();
        if (!runs) return runs.problems();
        for (const RecordedRun& each : runs.value())
            if (each.info.kind == RunKind::on_demand) pushes_.insert(each.info.number);
        const auto changes = run_.changes();
        if (!changes) return changes.problems();
        for (const RecordedChange& each : changes.value()) side_.changes.push_back({each.at - start_, each.to, each.edit});
        const auto entries = run_.log({}, [this](const RecordedEntry& entry) { return take(entry); });
        if (!entries) return entries.problems();
        const auto exchanges = run_.exchanges({}, [this](const RecordedExchange& exchange) { return take(exchange); });
        if (!exchanges) return exchanges.problems();
        return bodies();
    }

private:
    bool take(const RecordedEntry& entry)
    {
        if (!entry.object.empty()) side_.names[entry.object] = entry.full_name.empty() ? entry.display_name : entry.full_name;
        SideEntry& to = side_.entries.emplace_back();
        to.run = entry.run;
        to.task = entry.task;
        to.object = entry.object;
        to.other = entry.other;
        to.status = entry.status;
        to.action = entry.action;
        to.target_id = entry.target_id;
        to.modified = read_modified(entry.modified);
        to.began = entry.began - start_;
        to.ended = entry.ended - start_;
        to.head = entry.head;
        return true;
    }

    bool take(const RecordedExchange& exchange)
    {
        SideExchange& to = side_.exchanges.emplace_back();
        to.number = exchange.number;
        to.run = exchange.run;
        to.on_demand = pushes_.count(exchange.run) != 0;
        to.task = exchange.task;
        to.intent = exchange.intent;
        to.method = exchange.method;
        to.object = exchange.object;
        to.other = exchange.other;
        to.target = exchange.target;
        to.status = exchange.status;
        to.failure = exchange.failure;
        to.accepted = exchange.accepted;
        to.sent = exchange.sent - start_;
        to.answered = to.sent + exchange.took;
        return true;
    }

    Problems bodies()
    {
        if (run_.meta("record") != "full") return {};
        for (SideExchange& exchange : side_.exchanges) {
            if (!is_write(exchange.method)) continue;
            auto body = run_.request_body(exchange.number);
            if (!body) return body.problems();
            exchange.body = body.value().value_or("");
        }
        return {};
    }

    const RunFileReader& run_;
    Side& side_;
    TimePoint start_;
    std::set<std::uint32_t> pushes_;
};

}  // namespace

Result<RecordedSide> recorded_side(const std::string& file)
{
    const auto opened = RunFileReader::open(file);
    if (!opened) return opened.problems();
    const RunFileReader& run = opened.value();
    if (run.meta("record") == "summary")
        return Problem{Severity::error, "record", "the run was recorded with --record summary, which keeps no requests", "run it again with --record log or full", {file, 0, 0}};
    RecordedSide side;
    side.file = file;
    side.profile = side.label = run.meta("profile");
    side.scenario = run.meta("scenario");
    side.seed = run.meta("seed");
    side.fingerprint = run.meta("fingerprint");
    side.record = run.meta("record");
    side.finished = run.finished();
    if (const auto end = parse_time(run.meta("virtual_end")), start = parse_time(run.meta("clock_start")); end && start) side.length = *end - *start;
    if (auto problems = Filler(run, side.side).fill(); !problems.empty()) return problems;
    return side;
}

}  // namespace provsim
