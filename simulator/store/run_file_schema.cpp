// SPDX-License-Identifier: Apache-2.0
#include "store/run_file.h"

#include <fmt/format.h>

#include <array>

namespace provsim {
namespace {

// Words are kept as small numbers and told by the views: "CASE status WHEN 0 THEN 'success' ... END".
template <class Enum>
std::string words(std::string_view column, Enum last)
{
    std::string sql = fmt::format("CASE {}", column);
    for (int i = 0; i <= static_cast<int>(last); ++i) sql += fmt::format(" WHEN {} THEN '{}'", i, to_string(static_cast<Enum>(i)));
    return sql + " END";
}

// Virtual milliseconds since 1970 as "2026-03-02T09:00:00.050Z".
std::string time(std::string_view column)
{
    return fmt::format("strftime('%Y-%m-%dT%H:%M:%fZ', {}/1000.0, 'unixepoch')", column);
}

std::string object_name(std::string_view column)
{
    return fmt::format("(SELECT name FROM object WHERE object.key = {})", column);
}

template <class Enum>
std::string is(std::string_view column, Enum value)
{
    return fmt::format("{} = {}", column, static_cast<int>(value));
}

// Entries in the words of Okta's System Log and JumpCloud's Directory Insights, for a quick question; the whole of both, with ids,
// assignments and what happened to the directory, is what `provsim log --as okta` and `--as jumpcloud` print.
std::string event_log_views()
{
    const std::string failed = is("l.status", Status::failure), unmatched = fmt::format("(l.facts >> 3 & 1 = 0 AND l.matching IS NOT NULL AND (l.code = "
        "'DuplicateTargetEntries' OR ({} AND l.facts >> 4 = {})))", failed, static_cast<int>(Intent::match));
    const auto member = fmt::format("l.task IN ({}, {}, {})", static_cast<int>(Action::add_member), static_cast<int>(Action::remove_member), static_cast<int>(Action::write_members));
    const std::string create = is("l.action", LoggedAction::create), update = is("l.action", LoggedAction::update), remove = is("l.action", LoggedAction::delete_),
                      disable = is("l.action", LoggedAction::disable);
    const std::string known = "l.facts >> 3 & 1 = 1", user = "l.object >> 32 = 1", group = "l.object >> 32 = 2";
    std::string sql = fmt::format(
        "CREATE VIEW v_okta_system_log AS SELECT {} AS published, CASE "
        "WHEN {} AND {} THEN 'application.provision.user.verify_exists' WHEN {} AND {} THEN 'application.provision.user.push' "
        "WHEN {} AND {} THEN 'application.provision.user.deactivate' WHEN {} AND {} THEN 'application.provision.user.delete' "
        "WHEN {} AND ({} OR {}) THEN 'application.provision.user.push_profile' WHEN {} THEN 'application.provision.user.push' ",
        time("l.ended"), user, unmatched, user, create, user, disable, user, remove, user, update, known, user);
    sql += fmt::format(
        "WHEN {} AND {} THEN CASE WHEN {} THEN 'application.provision.group_membership.' || CASE l.task WHEN {} THEN 'add' WHEN {} THEN 'remove' ELSE 'update' END "
        "ELSE 'application.provision.group_push.updated' END WHEN {} AND {} THEN 'application.provision.group.verify_exists' "
        "WHEN {} AND {} THEN CASE WHEN {} THEN 'application.provision.group.add' ELSE 'application.provision.group_push.pushed' END "
        "WHEN {} AND {} THEN CASE WHEN {} THEN 'application.provision.group.remove' ELSE 'application.provision.group_push.removed' END "
        "WHEN {} THEN CASE WHEN {} THEN 'application.provision.group.update' ELSE 'application.provision.group_push.updated' END "
        "ELSE 'application.configuration.update' END AS eventType, ",
        group, member, failed, static_cast<int>(Action::add_member), static_cast<int>(Action::remove_member), group, unmatched, group, create, failed, group, remove,
        failed, group, failed);
    sql += fmt::format(
        "CASE WHEN {} THEN 'FAILURE' WHEN {} THEN 'SKIPPED' ELSE 'SUCCESS' END AS outcome, nullif(l.detail, '') AS reason, o.display_name AS alternateId, "
        "o.full_name AS displayName, CASE o.key >> 32 WHEN 1 THEN 'AppUser' WHEN 2 THEN 'AppGroup' END AS targetType "
        "FROM step_log l LEFT JOIN object o ON o.key = l.object;\n",
        failed, is("l.status", Status::skipped));
    sql += fmt::format(
        "CREATE VIEW v_jumpcloud_events AS SELECT {} AS timestamp, CASE WHEN {} AND {} THEN 'user_lookup_provision' WHEN {} AND {} THEN 'user_create_provision' "
        "WHEN {} AND {} THEN 'user_deprovision' WHEN {} AND {} THEN 'user_delete_provision' WHEN {} AND ({} OR {}) THEN 'user_update_provision' "
        "WHEN {} THEN 'user_create_provision' WHEN {} AND {} THEN 'group_update_provision' WHEN {} AND {} THEN 'group_create_provision' "
        "WHEN {} AND {} THEN 'group_delete_provision' WHEN {} AND ({} OR {}) THEN 'group_update_provision' WHEN {} THEN 'group_create_provision' "
        "ELSE 'integration_activate' END AS event_type, ",
        time("l.ended"), user, unmatched, user, create, user, disable, user, remove, user, update, known, user, group, member, group, create, group, remove, group, update,
        known, group);
    sql += fmt::format("l.status <> {} AS success, nullif(l.detail, '') AS error_message, o.display_name AS resource, CASE o.key >> 32 WHEN 1 THEN 'systemuser' "
                       "WHEN 2 THEN 'user_group' END AS resource_type FROM step_log l LEFT JOIN object o ON o.key = l.object WHERE l.status <> {};\n",
                       static_cast<int>(Status::failure), static_cast<int>(Status::skipped));
    return sql;
}

}  // namespace

std::string_view to_string(RecordLevel level) noexcept
{
    switch (level) {
        case RecordLevel::summary: return "summary";
        case RecordLevel::log: return "log";
        case RecordLevel::full: return "full";
    }
    return "";
}

// Times are virtual, in milliseconds since 1970; `took` is in milliseconds. `object` and `other` refer to object.key (name "user:ada",
// display_name his userName or a group's displayName, full_name the displayName), `block` to
// response.block: many replies packed as one (reply_block.h). change has a row an edit, directory_change one for each change of the
// directory that it made, with the new values. step_log.facts: bits 0-1 presence, 2 enabled, 3 linked before, from 4 on the intent of the last
// request (pack_facts).
std::string run_file_tables()
{
    return R"sql(
CREATE TABLE meta(name TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;
CREATE TABLE scenario(file TEXT, bytes BLOB, sha256 TEXT) STRICT;
CREATE TABLE object(key INTEGER PRIMARY KEY, name TEXT, display_name TEXT, object_id TEXT, full_name TEXT) STRICT;
CREATE TABLE change(number INTEGER PRIMARY KEY, at INTEGER, first INTEGER, past INTEGER, edit TEXT) STRICT;
CREATE TABLE directory_change(position INTEGER PRIMARY KEY, edit INTEGER, kind INTEGER, object INTEGER, other INTEGER, state INTEGER, changed TEXT) STRICT;
CREATE TABLE cycle(number INTEGER PRIMARY KEY, kind INTEGER, users INTEGER, groups INTEGER, user_cycle INTEGER, group_cycle INTEGER,
  began INTEGER, ended INTEGER, head INTEGER, pushed INTEGER, overrun INTEGER, tasks INTEGER, requests INTEGER, writes INTEGER, created INTEGER,
  updated INTEGER, disabled INTEGER, deleted INTEGER, members_added INTEGER, members_removed INTEGER, skipped INTEGER, failed INTEGER,
  halted TEXT, halted_detail TEXT) STRICT;
CREATE TABLE job(at INTEGER, state INTEGER, why TEXT) STRICT;
CREATE TABLE step_log(number INTEGER PRIMARY KEY, cycle INTEGER, task INTEGER, object INTEGER, other INTEGER, status INTEGER, action INTEGER,
  code TEXT, detail TEXT, target_id TEXT, scope INTEGER, through INTEGER, began INTEGER, ended INTEGER, head INTEGER, requests INTEGER,
  modified TEXT, facts INTEGER, matching TEXT, filter TEXT, saw TEXT) STRICT;
CREATE TABLE exchange(number INTEGER PRIMARY KEY, cycle INTEGER, task INTEGER, object INTEGER, other INTEGER, intent INTEGER, method INTEGER,
  target TEXT, status INTEGER, failure INTEGER, accepted INTEGER, attempt INTEGER, sent INTEGER, took INTEGER, block INTEGER) STRICT;
CREATE TABLE request(number INTEGER PRIMARY KEY, body TEXT) STRICT;
CREATE TABLE response(block INTEGER PRIMARY KEY, bytes BLOB) STRICT;
CREATE TABLE expectation(step TEXT, name TEXT, held INTEGER, summary TEXT, evidence TEXT, file TEXT, line INTEGER, column INTEGER) STRICT;
)sql";
}

std::string run_file_views()
{
    std::string sql;
    sql += fmt::format(
        "CREATE VIEW v_cycle AS SELECT number, {} AS kind, users, groups, {} AS began, {} AS ended, {} AS pushed, tasks, requests, writes, created, updated, "
        "disabled, deleted, members_added, members_removed, skipped, failed, halted, overrun AS overrun_ms FROM cycle;\n",
        words("kind", RunKind::on_change), time("began"), time("ended"), object_name("pushed"));
    sql += fmt::format(
        "CREATE VIEW v_exchange AS SELECT number, cycle, {} AS sent, took AS took_ms, {} AS method, target, status, nullif({}, 'no failure') AS failure, {} AS intent, "
        "{} AS task, {} AS object, {} AS other, attempt, accepted FROM exchange;\n",
        time("sent"), words("method", Method::delete_), words("failure", Failure::too_large), words("intent", Intent::import),
        words("task", Action::import_groups), object_name("exchange.object"), object_name("other"));
    sql += fmt::format(
        "CREATE VIEW v_log AS SELECT number, cycle, {} AS at, {} AS task, {} AS object, {} AS other, {} AS action, {} AS status, code, detail, target_id, "
        "ended - began AS took_ms, requests, modified, facts >> 3 & 1 AS known_before, matching AS matched_by, filter, saw FROM step_log;\n",
        time("ended"), words("task", Action::import_groups), object_name("step_log.object"), object_name("other"),
        words("action", LoggedAction::staged_delete), words("status", Status::warning));
    // The columns people know from Graph's provisioningObjectSummary (entra.md 6.1); modifiedProperties is JSON.
    sql += fmt::format(
        "CREATE VIEW v_entra_provisioning AS SELECT CAST(l.number AS TEXT) AS id, {} AS activityDateTime, CAST(l.cycle AS TEXT) AS cycleId, "
        "CAST(l.head AS TEXT) AS changeId, {} AS provisioningAction, {} AS status, nullif(l.code, '') AS errorCode, nullif(l.detail, '') AS reason, "
        "l.ended - l.began AS durationInMilliseconds, o.object_id AS sourceIdentityId, o.full_name AS sourceIdentityDisplayName, "
        "CASE o.key >> 32 WHEN 1 THEN 'User' WHEN 2 THEN 'Group' END AS identityType, nullif(l.target_id, '') AS targetIdentityId, "
        "l.modified AS modifiedProperties FROM step_log l LEFT JOIN object o ON o.key = l.object;\n",
        time("l.ended"), words("l.action", LoggedAction::staged_delete), words("l.status", Status::warning));
    sql += event_log_views();
    return sql;
}

std::string run_file_indexes()
{
    return "CREATE INDEX step_log_object ON step_log(object);\n"
           "CREATE INDEX exchange_object ON exchange(object);\n";
}

}  // namespace provsim
