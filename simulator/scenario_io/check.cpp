// SPDX-License-Identifier: Apache-2.0
#include "scenario_io/check.h"

#include "model/nearest.h"
#include "model/text.h"
#include "model/time.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <map>

namespace provsim {
namespace {

using Kind = Shape::Kind;

// So that sums of them stay within what a clock can tell.
constexpr Duration longest_duration = hours{24} * 365 * 100;

class Checker {
public:
    Checker(const std::string& file, Problems& problems) : file_(file), problems_(problems) {}
    // `key`: what the value stands under, for messages; empty at the top.
    void check(YamlNode& node, const Shape& shape, std::string_view key);

private:
    void say(Mark mark, std::string_view code, std::string what, std::string_view remedy = {})
    {
        problems_.push_back({Severity::error, std::string(code), std::move(what), std::string(remedy), {file_, mark.line, mark.column}});
    }
    void no_handle(Mark mark, std::string_view text)
    {
        say(mark, "handle", fmt::format("\"{}\" cannot be a handle", text), "a handle is a word without blanks, ':', ',' and '*'");
    }
    void wrong(YamlNode& node, const Shape& shape, std::string_view key, std::string_view code = "type");
    void scalar(YamlNode& node, const Shape& shape, std::string_view key);
    void integer(YamlNode& node, const Shape& shape, std::string_view key);
    void word(YamlNode& node, const Shape& shape, std::string_view key);
    void either(YamlNode& node, const Shape& shape, std::string_view key);
    void map(YamlNode& node, const Shape& shape);
    void object(YamlNode& node, const Shape& shape, std::string_view key);
    void together(YamlNode& node, const Shape& shape, std::string_view key);
    void twice(YamlNode& map);
    void unknown(const YamlEntry& entry, const Shape& shape);

