// SPDX-License-Identifier: Apache-2.0
// log: the provisioning log of a run, as people, spreadsheets and scripts read it.
#include "app/terminal.h"
#include "app/verbs.h"
#include "store/run_file_reader.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace provsim {

namespace {

std::string csv_field(std::string_view text)
{
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

void print_csv(const RecordedEntry& e)
{
    fmt::print("{},{},{},{},{},{},{},{},{},{},{},{}\n", e.number, format_time(e.ended), e.run, csv_field(e.object), csv_field(e.display_name), csv_field(e.other),
               to_string(e.action), to_string(e.status), csv_field(e.code), csv_field(e.detail), csv_field(e.target_id), (e.ended - e.began).count());
}

void print_json(const RecordedEntry& e)
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

void print_line(const RecordedEntry& e, const Terminal& out)
{
    const auto& s = out.symbols();
    const std::string mark = e.status == Status::success ? out.paint(Colour::green, s.ok)
                             : e.status == Status::failure ? out.paint(Colour::red, s.fail) : std::string(s.skip);
    std::string who = e.object.empty() ? std::string("connection") : e.object;
    if (!e.other.empty()) who += (e.task == Action::remove_member ? " -> " : " <- ") + e.other;
    std::string why = e.code;
    if (!e.detail.empty()) why += (why.empty() ? "" : ": ") + e.detail;
    fmt::print("{:>6}  {}  run {:<4} {} {} {}{}\n", e.number, pad(format_time(e.ended), 24), e.run, mark, pad(to_string(e.action), 8), pad(who, 34), why);
}

template <class Value>
bool parse_word(const std::string& word, std::optional<Value>& out, std::initializer_list<Value> all, const char* what)
{
    if (word.empty()) return true;
    for (const Value v : all)
        if (to_string(v) == word) {
            out = v;
            return true;
        }
    fmt::print(stderr, "error: there is no {} \"{}\" in a provisioning log\n", what, word);
    return false;
}

}  // namespace

ExitCode log_verb(const LogOptions& options, const GlobalOptions& global)
{
    LogFilter filter;
    if (!options.identity.empty()) filter.identity = options.identity;
    filter.run = options.cycle;
    if (!parse_word(options.status, filter.status, {Status::success, Status::failure, Status::skipped, Status::warning}, "status")) return ExitCode::usage;
    if (!parse_word(options.action, filter.action, {LoggedAction::create, LoggedAction::update, LoggedAction::delete_, LoggedAction::disable, LoggedAction::other,
                                                     LoggedAction::staged_delete}, "action"))
        return ExitCode::usage;
    auto run = RunFileReader::open(options.file);
    if (!run) return report_problems(run.problems());

    const Terminal out(stdout, global.colour, global.ascii);
    const bool csv = options.as == "csv", lines = options.as == "ndjson" || global.json;
    if (csv) fmt::print("number,time,run,identity,name,other,action,status,code,detail,targetId,durationMilliseconds\n");
    const auto told = run.value().log(filter, [&](const RecordedEntry& entry) {
        if (csv) print_csv(entry);
        else if (lines) print_json(entry);
        else print_line(entry, out);
        return true;
    });
    if (!told) return report_problems(told.problems());
    if (const std::string why = run.value().meta("not_begun"); !why.empty()) fmt::print(stderr, "nothing was provisioned: {}\n", why);
    if (!csv && !lines) {
        fmt::print(stderr, "{} of \"{}\", seed {}, fingerprint {}{}\n", counted(told.value(), "entry", "entries"), run.value().meta("scenario"), run.value().meta("seed"),
                   run.value().meta("fingerprint"), run.value().finished() ? "" : "; the run did not come to its end");
    }
    return ExitCode::ok;
}

}  // namespace provsim
