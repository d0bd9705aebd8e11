// SPDX-License-Identifier: Apache-2.0
#include "app/cli.h"

#include "app/verbs.h"
#include "model/nearest.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <map>

namespace provsim {

namespace {

const char* const overview = R"(provsim {}: rehearse what an identity provider will do to your SCIM endpoint, in seconds.

  provsim demo                                   see it work, nothing needed
  provsim run scenarios/demo.provsim.yaml        run a scenario, narrated
  provsim check http://localhost:8080/scim/v2    does your app speak SCIM?
  provsim sandbox                                a correct SCIM target to practise on
  provsim lint scenarios/                        check scenario files, nothing is sent

Verbs: demo, run, push, sandbox, check, log, status, diff, codes, mappings, expression, profile, lint, schema, version, help
More:  provsim help VERB
provsim simulates documented behaviour of Microsoft Entra ID, Okta and JumpCloud; it is not affiliated with them.
)";

void add_run_flags(CLI::App& verb, RunOptions& run)
{
    verb.add_option("-t,--target", run.target, "target URL, or sandbox for the built-in one; beats the file's")->envname("PROVSIM_TARGET");
    verb.add_option("--token-file", run.token_file, "bearer token: the first line of FILE, - for standard input")->type_name("FILE");
    verb.add_option("--provider", run.provider, "tell the story to this provider instead of its own")->type_name("NAME");
    verb.add_option("--record", run.record, "what the run file keeps")->check(CLI::IsMember({"summary", "log", "full"}))->default_str("log");
    verb.add_option("--seed", run.seed, "beats the file's seed");
    verb.add_option("--speed", run.speed, "skip idle time, follow the wall clock (real), or N virtual seconds a second")->type_name("skip|N|real");
    verb.add_option("--until", run.until, "stop at this virtual time: 4h after the start, or an instant")->type_name("T");
    verb.add_option("--out", run.out, "run file; default .provsim/runs/<time>-<name>.provsim")->type_name("FILE");
    verb.add_option("--var", run.vars, "sets a variable of the scenario")->type_name("NAME=VALUE");
    verb.add_option("--allow-host", run.allow_hosts, "this host may be provisioned, although it is on no private network")->type_name("HOST");
    verb.add_option("--cacert", run.cacert, "certificates to trust instead of the system's")->type_name("FILE");
    verb.add_flag("--insecure", run.insecure, "accept any certificate (test servers only)");
}

void add_diff(CLI::App& app, DiffOptions& diff, const GlobalOptions& global, ExitCode& exit)
{
    CLI::App* verb = app.add_subcommand("diff", "two runs of one story, identity by identity: what each sent, and when it arrived");
    verb->add_option("a", diff.a, "run file")->required()->type_name("A.provsim");
    verb->add_option("b", diff.b, "run file")->required()->type_name("B.provsim");
    verb->add_option("--identity", diff.identity, "only this one: user:ada");
    verb->add_flag("--all", diff.all, "those too in which the runs do not differ");
    verb->add_flag("--exit-code", diff.exit_code, "exit with 1 if the runs differ");
    verb->footer("Make the runs with: provsim run story.provsim.yaml --provider okta --record full --out okta.provsim\n"
                 "                     provsim run story.provsim.yaml --provider entra --record full --out entra.provsim");
    verb->callback([&] { exit = diff_verb(diff, global); });
}

const CLI::App* find_verb(const CLI::App& app, const std::string& name)
{
    for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; }))
        if (verb->get_name() == name) return verb;
    return nullptr;
}

// "demo", when somebody typed "dmeo".
std::string did_you_mean(const CLI::App& app, const std::string& word)
{
    std::vector<std::string_view> names;
    std::vector<std::string> owned;
    for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; })) owned.push_back(verb->get_name());
    for (const std::string& name : owned) names.push_back(name);
    const std::string near = nearest(word, names);
    return near.empty() ? std::string{} : fmt::format("; did you mean \"{}\"?", near);
}

}  // namespace

