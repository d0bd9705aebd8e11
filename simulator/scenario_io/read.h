// SPDX-License-Identifier: Apache-2.0
// From the checked tree to a Scenario, section by section. The readers pass over what is marked faulty: it has been
// told about, and the rest of the file may still have something to be told.
#pragma once

#include "scenario_io/load.h"
#include "scenario_io/names.h"
#include "scenario_io/yaml.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace provsim {

struct GraphSchema;
struct Flavour;
struct VendorVerb;

// What all readers share. Lives during one load.
struct Reading {
    const LoadOptions& options;
    const std::filesystem::path& folder;    // what paths in the file are relative to
    Scenario& scenario;
    Problems& problems;
    Names names;                            // who can be named at this point of the story
    std::shared_ptr<const GraphSchema> schema{};    // provider.schema, if it was given and could be read
    bool told_of_assignment_values = false;     // that the provider ignores them
    bool another_provider = false;          // than the story's own: LoadOptions::provider

    Place place(Mark mark) const { return {scenario.file, mark.line, mark.column}; }
    void error(Mark mark, std::string_view code, std::string what, std::string remedy = {}) const
    {
        problems.push_back({Severity::error, std::string(code), std::move(what), std::move(remedy), place(mark)});
    }
    void warn(Mark mark, std::string_view code, std::string what, std::string remedy = {}) const
    {
        problems.push_back({Severity::warning, std::string(code), std::move(what), std::move(remedy), place(mark)});
    }
    // Is somebody called so at this point of the story? If not, it is said. `kind` none: a user or a group.
    bool known(ObjectKind kind, const YamlNode& name) const;
    // All readers of filters ask this: the provider's own reading of expressions.
    bool whole_expressions() const;
    std::string path(const std::string& written) const { return (folder / written).lexically_normal().string(); }
};

// --- values of a map that passed the check; nothing if absent or faulty ---------------------------------------------
const YamlNode* part(const YamlNode& map, std::string_view key);
std::optional<std::string> text_at(const YamlNode& map, std::string_view key);
std::optional<Duration> duration_at(const YamlNode& map, std::string_view key);
std::optional<std::uint64_t> count_at(const YamlNode& map, std::string_view key);
std::optional<bool> flag_at(const YamlNode& map, std::string_view key);
std::vector<const YamlNode*> items_at(const YamlNode& map, std::string_view key);   // sound items of a list
bool is_true(const YamlNode& scalar) noexcept;
// Has the application a role of this name? If not, it is said.
bool known_role(const YamlNode& name, const Reading& reading);
// An entry of scope.assigned, or what `assign` takes; whether its object is known is still to be asked. Nothing, and a problem, if it
// names a role there is not.
std::optional<Assign> read_assignment(const YamlNode& node, Reading& reading);
// A scalar as an attribute's value: as written, and nothing as the empty text.
std::string value_text(const YamlNode& scalar);
// Anything as the JSON it stands for.
nlohmann::ordered_json json_of(const YamlNode& node);

// An attribute that nobody has yet, "custom.floor", so that it can be named; told about if the directory has no room for it.
void make_custom_attribute(const std::string& name, const Place& place, Reading& reading);

// --- sections -------------------------------------------------------------------------------------------------------
void read_head(const YamlNode& root, Reading& reading);         // name, tags, seed, provider, target, clock
// Attribute mappings, on top of what is in `mappings`: of users and of groups, either may be null.
void read_mappings(const YamlNode* users, const YamlNode* groups, MappingSpecs& mappings, Reading& reading);
void check_mappings(const MappingSpecs& mappings, Reading& reading);    // whether the provider can be made of them; after the directory
void read_directory(const YamlNode& root, Reading& reading);    // directory, scope
void read_filters(const YamlNode& scope, Reading& reading);     // the filters of scope; after the directory
void read_filter(const YamlNode& list, ObjectKind kind, ScopingFilter& filter, Reading& reading);   // one of them
// A group's `rule`; no filter, and a problem, if it is none.
void read_rule(const YamlNode& list, ScopingFilter& rule, Reading& reading);
// As the setting's values are written; whether `flavour` has them (null: unknown) is checked elsewhere.
void read_settings(const YamlNode& settings, const Flavour* flavour, std::vector<SettingValue>& into, Reading& reading);
void read_schema(const YamlNode& provider, Reading& reading);       // provider.schema
void read_schema_filters(const YamlNode& root, Reading& reading);   // its filters, where `scope` has none; after read_filters
void read_timeline(const YamlNode& root, Reading& reading);
// `provider` of a step, an action or an expectation.
OnlyUnder read_only_under(const YamlNode& map, Reading& reading);
// An action of one vendor's. `rules`: names of the push rules so far.
std::optional<ActionSpec> read_vendor_action(const VendorVerb& verb, const YamlNode& node, std::vector<std::string>& rules, Reading& reading);
// settings.set, in the language of `profile`.
SettingsAction read_settings_action(const YamlNode& settings, std::string_view profile, Reading& reading);
// `names`: of the faults so far.
ActionSpec read_fault(const YamlNode& node, std::vector<std::string>& names, Reading& reading);
std::optional<ActionSpec> read_clear_fault(const YamlNode& node, const std::vector<std::string>& names, Reading& reading);
void read_expectations(const YamlNode& list, Reading& reading, Step& step);

// An attribute map of user.add, user.update and directory.users: everything but id, enabled and manager.
std::vector<std::pair<std::string, std::string>> attribute_values(const YamlNode& user);

}  // namespace provsim
