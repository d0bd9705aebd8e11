// SPDX-License-Identifier: Apache-2.0
#include "compare/compare.h"

namespace provsim {
namespace {

std::string_view word(std::string_view& text)
{
    const auto begin = std::min(text.find_first_not_of(", "), text.size());
    text.remove_prefix(begin);
    const auto end = std::min(text.find_first_of(", "), text.size());
    const auto found = text.substr(0, end);
    text.remove_prefix(end);
    return found;
}

std::string named(std::string_view kind, std::string_view name)
{
    const bool whole = name.substr(0, 5) == "user:" || name.substr(0, 6) == "group:";
    return whole ? std::string(name) : std::string(kind) + ":" + std::string(name);
}

}  // namespace

std::vector<std::string> concerned(std::string_view change)
{
    std::vector<std::string> about;
    const std::string_view verb = word(change), object = word(change);
    if (object.empty()) return about;
    about.push_back(named(verb.substr(0, 5) == "group" ? "group" : "user", object));
    const std::string_view arrow = word(change);
    if (verb.substr(0, 5) != "group" || (arrow != "<-" && arrow != "->")) return about;
    while (!change.empty()) {
        const std::string_view member = word(change);
        if (member == "and") break;         // "and 7 more"
        if (!member.empty()) about.push_back(named("user", member));
    }
    return about;
}

}  // namespace provsim