    const std::string& file_;
    Problems& problems_;
};

std::string list_of(const std::vector<std::string_view>& words) { return fmt::format("{}", fmt::join(words, ", ")); }

std::string in_place(std::string_view key) { return key.empty() ? std::string() : fmt::format(" for \"{}\"", key); }

void Checker::wrong(YamlNode& node, const Shape& shape, std::string_view key, std::string_view code)
{
    node.faulty = true;
    std::string remedy(shape.hint);
    if (node.quoted && shape.kind != Kind::text && shape.kind != Kind::nothing) {
        YamlNode plain;
        plain.text = node.text;
        if (scalar_type(plain) != ScalarType::text) remedy = fmt::format("write {} without quotes", node.text);
    }
    say(node.mark, code, fmt::format("expected {}{}, found {}", shape.expected, in_place(key), describe(node)), remedy);
}

void Checker::integer(YamlNode& node, const Shape& shape, std::string_view key)
{
    if (scalar_type(node) != ScalarType::integer) return wrong(node, shape, key);
    std::int64_t value = 0;
    const char* end = node.text.data() + node.text.size();
    const auto read = std::from_chars(node.text.data(), end, value);
    if (read.ec != std::errc{} || value < shape.minimum || value > shape.maximum) wrong(node, shape, key, "range");
}

void Checker::word(YamlNode& node, const Shape& shape, std::string_view key)
{
    if (scalar_type(node) == ScalarType::text && std::find(shape.choices.begin(), shape.choices.end(), node.text) != shape.choices.end()) return;
    node.faulty = true;
    const std::string near = nearest(node.text, shape.choices);
    std::string remedy(shape.hint);
    const auto told = shape.choices.begin() + static_cast<std::ptrdiff_t>(std::min(shape.told, shape.choices.size()));
    if (remedy.empty()) remedy = near.empty() ? fmt::format("choose from {}", list_of({shape.choices.begin(), told})) : fmt::format("did you mean \"{}\"?", near);
    say(node.mark, "choice", fmt::format("expected {}{}, found {}", shape.expected, in_place(key), describe(node)), remedy);
}

void Checker::scalar(YamlNode& node, const Shape& shape, std::string_view key)
{
    if (!node.is_scalar()) return wrong(node, shape, key);
    const ScalarType type = scalar_type(node);
    switch (shape.kind) {
    case Kind::nothing:
        if (type != ScalarType::null) wrong(node, shape, key);
        break;
    case Kind::text:
        if (type == ScalarType::null) return wrong(node, shape, key);
        if (type != ScalarType::text) {
            node.faulty = true;
            return say(node.mark, "type", fmt::format("expected {}{}, found {}", shape.expected, in_place(key), describe(node)), fmt::format("put it in quotes: \"{}\"", node.text));
        }
        if (node.text.empty() && !shape.empty_allowed) return wrong(node, shape, key);
        if (shape.handles && !is_handle(node.text)) {
            node.faulty = true;
            no_handle(node.mark, node.text);
        }
        break;
    case Kind::integer: integer(node, shape, key); break;
    case Kind::number:
        if ((type != ScalarType::integer && type != ScalarType::number) || !(number_of(node) > 0)) wrong(node, shape, key);
        break;
    case Kind::boolean:
        if (type != ScalarType::boolean) wrong(node, shape, key);
        break;
    case Kind::duration:
        if (const auto length = type == ScalarType::text ? parse_duration(node.text) : std::nullopt) {
            if (*length <= longest_duration) break;
            node.faulty = true;
            return say(node.mark, "too-long", fmt::format("{} is more than a hundred years", node.text));
        }
        node.faulty = true;
        say(node.mark, "duration", fmt::format("expected {}{}, found {}", shape.expected, in_place(key), describe(node)), duration_remedy(node.text));
        break;
    case Kind::time:
        if (type != ScalarType::text || !parse_time(node.text)) wrong(node, shape, key, "time");
        break;
    case Kind::choice: word(node, shape, key); break;
    default: break;
    }
}

void Checker::either(YamlNode& node, const Shape& shape, std::string_view key)
{
    const Shape* fitting = node.is_map() ? shape.when_map : node.is_list() ? shape.when_list : shape.when_scalar;
    if (!fitting) return wrong(node, shape, key);
    // A scalar that does not fit is told of all the forms there are.
    if (node.is_scalar() && (fitting->kind == Kind::text || fitting->kind == Kind::nothing || fitting->kind == Kind::integer)) {
        Shape told{.kind = fitting->kind, .expected = shape.expected, .hint = fitting->hint, .minimum = fitting->minimum, .maximum = fitting->maximum};
        told.empty_allowed = fitting->empty_allowed;
        return scalar(node, told, key);
    }
    check(node, *fitting, key);
}

// Of keys given twice the later one is said; YAML 1.2 forbids them (3.2.1.3).
void Checker::twice(YamlNode& map)
{
    std::map<std::string_view, Mark> seen;
    for (auto& entry : map.entries) {
        const auto [first, fresh] = seen.emplace(entry.key, entry.mark);
        if (fresh) continue;
        entry.value.faulty = true;
        say(entry.mark, "duplicate-key", fmt::format("\"{}\" is here twice", entry.key), fmt::format("the first stands in line {}", first->second.line));
    }
}

void Checker::map(YamlNode& node, const Shape& shape)
{
    twice(node);
    for (auto& entry : node.entries) {
        if (shape.handles && !is_handle(entry.key)) {
            no_handle(entry.mark, entry.key);
            entry.value.faulty = true;
        } else if (!entry.value.faulty) {
            check(entry.value, *shape.element, entry.key);
        }
    }
}

void Checker::unknown(const YamlEntry& entry, const Shape& shape)
{
    Nearest search(entry.key);
    std::vector<std::string_view> known;
    std::string remedy;
    for (const FormatKey& key : shape.keys) {
        search.offer(key.name);
        known.push_back(key.name);
        if (!key.also.empty() && key.also == entry.key) remedy = fmt::format("here it is \"{}\"", key.name);
    }
    if (!remedy.empty()) {
        // Another's word for it is a better guess than the nearest spelling.
    } else if (!search.best().empty()) {
        remedy = fmt::format("did you mean \"{}\"?", search.best());
    } else if (known.empty()) {
        remedy = "leave it out";
    } else {
        remedy = fmt::format("there are {}", list_of(known));
    }
    say(entry.mark, "unknown-key", fmt::format("unknown {} \"{}\"", shape.what_keys_are, entry.key), remedy);
}

void Checker::together(YamlNode& node, const Shape& shape, std::string_view key)
{
    for (const auto& [one, other] : shape.not_together) {
        if (!node.find(one) || !node.find(other)) continue;
        const auto entry = std::find_if(node.entries.begin(), node.entries.end(), [&, name = other](const YamlEntry& e) { return e.key == name; });
        say(entry->mark, "not-together", fmt::format("\"{}\" and \"{}\" exclude each other", one, other), "leave one of them out");
        entry->value.faulty = true;
    }
    if (shape.exactly_one.empty()) return;
    const YamlEntry* first = nullptr;
    bool other_faults = false;
    for (auto& entry : node.entries) {
        if (std::find(shape.exactly_one.begin(), shape.exactly_one.end(), entry.key) == shape.exactly_one.end()) {
            other_faults |= std::none_of(shape.keys.begin(), shape.keys.end(), [&](const FormatKey& k) { return k.name == entry.key; });
        } else if (!first) {
            first = &entry;
        } else if (!entry.value.faulty) {
            say(entry.mark, "not-together", fmt::format("\"{}\" and \"{}\" exclude each other", first->key, entry.key),
                shape.what_keys_are == "key" ? "leave one of them out" : "make it an element of its own");
            entry.value.faulty = true;
        }
    }
    // A mistyped name has been told about already.
    if (!first) {
        node.faulty = true;
        if (!other_faults)
            say(node.mark, "missing-key", fmt::format("expected {}{}, found none of its keys", shape.expected, in_place(key)), fmt::format("there are {}", list_of(shape.exactly_one)));
    }
}

void Checker::object(YamlNode& node, const Shape& shape, std::string_view key)
{
    twice(node);
    for (auto& entry : node.entries) {
        if (entry.value.faulty) continue;
        const auto found = std::find_if(shape.keys.begin(), shape.keys.end(), [&](const FormatKey& k) { return k.name == entry.key; });
        if (found != shape.keys.end()) {
            check(entry.value, *found->shape, entry.key);
        } else if (shape.free_keys && entry.key.rfind("x-", 0) == 0) {
            continue;
        } else if (!shape.open_prefix.empty() && entry.key.size() > shape.open_prefix.size() && entry.key.rfind(shape.open_prefix, 0) == 0) {
            check(entry.value, *shape.element, entry.key);
        } else {
            entry.value.faulty = true;
            unknown(entry, shape);
        }
    }
    for (const FormatKey& wanted : shape.keys) {
        if (!wanted.required || node.find(wanted.name)) continue;
        say(node.mark, "missing-key", key.empty() ? fmt::format("\"{}\" is missing", wanted.name) : fmt::format("\"{}\" is missing in \"{}\"", wanted.name, key));
        node.faulty = true;
    }
    together(node, shape, key);
}

void Checker::check(YamlNode& node, const Shape& shape, std::string_view key)
{
    if (node.faulty) return;
    switch (shape.kind) {
    case Kind::any: return;
    case Kind::either: return either(node, shape, key);
    case Kind::list:
        if (!node.is_list()) return wrong(node, shape, key);
        for (auto& item : node.items) check(item, *shape.element, key);
        return;
    case Kind::map:
        if (!node.is_map()) return wrong(node, shape, key);
        return map(node, shape);
    case Kind::settings:
        // Which settings there are and what they take is the provider's business; here they are scalars, or lists of them.
        if (!node.is_map()) return wrong(node, shape, key);
        twice(node);
        for (auto& entry : node.entries)
            if (entry.value.is_list())
                for (auto& item : entry.value.items) check(item, shapes::scalar, entry.key);
            else if (!entry.value.faulty) scalar(entry.value, shapes::scalar, entry.key);
        return;
    case Kind::object:
        if (!node.is_map()) return wrong(node, shape, key);
        return object(node, shape, key);
    default: return scalar(node, shape, key);
    }
}

}  // namespace

void check_shape(YamlNode& root, const Shape& shape, const std::string& file, Problems& problems)
{
    Checker(file, problems).check(root, shape, {});
}

std::string duration_remedy(std::string_view text)
{
    std::string joined(text);
    joined.erase(std::remove(joined.begin(), joined.end(), ' '), joined.end());
    if (joined != text && parse_duration(joined)) return "try " + joined;

    std::size_t digits = 0;
    while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') ++digits;
    if (digits == 0) return {};
    const std::string_view number = text.substr(0, digits);
    std::string_view unit = text.substr(digits);
    while (!unit.empty() && unit.front() == ' ') unit.remove_prefix(1);
    if (unit.empty()) return fmt::format("say the unit: {0}m, {0}s, {0}h", number);
    const std::string word = ascii_lower(unit);
    constexpr std::pair<std::string_view, std::string_view> words[] = {
        {"mil", "ms"}, {"ms", "ms"}, {"mi", "m"}, {"s", "s"}, {"h", "h"}, {"d", "d"}, {"w", "w"}, {"y", "y"}, {"m", "m"}};
    for (const auto& [prefix, short_form] : words) {
        if (word.rfind(prefix, 0) != 0) continue;
        std::string guess = fmt::format("{}{}", number, short_form);
        return parse_duration(guess) && guess != text ? "try " + guess : std::string();
    }
    return {};
}

}  // namespace provsim
