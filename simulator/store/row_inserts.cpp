// SPDX-License-Identifier: Apache-2.0
#include "store/row_inserts.h"

namespace provsim {

namespace {
// Each writes the last page of each table once again: 0.93 us a row with 512, 0.83 with 4096 (bench/run_file_bench.cpp).
constexpr std::size_t rows_in_transaction = 4096;
}  // namespace

RowInserts::RowInserts(SQLite::Database& database, const Redactor& redactor)
    : database_(database), redactor_(redactor),
      exchange_(database, "INSERT INTO exchange VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"),
      request_(database, "INSERT INTO request VALUES(?,?)"),
      response_(database, "INSERT INTO response VALUES(?,?)"),
      log_(database, "INSERT INTO step_log VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"),
      change_(database, "INSERT INTO change VALUES(?,?,?,?,?)"),
      directory_change_(database, "INSERT INTO directory_change VALUES(?,?,?,?,?,?,?)"),
      object_(database, "INSERT INTO object VALUES(?,?,?,?,?)"),
      run_(database, "INSERT INTO cycle VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"),
      job_(database, "INSERT INTO job VALUES(?,?,?)"),
      finding_(database, "INSERT INTO expectation VALUES(?,?,?,?,?,?,?,?)")
{
}

void RowInserts::write(const RunFileRows& rows)
{
    if (!open_) open_.emplace(database_);
    for (const ObjectRow& row : rows.objects) object_.add(row.object).add(row.name).add(row.display_name).add(row.object_id).add(row.full_name).run();
    for (const ChangeRow& row : rows.changes)
        change_.add(row.number).add(row.at.time_since_epoch().count()).add(row.from).add(row.to).add(row.edit).run();
    for (const DirectoryChangeRow& row : rows.directory_changes) {
        directory_change_.add(row.position).add(row.edit).add(row.kind).add(row.object).add(row.other).add(row.state);
        row.changed.empty() ? directory_change_.add_null() : directory_change_.add(row.changed);
        directory_change_.run();
    }
    for (const LogRow& row : rows.log) write(row);
    for (const ExchangeRow& row : rows.exchanges) write(row);
    for (const BlockRow& row : rows.blocks) response_.add(row.number).add_blob(packer_.pack(clean_block(row.bytes, redactor_, scratch_))).run();
    for (const RunInfo& run : rows.runs) write(run);
    for (const JobRow& row : rows.jobs) job_.add(row.at.time_since_epoch().count()).add(row.state).add(row.why).run();
    for (const RecordedFinding& row : rows.findings)
        finding_.add(row.step).add(row.name).add(row.held).add(row.summary).add(row.evidence).add(row.place.file).add(row.place.line).add(row.place.column).run();
    uncommitted_ += rows.waiting();
    if (!rows.now && uncommitted_ < rows_in_transaction) return;
    open_->commit();
    open_.reset();
    uncommitted_ = 0;
}

void RowInserts::write(const ExchangeRow& row)
{
    exchange_.add(row.number).add(row.run).add(row.task.action).add(row.task.object).add(row.task.other).add(row.intent).add(row.method)
        .add(row.target).add(row.status).add(row.failure).add(row.accepted).add(row.attempt).add(row.sent.time_since_epoch().count()).add(row.took.count());
    row.block == 0 ? exchange_.add_null() : exchange_.add(row.block);
    exchange_.run();
    if (!row.body.empty()) request_.add(row.number).add(row.body).run();
}

void RowInserts::write(const LogRow& row)
{
    log_.add(row.number).add(row.run).add(row.task.action).add(row.task.object).add(row.task.other).add(row.status).add(row.action).add(row.code)
        .add(row.detail).add(row.target_id).add(row.entitlement.reason);
    row.entitlement.through == no_group ? log_.add(0) : log_.add(ObjectRef(row.entitlement.through));
    log_.add(row.began.time_since_epoch().count()).add(row.ended.time_since_epoch().count()).add(row.head).add(row.requests);
    row.modified.empty() ? log_.add_null() : log_.add(row.modified);
    log_.add(row.facts);
    for (const std::string* text : {&row.matching, &row.filter, &row.saw}) text->empty() ? log_.add_null() : log_.add(*text);
    log_.run();
}

void RowInserts::write(const RunInfo& run)
{
    run_.add(run.number).add(run.kind).add(run.users).add(run.groups).add(run.user_cycle).add(run.group_cycle).add(run.began.time_since_epoch().count())
        .add(run.ended.time_since_epoch().count()).add(run.head).add(run.pushed).add(run.overrun.count()).add(run.tasks).add(run.requests).add(run.writes)
        .add(run.created).add(run.updated).add(run.disabled).add(run.deleted).add(run.members_added).add(run.members_removed).add(run.skipped).add(run.failed);
    run.halted.empty() ? run_.add_null().add_null() : run_.add(run.halted).add(run.halted_detail);
    run_.run();
}

}  // namespace provsim