ExitCode run_cli(int argc, char** argv)
{
    CLI::App app{"rehearse what an identity provider will do to your SCIM endpoint", "provsim"};
    app.set_help_flag("-h,--help", "this help");
    app.require_subcommand(0, 1);
    app.fallthrough();
    app.get_formatter()->column_width(32);

    GlobalOptions global;
    std::string colour = "auto";
    bool no_colour = false, version = false;
    app.add_flag("-V,--version", version, "print the version");
    app.add_flag("-v,--verbose", global.verbose, "every request; -vv headers; -vvv bodies");
    app.add_flag("-q,--quiet", global.quiet, "only failures and the verdict");
    app.add_flag("--json", global.json, "machine output on standard output, nothing else there");
    app.add_flag("--ascii", global.ascii, "no symbols beyond ASCII");
    app.add_option("--color", colour, "when to colour")->check(CLI::IsMember({"auto", "always", "never"}));
    app.add_flag("--no-color", no_colour, "same as --color never");

    RunOptions run;
    PushOptions push;
    SandboxVerbOptions sandbox;
    CheckOptions check;
    LogOptions log;
    StatusOptions status;
    DiffOptions diff;
    ExpressionOptions expression;
    ProfileOptions profile;
    MappingsOptions mappings;
    std::string demo_name, schema_name = "scenario", help_verb, code;
    std::vector<std::string> lint_files;
    std::string lint_provider;
    bool strict = false;
    ExitCode exit = ExitCode::ok;

    CLI::App* demo = app.add_subcommand("demo", "see it work: a joiner, a mover and a leaver against the built-in target");
    demo->add_option("name", demo_name, "which one (story)");
    add_run_flags(*demo, run);
    demo->callback([&] { exit = demo_verb(demo_name, run, global); });

    CLI::App* run_app = app.add_subcommand("run", "run scenarios and narrate them");
    run_app->add_option("files", run.files, "scenario files")->required()->type_name("FILE...");
    add_run_flags(*run_app, run);
    run_app->add_flag("--twice", run.twice, "run it twice and compare the fingerprints");
    run_app->callback([&] { exit = run_verb(run, global); });

    CLI::App* push_app = app.add_subcommand("push", "provision one user or group on demand, in five steps");
    push_app->add_option("object", push.object, "user:ada, group:engineers")->required();
    push_app->add_option("--scenario", push.run.files, "the scenario whose directory and target are used")->required()->expected(1)->type_name("FILE");
    push_app->add_option("--member", push.members, "members to push with a group, at most five");
    push_app->add_option("--at", push.at, "play the scenario up to this virtual time first")->type_name("T");
    push_app->add_option("--as", push.as, "Graph's answer to provisionOnDemand instead of the five steps")->check(CLI::IsMember({"entra"}));
    add_run_flags(*push_app, push.run);
    push_app->callback([&] { exit = push_verb(push, global); });

    CLI::App* sandbox_app = app.add_subcommand("sandbox", "serve a correct SCIM target to practise on");
    sandbox_app->add_option("--port", sandbox.port, "on the loopback interface; 0 picks a free one")->default_str("7644");
    sandbox_app->add_option("--token-file", sandbox.token_file, "require this bearer token")->type_name("FILE");
    sandbox_app->add_option("--ready-file", sandbox.ready_file, "write the URL here as JSON once it listens")->type_name("FILE");
    sandbox_app->callback([&] { exit = sandbox_verb(sandbox, global); });

    CLI::App* check_app = app.add_subcommand("check", "Test Connection, and what the target offers");
    check_app->add_option("url", check.url, "the tenant URL")->required();
    check_app->add_option("--token-file", check.token_file, "bearer token: the first line of FILE, - for standard input")->type_name("FILE");
    check_app->add_option("--allow-host", check.allow_hosts, "this host may be asked, although it is on no private network")->type_name("HOST");
    check_app->add_option("--cacert", check.cacert, "certificates to trust instead of the system's")->type_name("FILE");
    check_app->add_flag("--insecure", check.insecure, "accept any certificate (test servers only)");
    check_app->callback([&] { exit = check_verb(check, global); });

    CLI::App* log_app = app.add_subcommand("log", "the provisioning log of a run");
    log_app->add_option("run", log.file, "run file")->required()->type_name("RUN.provsim");
    log_app->add_option("--identity", log.identity, "user:ada");
    log_app->add_option("--status", log.status, "success, failure, skipped, warning");
    log_app->add_option("--action", log.action, "create, update, delete, disable, other");
    log_app->add_option("--cycle", log.cycle, "only this run's entries, by its number");
    log_app->add_option("--since", log.since, "only entries from this virtual time on: 4h after the start, or an instant")->type_name("T");
    log_app->add_option("--as", log.as, "another form: csv, ndjson; entra: Graph's list of provisioningObjectSummary; okta: the System Log; jumpcloud: Directory Insights; with -ndjson behind the "
                                       "vendor's name one a line. Any run can be told in any vendor's words")
        ->check(CLI::IsMember({"csv", "ndjson", "entra", "entra-ndjson", "okta", "okta-ndjson", "jumpcloud", "jumpcloud-ndjson"}));
    log_app->add_option("--csv", log.csv, "the portal's three files into this folder, joined by changeId")->type_name("DIR");
    log_app->add_flag("--codes", log.codes, "only what the codes in it mean, and what to do");
    log_app->footer("A created object's values are shown as modifiedProperties if the run was recorded with --record full.\n"
                    "Okta's and JumpCloud's logs tell what happened to the directory too; --status, --action and --cycle leave that out.");
    log_app->callback([&] { exit = log_verb(log, global); });

    CLI::App* status_app = app.add_subcommand("status", "how the provisioning job of a run stood at its end, and what is wrong with it");
    status_app->add_option("run", status.file, "run file")->required()->type_name("RUN.provsim");
    status_app->add_option("--as", status.as, "entra: Graph's synchronizationJob with its synchronizationStatus")->check(CLI::IsMember({"entra"}));
    status_app->callback([&] { exit = status_verb(status, global); });

    add_diff(app, diff, global, exit);

    CLI::App* codes_app = app.add_subcommand("codes", "what the codes of a provisioning log mean, and what to do");
    codes_app->add_option("code", code, "InvalidAnchor; all, if none is named");
    codes_app->callback([&] { exit = codes_verb(code, global); });

    CLI::App* expression_app = app.add_subcommand("expression", "try a mapping expression on a user of a scenario");
    expression_app->add_option("expression", expression.expression, "Join(\" \", [givenName], [surname])")->required()->type_name("EXPR");
    expression_app->add_option("--user", expression.user, "user:ada, a userName")->required();
    expression_app->add_option("--provider", expression.provider, "okta: in Okta's language, whoever the scenario's provider is")->type_name("NAME");
    expression_app->add_option("--scenario", expression.scenario, "the scenario whose directory is used")->required()->type_name("FILE");
    expression_app->callback([&] { exit = expression_verb(expression, global); });

    CLI::App* profile_app = app.add_subcommand("profile", "what is known of a provider, with where it is known from");
    profile_app->require_subcommand(1);
    profile_app->add_subcommand("list", "the providers there are")->callback([&] { exit = profile_list_verb(global); });
    CLI::App* profile_show = profile_app->add_subcommand("show", "its constants, habits, settings and default mappings, each with evidence and source");
    profile_show->add_option("profile", profile.what, "entra; entra#nested for one of them in full")->required()->type_name("NAME");
    profile_show->add_option("--scenario", profile.scenario, "show what is in force in this scenario")->type_name("FILE");
    profile_show->callback([&] { exit = profile_show_verb(profile, global); });
    CLI::App* mappings_app = app.add_subcommand("mappings", "the attribute mappings and filters of a scenario, or of an exported schema");
    mappings_app->add_option("file", mappings.file, "scenario, or the synchronization schema (.json) that Microsoft Graph exported")->required()->type_name("FILE");
    mappings_app->add_option("--as", mappings.as, "graph: the JSON document that Microsoft Graph takes back")->check(CLI::IsMember({"graph"}));
    mappings_app->add_option("--seed", mappings.seed, "beats the file's seed, of which a new document's ids are drawn");
    mappings_app->callback([&] { exit = mappings_verb(mappings, global); });

    CLI::App* lint_app = app.add_subcommand("lint", "check scenario files; nothing is sent");
    lint_app->add_option("files", lint_files, "scenario files, or folders of them")->required()->type_name("FILE...");
    lint_app->add_option("--provider", lint_provider, "as they are read when told to this provider")->type_name("NAME");
    lint_app->add_flag("--strict", strict, "warnings count as errors");
    lint_app->callback([&] { exit = lint_verb(lint_files, lint_provider, strict, global); });

    CLI::App* schema_app = app.add_subcommand("schema", "print the JSON Schema of scenario files, for editors");
    schema_app->add_option("what", schema_name, "scenario");
    schema_app->callback([&] { exit = schema_verb(schema_name, global); });

    app.add_subcommand("version", "print the version; --json adds compiler and libraries")->callback([&] { exit = version_verb(global); });

    CLI::App* help_app = app.add_subcommand("help", "help for a verb");
    help_app->add_option("verb", help_verb);
    help_app->callback([&] {
        if (help_verb.empty()) fmt::print(fmt::runtime(overview), PROVSIM_VERSION);
        else if (const CLI::App* verb = find_verb(app, help_verb)) fmt::print("{}", verb->help("provsim"));
        else {
            fmt::print(stderr, "error: there is no verb \"{}\"{}\n", help_verb, did_you_mean(app, help_verb));
            exit = ExitCode::usage;
        }
    });

    // Callbacks of verbs run at the end of parsing; what the global flags say must be settled before.
    app.parse_complete_callback([&] {
        global.colour = no_colour || colour == "never" ? ColourWhen::never : colour == "always" ? ColourWhen::always : ColourWhen::automatic;
    });
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        fmt::print("{}", app.get_subcommands().empty() ? fmt::format(fmt::runtime(overview), PROVSIM_VERSION) : app.get_subcommands().front()->help("provsim"));
        return ExitCode::ok;
    } catch (const CLI::ParseError& error) {
        std::string hint;
        if (app.get_subcommands().empty() && argc > 1 && argv[argc - 1][0] != '-') hint = did_you_mean(app, argv[1]);
        fmt::print(stderr, "error: {}{}\n  See: provsim help{}\n", error.what(), hint,
                   app.get_subcommands().empty() ? "" : " " + app.get_subcommands().front()->get_name());
        return ExitCode::usage;
    }
    if (version) return version_verb(global);
    if (app.get_subcommands().empty()) fmt::print(fmt::runtime(overview), PROVSIM_VERSION);
    return exit;
}

}  // namespace provsim
