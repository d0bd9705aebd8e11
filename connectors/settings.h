// SPDX-License-Identifier: Apache-2.0
// Settings of a connector as data: what is disputed about a provider is a setting with a default, a source and evidence.
#pragma once

#include "model/result.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace provsim {

struct SettingRule {
    std::string_view name;
    std::string_view default_value;
    std::span<const std::string_view> choices;   // allowed words; none, and no numbers either: any text that is not empty
    long minimum = 0, maximum = 0;               // if one is not 0: a whole number from one to the other is allowed as well
    std::string_view about;                      // one line for people
    std::string_view evidence;                   // "documented", "staff", "observed", "assumed"
    std::string_view source;
    bool several = false;                        // any number of the words, or none: "create, update"
};

// As written in a scenario: a scalar's text, or a list's with ", " between, and where it stands.
struct SettingValue {
    std::string name;
    std::string value;
    Place place;
};

// Checked values. Asking for a name the rules do not have is our bug.
class Settings {
public:
    // Unknown names and values that are not allowed come back as problems with the nearest spelling.
    static Result<Settings> check(std::span<const SettingRule> rules, std::span<const SettingValue> values);
    std::string_view text(std::string_view name) const;
    long number(std::string_view name) const;
    bool flag(std::string_view name) const;       // "true" / "false"
    bool has(std::string_view name, std::string_view word) const;      // of a rule that allows several

private:
    std::vector<std::pair<std::string_view, std::string>> values_;
};

}  // namespace provsim
