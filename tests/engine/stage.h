// SPDX-License-Identifier: Apache-2.0
// Everything an engine needs, small: a directory, the scripted provider and wire, and a diary of what was told.
#pragma once

#include "engine/engine.h"
#include "engine/faults.h"
#include "tests/catch.h"
#include "tests/engine/scripted_connector.h"
#include "tests/engine/scripted_transport.h"

#include <memory>
#include <string>
#include <vector>

namespace provsim {

inline const TimePoint opening = *parse_time("2026-03-02T09:00:00Z");

inline std::string elapsed(TimePoint at) { return format_elapsed(at - opening); }

// Everything recorders are told, as lines and rows that tests can hold beside what they expect.
class Diary final : public Recorder {
public:
    std::vector<RunInfo> ended;
    std::vector<std::string> log;         // "provision /u3 success", in the order of ending
    std::vector<std::string> answered;    // "0:00:00.050 /u3 200"
    std::map<ExchangeNumber, TimePoint> answered_at;
    std::vector<std::string> job;         // "0:00:00 Active: started"
    std::vector<std::string> edits;       // "0:00:00 1": how many changes
    std::uint64_t open = 0;

    // Each cycle that ended: when it began, which timers were due. "0:00:00 UG, 0:20:00 G"
    std::string timetable() const
    {
        std::string out;
        for (const RunInfo& run : ended) {
            if (run.kind == RunKind::on_demand) continue;
            if (!out.empty()) out += ", ";
            out += elapsed(run.began) + ' ' + (run.users ? "U" : "") + (run.groups ? "G" : "");
        }
        return out;
    }

    void run_began(const RunInfo&) override { ++open; }
    void run_ended(const RunInfo& run) override
    {
        --open;
        ended.push_back(run);
    }
    void exchanged(const ExchangeRecord& record) override
    {
        const std::string what = record.reply.arrived() ? std::to_string(record.reply.status) : std::string(to_string(record.reply.failure));
        answered_at[record.number] = record.answered;
        answered.push_back(elapsed(record.answered) + ' ' + record.ask.request.target + ' ' + what);
    }
    void logged(const LogEntry& entry) override
    {
        CHECK(entry.name == "an object");    // the view is alive
        std::string line = std::string(to_string(entry.task.action)) + ' ' + (entry.task.object ? path_of(entry.task.object) : "/probe");
        if (entry.task.other) line += path_of(entry.task.other);
        line += ' ' + std::string(to_string(entry.outcome.status));
        if (!entry.outcome.code.empty()) line += ' ' + std::string(entry.outcome.code);
        log.push_back(line);
    }
    void job_changed(JobState state, std::string_view why, TimePoint at) override
    {
        job.push_back(elapsed(at) + ' ' + std::string(to_string(state)) + ": " + std::string(why));
    }
    void edited(const Edit&, TimePoint at, Position from, Position to) override
    {
        edits.push_back(elapsed(at) + ' ' + std::to_string(to - from));
    }
};

struct Stage {
    explicit Stage(unsigned users = 0, unsigned groups = 0)
    {
        for (unsigned i = 0; i < users; ++i) add_user();
        for (unsigned i = 0; i < groups; ++i) {
            const std::string handle = "g" + std::to_string(i);
            directory.add_group(draw_guid(Draw(2), handle), handle, "Group " + handle, opening);
        }
        directory.forget_changes();
        options.start = opening;
    }

    UserId add_user()
    {
        const std::string handle = "u" + std::to_string(directory.user_rows());
        const std::pair<Attribute, std::string_view> values[] = {{Attribute::handle, handle}, {Attribute::user_name, handle}};
        return directory.add_user(draw_guid(Draw(1), handle), values, true, opening);
    }

    // The engine is made at the first use, when the options, the directory and the provider are as the test wants them.
    Engine& engine()
    {
        if (!engine_) {
            engine_ = std::make_unique<Engine>(directory, scope, connector, faults, inbox, *pacer, options);
            engine_->add(diary);
        }
        return *engine_;
    }
    Engine& started(Duration offset = Duration{0})
    {
        engine().start_job(offset);
        return engine();
    }
    // Plays everything before T + `length`, edits and faults of that instant excluded.
    Progress play(Duration length) { return engine().run_until(opening + length); }

    void retitle(const char* user, const char* title) { REQUIRE(engine().edit(UpdateUser{user, {{"title", title}}}).ok()); }

    // "0:00:00 GET /u0" of everything sent.
    std::vector<std::string> sent() const
    {
        std::vector<std::string> lines;
        for (const auto& s : wire.sent) lines.push_back(elapsed(s.at) + ' ' + s.line);
        return lines;
    }
    std::size_t count_sent(const std::string& line) const
    {
        return static_cast<std::size_t>(std::count_if(wire.sent.begin(), wire.sent.end(), [&](const auto& s) { return s.line == line; }));
    }
    // When `line` was sent, each time.
    std::vector<std::string> times_sent(const std::string& line) const
    {
        std::vector<std::string> times;
        for (const auto& s : wire.sent)
            if (s.line == line) times.push_back(elapsed(s.at));
        return times;
    }

    Directory directory;
    Scope scope{ScopeMode::all};
    ScriptedConnector connector;
    Inbox inbox;
    ScriptedTransport wire{inbox};
    FaultTransport faults{wire, inbox};
    SkipPacer skip;
    Pacer* pacer = &skip;
    EngineOptions options;
    Diary diary;

private:
    std::unique_ptr<Engine> engine_;
};

using Lines = std::vector<std::string>;

}  // namespace provsim
