// SPDX-License-Identifier: Apache-2.0
// Rows on their way into a run file: kept in memory, their strings reused, and written by prepared statements.
// Private to this room.
#pragma once

#include "store/redactor.h"
#include "store/reply_codec.h"
#include "store/run_file.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

namespace provsim {

// Binds values to a statement's parameters in their order and runs it. Texts must live until run() returns.
class Insert {
public:
    Insert(SQLite::Database& database, const char* sql) : statement_(database, sql) {}

    template <class Number>
        requires std::is_integral_v<Number> || std::is_enum_v<Number>
    Insert& add(Number value)
    {
        statement_.bind(++at_, static_cast<std::int64_t>(value));
        return *this;
    }
    Insert& add(const std::string& text)
    {
        statement_.bindNoCopy(++at_, text);
        return *this;
    }
    Insert& add(std::string&&) = delete;
    Insert& add_blob(std::string_view bytes)
    {
        statement_.bindNoCopy(++at_, bytes.data(), static_cast<int>(bytes.size()));
        return *this;
    }
    Insert& add_null()
    {
        statement_.bind(++at_);
        return *this;
    }
    // 0 stands for nobody.
    Insert& add(ObjectRef object) { return object ? add(object.key()) : add(0); }

    void run()
    {
        statement_.exec();
        statement_.reset();
        at_ = 0;
    }

private:
    SQLite::Statement statement_;
    int at_ = 0;
};

// A list whose elements are kept for the next burst, so that their strings need no new memory.
template <class Row>
class Burst {
public:
    Row& next()
    {
        if (size_ == rows_.size()) rows_.emplace_back();
        return rows_[size_++];
    }
    void clear() { size_ = 0; }
    std::size_t size() const { return size_; }
    auto begin() const { return rows_.begin(); }
    auto end() const { return rows_.begin() + static_cast<std::ptrdiff_t>(size_); }

private:
    std::vector<Row> rows_;
    std::size_t size_ = 0;
};

struct ExchangeRow {
    ExchangeNumber number = 0;
    std::uint32_t run = 0;
    Task task;
    Intent intent{};
    Method method{};
    Failure failure{};
    bool accepted = true;
    int status = 0;
    unsigned attempt = 1;
    TimePoint sent{};
    Duration took{0};
    std::string target, body, reply;    // reply: flattened; empty: not kept
};

struct LogRow {
    std::uint64_t number = 0;
    std::uint32_t run = 0, requests = 0;
    Task task;
    Status status{};
    LoggedAction action{};
    Entitlement entitlement;
    TimePoint began{}, ended{};
    Position head = 0;
    std::string code, detail, target_id, modified;
};

struct ChangeRow {
    std::uint64_t number = 0;
    TimePoint at{};
    Position from = 0, to = 0;
    std::string edit;
};

struct ObjectRow {
    ObjectRef object;
    std::string name, display_name, object_id;
};

// What the writer holds between bursts.
class RunFileRows {
public:
    explicit RunFileRows(SQLite::Database& database);
    void write();                       // all rows, within the caller's transaction
    std::size_t waiting() const { return exchanges.size() + log.size() + changes.size(); }

    Burst<ExchangeRow> exchanges;
    Burst<LogRow> log;
    Burst<ChangeRow> changes;
    Burst<ObjectRow> objects;
    std::size_t bytes = 0;              // of long texts waiting

private:
    void write_response(const ExchangeRow& row);

    Insert insert_exchange_, insert_request_, insert_response_, insert_dictionary_, insert_log_, insert_change_, insert_object_;
    ReplyPacker packer_;
};

}  // namespace provsim
