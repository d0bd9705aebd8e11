// SPDX-License-Identifier: Apache-2.0
// What the readers of all sections share.
#include "scenario_io/read.h"

#include <fmt/format.h>

#include <charconv>

namespace provsim {

bool Reading::known(ObjectKind kind, const YamlNode& name) const
{
    if (names.know(kind, name.text)) return true;
    const Named named = split_name(name.text, kind);
    if (kind != ObjectKind::none && named.kind != kind)
        error(name.mark, "unknown-name", fmt::format("\"{}\" is a {} where a {} is expected", name.text, kind_name(named.kind), kind_name(kind)));
    else
        error(name.mark, "unknown-name", fmt::format("there is no {} \"{}\"", kind_name(named.kind), named.handle), names.remedy(kind, name.text));
    return false;
}

const YamlNode* part(const YamlNode& map, std::string_view key)
{
    const YamlNode* found = map.find(key);
    return found && !found->faulty ? found : nullptr;
}

bool is_true(const YamlNode& scalar) noexcept { return scalar.text[0] == 't' || scalar.text[0] == 'T'; }

std::string value_text(const YamlNode& scalar)
{
    return scalar_type(scalar) == ScalarType::null ? std::string() : scalar.text;
}

nlohmann::ordered_json json_of(const YamlNode& node)
{
    if (node.is_list()) {
        nlohmann::ordered_json list = nlohmann::ordered_json::array();
        for (const auto& item : node.items) list.push_back(json_of(item));
        return list;
    }
    if (node.is_map()) {
        nlohmann::ordered_json map = nlohmann::ordered_json::object();
        for (const auto& entry : node.entries) map[entry.key] = json_of(entry.value);
        return map;
    }
    switch (scalar_type(node)) {
    case ScalarType::null: return nullptr;
    case ScalarType::boolean: return is_true(node);
    case ScalarType::integer: {
        std::int64_t value = 0;
        const char* end = node.text.data() + node.text.size();
        if (std::from_chars(node.text.data(), end, value).ec == std::errc{}) return value;
        return number_of(node);
    }
    case ScalarType::number: return number_of(node);
    case ScalarType::text: break;
    }
    return node.text;
}

std::optional<std::string> text_at(const YamlNode& map, std::string_view key)
{
    const YamlNode* found = part(map, key);
    return found && found->is_scalar() ? std::optional(found->text) : std::nullopt;
}

std::optional<Duration> duration_at(const YamlNode& map, std::string_view key)
{
    const YamlNode* found = part(map, key);
    return found && found->is_scalar() ? parse_duration(found->text) : std::nullopt;
}

std::optional<std::uint64_t> count_at(const YamlNode& map, std::string_view key)
{
    const YamlNode* found = part(map, key);
    std::uint64_t value = 0;
    if (!found || !found->is_scalar()) return {};
    const auto read = std::from_chars(found->text.data(), found->text.data() + found->text.size(), value);
    return read.ec == std::errc{} ? std::optional(value) : std::nullopt;
}

std::optional<bool> flag_at(const YamlNode& map, std::string_view key)
{
    const YamlNode* found = part(map, key);
    return found && found->is_scalar() ? std::optional(is_true(*found)) : std::nullopt;
}

std::vector<const YamlNode*> items_at(const YamlNode& map, std::string_view key)
{
    std::vector<const YamlNode*> sound;
    if (const YamlNode* list = part(map, key))
        for (const auto& item : list->items)
            if (!item.faulty) sound.push_back(&item);
    return sound;
}

std::vector<std::pair<std::string, std::string>> attribute_values(const YamlNode& user)
{
    std::vector<std::pair<std::string, std::string>> values;
    for (const auto& entry : user.entries) {
        if (entry.value.faulty || entry.key == "id" || entry.key == "enabled" || entry.key == "manager") continue;
        if (entry.key == "custom") {
            for (const auto& custom : entry.value.entries)
                if (!custom.value.faulty) values.emplace_back("custom." + custom.key, value_text(custom.value));
        } else {
            values.emplace_back(entry.key, value_text(entry.value));
        }
    }
    return values;
}

void make_custom_attribute(const std::string& name, const Place& place, Reading& reading)
{
    Directory& directory = reading.scenario.directory;
    if (directory.find_custom(name)) return;
    if (directory.custom_name(static_cast<Attribute>(max_attributes - 1)).empty()) {
        directory.custom_attribute(name);
        return;
    }
    reading.problems.push_back({Severity::error, "too-many-attributes", fmt::format("there is no room for \"{}\"", name),
                                fmt::format("a directory has at most {} attributes of its own", max_attributes - builtin_attributes), place});
}

}  // namespace provsim
