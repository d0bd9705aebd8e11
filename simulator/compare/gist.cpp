// SPDX-License-Identifier: Apache-2.0
#include "compare/gist.h"

#include "model/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace provsim {
namespace {

using Values = std::vector<std::pair<std::string, std::string>>;

// A text that looks like a boolean has quotes, because Entra sends "False" where others send false.
std::string scalar(json::element value, const TargetIds& ids)
{
    const auto text = as_string(value);
    if (!text) return value.is_null() ? "null" : std::string(simdjson::minify(value));
    if (text->empty()) return "\"\"";
    const std::string lower = ascii_lower(*text);
    return lower == "true" || lower == "false" ? fmt::format("\"{}\"", *text) : with_identities(*text, ids);
}

// What elements of a list are told by: { "value": x } is x, and else all there is.
std::string element_text(json::element element, const TargetIds& ids)
{
    if (const auto value = member(element, "value")) return scalar(*value, ids);
    if (!element.is_object()) return scalar(element, ids);
    std::string text;
    for (const auto& field : json::object(element))
        if (!field.value.is_bool()) text += (text.empty() ? "" : " ") + scalar(field.value, ids);
    return text;
}

std::string elements(json::element value, const TargetIds& ids)
{
    if (!value.is_array()) return element_text(value, ids);
    std::string text;
    for (const json::element element : json::array(value)) text += (text.empty() ? "" : ", ") + element_text(element, ids);
    return text;
}

// "title", "name.givenName", "emails[work]" with their values; what says nothing of the object is left out.
void flatten(std::string_view name, json::element value, const TargetIds& ids, Values& out)
{
    // Of no interest: whose body it is, what the target alone says (`groups` is read-only, RFC 7643 4.1.2), and what nobody may read.
    if (name == "schemas" || name == "meta" || name == "id" || name == "groups" || name == "password") return;
    if (value.is_object()) {
        if (name == "manager") return (void)out.emplace_back(name, element_text(value, ids));
        const bool extension = name.substr(0, 4) == "urn:";
        for (const auto& field : json::object(value))
            flatten(name.empty() || extension ? std::string(field.key) : fmt::format("{}.{}", name, field.key), field.value, ids, out);
        return;
    }
    if (!value.is_array()) return (void)out.emplace_back(short_path(name), scalar(value, ids));
    const json::array list(value);
    if (list.size() == 0) return;
    if (name == "members" || !string_member(list.at(0), "type")) return (void)out.emplace_back(name, elements(value, ids));
    for (const json::element element : list)
        out.emplace_back(fmt::format("{}[{}]", name, string_member(element, "type").value_or("")), element_text(element, ids));
}

std::string pairs(const Values& values)
{
    std::string text;
    for (const auto& [name, value] : values) text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", name, value);
    return text;
}

// 'members[value eq "5672..."]' -> "5672..."
std::string_view selected(std::string_view path)
{
    const auto begin = path.find('"'), end = path.rfind('"');
    return begin == end ? std::string_view() : path.substr(begin + 1, end - begin - 1);
}

std::string members_operation(std::string_view op, std::string_view path, const std::optional<json::element>& value, const TargetIds& ids)
{
    const std::string who = !selected(path).empty() ? with_identities(selected(path), ids) : value ? elements(*value, ids) : "all";
    if (op == "replace") return "members = " + (who.empty() ? "none" : who);
    return fmt::format("members {} {}", op == "remove" ? '-' : '+', who);
}

std::string operation(json::element each, const TargetIds& ids)
{
    const std::string op = ascii_lower(string_member(each, "op").value_or(""));
    const std::string_view path = string_member(each, "path").value_or("");
    const auto value = member(each, "value");
    if (path.substr(0, 7) == "members") return members_operation(op, path, value, ids);
    if (op == "remove") return short_path(path) + ": none";
    if (!value) return short_path(path);
    if (!path.empty()) return fmt::format("{}: {}", short_path(path), elements(*value, ids));
    if (const auto members = member(*value, "members")) return members_operation(op, "", members, ids);
    Values values;
    flatten("", *value, ids, values);
    return pairs(values);
}

std::string from_log(const SideExchange& exchange, const std::vector<Modified>& logged, const TargetIds& ids)
{
    if (exchange.task == Action::add_member) return "members + " + exchange.other;
    if (exchange.task == Action::remove_member) return "members - " + exchange.other;
    Values values;
    for (const Modified& each : logged)
        values.emplace_back(short_path(each.name), each.new_value.empty() ? "none" : with_identities(each.new_value, ids));
    return pairs(values);
}

}  // namespace

namespace {

bool in_id(char c) noexcept
{
    return (c >= '0' && c <= '9') || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z') || c == '-' || c == '_';
}

}  // namespace

std::string with_identities(std::string_view text, const TargetIds& ids)
{
    // An id is a word: what stands between the signs of paths, filters and escapes ("%22").
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i;
        while (end < text.size() && in_id(text[end])) ++end;
        std::string_view word = text.substr(i, end - i);
        if (word.size() > 2 && i > 0 && text[i - 1] == '%') {       // the two digits of an escape belong to no word
            out += word.substr(0, 2);
            word.remove_prefix(2);
        }
        const auto found = ids.find(word);
        out += found == ids.end() ? word : std::string_view(found->second);
        if (end < text.size()) out += text[end++];
        i = end;
    }
    return out;
}

std::string short_path(std::string_view path)
{
    if (path.substr(0, 4) == "urn:") path.remove_prefix(path.rfind(':') + 1);
    std::string text(path);
    const auto open = text.find("[type eq \"");
    const auto close = text.find("\"]", open);
    if (open == std::string::npos || close == std::string::npos) return text;
    const std::string type = text.substr(open + 10, close - open - 10);
    std::string rest = text.substr(close + 2);
    if (rest == ".value") rest.clear();
    return fmt::format("{}[{}]{}", text.substr(0, open), type, rest);
}

std::string GistTeller::whole(const SideExchange& exchange, Values values)
{
    Values& before = before_[exchange.object];
    std::swap(before, values);
    if (values.empty() || exchange.method == Method::post) return pairs(before);
    Values changed;
    for (const auto& now : before)
        if (std::find(values.begin(), values.end(), now) == values.end()) changed.push_back(now);
    for (const auto& old : values)
        if (std::none_of(before.begin(), before.end(), [&](const auto& now) { return now.first == old.first; })) changed.emplace_back(old.first, "none");
    const auto same = std::count_if(before.begin(), before.end(), [&](const auto& now) { return std::find(values.begin(), values.end(), now) != values.end(); });
    if (changed.empty()) return fmt::format("as before ({} attributes)", before.size());
    return fmt::format("{} ({} as before)", pairs(changed), same);
}

std::string GistTeller::tell(const SideExchange& exchange, const std::vector<Modified>& logged)
{
    if (!is_write(exchange.method) || exchange.method == Method::delete_) return {};
    const auto document = exchange.body.empty() ? std::nullopt : reader_.read(exchange.body);
    if (!document) return from_log(exchange, logged, ids_);
    if (const auto operations = member(document->root(), "Operations"); operations && operations->is_array()) {
        std::string text;
        for (const json::element each : json::array(*operations)) text += (text.empty() ? "" : "; ") + operation(each, ids_);
        return text;
    }
    Values values;
    flatten("", document->root(), ids_, values);
    // Of all attributes the one that tells people least.
    std::stable_partition(values.begin(), values.end(), [](const auto& each) { return each.first != "externalId"; });
    return whole(exchange, std::move(values));
}

}  // namespace provsim
