// SPDX-License-Identifier: Apache-2.0
#include "tests/house_rules/rules.h"

#include <array>
#include <charconv>
#include <set>
#include <sstream>

namespace provsim::house {
namespace {

// The number that `text` begins with; 0 if it begins with none.
unsigned number_at(std::string_view text)
{
    unsigned number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

bool says_its_evidence(std::string_view text)
{
    if (text.find("Evidence:") == std::string_view::npos) return false;
    constexpr std::array<std::string_view, 6> words{"documented", "observed", "inferred", "staff", "disputed", "setting"};
    for (const auto word : words)
        if (text.find(word) != std::string_view::npos) return true;
    return false;
}

// "Entra assertion 5 (" in a line with TEST_CASE.
unsigned named_in(std::string_view line, const std::string& name)
{
    const auto at = line.find(name);
    if (at == std::string_view::npos || line.find("TEST_CASE(") == std::string_view::npos) return 0;
    const auto digits = line.substr(at + name.size());
    const unsigned number = number_at(digits);
    return number > 0 && digits.find(" (") == std::to_string(number).size() ? number : 0;
}

// "# Okta assertion 5: ..." as the first line of a transcript.
unsigned told_by(std::string_view transcript, const std::string& name)
{
    const std::string head = "# " + name;
    return transcript.starts_with(head) ? number_at(transcript.substr(head.size())) : 0;
}

}  // namespace

Violations check_assertions(const Dossier& dossier, const std::map<std::string, std::string>& scenarios, const std::vector<std::string>& transcripts,
                            const std::vector<Source>& sources, std::string_view missing)
{
    Violations out;
    const std::string phrase = std::string(dossier.vendor) + " assertion ";
    std::set<unsigned> tested, excused;
    for (const auto& [file, text] : scenarios) {
        const unsigned number = file.size() > 4 && file[0] == 'a' ? number_at(file.substr(1)) : 0;
        const std::string tag = file.substr(0, 3);
        if (number == 0 || number > dossier.last || file.find('-') > 4) {
            out.push_back(file + ": is named a01-..., or a01b-... for another value of a setting, with the number of its assertion");
            continue;
        }
        tested.insert(number);
        if (text.find("name: \"" + phrase + std::to_string(number) + " (") == std::string::npos)
            out.push_back(file + ": has no name \"" + phrase + std::to_string(number) + " (...\"");
        if (text.find(tag + "]") == std::string::npos && text.find(tag + ", ") == std::string::npos) out.push_back(file + ": has no tag " + tag);
        if (!says_its_evidence(text)) out.push_back(file + ": its description does not say the evidence");
    }
    for (const Source& source : sources)
        if (source.path.starts_with("tests/"))
            for (const std::string& line : source.lines)
                if (const unsigned number = named_in(line, phrase); number > 0) tested.insert(number);

    for (const std::string& transcript : transcripts)
        if (const unsigned number = told_by(transcript, phrase); number > 0) tested.insert(number);

    std::istringstream lines{std::string(missing)};
    for (std::string line; std::getline(lines, line);)
        if (const unsigned number = number_at(line); number > 0) excused.insert(number);
    for (unsigned number = 1; number <= dossier.last; ++number) {
        if (!tested.count(number) && !excused.count(number)) out.push_back("assertion " + std::to_string(number) + " of " + std::string(dossier.vendor) + " has no scenario and no test");
        if (tested.count(number) && excused.count(number)) out.push_back("assertion " + std::to_string(number) + " of " + std::string(dossier.vendor) + " is tested; take it out of the list of those missing");
    }
    return out;
}

}  // namespace provsim::house
