// SPDX-License-Identifier: Apache-2.0
// Reads comma-separated values row by row (RFC 4180): quotes, quotes in quotes, line ends in quotes, CRLF or LF, and a
// byte order mark at the start. Holds one row at a time, whatever the file's size.
#pragma once

#include <istream>
#include <string>
#include <string_view>
#include <vector>

namespace provsim {

class CsvReader {
public:
    explicit CsvReader(std::istream& in);     // outlives the reader; opened binary

    // The next row that is not empty. False at the end, or when the file breaks the grammar: then fault() says how.
    // The fields are valid until the next call.
    bool next();
    const std::vector<std::string_view>& fields() const noexcept { return fields_; }
    int line() const noexcept { return row_line_; }            // where the row began, from 1
    const std::string& fault() const noexcept { return fault_; }

private:
    int get();
    bool fail(int line, std::string what);

    std::istream& in_;
    std::string buffer_;
    std::size_t at_ = 0, end_ = 0;
    int line_ = 1, row_line_ = 1;
    std::string row_;                          // the fields' texts, one behind the other
    std::vector<std::size_t> ends_;
    std::vector<std::string_view> fields_;
    std::string fault_;
};

}  // namespace provsim
