// SPDX-License-Identifier: Apache-2.0
// The graph of rooms as the root's CMakeLists.txt draws it: one source of truth for the linker and for the rules.
#pragma once

#include "tests/house_rules/source.h"

#include <map>
#include <set>

namespace provsim::house {

struct Room {
    std::string name;
    std::vector<std::string> folders;   // relative to the root, without a slash at the end
    std::set<std::string> enters;       // rooms it may include from: itself, what it names, and what those name
    std::set<std::string> third;        // third-party groups of all these rooms
};

using Rooms = std::map<std::string, Room>;

// Reads the provsim_room(...) and provsim_program(...) calls; the program's room is called "app".
Rooms read_rooms(std::string_view cmake_lists);

// The room a path lies in; nullptr if it lies in none (tests/, bench/).
const Room* room_of(const Rooms& rooms, std::string_view path);

}  // namespace provsim::house
