// SPDX-License-Identifier: Apache-2.0
// What the command line said, verb by verb. Filled by cli.cpp, read by the verbs.
#pragma once

#include "app/narrator.h"
#include "app/terminal.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace provsim {

struct GlobalOptions {
    int verbose = 0;
    bool quiet = false;
    bool json = false;
    bool ascii = false;
    ColourWhen colour = ColourWhen::automatic;

    Verbosity verbosity() const noexcept
    {
        if (quiet) return Verbosity::quiet;
        return static_cast<Verbosity>(std::min(1 + verbose, 4));
    }
};

struct RunOptions {
    std::vector<std::string> files;
    std::string target;                 // URL, or "sandbox"
    std::string token_file;             // "-" = standard input
    std::string cacert;
    bool insecure = false;
    std::vector<std::string> allow_hosts;
    std::string record = "log";
    std::optional<std::uint64_t> seed;
    std::string speed;                  // "skip", "real", or a number
    std::string until;                  // virtual time since the start, or an instant
    std::string out;                    // run file; empty = .provsim/runs/...
    std::string provider;               // beats the file's profile; empty: the file's
    std::vector<std::string> vars;      // K=V
    std::string wait_for_target;        // duration
    bool twice = false;
};

struct PushOptions {
    RunOptions run;                     // files holds the one scenario
    std::string object;
    std::vector<std::string> members;
    std::string at;                     // when in the scenario's story
    std::string as;                     // "", "entra"
};

struct SandboxVerbOptions {
    unsigned short port = 7644;
    std::string token_file;
    std::string ready_file;
};

struct CheckOptions {
    std::string url;
    std::string token_file;
    std::string cacert;
    bool insecure = false;
    std::vector<std::string> allow_hosts;
};

struct ExpressionOptions {
    std::string provider;               // beats the scenario's profile; empty: that
    std::string expression;
    std::string user;
    std::string scenario;
};

struct ProfileOptions {
    std::string what;                   // "entra", "entra#nested"
    std::string scenario;               // whose settings are in force; empty = the defaults
};

struct MappingsOptions {
    std::string file;                   // a scenario, or a schema exported from Microsoft Graph
    std::string as;                     // "", "graph"
    std::optional<std::uint64_t> seed;
};

struct LogOptions {
    std::string file;
    std::string identity, status, action;
    std::optional<std::uint32_t> cycle;
    std::string since;                  // virtual time since the start, or an instant
    std::string as;                     // "", "csv", "ndjson", "entra", "okta", "jumpcloud"; "entra-ndjson" etc.
    std::string csv;                    // folder for the portal's three files
    bool codes = false;                 // only what the codes mean
};

struct DiffOptions {
    std::string a, b;                   // run files
    std::string identity;               // empty: all that differ
    bool all = false, exit_code = false;
};

struct StatusOptions {
    std::string file;
    std::string as;                     // "", "entra"
};

}  // namespace provsim
