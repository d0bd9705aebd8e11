// SPDX-License-Identifier: Apache-2.0
#include "tests/house_rules/rules.h"

#include <algorithm>

namespace provsim::house {
namespace {

// One thing of the real world: how it shows in code (an include with its bracket, or a name) and who may have it.
struct WorldlyThing {
    std::string_view name;
    std::vector<std::string_view> shows_as;
    std::vector<std::string_view> rooms;    // room names, or single files
};

const std::vector<WorldlyThing>& worldly_things()
{
    static const std::vector<WorldlyThing> things{
        {"the real clock",
         {"system_clock::now", "steady_clock::now", "high_resolution_clock", "gettimeofday", "clock_gettime", "std::time(",
          "localtime", "localtime_r", "<ctime>", "<time.h>", "<sys/time.h>"},
         {"net", "store", "app"}},
        {"chance", {"random_device", "std::rand", "srand", "<random>", "<sys/random.h>", "getrandom", "RAND_bytes"}, {"net", "app"}},
        {"files",
         {"<fstream>", "<filesystem>", "fopen", "<fcntl.h>", "<sys/stat.h>", "<sys/mman.h>", "std::ifstream", "std::ofstream"},
         {"scenario_io", "store", "app"}},
        {"the environment", {"getenv", "secure_getenv", "setenv", "environ"}, {"scenario_io", "app"}},
        {"threads",
         {"<thread>", "<mutex>", "<shared_mutex>", "<condition_variable>", "<future>", "<atomic>", "<semaphore>", "<latch>",
          "<barrier>", "<pthread.h>", "thread_local"},
         {"net", "store", "app"}},
        {"processes and descriptors", {"<unistd.h>", "<signal.h>", "<csignal>", "fork", "popen"}, {"net", "store", "app"}},
        {"sockets", {"<sys/socket.h>", "<netdb.h>", "<netinet/in.h>", "<arpa/inet.h>", "<poll.h>", "<boost/asio", "<boost/beast"}, {"net", "app"}},
        {"the locale", {"<locale>", "<clocale>", "setlocale", "std::locale"}, {}},
        // A failed check has nobody to return to, so check.cpp may speak.
        {"the standard streams", {"<iostream>", "std::cout", "std::cerr", "stdout", "stderr", "stdin"}, {"app", "model/check.cpp"}},
    };
    return things;
}

bool may_have(const WorldlyThing& thing, const Room& room, const Source& source)
{
    return std::find(thing.rooms.begin(), thing.rooms.end(), room.name) != thing.rooms.end()
           || std::find(thing.rooms.begin(), thing.rooms.end(), source.path) != thing.rooms.end();
}

bool shows(const std::string& code, std::string_view token)
{
    if (token.front() == '<') return included(code).starts_with(token);
    return find_token(code, token) != std::string_view::npos;
}

// `static Cache cache;`, `static int count = 0;` but not a function, a constant or a type.
bool declares_mutable_static(std::string_view code)
{
    const auto start = code.find_first_not_of(" \t");
    if (start == std::string_view::npos) return false;
    code = code.substr(start);
    if (code.starts_with("inline ")) code = code.substr(7);
    if (!code.starts_with("static ")) return false;
    if (find_token(code, "const") != std::string_view::npos || find_token(code, "constexpr") != std::string_view::npos
        || find_token(code, "constinit") != std::string_view::npos || find_token(code, "operator") != std::string_view::npos)
        return false;
    const auto decides = code.find_first_of("(=;{");
    return decides != std::string_view::npos && code[decides] != '(';
}

}  // namespace

Violations check_purity(const std::vector<Source>& sources, const Rooms& rooms)
{
    // Rooms of the shell may keep state; the pure core is what everything else stands on.
    const std::vector<std::string_view> shell{"scenario_io", "net", "store", "app"};
    Violations out;
    for (const auto& source : sources) {
        const auto* room = room_of(rooms, source.path);
        if (room == nullptr || !is_cpp(source)) continue;
        const bool pure = std::find(shell.begin(), shell.end(), room->name) == shell.end();
        for (std::size_t i = 0; i < source.code.size(); ++i) {
            for (const auto& thing : worldly_things()) {
                if (may_have(thing, *room, source)) continue;
                for (const auto token : thing.shows_as)
                    if (shows(source.code[i], token))
                        out.push_back(at(source, i, "the room " + room->name + " is kept from " + std::string(thing.name) + ": "
                                                        + std::string(token)));
            }
            if (pure && declares_mutable_static(source.code[i]))
                out.push_back(at(source, i, "the room " + room->name + " keeps no state outside its objects: a mutable static"));
        }
    }
    return out;
}

}  // namespace provsim::house
