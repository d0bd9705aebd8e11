// SPDX-License-Identifier: Apache-2.0
#include "app/code_legend.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace provsim {

namespace {

std::string_view what_became(const CodeNote* note)
{
    if (!note || note->kind == CodeKind::error) return "failed";
    return note->kind == CodeKind::skip ? "skipped" : "held back";
}

}  // namespace

void print_note(const CodeNote* note, std::size_t margin)
{
    const std::string blank(margin, ' ');
    if (!note) {
        fmt::print("{}This code is not explained here.\n", blank);
        return;
    }
    fmt::print("{}{}\n{}{}", blank, note->meaning, blank, note->remedy);
    fmt::print("{}\n", note->kind == CodeKind::error ? fmt::format("  Tried again: {}.", note->retried) : std::string());
}

void CodeLegend::print(const Terminal& out, std::span<const CodeNote> notes) const
{
    struct Row { const std::string* code; std::uint64_t count; const CodeNote* note; };
    std::vector<Row> rows;
    for (const auto& [code, count] : counts_) rows.push_back({&code, count, find_code(notes, code)});
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
        const auto skip = [](const Row& row) { return row.note && row.note->kind == CodeKind::skip; };
        return skip(a) != skip(b) ? skip(b) : a.count > b.count;
    });
    for (const Row& row : rows) {
        fmt::print("{} ({}, {})\n", out.paint(Colour::bold, *row.code), counted(row.count, "time"), what_became(row.note));
        print_note(row.note, 4);
    }
}

}  // namespace provsim
