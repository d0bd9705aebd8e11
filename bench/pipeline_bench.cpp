// SPDX-License-Identifier: Apache-2.0
// The whole pipeline in one process on one core: a made-up tenant, the Entra connector, loopback to the sandbox.
// Prints exchanges per CPU second, without a recording and with a run file, and where the time of an exchange goes.
//
//   bench_pipeline [users [groups [memberships [rounds]]]]
#include "connectors/registry.h"
#include "engine/engine.h"
#include "engine/loopback.h"
#include "ledger/journal.h"
#include "scenario/generate.h"
#include "store/run_file_writer.h"
#include "target/sandbox.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>

using namespace provsim;

namespace {

const TimePoint opening = *parse_time("2026-03-02T09:00:00Z");

double cpu_seconds()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

// Adds the wall time of a call to `sum`. (The CPU clock would cost a system call each.)
template <class Call>
auto timed(double& sum, Call&& call)
{
    const auto begin = std::chrono::steady_clock::now();
    auto result = call();
    sum += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return result;
}

struct Split {
    double brief = 0, next_move = 0, judge = 0, target = 0, read_reply = 0;
};

class TimedConnector final : public Connector {
public:
    TimedConnector(const Connector& inner, Split& split) : inner_(inner), split_(split) {}
    const Traits& traits() const noexcept override { return inner_.traits(); }
    std::unique_ptr<TaskCursor> plan(const Trigger& trigger, const World& world) const override { return inner_.plan(trigger, world); }
    Brief brief(const Task& task, const World& world, Start start) const override
    {
        return timed(split_.brief, [&] { return inner_.brief(task, world, std::move(start)); });
    }
    Move next_move(const Brief& brief, Transcript heard) const override
    {
        return timed(split_.next_move, [&] { return inner_.next_move(brief, heard); });
    }
    Verdict judge(const Brief& brief, const Ask& ask, const Reply& reply, Attempt attempt) const override
    {
        return timed(split_.judge, [&] { return inner_.judge(brief, ask, reply, attempt); });
    }

private:
    const Connector& inner_;
    Split& split_;
};

// LoopbackTransport with a clock around its two halves.
class TimedLoopback final : public Transport {
public:
    TimedLoopback(Handler& handler, Inbox& inbox, Split& split) : handler_(handler), inbox_(inbox), split_(split) {}
    void send(ExchangeNumber number, const Request& request, TimePoint now) override
    {
        Response response = timed(split_.target, [&] { return handler_.handle(request, {}, now); });
        inbox_.post(number, timed(split_.read_reply, [&] { return read_reply(std::move(response), reader_); }));
    }

private:
    Handler& handler_;
    Inbox& inbox_;
    Split& split_;
    JsonReader reader_;
};

// Everything anew, so that rounds do not help each other: the initial cycle of a made-up tenant.
struct Tenant {
    explicit Tenant(const GenerateSpec& spec)
    {
        generate(directory, spec, opening);
        const Flavour& flavour = *find_flavour("entra");
        connector = flavour.make({Settings::check(flavour.settings, {}).value(), {}, directory}).value();
        options.start = opening;
        options.latency = LatencyModel::around(milliseconds{80}, milliseconds{400});
    }
    // CPU seconds of the initial cycle.
    double play(const Connector& with, Transport& transport, const std::vector<Recorder*>& recorders)
    {
        SkipPacer pacer;
        Engine engine(directory, scope, with, transport, inbox, pacer, options);
        for (Recorder* recorder : recorders) engine.add(*recorder);
        const double begin = cpu_seconds();
        engine.start_job();
        while (!engine.job().users().last_completed && engine.step() == Progress::reached) {}
        exchanges = engine.exchanges();
        fingerprint = engine.fingerprint();
        return cpu_seconds() - begin;
    }

    Directory directory;
    Scope scope{ScopeMode::all};
    std::unique_ptr<Connector> connector;
    Sandbox target;
    Inbox inbox;
    EngineOptions options;
    std::uint64_t exchanges = 0;
    std::string fingerprint;
};

double summary_rate(const GenerateSpec& spec)
{
    Tenant tenant(spec);
    LoopbackTransport loopback(tenant.target, tenant.inbox);
    Journal journal(JournalDepth::counters);
    const double seconds_taken = tenant.play(*tenant.connector, loopback, {&journal});
    return static_cast<double>(tenant.exchanges) / seconds_taken;
}

double log_rate(const GenerateSpec& spec, const std::filesystem::path& path)
{
    Tenant tenant(spec);
    LoopbackTransport loopback(tenant.target, tenant.inbox);
    Journal journal(JournalDepth::counters);
    RunFileOptions options;
    options.replace = true;
    auto file = RunFileWriter::create(path, {}, options, tenant.directory);
    if (!file) return 0;
    const double seconds_taken = tenant.play(*tenant.connector, loopback, {&journal, file.value().get()});
    const double begin = cpu_seconds();
    file.value()->flush();
    const double rate = static_cast<double>(tenant.exchanges) / (seconds_taken + cpu_seconds() - begin);
    file.value()->finish({});
    std::filesystem::remove(path);
    return rate;
}

void print_split(const GenerateSpec& spec)
{
    Tenant tenant(spec);
    Split split;
    TimedConnector connector(*tenant.connector, split);
    TimedLoopback loopback(tenant.target, tenant.inbox, split);
    Journal journal(JournalDepth::counters);
    const auto begin = std::chrono::steady_clock::now();
    tenant.play(connector, loopback, {&journal});
    const double all = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    const double n = static_cast<double>(tenant.exchanges);
    const double known = split.brief + split.next_move + split.judge + split.target + split.read_reply;
    fmt::print("us an exchange (clocks included): {:.2f} = brief {:.2f} + next_move {:.2f} + judge {:.2f} + target {:.2f} + parse {:.2f} + engine {:.2f}\n",
               all / n * 1e6, split.brief / n * 1e6, split.next_move / n * 1e6, split.judge / n * 1e6, split.target / n * 1e6,
               split.read_reply / n * 1e6, (all - known) / n * 1e6);
    fmt::print("{} exchanges, fingerprint {}\n", tenant.exchanges, tenant.fingerprint);
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

}  // namespace

int main(int argc, char** argv)
{
    const auto argument = [&](int i, std::uint64_t otherwise) { return argc > i ? std::strtoull(argv[i], nullptr, 10) : otherwise; };
    GenerateSpec spec;
    spec.users = static_cast<std::uint32_t>(argument(1, 20'000));
    spec.groups = static_cast<std::uint32_t>(argument(2, 200));
    spec.memberships = argument(3, 60'000);
    const std::uint64_t rounds = argument(4, 5);
    if (const auto problem = check(spec)) {
        fmt::print("{}\n", format_problem(*problem));
        return 2;
    }
    const std::filesystem::path path = std::filesystem::temp_directory_path() / "pipeline_bench.provsim";
    std::vector<double> summary, log;
    for (std::uint64_t i = 0; i < rounds; ++i) {
        summary.push_back(summary_rate(spec));
        log.push_back(log_rate(spec, path));
    }
    fmt::print("summary: {:8.0f} exchanges a CPU second (median of {})\n", median(summary), rounds);
    fmt::print("log:     {:8.0f} exchanges a CPU second\n", median(log));
    print_split(spec);
}
