// SPDX-License-Identifier: Apache-2.0
// A small run to record, made by hand, and a folder that goes away.
#pragma once

#include "store/run_file_reader.h"
#include "store/run_file_writer.h"
#include "tests/catch.h"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace provsim {

class Folder {
public:
    Folder()
    {
        std::string name = (std::filesystem::temp_directory_path() / "provsim_store_XXXXXX").string();
        if (!mkdtemp(name.data())) throw std::runtime_error("no folder for the test");
        path_ = name;
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;
    std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
    std::size_t files() const
    {
        return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path_), std::filesystem::directory_iterator()));
    }

private:
    std::filesystem::path path_;
};

struct RunOfOne {
    static constexpr TimePoint start{hours{490'000}};
    Directory directory;
    UserId ada;
    GroupId engineers;
    Headers headers{{"Content-Type", "application/scim+json"}, {"ETag", "W/\"1\""}};

    RunOfOne()
    {
        const std::pair<Attribute, std::string_view> values[] = {{Attribute::handle, "ada"}, {Attribute::user_name, "ada@acme.test"}};
        const Draw draw(1);
        ada = directory.add_user(draw_guid(draw, "user"), values, true, start);
        engineers = directory.add_group(draw_guid(draw, "group"), "engineers", "Engineers", start);
    }

    static RunFileHeader header()
    {
        RunFileHeader header;
        header.version = "0.1.0";
        header.scenario_name = "Joiner";
        header.scenario_file = "joiner.provsim.yaml";
        header.scenario_bytes = "provsim: 1\nname: Joiner\n";
        header.profile = "entra";
        header.target_kind = "network";
        header.seed = 7;
        header.clock_start = start;
        return header;
    }

    std::string reply_body(std::uint64_t number) const
    {
        return fmt::format(R"({{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"{:08x}-93d4-4e1a-9f0e-1c7d2f0a{:04x}","userName":"user{}@acme.test","active":true,)"
                           R"("displayName":"User {} of Acme","emails":[{{"type":"work","value":"user{}@acme.test","primary":true}}],"meta":{{"resourceType":"User"}}}})",
                           number * 2654435761u % 0xFFFFFFFFu, number % 0xFFFF, number, number, number);
    }

    // The exchange of that number, of run 1.
    void exchange(Recorder& recorder, std::uint64_t number, const std::string& body, const std::string& reply_body_text, Method method = Method::post) const
    {
        Ask ask;
        ask.intent = Intent::create;
        ask.request.method = method;
        ask.request.target = method == Method::get ? fmt::format("/Users?filter=userName+eq+%22user{}%40acme.test%22", number) : "/Users";
        ask.request.body = body;
        Reply reply;
        reply.status = 201;
        reply.headers = headers;
        reply.body = reply_body_text;
        const Task task{Action::provision, ada, {}};
        const TimePoint sent = start + milliseconds{static_cast<Duration::rep>(number)};
        recorder.exchanged({number, 1, task, ask, reply, sent, sent + milliseconds{50}, 1, true});
    }
    LogEntry entry(std::uint64_t number) const
    {
        LogEntry entry;
        entry.number = number;
        entry.run = 1;
        entry.task = {Action::provision, ada, {}};
        entry.name = "ada@acme.test";
        entry.target_id = "6f1c";
        entry.outcome.action = LoggedAction::create;
        entry.began = start;
        entry.ended = start + milliseconds{120};
        entry.requests = 2;
        return entry;
    }
    static RunInfo run(std::uint32_t number)
    {
        RunInfo info;
        info.number = number;
        info.users = true;
        info.user_cycle = number;
        info.began = start;
        info.ended = start + seconds{1};
        info.tasks = 3;
        info.requests = 5;
        info.created = 1;
        return info;
    }
};

inline std::unique_ptr<RunFileWriter> create(const std::filesystem::path& path, RunFileOptions options, const RunOfOne& run)
{
    auto made = RunFileWriter::create(path, RunOfOne::header(), std::move(options), run.directory);
    REQUIRE(made);
    return std::move(made).value();
}

inline RunFileReader open(const std::filesystem::path& path)
{
    auto opened = RunFileReader::open(path);
    INFO((opened ? std::string() : opened.problems().front().what));
    REQUIRE(opened);
    return std::move(opened).value();
}

inline std::string refusal(const std::filesystem::path& path, ReaderLimits limits = {})
{
    const auto opened = RunFileReader::open(path, limits);
    REQUIRE_FALSE(opened);
    return opened.problems().front().what;
}

inline std::string bytes_of(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream out;
    out << file.rdbuf();
    return out.str();
}

inline RunFileOptions level(RecordLevel given, bool replies = false)
{
    RunFileOptions options;
    options.level = given;
    options.store_replies = replies;
    return options;
}

inline std::size_t entries(const RunFileReader& reader, const LogFilter& filter = {})
{
    const auto told = reader.log(filter, [](const RecordedEntry&) { return true; });
    REQUIRE(told);
    return told.value();
}

inline std::size_t exchanges(const RunFileReader& reader)
{
    const auto told = reader.exchanges({}, [](const RecordedExchange&) { return true; });
    REQUIRE(told);
    return told.value();
}

}  // namespace provsim
