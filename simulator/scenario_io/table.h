// SPDX-License-Identifier: Apache-2.0
// The scenario format as one table. The checker (check.h) and the JSON Schema (schema.h) are both drawn from it,
// so that they cannot disagree.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace provsim {

struct Shape;

struct FormatKey {
    std::string_view name{};
    const Shape* shape = nullptr;
    std::string about;              // one line for people: the schema's description
    bool required = false;
    std::string_view also = {};     // how others call it, for messages to those who did
};

// What a value may be. Immutable once made; shapes refer to each other and live as long as the program.
struct Shape {
    enum class Kind : std::uint8_t {
        any,        // whatever
        nothing,    // null
        scalar,     // a text, a number, true or false, taken as it is written; or nothing
        text,
        integer,    // from minimum to maximum
        number,     // above 0
        boolean,
        duration,   // model/time.h, parse_duration
        time,       // model/time.h, parse_time
        choice,     // one of `choices`
        either,     // when_scalar, when_list or when_map, by what is written
        list,       // of `element`
        map,        // free keys, each with an `element`
        object,     // `keys`
        settings,   // the settings of the providers (connectors/registry.h)
    };

    Kind kind = Kind::any;
    std::string_view name{};                                          // its name among the schema's $defs; empty: written in place
    std::string_view expected{};                                      // for messages: "a duration such as 40m"
    std::string_view hint{};                                          // for messages: what to do instead
    std::int64_t minimum = 0;
    std::int64_t maximum = std::numeric_limits<std::int64_t>::max();
    bool empty_allowed = true;                                      // text
    std::vector<std::string_view> choices{};
    std::size_t told = std::numeric_limits<std::size_t>::max();     // choice: messages list so many of the choices
    const Shape* when_scalar = nullptr;
    const Shape* when_list = nullptr;
    const Shape* when_map = nullptr;
    const Shape* element = nullptr;
    bool handles = false;                                           // map: its keys are handles; text: it is one (see is_handle)
    std::vector<FormatKey> keys{};
    std::vector<std::string_view> exactly_one{};                      // of these keys
    std::vector<std::array<std::string_view, 2>> not_together{};      // never both
    bool free_keys = false;                                         // object: keys beginning with x- are nobody's business
    std::string_view open_prefix{};                                   // object: keys with this prefix have the shape `element`
    std::string_view what_keys_are = "key";                         // for messages: 'unknown action "psuh"'
};

// The whole file.
const Shape& scenario_shape();

// Parts of it, defined where they belong.
namespace shapes {
extern const Shape any, nothing, scalar, text, name, handle, boolean, count, positive, duration, time, number, seed, names;
const Shape& user_mappings();
const Shape& group_mappings();
const Shape& assignment();
const Shape& unassignment();
const Shape& user();            // a user of directory.users
const Shape& user_added();      // user.add
const Shape& user_updated();    // user.update
const Shape& scope_mode();      // scope.mode, scope.set
const Shape& filters();         // scope.filters and group_filters, scope.set, a group's rule
const Shape& settings();        // provider.settings, settings.set
const Shape& only_under();      // provider of a step, an action, an expectation
std::vector<FormatKey> vendor_actions();
const Shape& timeline();
const Shape& expectations();
}  // namespace shapes

// A handle is a word: no blanks, and none of ':' ',' '*', which have meanings of their own where objects are named.
bool is_handle(std::string_view text) noexcept;
inline constexpr std::string_view handle_pattern = "^[^\\s:,*]+$";

}  // namespace provsim
