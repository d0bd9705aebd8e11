// SPDX-License-Identifier: Apache-2.0
// name, description, tags, seed, provider, target, clock.
#include "scenario_io/read.h"

#include "scenario_io/another_provider.h"

#include <fmt/format.h>

#include <algorithm>

namespace provsim {
namespace {

// True and TRUE are the setting "true"; a list is what its items are with commas between.
std::string setting_text(const YamlNode& node)
{
    if (node.is_list()) {
        std::string text;
        for (const YamlNode& item : node.items) text += (text.empty() ? "" : ", ") + setting_text(item);
        return text;
    }
    return scalar_type(node) == ScalarType::boolean ? is_true(node) ? "true" : "false" : node.text;
}

bool takes_several(const Flavour* flavour, std::string_view setting)
{
    return flavour && std::any_of(flavour->settings.begin(), flavour->settings.end(),
                                  [&](const SettingRule& rule) { return rule.name == setting && rule.several; });
}

void read_cycles(const YamlNode& cycles, Reading& reading)
{
    ProviderSpec& provider = reading.scenario.provider;
    provider.delay = cycles.is_map() ? duration_at(cycles, "on_change") : std::nullopt;
    provider.on_change = cycles.is_scalar() || provider.delay;
    if (cycles.is_scalar()) return;
    provider.users = duration_at(cycles, "users");
    provider.groups = duration_at(cycles, "groups");
    provider.offset = duration_at(cycles, "offset").value_or(Duration{0});
    if (const auto all = duration_at(cycles, "all")) {
        provider.users = provider.groups = all;
        provider.one_schedule = true;
    }
    for (const char* key : {"users", "groups", "all"})
        if (duration_at(cycles, key) == Duration{0}) reading.error(part(cycles, key)->mark, "range", fmt::format("\"{}\" is no time at all", key), "a cycle needs an interval, such as 40m");
}

void read_provider(const YamlNode& node, Reading& reading)
{
    ProviderSpec& provider = reading.scenario.provider;
    provider.place = reading.place(node.mark);
    const YamlNode* profile = part(node, "profile");
    if (profile) provider.profile = profile->text;

    if (const YamlNode* cycles = part(node, "cycles")) read_cycles(*cycles, reading);
    provider.default_domain = text_at(node, "default_domain").value_or("");
    if (const YamlNode* settings = part(node, "settings")) read_settings(*settings, find_flavour(provider.profile), provider.settings, reading);

    read_schema(node, reading);
    read_mappings(part(node, "mappings"), part(node, "group_mappings"), provider.mappings, reading);

    if (auto unknown = unknown_provider(provider.profile, reading.place(profile ? profile->mark : node.mark)))
        return reading.problems.push_back(std::move(*unknown));
    if (const auto checked = Settings::check(find_flavour(provider.profile)->settings, provider.settings); !checked)
        reading.problems.insert(reading.problems.end(), checked.problems().begin(), checked.problems().end());
}

// --provider. The section has been read, and its mistakes told, as its own provider's.
void change_provider(Reading& reading)
{
    ProviderSpec& provider = reading.scenario.provider;
    const std::string& name = reading.options.provider;
    if (name.empty() || name == provider.profile) return;
    if (auto unknown = unknown_provider(name, {})) {
        unknown->place.file = "--provider";
        return reading.problems.push_back(std::move(*unknown));
    }
    const std::string own = provider.profile;
    reading.another_provider = true;
    if (const auto dropped = become(provider, *find_flavour(name)); !dropped.empty())
        reading.problems.push_back({Severity::warning, "provider", fmt::format("not used under --provider {}, because it is written for {}: {}", name, own, fmt::join(dropped, ", ")),
                                    fmt::format("{} has its own; see provsim profile show {}", name, name), provider.place});
}

void read_target(const YamlNode& node, Reading& reading)
{
    TargetSpec& target = reading.scenario.target;
    target.place = reading.place(node.mark);
    if (const YamlNode* url = part(node, "url")) {
        target.url = url->text;
        target.place = reading.place(url->mark);
        if (target.url.rfind("http://", 0) != 0 && target.url.rfind("https://", 0) != 0)
            reading.error(url->mark, "url", fmt::format("\"{}\" is not the URL of a SCIM service", target.url), "it begins with http:// or https://");
    }
    // sandbox: standard is the empty text of TargetSpec; the check lets nothing else through.
    if (const YamlNode* auth = part(node, "auth")) {
        if (const YamlNode* bearer = part(*auth, "bearer")) {
            target.bearer.place = reading.place(bearer->mark);
            if (bearer->is_scalar()) {
                target.bearer.from = SecretSource::From::literal;
                target.bearer.value = bearer->text;
            } else if (const auto env = text_at(*bearer, "env")) {
                target.bearer.from = SecretSource::From::env;
                target.bearer.value = *env;
            } else if (const auto file = text_at(*bearer, "file")) {
                target.bearer.from = SecretSource::From::file;
                target.bearer.value = reading.path(*file);
            }
        }
    }
    target.timeout = duration_at(node, "timeout").value_or(target.timeout);
    target.max_wall_wait = duration_at(node, "max_wall_wait").value_or(target.max_wall_wait);
    if (target.timeout == Duration{0}) reading.error(part(node, "timeout")->mark, "range", "a timeout of nothing lets no request through", "such as 30s");
    if (const auto rate = count_at(node, "rate")) target.rate = static_cast<unsigned>(std::min<std::uint64_t>(*rate, 1'000'000'000));
    if (const auto cacert = text_at(node, "cacert")) target.cacert = reading.path(*cacert);
    target.insecure = flag_at(node, "insecure").value_or(false);
}

void read_latency(const YamlNode& node, Reading& reading)
{
    LatencyModel& latency = reading.scenario.clock.latency;
    if (node.is_scalar()) {
        latency = LatencyModel::constant(parse_duration(node.text).value_or(latency.median));
        return;
    }
    const auto median = duration_at(node, "median"), p95 = duration_at(node, "p95");
    if (!median || !p95) return;
    latency = LatencyModel::around(*median, *p95);
    latency.min = duration_at(node, "min").value_or(latency.min);
    latency.max = duration_at(node, "max").value_or(latency.max);
    if (latency.min > latency.median || latency.median > latency.p95 || latency.p95 > latency.max)
        reading.error(node.mark, "latency", "these quantiles are not in order", "min <= median <= p95 <= max");
}

void read_clock(const YamlNode& node, Reading& reading)
{
    ClockSpec& clock = reading.scenario.clock;
    if (const auto start = text_at(node, "start")) clock.start = parse_time(*start).value_or(clock.start);
    const auto mode = text_at(node, "mode");
    clock.mode = mode == "scaled" ? ClockMode::scaled : mode == "real" ? ClockMode::real : ClockMode::skip;
    if (const YamlNode* speed = part(node, "speed")) {
        clock.speed = number_of(*speed);
        if (clock.mode != ClockMode::scaled) reading.error(speed->mark, "clock", "a speed belongs to mode: scaled", "write mode: scaled, or leave the speed out");
    } else if (clock.mode == ClockMode::scaled && !node.find("speed")) {
        reading.error(node.mark, "clock", "mode: scaled needs a speed", "speed: 60 is a virtual minute a second");
    }
    if (const YamlNode* latency = part(node, "latency")) read_latency(*latency, reading);
}

}  // namespace

void read_settings(const YamlNode& settings, const Flavour* flavour, std::vector<SettingValue>& into, Reading& reading)
{
    for (const auto& entry : settings.entries) {
        if (entry.value.faulty) continue;
        if (entry.value.is_list() && !takes_several(flavour, entry.key))
            reading.error(entry.value.mark, "type", fmt::format("\"{}\" takes one value, not a list", entry.key), "write it without brackets");
        else into.push_back({entry.key, setting_text(entry.value), reading.place(entry.mark)});
    }
}

void read_head(const YamlNode& root, Reading& reading)
{
    Scenario& scenario = reading.scenario;
    if (const auto name = text_at(root, "name")) scenario.name = *name;
    if (const auto description = text_at(root, "description")) scenario.description = *description;
    for (const YamlNode* tag : items_at(root, "tags")) scenario.tags.push_back(tag->text);
    scenario.seed = reading.options.seed ? *reading.options.seed : count_at(root, "seed").value_or(scenario.seed);
    scenario.clock.start = TimePoint{std::chrono::sys_days{std::chrono::year{2026} / 1 / 5} + hours{9}};
    scenario.provider.place = scenario.target.place = reading.place({1, 1});

    if (const YamlNode* provider = part(root, "provider")) read_provider(*provider, reading);
    change_provider(reading);
    if (const YamlNode* target = part(root, "target")) read_target(*target, reading);
    if (const YamlNode* clock = part(root, "clock")) read_clock(*clock, reading);
}

}  // namespace provsim
