// SPDX-License-Identifier: Apache-2.0
// The worlds behind captures: tests/captures/<flavour>.worlds, whose first lines say how it is written.
#pragma once

#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace provsim::test {

struct CaptureWorld {
    std::string name;                   // of the capture; "name 2" is the second request of its sequence
    std::vector<std::string> lines;     // of the world, settings left out
    std::vector<std::string> settings;  // "setting template oin"
    std::vector<std::string> heard;     // "200 {...}"
    std::string not_sent, differs;      // why
};

struct CaptureWorlds {
    std::set<std::string, std::less<>> free;
    std::vector<CaptureWorld> worlds;
};

inline CaptureWorlds read_worlds(const std::string& text)
{
    CaptureWorlds all;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
        const auto rest = [&](std::size_t begin) { return line.substr(begin); };
        if (line.empty() || line[0] == '#') continue;
        if (line.rfind("free ", 0) == 0) {
            std::istringstream names(rest(5));
            for (std::string name; names >> name;) all.free.insert(name);
        } else if (line.rfind("= ", 0) == 0) all.worlds.emplace_back().name = rest(2);
        else if (line.rfind("not sent: ", 0) == 0) all.worlds.back().not_sent = rest(10);
        else if (line.rfind("differs: ", 0) == 0) all.worlds.back().differs = rest(9);
        else if (line.rfind("< ", 0) == 0) all.worlds.back().heard.push_back(rest(2));
        else if (line.rfind("setting ", 0) == 0) all.worlds.back().settings.push_back(line);
        else all.worlds.back().lines.push_back(line);
    }
    return all;
}

}  // namespace provsim::test
