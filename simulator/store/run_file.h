// SPDX-License-Identifier: Apache-2.0
// The run file, NAME.provsim: a whole run as one SQLite database, to attach to a ticket, to ask with the sqlite3 shell,
// to replay. What is in it, and what both its writer and its reader agree on. docs/ARCHITECTURE.md says why.
#pragma once

#include "engine/recorder.h"
#include "model/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace provsim {

inline constexpr std::int32_t run_file_application_id = 0x50525653;    // "PRVS"
inline constexpr int run_file_version = 4;                             // user_version; a reader refuses all others

enum class RecordLevel : std::uint8_t {
    summary,    // cycles, job states, findings: cannot be replayed, and says so
    log,        // and changes, the provisioning log, one row an exchange; replies too, if asked
    full,       // and request bodies
};
std::string_view to_string(RecordLevel level) noexcept;    // "summary"

// What is known when a run begins. Goes into table meta.
struct RunFileHeader {
    std::string version;            // of provsim
    std::string scenario_name, scenario_file, scenario_bytes;
    std::string profile;            // "entra": whom the story was told to, whatever it says itself (--provider)
    std::string target_kind;        // "sandbox", "network"
    std::string target;             // URL without secrets, or empty
    std::uint64_t seed = 1;
    TimePoint clock_start{};        // virtual
    std::string wall_began;         // ISO 8601, by the caller's clock
    bool reproducible = true;       // false: latency was measured
};

// What is known when it is over.
struct RunFileEnd {
    int exit_code = 0;
    std::string fingerprint;
    TimePoint virtual_end{};
    Duration wall{0};
    std::string not_begun{};        // why nothing was provisioned, if the target failed the first test; else empty
    // The job as it was left (ledger/job_status.h): what the rows of cycles do not tell.
    std::string quarantine_reason{};
    std::optional<TimePoint> next_attempt{};
    bool escrows_pruned = false;
    std::uint64_t in_escrow = 0;
};

// What became of an expectation (Finding of scenario/expectation.h, which this room cannot see).
struct RecordedFinding {
    std::string step, name;
    bool held = false;
    std::string summary, evidence;
    Place place;
};

// A reply as it is kept: everything that a connector can look at.
struct StoredReply {
    Failure failure = Failure::none;
    std::string failure_detail;
    int status = 0;
    Headers headers;
    std::string body;
    Duration extra_delay{0};
};

// What a log entry knows of its object in one number, so that it costs one column: presence, enabled, linked, last.
struct EntryFacts {
    Presence presence = Presence::absent;
    bool enabled = false, linked = false;
    Intent last = Intent::probe;
};
constexpr unsigned pack_facts(const EntryFacts& f) noexcept
{
    return static_cast<unsigned>(f.presence) | (f.enabled ? 4u : 0u) | (f.linked ? 8u : 0u) | static_cast<unsigned>(f.last) << 4;
}

// The tables and views; see run_file_schema.cpp. Indexes are made when the run is over: they would cost 80 % a row.
std::string run_file_tables();
std::string run_file_views();
std::string run_file_indexes();

}  // namespace provsim
