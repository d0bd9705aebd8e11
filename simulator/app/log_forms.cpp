// SPDX-License-Identifier: Apache-2.0
#include "app/log_forms.h"

#include "app/recorded_facts.h"
#include "shapes/graph_log.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>
#include <filesystem>
#include <fstream>
#include <utility>

namespace provsim {

namespace {

class Lines final : public LogForm {
public:
    explicit Lines(const Terminal& out) : out_(out) {}
    void entry(const RecordedEntry& e) override
    {
        const auto& s = out_.symbols();
        const std::string mark = e.status == Status::success ? out_.paint(Colour::green, s.ok)
                                 : e.status == Status::failure ? out_.paint(Colour::red, s.fail) : std::string(s.skip);
        const bool import = e.task == Action::import_users || e.task == Action::import_groups;
        std::string who = !e.object.empty() ? e.object : import ? "import" : "connection";
        if (!e.other.empty()) who += (e.task == Action::remove_member ? " -> " : " <- ") + e.other;
        std::string why = e.code;
        if (!e.detail.empty()) why += (why.empty() ? "" : ": ") + e.detail;
        fmt::print("{:>6}  {}  run {:<4} {} {} {}{}\n", e.number, pad(format_time(e.ended), 24), e.run, mark, pad(to_string(e.action), 8), pad(who, 34), why);
    }

private:
    const Terminal& out_;
};

class OneCsv final : public LogForm {
public:
    OneCsv() { fmt::print("number,time,run,identity,name,other,action,status,code,detail,targetId,durationMilliseconds\n"); }
    void entry(const RecordedEntry& e) override
    {
        fmt::print("{},{},{},{},{},{},{},{},{},{},{},{}\n", e.number, format_time(e.ended), e.run, csv_field(e.object), csv_field(e.display_name), csv_field(e.other),
                   to_string(e.action), to_string(e.status), csv_field(e.code), csv_field(e.detail), csv_field(e.target_id), (e.ended - e.began).count());
    }
};

class JsonLines final : public LogForm {
public:
    void entry(const RecordedEntry& e) override
    {
        nlohmann::ordered_json row{
            {"number", e.number},     {"at", format_time(e.ended)},           {"run", e.run},
            {"identity", e.object},   {"name", e.display_name},               {"action", to_string(e.action)},
            {"status", to_string(e.status)}, {"code", e.code},                {"detail", e.detail},
            {"targetId", e.target_id}, {"durationMilliseconds", (e.ended - e.began).count()}, {"requests", e.requests},
        };
        if (!e.other.empty()) row["other"] = e.other;
        if (!e.modified.empty()) row["modifiedProperties"] = nlohmann::ordered_json::parse(e.modified, nullptr, false);
        fmt::print("{}\n", row.dump());
    }
};

// As GET /auditLogs/provisioning answers, all on one page; or one summary a line.
class GraphList final : public LogForm {
public:
    GraphList(const RunFileReader& run, bool lines) : run_(run), setting_(graph_setting(run)), lines_(lines)
    {
        if (!lines_) fmt::print("{{\n  \"@odata.context\": \"https://graph.microsoft.com/v1.0/$metadata#auditLogs/provisioning\",\n  \"value\": [");
    }
    void entry(const RecordedEntry& e) override
    {
        const auto summary = provisioning_object_summary(recorded_facts(e, &run_), setting_);
        if (lines_) fmt::print("{}\n", summary.dump());
        else fmt::print("{}\n{}", std::exchange(first_, false) ? "" : ",", summary.dump(2));
    }
    std::optional<Problem> end() override
    {
        if (!lines_) fmt::print("\n  ]\n}}\n");
        return std::nullopt;
    }

private:
    const RunFileReader& run_;
    GraphSetting setting_;
    bool lines_, first_ = true;
};

class ThreeFiles final : public LogForm {
public:
    ThreeFiles(const RunFileReader& run, std::filesystem::path folder) : run_(run), setting_(graph_setting(run)), folder_(std::move(folder)) {}
    std::optional<Problem> open()
    {
        std::error_code error;
        std::filesystem::create_directories(folder_, error);
        for (std::size_t i = 0; i < files_.size(); ++i) files_[i].open(folder_ / log_csv_files[i], std::ios::binary | std::ios::trunc);
        write(log_csv_heads());
        return trouble();
    }
    void entry(const RecordedEntry& e) override
    {
        write(log_csv_rows(recorded_facts(e, &run_), setting_));
        ++entries_;
    }
    std::optional<Problem> end() override
    {
        for (auto& file : files_) file.flush();
        if (auto problem = trouble()) return problem;
        fmt::print("{} in {}: {}, {} and {}, joined by changeId\n", counted(entries_, "entry", "entries"), folder_.string(), log_csv_files[0], log_csv_files[1],
                   log_csv_files[2]);
        return std::nullopt;
    }

private:
    void write(const LogCsv& rows)
    {
        files_[0] << rows.entries;
        files_[1] << rows.steps;
        files_[2] << rows.modified;
    }
    std::optional<Problem> trouble() const
    {
        for (std::size_t i = 0; i < files_.size(); ++i)
            if (!files_[i])
                return Problem{Severity::error, "csv", "the file cannot be written", "choose another folder with --csv, or look at its permissions",
                               {(folder_ / log_csv_files[i]).string(), 0, 0}};
        return std::nullopt;
    }

    const RunFileReader& run_;
    GraphSetting setting_;
    std::filesystem::path folder_;
    std::array<std::ofstream, 3> files_;
    std::uint64_t entries_ = 0;
};

class Nothing final : public LogForm {
    void entry(const RecordedEntry&) override {}
};

}  // namespace

Result<std::unique_ptr<LogForm>> make_log_form(const LogOptions& options, const GlobalOptions& global, const LogFilter& filter, const RunFileReader& run,
                                               const Terminal& out)
{
    if (options.codes) return std::unique_ptr<LogForm>(std::make_unique<Nothing>());
    if (!options.csv.empty()) {
        auto files = std::make_unique<ThreeFiles>(run, options.csv);
        if (const auto problem = files->open()) return *problem;
        return std::unique_ptr<LogForm>(std::move(files));
    }
    if (options.as == "csv") return std::unique_ptr<LogForm>(std::make_unique<OneCsv>());
    if (options.as == "entra" || options.as == "entra-ndjson") return std::unique_ptr<LogForm>(std::make_unique<GraphList>(run, options.as == "entra-ndjson"));
    auto events = make_event_form(options.as, filter, run);
    if (!events || events.value()) return events;
    if (options.as == "ndjson" || global.json) return std::unique_ptr<LogForm>(std::make_unique<JsonLines>());
    return std::unique_ptr<LogForm>(std::make_unique<Lines>(out));
}

}  // namespace provsim
