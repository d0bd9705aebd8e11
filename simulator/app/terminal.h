// SPDX-License-Identifier: Apache-2.0
// Where text for people goes: whether to colour it, and which symbols it can show.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace provsim {

enum class Colour : unsigned char { plain, bold, dim, green, red, yellow, cyan };
enum class ColourWhen : unsigned char { automatic, always, never };

// One output stream. Colour is decided per stream: --color, then NO_COLOR, CLICOLOR_FORCE, TERM=dumb, then whether it is a terminal.
// Colour never carries meaning alone: every state has a symbol, and words where it matters.
class Terminal {
public:
    Terminal(std::FILE* stream, ColourWhen when, bool ascii);

    void line(std::string_view text);                                   // with a newline; clears a progress line first
    void progress(std::string_view text);                               // overwritten by what comes next; only on a terminal
    std::string paint(Colour colour, std::string_view text) const;
    bool interactive() const noexcept { return interactive_; }
    std::size_t columns() const noexcept;                               // of tables: as wide as the terminal, from 80 to 120; 120 elsewhere

    struct Symbols { std::string_view ok, fail, skip, warn, cycle, change, idle, rule, dot; };
    const Symbols& symbols() const noexcept;

private:
    std::FILE* stream_;
    bool interactive_, colour_, ascii_;
    bool progress_shown_ = false;
};

// Pads with blanks to `columns`, counting code points, never cutting.
std::string pad(std::string_view text, std::size_t columns);
// Lines of at most `columns`, broken at blanks, or within a word that is longer than a line.
std::vector<std::string> wrap(std::string_view text, std::size_t columns);
// "12,345"
std::string grouped(unsigned long long number);
// "1 request", "2 requests"
std::string counted(unsigned long long number, std::string_view singular, std::string_view plural = {});

}  // namespace provsim
