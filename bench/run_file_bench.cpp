// SPDX-License-Identifier: Apache-2.0
// What a row of the run file costs: CPU time and bytes, for exchanges without and with their replies, and for log entries.
#include "store/run_file_writer.h"

#include <fmt/format.h>

#include <cstdlib>
#include <ctime>
#include <filesystem>

using namespace provsim;

namespace {

double cpu_us()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

template <class Fill>
void measure(std::string_view name, const std::filesystem::path& path, bool replies, const Directory& directory, std::uint64_t count, Fill fill)
{
    std::filesystem::remove(path);
    RunFileOptions options;
    options.store_replies = replies;
    options.secrets = {"a-bearer-token-of-some-length"};
    auto made = RunFileWriter::create(path, {}, options, directory);
    if (!made) return;
    const double before = cpu_us();
    for (std::uint64_t i = 1; i <= count; ++i) fill(*made.value(), i);
    made.value()->flush();
    const double rows = cpu_us();
    made.value()->finish({});
    const double all = cpu_us();
    fmt::print("{:<28} {:6.2f} us CPU a row, {:5.2f} more to finish, {:6.1f} bytes a row\n", name, (rows - before) / static_cast<double>(count),
               (all - rows) / static_cast<double>(count), static_cast<double>(std::filesystem::file_size(path)) / static_cast<double>(count));
    std::filesystem::remove(path);
}

}  // namespace

int main(int argc, char** argv)
{
    const std::uint64_t count = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 200'000;
    Directory directory;
    const Draw draw(1);
    std::vector<UserId> users;
    for (std::uint64_t i = 0; i < 10'000; ++i) {
        const std::string handle = fmt::format("user{}", i), name = handle + "@acme.test";
        const std::pair<Attribute, std::string_view> values[] = {{Attribute::handle, handle}, {Attribute::user_name, name}};
        users.push_back(directory.add_user(draw_guid(draw, "user", i), values, true, TimePoint{}));
    }
    // Texts are made beforehand, so that only the recording is measured.
    std::vector<std::string> targets, bodies;
    for (std::uint64_t i = 0; i < users.size(); ++i) {
        const std::string id = to_string(draw_guid(draw, "id", i));
        targets.push_back(i % 2 ? fmt::format("/Users?filter=userName+eq+%22user{}%40acme.test%22", i) : "/Users/" + id);
        bodies.push_back(fmt::format(
            R"({{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],"id":"{}",)"
            R"("externalId":"user{}","userName":"user{}@acme.test","active":true,"displayName":"Given{} Family{}","name":{{"givenName":"Given{}","familyName":"Family{}"}},)"
            R"("emails":[{{"type":"work","value":"user{}@acme.test","primary":true}}],"title":"Engineer {}","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":)"
            R"({{"department":"Department {}","employeeNumber":"{}"}},"meta":{{"resourceType":"User","location":"https://target.test/scim/v2/Users/{}","version":"W/\"{}\""}}}})",
            id, i, i, i % 100, i % 700, i % 100, i % 700, i, i % 9, i % 17, 100'000 + i, id, i % 5));
    }
    const Headers headers{{"Content-Type", "application/scim+json"}, {"Date", "Mon, 05 Jan 2026 09:00:00 GMT"}, {"ETag", "W/\"1\""}};
    const auto exchange = [&](RunFileWriter& writer, std::uint64_t i) {
        const std::size_t who = i % users.size();
        static Ask ask;
        static Reply reply;
        ask.request.target = targets[who];
        reply.status = 200;
        reply.headers = headers;
        reply.body = bodies[who];
        const TimePoint sent{milliseconds{1'767'603'600'000 + static_cast<Duration::rep>(i) * 12}};
        writer.exchanged({i, 1, {Action::provision, users[who], {}}, ask, reply, sent, sent + milliseconds{50}, 1, true});
    };
    const auto log = [&](RunFileWriter& writer, std::uint64_t i) {
        static LogEntry entry;
        const std::size_t who = i % users.size();
        entry.number = i;
        entry.run = 1;
        entry.task = {Action::provision, users[who], {}};
        entry.target_id = std::string_view(targets[who]).substr(0, 36);
        entry.outcome.action = LoggedAction::create;
        entry.began = entry.ended = TimePoint{milliseconds{1'767'603'600'000 + static_cast<Duration::rep>(i) * 12}};
        writer.logged(entry);
    };
    const auto path = std::filesystem::temp_directory_path() / fmt::format("provsim_bench_{}.provsim", std::time(nullptr));
    measure("exchange", path, false, directory, count, exchange);
    measure("exchange with its reply", path, true, directory, count, exchange);
    measure("log entry", path, false, directory, count, log);
}
