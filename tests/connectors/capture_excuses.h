// SPDX-License-Identifier: Apache-2.0
// Which captures Entra's defaults do not send, why, and which settings make them: tests/captures/not_by_default.txt.
#pragma once

#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace provsim::test {

// A line of not_by_default.txt: "name: why", or "name [setting value, setting value]: why".
// A setting may be a mapping: "map nickName [mailNickname]". With "operations only" the envelope is not as it was seen.
struct Excuse {
    std::vector<std::string> settings;
    std::string why;
    bool operations_only = false;

    void take(const std::string& each)
    {
        if (each == "operations only") {
            operations_only = true;
        } else if (each.rfind("map ", 0) == 0) {
            const auto space = each.rfind(' ');
            settings.push_back("map users " + each.substr(4, space - 4));
            settings.push_back("  expression " + each.substr(space + 1));
        } else {
            settings.push_back("setting " + each);
        }
    }
};

inline std::map<std::string, Excuse> read_excuses(const std::string& text)
{
    std::map<std::string, Excuse> excuses;
    std::istringstream list(text);
    for (std::string line; std::getline(list, line);) {
        const auto colon = line.find(": ");
        if (line.empty() || line[0] == '#' || colon == std::string::npos) continue;
        std::string name = line.substr(0, colon);
        Excuse excuse{{}, line.substr(colon + 2)};
        if (const auto open = name.find(" ["); open != std::string::npos) {
            std::istringstream settings(name.substr(open + 2, name.size() - open - 3));
            for (std::string each; std::getline(settings >> std::ws, each, ',');) excuse.take(each);
            name.resize(open);
        }
        excuses[name] = std::move(excuse);
    }
    return excuses;
}

}  // namespace provsim::test
