// SPDX-License-Identifier: Apache-2.0
// profile: what is known of a provider, with where it is known from.
#include "app/profile.h"
#include "app/story.h"
#include "app/terminal.h"
#include "app/verbs.h"
#include "model/nearest.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>

namespace provsim {

namespace {

using Json = nlohmann::ordered_json;

// --- for scripts ---------------------------------------------------------------------------------------------------

Json json_of(const ProfileLine& line)
{
    Json row{{"group", line.group}, {"name", line.name}, {"value", line.value}, {"about", line.about}, {"evidence", line.evidence}, {"source", line.source}};
    if (line.differs()) row["usual"] = line.usual;
    if (!line.rule) {
        row["simulated"] = line.simulated;
        return row;
    }
    row["default"] = line.rule->default_value;
    if (!line.rule->choices.empty()) row["choices"] = std::vector<std::string>(line.rule->choices.begin(), line.rule->choices.end());
    else row["minimum"] = line.rule->minimum, row["maximum"] = line.rule->maximum;
    return row;
}

Json json_of(const Flavour& flavour, const std::vector<ProfileLine>& lines, const Scenario* scenario)
{
    Json document{{"name", flavour.name}, {"title", flavour.title}, {"facts", Json::array()}, {"settings", Json::array()}, {"mappings", Json::object()}};
    for (const ProfileLine& line : lines) document[line.rule ? "settings" : "facts"].push_back(json_of(line));
    for (const MappingLine& line : mapping_lines(flavour, scenario))
        document["mappings"][std::string(line.table)].push_back({{"target", line.target}, {"source", line.source}, {"matching", line.matching}, {"caseExact", line.case_exact}});
    return document;
}

// --- for people ----------------------------------------------------------------------------------------------------

// "true, or false"; "1, from 1 to 100"; "send instead of ignore"
std::string value_text(const ProfileLine& line)
{
    std::string text = line.value;
    if (line.differs()) text += " instead of " + line.usual;
    if (!line.simulated) text += " (not simulated)";
    if (!line.rule) return text;
    const bool numbers = line.rule->minimum != 0 || line.rule->maximum != 0;
    if (line.rule->choices.empty()) return numbers ? text + fmt::format(", from {} to {}", line.rule->minimum, line.rule->maximum) : text;
    for (const std::string_view choice : line.rule->choices)
        if (choice != line.value && choice != line.usual) text += ", or " + std::string(choice);
    return text;
}

// Rows of cells of which each may take several lines. On a narrow terminal the source stands below the value.
class Table {
public:
    explicit Table(const Terminal& out) : out_(out), stacked_(out.columns() < 110)
    {
        const std::size_t rest = out.columns() - margin - name_ - evidence_ - 2 * gap;
        value_ = stacked_ ? rest - gap : (rest - gap) / 2;
        source_ = stacked_ ? rest + evidence_ : rest - gap - value_;
    }

    void heading(std::string_view text) const { fmt::print("\n{}\n", out_.paint(Colour::bold, capital(text))); }

    void row(bool marked, std::string_view name, std::string_view value, std::string_view evidence, std::string_view source) const
    {
        const auto names = wrap(name, name_), values = wrap(value, value_), sources = wrap(source, source_);
        const Colour bright = marked ? Colour::yellow : Colour::bold;
        const auto cell = [](const std::vector<std::string>& lines, std::size_t i) { return i < lines.size() ? std::string_view(lines[i]) : std::string_view{}; };
        for (std::size_t i = 0; i < std::max({names.size(), values.size(), stacked_ ? 0 : sources.size()}); ++i) {
            std::string line = pad(i == 0 && marked ? "*" : "", margin) + painted(bright, cell(names, i), name_ + gap) + pad(cell(values, i), value_ + gap);
            line += painted(colour(evidence), i == 0 ? evidence : std::string_view{}, evidence_ + gap);
            if (!stacked_) line += painted(Colour::dim, cell(sources, i), 0);
            line.erase(line.find_last_not_of(' ') + 1);
            fmt::print("{}\n", line);
        }
        if (!stacked_) return;
        for (const std::string& line : sources) fmt::print("{}{}\n", pad("", margin + name_ + gap), out_.paint(Colour::dim, line));
    }

    // A sentence about the row above.
    void remark(std::string_view text) const
    {
        for (const std::string& line : wrap(text, out_.columns() - margin - 2)) fmt::print("{}{}\n", pad("", margin + 2), out_.paint(Colour::dim, line));
    }

private:
    static constexpr std::size_t margin = 2, gap = 2, name_ = 24, evidence_ = 10;
    std::string painted(Colour colour, std::string_view text, std::size_t columns) const
    {
        const std::string plain = pad(text, columns);
        return text.empty() ? plain : out_.paint(colour, text) + plain.substr(text.size());
    }
    static std::string capital(std::string_view text)
    {
        std::string out(text);
        if (out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 'a' + 'A');
        return out;
    }
    static Colour colour(std::string_view evidence) { return evidence == "documented" ? Colour::green : evidence == "assumed" ? Colour::yellow : Colour::cyan; }

