// SPDX-License-Identifier: Apache-2.0
#include "app/terminal.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <sys/ioctl.h>
#include <unistd.h>

namespace provsim {

namespace {

bool set(const char* name)
{
    const char* value = std::getenv(name);
    return value && *value && std::strcmp(value, "0") != 0;
}

bool wants_colour(ColourWhen when, bool interactive)
{
    if (when != ColourWhen::automatic) return when == ColourWhen::always;
    if (set("NO_COLOR")) return false;
    if (set("CLICOLOR_FORCE") || set("FORCE_COLOR")) return true;
    const char* term = std::getenv("TERM");
    return interactive && term && std::strcmp(term, "dumb") != 0;
}

constexpr Terminal::Symbols unicode{"✓", "✗", "–", "!", "●", "◆", "⋯", "─", "·"};
constexpr Terminal::Symbols plain{"ok", "FAIL", "skip", "warn", "*", "+", "...", "-", "|"};

}  // namespace

Terminal::Terminal(std::FILE* stream, ColourWhen when, bool ascii)
    : stream_(stream), interactive_(isatty(fileno(stream)) != 0), colour_(wants_colour(when, interactive_)), ascii_(ascii)
{
}

const Terminal::Symbols& Terminal::symbols() const noexcept
{
    return ascii_ ? plain : unicode;
}

std::size_t Terminal::columns() const noexcept
{
    constexpr std::size_t narrowest = 80, widest = 120;
    winsize size{};
    if (!interactive_ || ioctl(fileno(stream_), TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return widest;
    return std::clamp<std::size_t>(size.ws_col, narrowest, widest);
}

void Terminal::line(std::string_view text)
{
    if (progress_shown_) std::fputs("\r\033[K", stream_);
    progress_shown_ = false;
    std::fwrite(text.data(), 1, text.size(), stream_);
    std::fputc('\n', stream_);
}

void Terminal::progress(std::string_view text)
{
    if (!interactive_) return;
    fmt::print(stream_, "\r\033[K{}", text);
    std::fflush(stream_);
    progress_shown_ = true;
}

std::string Terminal::paint(Colour colour, std::string_view text) const
{
    if (!colour_ || colour == Colour::plain) return std::string(text);
    const char* code = "0";
    switch (colour) {
    case Colour::plain: break;
    case Colour::bold: code = "1"; break;
    case Colour::dim: code = "2"; break;
    case Colour::green: code = "32"; break;
    case Colour::red: code = "31"; break;
    case Colour::yellow: code = "33"; break;
    case Colour::cyan: code = "36"; break;
    }
    return fmt::format("\033[{}m{}\033[0m", code, text);
}

std::string pad(std::string_view text, std::size_t columns)
{
    std::size_t shown = 0;
    for (const char c : text) shown += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    std::string out(text);
    if (shown < columns) out.append(columns - shown, ' ');
    return out;
}

std::vector<std::string> wrap(std::string_view text, std::size_t columns)
{
    std::vector<std::string> lines;
    while (text.size() > columns) {
        auto end = text.rfind(' ', columns);
        auto next = end + 1;
        if (end == std::string_view::npos || end == 0) {
            // A word as long as a line: behind a hyphen if it has one, else anywhere but within a character.
            end = text.rfind('-', columns - 1);
            end = end == std::string_view::npos || end == 0 ? columns : end + 1;
            while (end > 1 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
            next = end;
        }
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(next);
    }
    lines.emplace_back(text);
    return lines;
}

std::string grouped(unsigned long long number)
{
    std::string digits = std::to_string(number);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) digits.insert(static_cast<std::size_t>(at), 1, ',');
    return digits;
}

std::string counted(unsigned long long number, std::string_view singular, std::string_view plural)
{
    if (number == 1) return fmt::format("1 {}", singular);
    return plural.empty() ? fmt::format("{} {}s", grouped(number), singular) : fmt::format("{} {}", grouped(number), plural);
}

}  // namespace provsim
