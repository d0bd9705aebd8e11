// SPDX-License-Identifier: Apache-2.0
// A scenario as the engine runs it: the file's meaning, after loading. Filled by scenario_io from YAML or JSON.
#pragma once

#include "connectors/push_groups.h"
#include "connectors/settings.h"
#include "connectors/work.h"
#include "engine/faults.h"
#include "model/latency.h"
#include "model/directory.h"
#include "model/dynamic_groups.h"
#include "model/edit.h"
#include "model/mapping_spec.h"
#include "model/scope.h"
#include "scenario/expectation.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace provsim {

// A secret is named, never written: { env: NAME } or { file: PATH }. A literal is allowed for loopback targets only.
struct SecretSource {
    enum class From : std::uint8_t { none, env, file, literal } from = From::none;
    std::string value;      // the variable's name, the path, or the literal
    Place place;
};

struct ProviderSpec {
    std::string profile = "entra";
    Place place;
    std::optional<Duration> users, groups;      // cadence; empty: the profile's
    bool one_schedule = false;                  // cycles: { all: 40m }: both timers on one beat (users = groups)
    Duration offset{0};                         // the first cycle's time after clock.start
    bool on_change = false;                     // cycles: on_change: it works when something changes
    std::optional<Duration> delay;              // on_change: from the change on; empty: the provider's, or a few seconds
    std::vector<SettingValue> settings;
    std::string default_domain;                 // of the tenant; what DefaultDomain() in a mapping yields
    MappingSpecs mappings;
    std::string schema_file;                    // that the mappings were read from (provider.schema); empty: none
};

struct TargetSpec {
    std::string url;                            // empty: the built-in sandbox
    std::string sandbox;                        // profile of the built-in one; only "" (standard) so far
    SecretSource bearer;
    Duration timeout{seconds{60}};              // wall, per request
    std::optional<unsigned> rate;               // requests a wall second
    Duration max_wall_wait{seconds{60}};
    std::string cacert;
    bool insecure = false;
    Place place;
};

enum class ClockMode : std::uint8_t { skip, scaled, real };
struct ClockSpec {
    TimePoint start{};                          // default 2026-01-05T09:00:00Z, a Monday
    ClockMode mode = ClockMode::skip;
    double speed = 1;                           // scaled: virtual seconds a wall second
    LatencyModel latency;
};

// --- the timeline ------------------------------------------------------------------------------------------------

struct PushAction { ObjectKind kind = ObjectKind::user; std::string object; std::vector<std::string> members; };
struct FaultAction { FaultRule rule; };
struct ClearFault { std::string name; };        // empty: all
// What is done to the job. `words` are resetScope's, as written; none: what the portal's "Restart provisioning" forgets.
struct JobAction {
    enum class Verb : std::uint8_t { start, stop, pause, restart } verb = Verb::restart;
    std::vector<std::string> words;
};
// The scope from now on; what is empty stays as it is.
struct ScopeAction {
    std::optional<ScopeMode> mode;
    std::optional<ScopingFilter> users, groups;
};
// The attribute mappings from now on. `restored`: Entra's own, and no scoping filters (portal: "Restore default mappings").
struct MappingAction {
    MappingSpecs mappings;
    bool restored = false;
};
struct NoteAction { std::string text; };
struct TargetDelete { std::string object; };    // an administrator of the target deletes what the object is known as there
struct SettingsAction { std::vector<SettingValue> settings; };     // of the provider, from now on
// What administrators of a provider that reacts do with each of `objects`, in their order; none: with all it can be about.
struct AdminAction { AdminVerb verb{}; std::vector<std::string> objects; };
// What failed and waits for an administrator, of the object or of all: sent again as it was, or given up.
struct WaitingAction {
    enum class Verb : std::uint8_t { retry, mark_complete } verb = Verb::retry;
    std::string object;
};
struct PushRuleAction {
    enum class Verb : std::uint8_t { add, stop, remove } verb = Verb::add;
    PushRule rule;                              // stop, remove: its name alone
};
using ActionSpec = std::variant<Edit, PushAction, FaultAction, ClearFault, JobAction, ScopeAction, MappingAction, NoteAction, TargetDelete,
                                SettingsAction, AdminAction, WaitingAction, PushRuleAction>;

struct StepAction {
    ActionSpec what;
    Place place;
    OnlyUnder only{};
    std::string verb{};                         // as written: "okta.push_group"
};

struct Until {
    enum class Kind : std::uint8_t { none, user_cycle_end, group_cycle_end, quiet, propagated } kind = Kind::none;
    std::string change;                         // propagated: which change
    Duration within{hours{24}};
};

struct Step {
    std::string id;                             // given, or "step-3"
    std::string name;
    std::optional<Duration> at;                 // virtual time since clock.start
    std::optional<Duration> after;              // since the previous step ended
    std::vector<StepAction> actions;
    Until until;
    std::vector<Expectation> expect;
    std::string pause;                          // trainer's note
    Place place;
    OnlyUnder only{};
};

struct Scenario {
    std::string file;                           // as given on the command line
    std::string bytes;                          // the file itself, for the recording
    std::string name, description;
    std::vector<std::string> tags;
    std::uint64_t seed = 1;
    ProviderSpec provider;
    TargetSpec target;
    ClockSpec clock;
    Scope scope;
    std::vector<Step> steps;
    Directory directory;                        // as of clock.start, assignments included, change log empty
    DynamicGroups dynamic_groups;               // of it, by the same rows
    Problems warnings;
};

}  // namespace provsim
