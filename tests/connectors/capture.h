// SPDX-License-Identifier: Apache-2.0
// A request that was really sent, out of tests/captures/*.json, and how it is compared with one of ours.
#pragma once

#include "model/json.h"

#include <algorithm>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace provsim::test {

inline std::string read_capture_text(const std::string& name)
{
    std::ifstream in(std::string(PROVSIM_FIXTURES) + "/captures/" + name, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

inline std::string string_of(json::element object, std::string_view name)
{
    return std::string(string_member(object, name).value_or(std::string_view{}));
}

// Equal in structure and types; the order of keys does not count (the sources do not keep it). The values of members in `free`
// are the provider's own (its ids, a generated password): only that they are there counts.
inline bool same_json(json::element a, json::element b, const std::set<std::string, std::less<>>& free = {})
{
    if (a.type() != b.type()) return false;
    if (a.is_object()) {
        const json::object x = a, y = b;
        if (x.size() != y.size()) return false;
        for (const auto& field : x) {
            const auto other = member(b, field.key);
            if (!other || (free.count(field.key) == 0 && !same_json(field.value, *other, free))) return false;
        }
        return true;
    }
    if (a.is_array()) {
        const json::array x = a, y = b;
        if (x.size() != y.size()) return false;
        for (std::size_t i = 0; i < x.size(); ++i)
            if (!same_json(x.at(i), y.at(i), free)) return false;
        return true;
    }
    return simdjson::minify(a) == simdjson::minify(b);
}

inline void replace_all(std::string& text, const std::string& from, const std::string& to)
{
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
}

struct Operation {
    std::string op, path, value;    // value: text; a boolean as "True" or "False"
};

struct Capture {
    json::element request;
    std::string name, style, method, target;
    bool whole = false;             // envelope and path are as seen; otherwise only the operations are
    std::vector<Operation> operations;
    std::optional<json::element> body;

    explicit Capture(json::element capture) : Capture(capture, *member(capture, "request")) {}
    // One of a sequence.
    Capture(json::element capture, json::element one) : request(one)
    {
        name = string_of(capture, "name");
        style = string_of(capture, "style");
        whole = string_of(capture, "completeness").substr(0, 4) == "full";
        method = string_of(request, "method");
        target = string_of(request, "path_with_query");
        const auto below = std::min(target.find("/Users"), target.find("/Groups"));
        if (below != std::string::npos) target.erase(0, below);
        replace_all(target, "{id}", "some-id");
        // Documentation prints queries as they are before they are escaped.
        if (target.find(' ') != std::string::npos || target.find('"') != std::string::npos) {
            replace_all(target, " ", "+");
            replace_all(target, "\"", "%22");
        }
        body = member(request, "body");
        if (!body) return;
        json::array list;
        const auto found = member(*body, "Operations");
        if (!found || found->get(list) != simdjson::SUCCESS) return;
        for (const json::element operation : list) read_operation(operation);
    }

    bool flag() const { return style.substr(0, 16) == "aadOptscim062020"; }
    bool about_groups() const { return target.substr(0, 7) == "/Groups"; }
    std::string id() const
    {
        const auto begin = target.find('/', 1) + 1;
        return target.substr(begin, target.find('?') - begin);
    }
    // What stands between the quotes of the filter.
    std::string matched() const
    {
        const auto begin = target.find("%22") + 3;
        std::string value = target.substr(begin, target.rfind("%22") - begin);
        replace_all(value, "+", " ");
        return value;
    }

private:
    static std::string text(json::element value)
    {
        if (value.is_bool()) return bool(value) ? "True" : "False";
        return std::string(as_string(value).value_or("?"));
    }

    void read_operation(json::element operation)
    {
        const std::string op = string_of(operation, "op"), path = string_of(operation, "path");
        const auto value = member(operation, "value");
        if (!path.empty()) return operations.push_back({op, path, value ? text(*value) : ""});
        json::object fields;
        if (value && value->get(fields) == simdjson::SUCCESS)
            for (const auto& field : fields) operations.push_back({op, std::string(field.key), text(field.value)});
    }
};

}  // namespace provsim::test
