// SPDX-License-Identifier: Apache-2.0
// expression: tries a mapping expression on a user of a scenario, as the portals' expression builders do: in Okta's language if
// the provider is Okta, else in Entra's.
#include "app/story.h"
#include "app/terminal.h"
#include "app/verbs.h"
#include "connectors/entra/source.h"
#include "connectors/okta/source.h"

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

ExitCode fail(const std::string& error)
{
    fmt::print(stderr, "error: {}\n", error);
    return ExitCode::expectation;
}

ExitCode tell(const GlobalOptions& global, const std::string& user, std::string_view kind, const std::optional<std::string>& text, const std::string& for_people)
{
    if (global.json) fmt::print("{}\n", nlohmann::ordered_json{{"user", user}, {"kind", kind}, {"value", text ? nlohmann::ordered_json(*text) : nlohmann::ordered_json()}}.dump());
    else fmt::print("{}\n", for_people);
    return ExitCode::ok;
}

ExitCode try_entra(const std::string& text, const Scenario& scenario, UserId user, const GlobalOptions& global)
{
    const auto parsed = Expression::parse(text, {"expression", 1, 1});
    if (!parsed) return report_problems(parsed.problems());
    report_problems(parsed.value().warnings());
    const auto attributes = EntraAttributes::find(parsed.value().attributes(), scenario.directory);
    if (!attributes) return report_problems(attributes.problems());

    const View view(scenario.directory);
    const bool in_use = entitlement(view, scenario.scope, user).in_scope() && view.enabled(user);
    const EntraSource source(attributes.value(), view, user, !in_use);
    const Value value = parsed.value().evaluate({source, scenario.clock.start, Draw(scenario.seed), ObjectRef(user).key(), 0, scenario.provider.default_domain});
    if (value.is_error()) return fail(value.error());
    return tell(global, object_name(scenario.directory, user), to_string(value.kind()), to_text(value), for_people(value));
}

ExitCode try_okta(const std::string& text, const Scenario& scenario, UserId user, const GlobalOptions& global)
{
    const auto parsed = OktaExpression::parse(text, {"expression", 1, 1});
    if (!parsed) return report_problems(parsed.problems());
    report_problems(parsed.value().warnings());
    for (const std::string& name : parsed.value().attributes())
        if (name.find('.') == std::string::npos && !find_profile_name(name, scenario.directory))
            return report_problems({{Severity::error, "okta_expression", fmt::format("users have no attribute user.{}", name),
                                     fmt::format("did you mean user.{}?", nearest_profile_name(name)), {"expression", 1, 1}}});
    const View view(scenario.directory);
    const OktaUserSource source(view, user);
    const OktaValue value = parsed.value().evaluate({source, scenario.clock.start});
    if (value.is_error()) return fail(value.error());
    const auto shown = to_text(value);
    return tell(global, object_name(scenario.directory, user), to_string(value.kind()), shown, value.is_null() ? "(no value: nothing is sent)" : shown.value_or(""));
}

}  // namespace

ExitCode expression_verb(const ExpressionOptions& options, const GlobalOptions& global)
{
    RunOptions run;
    run.provider = options.provider;
    run.target = "sandbox";     // only the directory is wanted: secrets of a target need not be set
    auto loaded = load_for_run(options.scenario, run);
    if (!loaded) return report_problems(loaded.problems());
    Scenario& scenario = loaded.value();
    const ObjectRef user = find_object(scenario.directory, options.user, ObjectKind::user);
    if (!user) return report_problems({{Severity::error, "unknown-object", "there is no user \"" + options.user + "\" in " + options.scenario, "name one as user:ada", {}}});
    if (scenario.provider.profile == "okta") return try_okta(options.expression, scenario, user.user(), global);
    return try_entra(options.expression, scenario, user.user(), global);
}

}  // namespace provsim
