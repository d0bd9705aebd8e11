// SPDX-License-Identifier: Apache-2.0
// What `profile show` says, before it is text or JSON: facts and settings of a provider as lines of one kind, and its default mappings.
#pragma once

#include "connectors/registry.h"
#include "scenario/scenario.h"

#include <string>
#include <string_view>
#include <vector>

namespace provsim {

// Refers to the flavour.
struct ProfileLine {
    std::string_view group, name;
    std::string value;                  // in force
    std::string usual;                  // what it is if nobody says otherwise; equal to `value` where nothing differs
    const SettingRule* rule = nullptr;  // of a setting
    std::string_view about, evidence, source;
    bool simulated = true;

    bool differs() const noexcept { return value != usual; }
};

// Facts group by group, then the settings. `scenario`: whose settings and cycles are in force; null for the defaults.
std::vector<ProfileLine> profile_lines(const Flavour& flavour, const Scenario* scenario);

// A row of an attribute mapping.
struct MappingLine {
    std::string_view table;             // "users", "groups"
    std::string target, source;
    unsigned matching = 0;              // precedence; 0: objects are not matched by it
    bool case_exact = false;
};

// Of providers that have attribute mappings: the default tables, or those of `scenario`.
std::vector<MappingLine> mapping_lines(const Flavour& flavour, const Scenario* scenario);

// How sure one can be: "observed" -> "seen by those who run a SCIM server behind it".
std::string_view evidence_in_words(std::string_view evidence) noexcept;

}  // namespace provsim
