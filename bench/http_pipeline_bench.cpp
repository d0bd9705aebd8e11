// SPDX-License-Identifier: Apache-2.0
// The whole pipeline over HTTP: an initial cycle of made-up users against a server that knows nobody and creates everybody,
// to be held beside wrk sending the same requests (bench/http_bench.sh). The same words as http_client_bench:
//
//   bench_http_pipeline URL [REQUESTS=200000] [CONNECTIONS=32] [CA_FILE]      with recording `log`
//   bench_http_pipeline --lua                                                 the same requests, for wrk
//   RECORD=summary in the environment: no run file
#include "connectors/registry.h"
#include "engine/engine.h"
#include "ledger/journal.h"
#include "net/network_transport.h"
#include "scenario/generate.h"
#include "store/run_file_writer.h"
#include "target/sandbox.h"

#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>

using namespace provsim;

namespace {

double processor_microseconds()
{
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto us = [](const timeval& t) { return static_cast<double>(t.tv_sec) * 1e6 + static_cast<double>(t.tv_usec); };
    return us(used.ru_utime) + us(used.ru_stime);
}

const TimePoint opening = *parse_time("2026-03-02T09:00:00Z");

struct Tenant {
    Tenant(std::uint32_t users, unsigned in_flight)
    {
        GenerateSpec spec;
        spec.users = users;
        generate(directory, spec, opening);
        const Flavour& flavour = *find_flavour("entra");
        connector = flavour.make({Settings::check(flavour.settings, std::vector<SettingValue>{{"max_in_flight", std::to_string(in_flight), {}}}).value(), {}, directory}).value();
        options.start = opening;
        options.latency = LatencyModel::constant(milliseconds{50});
        options.schedule = {hours{24}, hours{24}};
    }
    Directory directory;
    Scope scope{ScopeMode::all};
    std::unique_ptr<Connector> connector;
    EngineOptions options;
};

// Keeps one user's requests, to show wrk what they look like.
struct Sample final : Recorder {
    void exchanged(const ExchangeRecord& record) override
    {
        if (record.ask.intent == Intent::match) match = record.ask.request.target;
        if (record.ask.intent == Intent::create) create = record.ask.request.body;
    }
    std::string match, create;
};

struct InProcess final : Transport {
    InProcess(Sandbox& target, Inbox& inbox) : target_(target), inbox_(inbox) {}
    void send(ExchangeNumber number, const Request& request, TimePoint now) override { inbox_.post(number, read_reply(target_.handle(request, {}, now), reader_)); }
    Sandbox& target_;
    Inbox& inbox_;
    JsonReader reader_;
};

void print_lua()
{
    Tenant tenant(20, 5);
    Sandbox target;
    Inbox inbox;
    InProcess transport(target, inbox);
    SkipPacer pacer;
    Sample sample;
    Engine engine(tenant.directory, tenant.scope, *tenant.connector, transport, inbox, pacer, tenant.options);
    engine.add(sample);
    engine.start_job();
    while (!engine.job().users().last_completed && engine.step() == Progress::reached) {}
    std::printf("local n = 0\nlocal auth = 'Bearer example-token'\n"
                "request = function()\n  n = n + 1\n"
                "  if n %% 2 == 1 then return wrk.format('GET', wrk.path:gsub('/Users$', '') .. [[%s]], {Authorization = auth, ADSCIMVersion = '5.0'}) end\n"
                "  return wrk.format('POST', nil, {Authorization = auth, ADSCIMVersion = '5.0', ['Content-Type'] = 'application/scim+json; charset=utf-8'}, [[%s]])\nend\n",
                sample.match.c_str(), sample.create.c_str());
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc == 2 && std::strcmp(argv[1], "--lua") == 0) return print_lua(), 0;
    if (argc < 2) return std::fprintf(stderr, "usage: bench_http_pipeline URL [REQUESTS] [CONNECTIONS] [CA_FILE]\n"), 2;
    auto url = parse_base_url(argv[1]);
    if (!url) return std::fprintf(stderr, "%s\n", format_problem(url.problems().front()).c_str()), 2;
    const long requests = argc > 2 ? std::atol(argv[2]) : 200'000;
    const unsigned connections = argc > 3 ? static_cast<unsigned>(std::atoi(argv[3])) : 32;
    NetworkOptions options;
    options.url = std::move(url).value();
    options.authorization = bearer("example-token");
    options.max_connections = connections;
    if (argc > 4) options.ca_file = argv[4];

    // A user costs two requests. Twice as many conversations as connections: replies are taken in virtual order, and
    // one that comes late must not leave the other connections idle.
    Tenant tenant(static_cast<std::uint32_t>(requests / 2), connections * 2);
    Inbox inbox;
    auto transport = NetworkTransport::open(options, inbox);
    if (!transport) return std::fprintf(stderr, "%s\n", format_problem(transport.problems().front()).c_str()), 2;
    SkipPacer pacer;
    Engine engine(tenant.directory, tenant.scope, *tenant.connector, *transport.value(), inbox, pacer, tenant.options);
    Journal journal(JournalDepth::counters);
    engine.add(journal);
    const char* record = std::getenv("RECORD");
    std::unique_ptr<RunFileWriter> file;
    const auto path = std::filesystem::temp_directory_path() / "http_pipeline_bench.provsim";
    if (!record || std::strcmp(record, "summary") != 0) {
        RunFileOptions file_options;
        file_options.replace = true;
        file_options.store_replies = true;
        auto created = RunFileWriter::create(path, {}, file_options, tenant.directory);
        if (!created) return std::fprintf(stderr, "%s\n", format_problem(created.problems().front()).c_str()), 2;
        file = std::move(created).value();
        engine.add(*file);
    }

    const auto start = std::chrono::steady_clock::now();
    const double cpu_start = processor_microseconds();
    engine.start_job();
    // The users' phase is what is measured; the managers that follow would be PATCHes.
    while (journal.totals().writes < static_cast<std::uint64_t>(requests / 2) && engine.step() == Progress::reached) {}
    if (file) file->flush();
    const auto total = static_cast<double>(engine.exchanges());
    const double cpu = (processor_microseconds() - cpu_start) / total;
    const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::printf("%.0f requests/s, %.2f us processor time a request, %llu failed\n", total / wall, cpu, static_cast<unsigned long long>(journal.totals().failed_requests));
    if (file) {
        file->finish({});
        std::printf("# run file: %.0f bytes an exchange\n", static_cast<double>(std::filesystem::file_size(path)) / total);
        std::filesystem::remove(path);
    }
    return journal.totals().failed_requests == 0 ? 0 : 1;
}
