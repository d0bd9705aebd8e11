// SPDX-License-Identifier: Apache-2.0
#include "scenario_io/csv.h"

namespace provsim {
namespace {

constexpr std::size_t chunk = 1u << 16;
constexpr std::size_t longest_row = 1u << 20;       // a quote that is never closed would else swallow the file
constexpr int at_end = -1;

}  // namespace

CsvReader::CsvReader(std::istream& in) : in_(in), buffer_(chunk, '\0')
{
    if (get() == 0xEF && get() == 0xBB && get() == 0xBF) return;
    at_ = 0;    // no byte order mark: begin again (the first chunk is still there)
}

int CsvReader::get()
{
    if (at_ == end_) {
        in_.read(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
        end_ = static_cast<std::size_t>(in_.gcount());
        at_ = 0;
        if (end_ == 0) return at_end;
    }
    return static_cast<unsigned char>(buffer_[at_++]);
}

bool CsvReader::fail(int line, std::string what)
{
    row_line_ = line;
    fault_ = std::move(what);
    fields_.clear();
    return false;
}

bool CsvReader::next()
{
    if (!fault_.empty()) return false;
    fields_.clear();
    ends_.clear();
    row_.clear();
    row_line_ = line_;
    enum class State { start, bare, quoted, after_quote } state = State::start;
    int quote_line = line_;
    for (;;) {
        const int c = get();
        if (row_.size() > longest_row) return fail(state == State::quoted ? quote_line : row_line_, "this row is longer than 1 MiB; is a quote not closed?");
        if (state == State::quoted) {
            if (c == at_end) return fail(quote_line, "this quote is never closed");
            if (c == '"') {
                state = State::after_quote;
                continue;
            }
            if (c == '\n') ++line_;
            row_ += static_cast<char>(c);
            continue;
        }
        if (c == '"') {
            if (state == State::bare) return fail(line_, "a quote in the middle of a field");
            if (state == State::after_quote) row_ += '"';       // two quotes stand for one
            else quote_line = line_;
            state = State::quoted;
            continue;
        }
        if (c == '\r') {
            // Before a line feed (or at the end) it belongs to the line end; alone it has no business here.
            const int after = get();
            if (after != '\n' && after != at_end) return fail(line_, "a carriage return without a line feed");
        }
        if (c == ',' || c == '\n' || c == '\r' || c == at_end) {
            const bool row_over = c != ',';
            if (row_over && ends_.empty() && row_.empty() && state == State::start) {
                if (c == at_end) return false;
                row_line_ = ++line_;                              // an empty line
                continue;
            }
            ends_.push_back(row_.size());
            state = State::start;
            if (!row_over) continue;
            if (c != at_end) ++line_;
            break;
        }
        if (state == State::after_quote) return fail(line_, "text behind a closing quote");
        state = State::bare;
        row_ += static_cast<char>(c);
    }
    std::size_t from = 0;
    for (const std::size_t to : ends_) {
        fields_.push_back(std::string_view(row_).substr(from, to - from));
        from = to;
    }
    return true;
}

}  // namespace provsim
