// SPDX-License-Identifier: Apache-2.0
#include "tests/house_rules/rooms.h"

#include <sstream>

namespace provsim::house {
namespace {

// `words`: the arguments of one call, NAME folder... ROOMS room... THIRD group... PRECOMPILE header...
Room read_room(std::istringstream words, bool program)
{
    Room room;
    words >> room.name;
    if (program) room.name = "app";
    std::string section = "folders";
    for (std::string word; words >> word;) {
        if (word == "ROOMS" || word == "THIRD" || word == "PRECOMPILE") section = word;
        else if (section == "folders") room.folders.push_back(word);
        else if (section == "ROOMS") room.enters.insert(word);
        else if (section == "THIRD") room.third.insert(word);
    }
    return room;
}

}  // namespace

Rooms read_rooms(std::string_view cmake_lists)
{
    Rooms rooms;
    for (const std::string call : {"\nprovsim_room(", "\nprovsim_program("}) {
        for (auto i = cmake_lists.find(call); i != std::string_view::npos; i = cmake_lists.find(call, i + 1)) {
            const auto from = i + call.size();
            const auto words = cmake_lists.substr(from, cmake_lists.find(')', from) - from);
            auto room = read_room(std::istringstream(std::string(words)), call == "\nprovsim_program(");
            // Rooms stand in the file from the ground up, as CMake wants them too: what is below is complete.
            for (const auto& below : std::set<std::string>(room.enters)) {
                const auto found = rooms.find(below);
                if (found == rooms.end()) continue;
                room.enters.insert(found->second.enters.begin(), found->second.enters.end());
                room.third.insert(found->second.third.begin(), found->second.third.end());
            }
            room.enters.insert(room.name);
            rooms[room.name] = room;
        }
    }
    return rooms;
}

const Room* room_of(const Rooms& rooms, std::string_view path)
{
    const Room* best = nullptr;
    std::size_t longest = 0;
    for (const auto& [name, room] : rooms) {
        for (const auto& folder : room.folders) {
            if (folder.size() >= longest && path.starts_with(folder + "/")) {
                longest = folder.size();
                best = &room;
            }
        }
    }
    return best;
}

}  // namespace provsim::house
