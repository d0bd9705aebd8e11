// SPDX-License-Identifier: Apache-2.0
#include "tests/house_rules/rules.h"

#include <array>

namespace provsim::house {
namespace {

// How a third-party include begins, and the group of CMakeLists.txt that opens it. What is in no row is the standard
// library's, and purity.cpp looks after that.
struct ThirdParty {
    std::string_view begins;
    std::string_view group;
};
constexpr std::array<ThirdParty, 16> third_party{{
    {"<simdjson", "simdjson"},
    {"<fmt/", "fmt"},
    {"<utf8proc", "utf8proc"},
    {"<xxhash", "xxhash"},
    {"<pcre2", "pcre2"},
    {"<nlohmann/", "nlohmann"},
    {"<libfyaml", "fyaml"},
    {"<boost/url", "asio"},
    {"<boost/asio", "asio"},
    {"<boost/beast", "asio"},
    {"<boost/system", "asio"},
    {"<openssl/", "openssl"},
    {"<SQLiteCpp", "sqlitecpp"},
    {"<sqlite3", "sqlitecpp"},
    {"<zstd", "zstd"},
    {"<CLI/", "cli11"},
}};

const Source* find_source(const std::vector<Source>& sources, const std::string& path)
{
    for (const auto& source : sources)
        if (source.path == path) return &source;
    return nullptr;
}

// The file of ours that `source` means by "name": from the root, from simulator/, or beside it.
const Source* resolve(const std::vector<Source>& sources, const Source& source, const std::string& name)
{
    const auto slash = source.path.rfind('/');
    const std::string beside = slash == std::string::npos ? std::string{} : source.path.substr(0, slash + 1);
    for (const auto& candidate : {name, "simulator/" + name, beside + name})
        if (const auto* found = find_source(sources, candidate)) return found;
    return nullptr;
}

std::string check_include(const std::vector<Source>& sources, const Rooms& rooms, const Source& source, const Room& room,
                          const std::string& include)
{
    if (include.front() == '<') {
        for (const auto& row : third_party)
            if (include.starts_with(row.begins) && room.third.count(std::string(row.group)) == 0)
                return "the room " + room.name + " has no " + std::string(row.group) + " and includes " + include;
        return {};
    }
    const auto* target = resolve(sources, source, include.substr(1, include.size() - 2));
    if (target == nullptr) return "includes " + include + ", which is no header of ours; others go in <>";
    const auto* entered = room_of(rooms, target->path);
    if (entered == nullptr) return "the room " + room.name + " includes " + include + ", which lies in no room";
    if (room.enters.count(entered->name) == 0)
        return "the room " + room.name + " may not enter " + entered->name + " and includes " + include;
    return {};
}

}  // namespace

Violations check_layering(const std::vector<Source>& sources, const Rooms& rooms)
{
    Violations out;
    for (const auto& source : sources) {
        const auto* room = room_of(rooms, source.path);
        const bool in_house = source.path.starts_with("model/") || source.path.starts_with("connectors/")
                              || source.path.starts_with("simulator/");
        if (room == nullptr) {
            if (in_house && is_cpp(source)) out.push_back(at(source, 0, "lies in no room of CMakeLists.txt"));
            continue;
        }
        for (std::size_t i = 0; i < source.lines.size(); ++i) {
            // The blanked line tells code from comment; the name is read from the line as written.
            if (included(source.code[i]).empty()) continue;
            const auto wrong = check_include(sources, rooms, source, *room, included(source.lines[i]));
            if (!wrong.empty()) out.push_back(at(source, i, wrong));
        }
    }
    return out;
}

}  // namespace provsim::house
