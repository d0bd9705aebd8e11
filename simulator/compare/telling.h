// SPDX-License-Identifier: Apache-2.0
// One run, read for what it says about each identity. Private to this room.
#pragma once

#include "compare/compare.h"
#include "compare/gist.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace provsim {

class Telling {
public:
    static constexpr std::size_t beginning = SIZE_MAX;      // the cause of what was sent before any change

    explicit Telling(const Side& side);

    const Side& side() const noexcept { return side_; }
    // Ascending numbers of exchanges, entries and changes that are about it.
    const std::vector<std::size_t>& exchanges(const std::string& identity) const { return numbers(exchanges_, identity); }
    const std::vector<std::size_t>& entries(const std::string& identity) const { return numbers(entries_, identity); }
    // Changes that concern it, and those for which something was sent about it (a group's member who was disabled).
    std::vector<std::size_t> changes(const std::string& identity) const;
    std::vector<std::string> identities() const;

    // Of the changes that a task had seen, the latest that is about just this (the member in this group, the user himself), unless
    // such a task came of it before; else the latest that concerns its object or its member; else the beginning.
    std::size_t cause_of_exchange(std::size_t exchange) const { return causes_[exchange]; }
    std::size_t cause_of_entry(std::size_t entry) const { return entry_causes_[entry]; }
    const SentLine& line(std::size_t exchange) const { return lines_[exchange]; }
    EndState end(const std::string& identity) const;

private:
    using Numbers = std::map<std::string, std::vector<std::size_t>>;
    static const std::vector<std::size_t>& numbers(const Numbers& all, const std::string& identity);

    void learn_ids();
    void sort_by_identity();
    void join_members();
    void find_causes_of_entries();
    void find_causes();
    void tell_lines();
    using Fits = std::function<bool(std::size_t)>;          // a change, by its number
    std::size_t latest(const std::string& identity, const Fits& fits) const;
    std::size_t latest(const std::string& object, const std::string& other, const Fits& fits) const;

    const Side& side_;
    TargetIds ids_;
    Numbers exchanges_, entries_, changes_;
    std::vector<std::vector<std::string>> concerned_;       // by change
    std::vector<std::size_t> entry_causes_, causes_;        // by entry, by exchange
    std::vector<std::optional<std::size_t>> entry_of_;      // by exchange: the entry its task ended in
    std::vector<SentLine> lines_;
};

}  // namespace provsim
