// SPDX-License-Identifier: Apache-2.0
#include "tests/house_rules/rules.h"

#include <map>

namespace provsim::house {
namespace {

// The name that a line at the left margin begins to define as a type; empty if it defines none. Declarations ("class A;",
// "enum class A : int;") and members of named types ("struct A::B {") define none.
std::string_view defined_type(std::string_view line)
{
    for (const std::string_view key : {"struct ", "class ", "enum class "}) {
        if (!line.starts_with(key)) continue;
        const std::string_view rest = line.substr(key.size());
        const auto end = rest.find_first_of(" :;{<");
        if (end == 0 || end == std::string_view::npos || line.back() == ';' || rest.substr(end).starts_with("::")) return {};
        return rest.substr(0, end);
    }
    return {};
}

}  // namespace

Violations check_names(const std::vector<Source>& sources)
{
    Violations out;
    std::map<std::string, std::string> homes;
    for (const auto& source : sources) {
        if (!is_cpp(source) || source.path.starts_with("tests/") || source.path.starts_with("bench/")) continue;
        std::vector<std::string> within;
        for (std::size_t i = 0; i < source.code.size(); ++i) {
            const std::string& line = source.code[i];
            if (line.starts_with("namespace ") && line.find('{') != std::string::npos) within.push_back(line.substr(10, line.find('{') - 10));
            else if (line.starts_with("}") && source.lines[i].find("// namespace") != std::string::npos && !within.empty()) within.pop_back();
            const std::string_view type = defined_type(line);
            if (type.empty()) continue;
            std::string name;
            bool private_to_file = false;
            for (const std::string& space : within) {
                private_to_file |= space.empty();
                name += space + "/";
            }
            if (private_to_file) continue;
            name += type;
            const auto [home, is_new] = homes.emplace(name, source.path);
            if (!is_new && home->second != source.path)
                out.push_back(at(source, i, "defines " + std::string(type) + ", which " + home->second + " defines too: the linker would take one for the other"));
        }
    }
    return out;
}

}  // namespace provsim::house
