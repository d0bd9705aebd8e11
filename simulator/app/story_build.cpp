// SPDX-License-Identifier: Apache-2.0
// How a Story is put together: target, connector, clock, engine, recorders.
#include "app/story.h"

#include "app/interrupts.h"
#include "app/preflight.h"
#include "app/read_back.h"
#include "app/run_path.h"
#include "app/secrets.h"
#include "scenario/describe.h"
#include "scenario_io/another_provider.h"

#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>

namespace provsim {

namespace {

// A provider without cycles of its own works on change, unless the scenario says otherwise.
Schedule schedule_of(const ProviderSpec& provider, const Flavour& flavour)
{
    const bool own_cycles = flavour.user_cycle > Duration{0};
    Schedule schedule;
    schedule.users = provider.users.value_or(own_cycles ? flavour.user_cycle : schedule.users);
    schedule.groups = provider.groups.value_or(own_cycles ? flavour.group_cycle : schedule.groups);
    schedule.one = provider.one_schedule;
    schedule.on_change = provider.on_change || (!own_cycles && !provider.users && !provider.groups);
    schedule.delay = provider.delay.value_or(schedule.delay);
    return schedule;
}


std::string folder_of(const std::string& file)
{
    return std::filesystem::path(file).parent_path().string();
}

// How much of the run the expectations will want to look at.
JournalDepth depth_for(const Scenario& scenario, bool compare)
{
    JournalDepth depth = compare ? JournalDepth::rows : JournalDepth::counters;
    for (const Step& step : scenario.steps) {
        if (step.until.kind != Until::Kind::none) depth = std::max(depth, JournalDepth::rows);
        for (const Expectation& e : step.expect) {
            if (!std::holds_alternative<TargetExpectation>(e.what)) depth = std::max(depth, depth_needed(e));
        }
    }
    return depth;
}

}  // namespace

Result<LoadOptions> load_options(const RunOptions& options)
{
    LoadOptions load;
    load.seed = options.seed;
    load.provider = options.provider;
    if (auto unknown = load.provider.empty() ? std::nullopt : unknown_provider(load.provider, {"--provider", 0, 0})) return *unknown;
    load.unset_is_warning = !options.target.empty();
    load.env = [](std::string_view name) -> std::optional<std::string> {
        const char* value = std::getenv(std::string(name).c_str());
        return value ? std::optional<std::string>(value) : std::nullopt;
    };
    for (const std::string& pair : options.vars) {
        const auto equals = pair.find('=');
        if (equals == std::string::npos || equals == 0)
            return Problem{Severity::error, "var", "\"" + pair + "\" is not a variable", "write --var name=value", {}};
        load.vars.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
    }
    return load;
}

Result<Scenario> load_for_run(const std::string& file, const RunOptions& options)
{
    auto load = load_options(options);
    if (!load) return load.problems();
    return load_scenario(std::filesystem::path(file), load.value());
}

Story::Story(Scenario scenario, const GlobalOptions& global)
    : scenario_(std::move(scenario)), global_(global), out_(stdout, global.colour, global.ascii), err_(stderr, global.colour, global.ascii)
{
}

Story::~Story() = default;

Result<std::unique_ptr<Story>> Story::open(Scenario scenario, const RunOptions& options, const GlobalOptions& global)
{
    std::unique_ptr<Story> story(new Story(std::move(scenario), global));
    Problems problems = story->build(options);
    if (!problems.empty()) return problems;
    return story;
}

Problems Story::build(const RunOptions& options)
{
    if (Problems p = build_target(options); !p.empty()) return p;
    if (Problems p = build_connector(); !p.empty()) return p;
    if (Problems p = build_clock(options); !p.empty()) return p;

    const Flavour& flavour = *find_flavour(scenario_.provider.profile);
    EngineOptions engine_options;
    engine_options.seed = scenario_.seed;
    engine_options.start = scenario_.clock.start;
    engine_options.latency = scenario_.clock.latency;
    engine_options.schedule = schedule_of(scenario_.provider, flavour);
    engine_options.policy = policy_;
    engine_options.dynamic_groups = scenario_.dynamic_groups;
    faults_ = std::make_unique<FaultTransport>(*transport_, inbox_);
    engine_ = std::make_unique<Engine>(scenario_.directory, scenario_.scope, *connector_, *faults_, inbox_, *pacer_, engine_options);

    journal_ = std::make_unique<Journal>(depth_for(scenario_, options.twice));
    engine_->add(*journal_);
    if (!global_.json) {
        narrator_ = std::make_unique<Narrator>(out_, err_, global_.verbosity(), scenario_.directory, engine_options.start);
        engine_->add(*narrator_);
    }
    if (sandbox_)
        reader_ = std::make_unique<HandlerReader>(*sandbox_, token_.empty() ? std::string{} : bearer(token_), [this] { return engine_->now(); });

    return open_run_file(options);
}

Problems Story::open_run_file(const RunOptions& options)
{
    auto path = options.out.empty() ? fresh_run_path(scenario_.name) : Result<std::string>(options.out);
    if (!path) return path.problems();
    run_file_path_ = std::move(path).value();
    RunFileHeader header;
    header.version = PROVSIM_VERSION;
    header.scenario_name = scenario_.name;
    header.scenario_file = scenario_.file;
    header.scenario_bytes = scenario_.bytes;
    header.profile = scenario_.provider.profile;
    header.target_kind = network_ ? "network" : "sandbox";
    header.target = scenario_.target.url;
    header.seed = scenario_.seed;
    header.clock_start = scenario_.clock.start;
    header.wall_began = format_time(std::chrono::floor<milliseconds>(std::chrono::system_clock::now()));
    RunFileOptions file_options;
    file_options.level = options.record == "summary" ? RecordLevel::summary : options.record == "full" ? RecordLevel::full : RecordLevel::log;
    file_options.store_replies = network_ != nullptr;
    file_options.replace = !options.out.empty();
    if (!token_.empty()) file_options.secrets.push_back(token_);
    auto run_file = RunFileWriter::create(run_file_path_, header, std::move(file_options), scenario_.directory);
    if (!run_file) return run_file.problems();
    run_file_ = std::move(run_file).value();
    engine_->add(*run_file_);
    return {};
}

Problems Story::build_target(const RunOptions& options)
{
    TargetSpec& target = scenario_.target;
    if (!options.target.empty()) {
        target.url = options.target == "sandbox" ? std::string{} : options.target;
        target.sandbox.clear();
    }
    if (!options.cacert.empty()) target.cacert = options.cacert;
    target.insecure = target.insecure || options.insecure;
    // A token for a real server is not asked for when the built-in sandbox answers.
    const bool needs_token = !target.url.empty() || target.bearer.from == SecretSource::From::literal;
    if (!options.token_file.empty() || needs_token) {
        auto token = options.token_file.empty() ? resolve_secret(target.bearer, folder_of(scenario_.file)) : read_token_file(options.token_file);
        if (!token) return token.problems();
        token_ = std::move(token).value();
    }
    const std::string header = token_.empty() ? std::string{} : bearer(token_);
    if (target.url.empty()) {
        SandboxOptions sandbox_options;
        sandbox_options.bearer_token = token_;
        sandbox_ = std::make_unique<Sandbox>(std::move(sandbox_options));
        transport_ = std::make_unique<LoopbackTransport>(*sandbox_, inbox_, header);
        return {};
    }

    auto url = parse_base_url(target.url);
    if (!url) {
        Problems problems = url.problems();
        if (options.target.empty()) problems.front().place = target.place;
        return problems;
    }
    if (Problems p = check_host_allowed(url.value(), options.allow_hosts); !p.empty()) return p;
    url_flags_ = url.value().flags;
    NetworkOptions network;
    network.url = url.value();
    if (const Flavour* flavour = find_flavour(scenario_.provider.profile); flavour && flavour->joins_url_as_typed) network.url.path = network.url.path_as_typed();
    network.authorization = authorization(token_, scenario_.provider.settings);
    network.ca_file = target.cacert;
    network.insecure = target.insecure;
    network.request_timeout = target.timeout;
    network.max_wall_wait = target.max_wall_wait;
    network.rate = target.rate.value_or(0);
    auto fetcher = Fetcher::open(network);
    if (!fetcher) return fetcher.problems();
    reader_ = std::make_unique<NetworkReader>(std::move(fetcher).value());
    auto transport = NetworkTransport::open(std::move(network), inbox_);
    if (!transport) return transport.problems();
    network_ = transport.value().get();
    transport_ = std::move(transport).value();
    return {};
}

Problems Story::build_connector()
{
    ProviderSpec& provider = scenario_.provider;
    const Flavour* flavour = find_flavour(provider.profile);
    if (!flavour) return {{Severity::error, "profile", "there is no provider \"" + provider.profile + "\"", "try entra", provider.place}};
    // A switch in the Tenant URL is a setting of the provisioning service (Entra: ?aadOptscim062020); the scenario's word beats it.
    for (const std::string& flag : url_flags_) {
        const auto known = std::any_of(flavour->settings.begin(), flavour->settings.end(), [&](const SettingRule& r) { return r.name == flag; });
        const auto given = std::any_of(provider.settings.begin(), provider.settings.end(), [&](const SettingValue& v) { return v.name == flag; });
        if (known && !given) provider.settings.push_back({flag, "true", scenario_.target.place});
    }
    auto settings = Settings::check(flavour->settings, provider.settings);
    if (!settings) return settings.problems();
    auto made = flavour->make({settings.value(), provider.mappings, scenario_.directory, provider.default_domain});
    if (!made) return made.problems();
    connector_ = std::move(made).value();
    if (flavour->policy) policy_ = flavour->policy(settings.value());
    return {};
}

Problems Story::build_clock(const RunOptions& options)
{
    ClockSpec& clock = scenario_.clock;
    if (options.speed == "skip") clock.mode = ClockMode::skip;
    else if (options.speed == "real") clock.mode = ClockMode::real;
    else if (!options.speed.empty()) {
        char* end = nullptr;
        clock.speed = std::strtod(options.speed.c_str(), &end);
        if (*end || clock.speed < 1) return {{Severity::error, "speed", "\"" + options.speed + "\" is no speed", "skip, real, or a number from 1 on", {}}};
        clock.mode = ClockMode::scaled;
    }
    if (!options.until.empty()) {
        if (const auto elapsed = parse_duration(options.until)) until_ = clock.start + *elapsed;
        else if (const auto instant = parse_time(options.until)) until_ = instant;
        else return {{Severity::error, "until", "\"" + options.until + "\" is neither a duration nor a time", "try 4h or 2026-03-02T13:00:00Z", {}}};
    }
    std::unique_ptr<Pacer> inner = std::make_unique<SkipPacer>();
    if (clock.mode != ClockMode::skip) {
        const auto factor = clock.mode == ClockMode::real ? 1u : static_cast<std::uint32_t>(clock.speed);
        auto scaled = std::make_unique<ScaledPacer>(loop(), factor);
        scaled_ = scaled.get();
        inner = std::move(scaled);
    }
    pacer_ = std::make_unique<InterruptiblePacer>(std::move(inner));
    return {};
}

boost::asio::io_context& Story::loop() noexcept
{
    if (network_) return network_->context();
    if (!own_loop_) own_loop_ = std::make_unique<boost::asio::io_context>();
    return *own_loop_;
}

std::string Story::target_name() const
{
    return network_ ? scenario_.target.url : "built-in sandbox";
}

}  // namespace provsim
