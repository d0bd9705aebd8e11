// SPDX-License-Identifier: Apache-2.0
// diff, for people: identity by identity in two columns, and a summary.
#include "app/diff_forms.h"
#include "app/narrator.h"

#include <fmt/format.h>

#include <algorithm>

namespace provsim {

namespace {

constexpr std::size_t ticket = 100;         // columns where there is no terminal

std::string clock(Duration since_start)
{
    return "T+" + format_elapsed(std::chrono::floor<seconds>(since_start));
}

// To the second, as people compare them; what is shorter than that is told as it is.
std::string length(Duration took)
{
    return format_duration(took >= seconds{1} ? std::chrono::round<seconds>(took) : took);
}

std::size_t shown(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

struct CellLine {
    std::string text;
    Colour colour = Colour::plain;
};
using Cell = std::vector<CellLine>;

class Page {
public:
    Page(const Terminal& out, const BothSides& sides, const Comparison& comparison, const DiffSelection& selection)
        : out_(out), sides_(sides), comparison_(comparison), selection_(selection), width_(out.interactive() ? out.columns() : ticket), column_((width_ - 2 - 3) / 2)
    {
        ascii_ = out.symbols().rule == "-";
    }

    void print() const
    {
        heading();
        std::size_t alike = 0;
        for (const IdentityComparison& each : comparison_.identities) {
            if (is_selected(each, selection_)) identity(each);
            else ++alike;
        }
        if (!selection_.identity.empty()) return;
        if (alike > 0) fmt::print("\n{}: nothing differs (--all shows them)\n", counted(alike, "more identity", "more identities"));
        summary();
    }

private:
    const std::string& label(std::size_t s) const { return sides_[s].label; }
    std::string_view bar() const { return ascii_ ? " | " : " \u2502 "; }
    std::string_view ellipsis() const { return ascii_ ? "..." : "\u2026"; }

    std::string cut(std::string_view text, std::size_t columns) const
    {
        if (shown(text) <= columns) return std::string(text);
        const std::size_t keep = columns - shown(ellipsis());
        std::size_t end = 0;
        for (std::size_t n = 0; end < text.size(); ++end) {
            if ((static_cast<unsigned char>(text[end]) & 0xC0) != 0x80 && n++ == keep) break;
        }
        return std::string(text.substr(0, end)) + std::string(ellipsis());
    }

    void heading() const
    {
        for (std::size_t s = 0; s < 2; ++s) {
            const RecordedSide& side = sides_[s];
            const SideTotals& totals = comparison_.totals[s];
            const std::string name = side.label == side.profile ? side.label : side.label + "  " + side.profile;
            fmt::print("{}  {}\n", out_.paint(Colour::bold, pad(name, std::max(shown(name), std::size_t{9}))),
                       fmt::format("{}: {}, {} in {} virtual{}", side.file, counted(totals.requests, "request"), counted(totals.writes, "write"), length(side.length),
                                   side.finished ? "" : "; the run did not come to its end"));
        }
        if (sides_[0].scenario != sides_[1].scenario)
            fmt::print("The runs tell different stories, \"{}\" and \"{}\"; changes are brought together by their words.\n", sides_[0].scenario, sides_[1].scenario);
    }

    void identity(const IdentityComparison& each) const
    {
        fmt::print("\n{}{}\n", out_.paint(Colour::bold, each.identity), each.name.empty() ? "" : "  " + each.name);
        std::size_t alike = 0;
        bool labelled = false;
        for (const Episode& episode : each.episodes) {
            if (!selection_.all && selection_.identity.empty() && !episode.differs) {
                ++alike;
                continue;
            }
            if (!std::exchange(labelled, true)) row({label(0), Colour::dim}, {label(1), Colour::dim});
            this->episode(episode);
        }
        if (alike > 0) fmt::print("  and {} alike in both\n", counted(alike, "episode"));
        if (each.end[0] != each.end[1]) fmt::print("  at the end: {} {}, {} {}\n", label(0), to_string(each.end[0]), label(1), to_string(each.end[1]));
        else if (!selection_.identity.empty()) fmt::print("  at the end: {} in both\n", to_string(each.end[0]));
    }

    void episode(const Episode& episode) const
    {
        const auto& [a, b] = episode.parts;
        std::string when = a.at && b.at && *a.at != *b.at ? fmt::format("{} {}, {} {}", label(0), clock(*a.at), label(1), clock(*b.at)) : clock(a.at ? *a.at : b.at.value_or(Duration{0}));
        if (!a.at || !b.at) when += fmt::format(", in {} only", label(a.at ? 0 : 1));
        const std::string what = episode.change.empty() ? std::string("at first") : fmt::format("{}  {}", when, episode.change);
        fmt::print("{} {}\n", out_.paint(Colour::cyan, out_.symbols().change), cut(what, width_ - 2));

        const Cell left = cell(a), right = cell(b);
        for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) row(i < left.size() ? left[i] : CellLine{}, i < right.size() ? right[i] : CellLine{});
        for (const std::string& line : wrap(verdict(episode), width_ - 4)) fmt::print("    {}\n", line);
    }

    void row(const CellLine& left, const CellLine& right) const
    {
        const std::string end = right.text.empty() ? "" : out_.paint(right.colour, right.text);
        fmt::print("  {}{}{}\n", out_.paint(left.colour, pad(left.text, column_)), right.text.empty() ? bar().substr(0, bar().size() - 1) : bar(), end);
    }

    Cell cell(const EpisodePart& part) const
    {
        Cell cell;
        for (std::size_t i = 0; i < part.lines.size();) {
            const SentLine& line = part.lines[i];
            std::size_t times = 1;
            while (i + times < part.lines.size() && line.like(part.lines[i + times])) ++times;
            i += times;
            request(line, times, cell);
        }
        return cell;
    }

    void request(const SentLine& line, std::size_t times, Cell& cell) const
    {
        const bool fine = line.status >= 200 && line.status < 300;
        const Colour colour = !fine ? Colour::red : is_write(line.method) ? Colour::plain : Colour::dim;
        const std::string status = line.status == 0 ? std::string("---") : std::to_string(line.status);
        std::string head = fmt::format("{:<9} {:<6} {:>3} ", clock(line.sent), to_string(line.method), status);
        std::string tail = times > 1 ? fmt::format(" x{}", times) : "";
        if (line.on_demand) tail += " (pushed)";
        const std::size_t rest = column_ - head.size() - tail.size();
        cell.push_back({head + cut(readable_target(line.path), rest) + tail, colour});

        std::string more = line.gist;
        if (line.failure != Failure::none) more += fmt::format("{}{}", more.empty() ? "" : "; ", to_string(line.failure));
        if (more.empty()) return;
        constexpr std::size_t margin = 4, most = 3;
        auto lines = wrap(more, column_ - margin);
        if (lines.size() > most) {
            lines.resize(most);
            lines.back() = wrap(lines.back(), column_ - margin - shown(ellipsis()) - 1).front() + " " + std::string(ellipsis());
        }
        for (const std::string& each : lines) cell.push_back({pad("", margin) + each, colour});
    }

    std::string arrival(std::size_t s, const EpisodePart& part) const
    {
        if (!part.at) return {};
        if (!part.took()) return label(s) + (part.lines.empty() ? " sends nothing" : " writes nothing");
        return fmt::format("{} {}{}", label(s), length(*part.took()), part.with_next ? " with the next change" : "");
    }

    // "okta 3 s, entra 28 min 41 s: entra later by 28 min 38 s"
    std::string verdict(const Episode& episode) const
    {
        const auto& [a, b] = episode.parts;
        if (a.with_next && b.with_next) return fmt::format("{} in both runs with the next change", ascii_ ? "->" : "\u2192");
        const std::string left = arrival(0, a), right = arrival(1, b);
        std::string text = fmt::format("{} {}{}{}", ascii_ ? "->" : "\u2192", left, left.empty() || right.empty() ? "" : ", ", right);
        const auto x = a.took(), y = b.took();
        if (!x || !y) return text;
        const Duration apart = std::chrono::abs(*x - *y);
        if (apart < same_arrival) return text + ": at the same time";
        return text + fmt::format(": {} later by {}", label(*y > *x ? 1 : 0), length(apart));
    }

    // --- summary ---------------------------------------------------------------------------------------------------

    void line(std::string_view name, std::string_view a, std::string_view b) const
    {
        constexpr std::size_t names = 30;
        const std::size_t column = (width_ - names) / 2;
        auto left = wrap(a, column - 2), right = wrap(b, column - 2);
        const std::size_t rows = std::max(left.size(), right.size());
        left.resize(rows);
        right.resize(rows);
        for (std::size_t i = 0; i < rows; ++i) {
            std::string text = pad(i == 0 ? name : "", names) + pad(left[i], column) + right[i];
            text.erase(text.find_last_not_of(' ') + 1);
            fmt::print("{}\n", text);
        }
    }

    template <class Text>
    void both(std::string_view name, Text text) const
    {
        line(name, text(comparison_.totals[0]), text(comparison_.totals[1]));
    }

    std::string named(std::array<bool, 2> sent) const
    {
        std::string names;
        std::size_t n = 0;
        for (const IdentityComparison& each : comparison_.identities)
            if (each.sent == sent && ++n <= 4) names += (n == 1 ? ": " : ", ") + each.identity;
        return grouped(n) + names + (n > 4 ? fmt::format(" and {} more", n - 4) : "");
    }

    void summary() const
    {
        std::string rule;
        for (std::size_t i = 0; i < width_; ++i) rule += out_.symbols().rule;
        fmt::print("\n{}\n", rule);
        const auto count = [&](std::array<bool, 2> sent) {
            return std::count_if(comparison_.identities.begin(), comparison_.identities.end(), [&](const IdentityComparison& each) { return each.sent == sent; });
        };
        line("", label(0), label(1));
        line("identities in both", grouped(static_cast<std::size_t>(count({true, true}))), "");
        line("in one only", named({true, false}), named({false, true}));
        both("requests", [](const SideTotals& t) { return grouped(t.requests); });
        for (const Method method : {Method::get, Method::post, Method::put, Method::patch, Method::delete_}) {
            const auto i = static_cast<std::size_t>(method);
            if (comparison_.totals[0].by_method[i] + comparison_.totals[1].by_method[i] == 0) continue;
            both(fmt::format("  {}", to_string(method)), [i](const SideTotals& t) { return grouped(t.by_method[i]); });
        }
        both("  about no identity", [](const SideTotals& t) { return grouped(t.about_nobody); });
        both("  refused or lost", [](const SideTotals& t) { return grouped(t.refused); });
        both("writes", [](const SideTotals& t) { return grouped(t.writes); });
        both("first load done after", [](const SideTotals& t) { return t.first_load ? length(*t.first_load) : std::string("-"); });
        both("changes that arrived", [](const SideTotals& t) { return fmt::format("{} of {}", grouped(t.arrived), grouped(t.changes)); });
        both("  after, median", [](const SideTotals& t) { return t.median ? length(*t.median) : std::string("-"); });
        both("  after, at worst", [this](const SideTotals& t) { return t.worst ? fmt::format("{} ({})", length(*t.worst), cut(t.worst_change, 40)) : std::string("-"); });
        ends();
        if (sides_[0].record != "full" || sides_[1].record != "full")
            fmt::print("\nWhat was written is told by the provisioning log where bodies were not recorded; --record full keeps them.\n");
    }

    void ends() const
    {
        for (const EndState state : {EndState::in_app, EndState::inactive, EndState::deleted, EndState::never}) {
            const auto i = static_cast<std::size_t>(state);
            const auto text = [i](const SideTotals& t) { return fmt::format("{}, {}", counted(t.ends[0][i], "user"), counted(t.ends[1][i], "group")); };
            const auto none = [i](const SideTotals& t) { return t.ends[0][i] + t.ends[1][i] == 0; };
            if (!none(comparison_.totals[0]) || !none(comparison_.totals[1])) both(fmt::format("at the end {}", to_string(state)), text);
        }
    }

    const Terminal& out_;
    const BothSides& sides_;
    const Comparison& comparison_;
    const DiffSelection& selection_;
    std::size_t width_, column_;
    bool ascii_ = false;
};

}  // namespace

void print_comparison(const Terminal& out, const BothSides& sides, const Comparison& comparison, const DiffSelection& selection)
{
    Page(out, sides, comparison, selection).print();
}

}  // namespace provsim
