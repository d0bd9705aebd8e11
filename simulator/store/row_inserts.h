// SPDX-License-Identifier: Apache-2.0
// The statements that put rows into a run file. Private to this room.
#pragma once

#include "store/run_file_rows.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include <optional>
#include <type_traits>

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

// A statement for each kind of row, prepared once. Used from one thread at a time; goes before the database does.
class RowInserts {
public:
    RowInserts(SQLite::Database& database, const Redactor& redactor);
    // Within a transaction that goes on from burst to burst, until it is large, or the rows are to be in the file now.
    void write(const RunFileRows& rows);

private:
    void write(const ExchangeRow& row);
    void write(const LogRow& row);
    void write(const RunInfo& run);

    SQLite::Database& database_;
    const Redactor& redactor_;
    Insert exchange_, request_, response_, log_, change_, directory_change_, object_, run_, job_, finding_;
    BlockPacker packer_;
    std::string scratch_;
    std::optional<SQLite::Transaction> open_;
    std::size_t uncommitted_ = 0;
};

}  // namespace provsim
