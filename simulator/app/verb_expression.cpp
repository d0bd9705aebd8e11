// SPDX-License-Identifier: Apache-2.0
// expression: tries a mapping expression on a user of a scenario, as the portal's expression builder does.
#include "app/story.h"
#include "app/terminal.h"
#include "app/verbs.h"
#include "connectors/entra/source.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace provsim {

namespace {

std::string quoted(const Texts& texts)
{
    std::string out;
    for (const std::string& text : texts) out += (out.empty() ? "\"" : ", \"") + text + '"';
    return out;
}

// What stands where a value would, if it is not simply a text.
std::string for_people(const Value& value)
{
    if (value.is_null()) return "(no value: nothing is sent)";
    if (value.is_drop()) return "(left out this time: IgnoreFlowIfNullOrEmpty)";
    if (const auto* texts = std::get_if<Texts>(&value.held)) return quoted(*texts);
    if (const auto* roles = std::get_if<AppRoles>(&value.held)) {
        Texts names;
        for (const AppRole& role : *roles) names.push_back(role.value);
        return quoted(names);
    }
    return to_text(value).value_or("");
}

}  // namespace

ExitCode expression_verb(const ExpressionOptions& options, const GlobalOptions& global)
{
    const auto parsed = Expression::parse(options.expression, {"expression", 1, 1});
    if (!parsed) return report_problems(parsed.problems());
    report_problems(parsed.value().warnings());

    RunOptions run;
    run.target = "sandbox";     // only the directory is wanted: secrets of a target need not be set
    auto loaded = load_for_run(options.scenario, run);
    if (!loaded) return report_problems(loaded.problems());
    Scenario& scenario = loaded.value();
    const ObjectRef user = find_object(scenario.directory, options.user, ObjectKind::user);
    if (!user) return report_problems({{Severity::error, "unknown-object", "there is no user \"" + options.user + "\" in " + options.scenario, "name one as user:ada", {}}});
    const auto attributes = EntraAttributes::find(parsed.value().attributes(), scenario.directory);
    if (!attributes) return report_problems(attributes.problems());

    const View view(scenario.directory);
    const bool in_use = entitlement(view, scenario.scope, user.user()).in_scope() && view.enabled(user.user());
    const EntraSource source(attributes.value(), view, user.user(), !in_use);
    const Value value = parsed.value().evaluate({source, scenario.clock.start, Draw(scenario.seed), user.key(), 0, scenario.provider.default_domain});
    if (value.is_error()) {
        fmt::print(stderr, "error: {}\n", value.error());
        return ExitCode::expectation;
    }
    if (global.json) {
        const auto text = to_text(value);
        fmt::print("{}\n", nlohmann::ordered_json{{"user", object_name(scenario.directory, user)}, {"kind", to_string(value.kind())},
                                                  {"value", text ? nlohmann::ordered_json(*text) : nlohmann::ordered_json()}}.dump());
    } else {
        fmt::print("{}\n", for_people(value));
    }
    return ExitCode::ok;
}

}  // namespace provsim
