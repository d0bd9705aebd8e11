// SPDX-License-Identifier: Apache-2.0
// What the codes of a log mean and what to do about them, each once.
#pragma once

#include "app/terminal.h"
#include "connectors/codes.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>

namespace provsim {

// How often each code occurred among failures and skips.
class CodeLegend {
public:
    void count(const std::string& code)
    {
        if (!code.empty()) ++counts_[code];
    }
    bool empty() const noexcept { return counts_.empty(); }
    // Errors first, the most frequent of each kind first.
    void print(const Terminal& out, std::span<const CodeNote> notes) const;

private:
    std::map<std::string, std::uint64_t> counts_;
};

// "It happened." and "Do this.  Tried again: next cycle", two lines behind a margin; one line if the code is not known.
void print_note(const CodeNote* note, std::size_t margin);

}  // namespace provsim