    const Terminal& out_;
    bool stacked_;
    std::size_t value_, source_;
};

std::string counted_by_evidence(const std::vector<ProfileLine>& lines)
{
    std::string text;
    for (const std::string_view evidence : {"documented", "staff", "observed", "assumed"}) {
        const auto count = std::count_if(lines.begin(), lines.end(), [&](const ProfileLine& line) { return line.evidence == evidence; });
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, evidence);
    }
    return text;
}

void print(const Flavour& flavour, const std::vector<ProfileLine>& lines, const Scenario* scenario, const Terminal& out)
{
    fmt::print("{} ({}): {}\n", out.paint(Colour::bold, flavour.title), flavour.name, counted_by_evidence(lines));
    if (scenario) fmt::print("as in {}; * marks what differs from the default\n", scenario->file);
    const Table table(out);
    std::string_view group;
    for (const ProfileLine& line : lines) {
        if (line.group != group) table.heading(line.group);
        group = line.group;
        table.row(line.differs(), line.name, value_text(line), line.evidence, line.source);
        if (line.rule) table.remark(line.about);
    }
    std::string_view mapping;
    for (const MappingLine& line : mapping_lines(flavour, scenario)) {
        if (line.table != mapping) table.heading(fmt::format("{}mapping of {}", scenario ? "" : "default ", line.table));
        mapping = line.table;
        std::string note = line.matching > 0 ? fmt::format("   matched by, {}.", line.matching) : std::string();
        if (line.case_exact) note += "   case counts";
        fmt::print("  {}{}\n", pad(line.target + "  ", 38), line.source + note);
    }
    fmt::print("\nOne of them in full: provsim profile show {}#{}\n", flavour.name, lines.front().name);
}

void print_one(const Flavour& flavour, const ProfileLine& line, const Terminal& out)
{
    fmt::print("{}  {}\n", out.paint(Colour::bold, fmt::format("{}#{}", flavour.name, line.name)), line.group);
    for (const std::string& text : wrap(value_text(line), out.columns() - 2)) fmt::print("  {}\n", text);
    if (line.rule) fmt::print("  default   {}\n", line.rule->default_value);
    fmt::print("\n");
    for (const std::string& text : wrap(line.about, out.columns() - 2)) fmt::print("  {}\n", text);
    fmt::print("\n  evidence  {}: {}\n  source    {}\n", line.evidence, evidence_in_words(line.evidence), line.source);
}

Problem unknown_profile(const std::string& name)
{
    std::vector<std::string_view> known;
    for (const Flavour& flavour : flavours()) known.push_back(flavour.name);
    const std::string near = nearest(name, known);
    return {Severity::error, "profile", fmt::format("there is no provider \"{}\"", name),
            near.empty() ? fmt::format("there are {}", fmt::join(known, ", ")) : fmt::format("did you mean \"{}\"?", near), {}};
}

Problem unknown_line(const Flavour& flavour, const std::vector<ProfileLine>& lines, const std::string& name)
{
    Nearest search(name);
    for (const ProfileLine& line : lines) search.offer(line.name);
    return {Severity::error, "profile", fmt::format("nothing is called \"{}\" in the profile {}", name, flavour.name),
            search.best().empty() ? fmt::format("provsim profile show {} lists all", flavour.name) : fmt::format("did you mean {}#{}?", flavour.name, search.best()), {}};
}

}  // namespace

ExitCode profile_list_verb(const GlobalOptions& global)
{
    Json all = Json::array();
    for (const Flavour& flavour : flavours()) {
        if (global.json) all.push_back({{"name", flavour.name}, {"title", flavour.title}, {"facts", flavour.facts.size()}, {"settings", flavour.settings.size()}});
        else fmt::print("{}  {}  {}, {}\n", pad(flavour.name, 12), pad(flavour.title, 24), counted(flavour.facts.size(), "fact"), counted(flavour.settings.size(), "setting"));
    }
    if (global.json) fmt::print("{}\n", all.dump(2));
    return ExitCode::ok;
}

ExitCode profile_show_verb(const ProfileOptions& options, const GlobalOptions& global)
{
    const auto hash = std::min(options.what.find('#'), options.what.size());
    const std::string name = options.what.substr(0, hash);
    const Flavour* flavour = find_flavour(name);
    if (!flavour) return report_problems({unknown_profile(name)});

    std::optional<Scenario> scenario;
    if (!options.scenario.empty()) {
        RunOptions run;
        run.target = "sandbox";     // only the provider is wanted: secrets of a target need not be set
        auto loaded = load_for_run(options.scenario, run);
        if (!loaded) return report_problems(loaded.problems());
        scenario.emplace(std::move(loaded).value());
        if (scenario->provider.profile != name)
            return report_problems({{Severity::error, "profile", fmt::format("the provider of this scenario is {}, not {}", scenario->provider.profile, name), "", scenario->provider.place}});
    }
    const std::vector<ProfileLine> lines = profile_lines(*flavour, scenario ? &*scenario : nullptr);
    const Terminal out(stdout, global.colour, global.ascii);
    if (hash == options.what.size()) {
        if (global.json) fmt::print("{}\n", json_of(*flavour, lines, scenario ? &*scenario : nullptr).dump(2));
        else print(*flavour, lines, scenario ? &*scenario : nullptr, out);
        return ExitCode::ok;
    }
    const std::string wanted = options.what.substr(hash + 1);
    const auto line = std::find_if(lines.begin(), lines.end(), [&](const ProfileLine& l) { return l.name == wanted; });
    if (line == lines.end()) return report_problems({unknown_line(*flavour, lines, wanted)});
    if (global.json) fmt::print("{}\n", json_of(*line).dump(2));
    else print_one(*flavour, *line, out);
    return ExitCode::ok;
}

}  // namespace provsim
