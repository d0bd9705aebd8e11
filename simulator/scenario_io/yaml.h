// SPDX-License-Identifier: Apache-2.0
// YAML 1.2 (and JSON, which is YAML) as a tree that knows where everything stands.
//
// Plain scalars mean what JSON's grammar says: null (also ~ and nothing), true, false, numbers. All else is text, so
// `on`, `no`, `12:30` and `0123` stay what they look like. Tags are refused; aliases are copied, up to a limit, so
// that a small file cannot grow without bound; so is depth.
#pragma once

#include "model/result.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace provsim {

struct Mark {
    int line = 0;       // from 1
    int column = 0;     // from 1, in characters
};

struct YamlEntry;

// Owns its children. After loading, `faulty` marks what has been complained about already, so that nobody does again.
struct YamlNode {
    enum class Kind : std::uint8_t { scalar, list, map } kind = Kind::scalar;
    bool quoted = false;                // scalar: written in quotes or as a block, so it is text whatever it looks like
    bool faulty = false;
    Mark mark;
    std::string text;                   // scalar
    std::vector<YamlNode> items;        // list
    std::vector<YamlEntry> entries;     // map, in the order of the file

    bool is_map() const noexcept { return kind == Kind::map; }
    bool is_list() const noexcept { return kind == Kind::list; }
    bool is_scalar() const noexcept { return kind == Kind::scalar; }
    // The value under `key`; null if there is none, or this is no map.
    const YamlNode* find(std::string_view key) const noexcept;
};

struct YamlEntry {
    std::string key;
    Mark mark;          // of the key
    YamlNode value;
};

enum class ScalarType : std::uint8_t { null, boolean, integer, number, text };
ScalarType scalar_type(const YamlNode& scalar) noexcept;
// The number that a scalar of type integer or number stands for; 0 for others and what is too large.
double number_of(const YamlNode& scalar) noexcept;
// For messages: "a list", "a map", "the number 7", "the text \"on\"".
std::string describe(const YamlNode& node);

struct YamlLimits {
    std::size_t bytes = 64u << 20;
    std::size_t copied = 100'000;       // nodes that aliases may add
    int depth = 60;                     // libfyaml itself stops at 64
};

// One document. Problems carry `file` as their place's file; syntax errors end the reading, so there is mostly one.
Result<YamlNode> parse_yaml(std::string_view bytes, const std::string& file, const YamlLimits& limits = {});

}  // namespace provsim
