// SPDX-License-Identifier: Apache-2.0
#include "store/run_file_rows.h"

namespace provsim {

RunFileRows::RunFileRows(SQLite::Database& database)
    : insert_exchange_(database, "INSERT INTO exchange VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)"),
      insert_request_(database, "INSERT INTO request VALUES(?,?)"),
      insert_response_(database, "INSERT INTO response VALUES(?,?,?)"),
      insert_dictionary_(database, "INSERT INTO dictionary VALUES(1,?)"),
      insert_log_(database, "INSERT INTO step_log VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"),
      insert_change_(database, "INSERT INTO change VALUES(?,?,?,?,?)"),
      insert_object_(database, "INSERT OR IGNORE INTO object VALUES(?,?,?,?)")
{
}

void RunFileRows::write()
{
    for (const ObjectRow& row : objects) insert_object_.add(row.object).add(row.name).add(row.display_name).add(row.object_id).run();
    for (const ChangeRow& row : changes)
        insert_change_.add(row.number).add(row.at.time_since_epoch().count()).add(row.from).add(row.to).add(row.edit).run();
    for (const LogRow& row : log) {
        insert_log_.add(row.number).add(row.run).add(row.task.action).add(row.task.object).add(row.task.other).add(row.status).add(row.action)
            .add(row.code).add(row.detail).add(row.target_id).add(row.entitlement.reason);
        row.entitlement.through == no_group ? insert_log_.add(0) : insert_log_.add(ObjectRef(row.entitlement.through));
        insert_log_.add(row.began.time_since_epoch().count()).add(row.ended.time_since_epoch().count()).add(row.head).add(row.requests);
        row.modified.empty() ? insert_log_.add_null() : insert_log_.add(row.modified);
        insert_log_.run();
    }
    // The dictionary is learnt before the burst that completes the samples is packed, so that burst profits already.
    bool learn = false;
    for (const ExchangeRow& row : exchanges)
        if (!row.reply.empty() && packer_.sample(row.reply)) learn = true;
    if (learn)
        if (const std::string dictionary = packer_.train(); !dictionary.empty()) insert_dictionary_.add_blob(dictionary).run();

    for (const ExchangeRow& row : exchanges) {
        insert_exchange_.add(row.number).add(row.run).add(row.task.action).add(row.task.object).add(row.task.other).add(row.intent)
            .add(row.method).add(row.target).add(row.status).add(row.failure).add(row.accepted).add(row.attempt)
            .add(row.sent.time_since_epoch().count()).add(row.took.count()).run();
        if (!row.body.empty()) insert_request_.add(row.number).add(row.body).run();
        if (!row.reply.empty()) write_response(row);
    }
    objects.clear();
    changes.clear();
    log.clear();
    exchanges.clear();
    bytes = 0;
}

void RunFileRows::write_response(const ExchangeRow& row)
{
    insert_response_.add(row.number);
    packer_.has_dictionary() ? insert_response_.add(1) : insert_response_.add_null();
    insert_response_.add_blob(packer_.pack(row.reply)).run();
}

}  // namespace provsim
