// SPDX-License-Identifier: Apache-2.0
#include "scenario/target_lookup.h"

#include "model/text.h"

#include <fmt/format.h>

namespace provsim {
namespace {

std::string_view endpoint(ObjectKind kind)
{
    return kind == ObjectKind::group ? "/Groups" : "/Users";
}

struct Answer {
    Reply reply;
    std::string how;
};

Answer get(TargetReader& target, std::string path)
{
    Request request;
    request.target = std::move(path);
    Answer answer{target.read(request), {}};
    answer.how = answer.reply.arrived() ? fmt::format("GET {} answered {}", request.target, answer.reply.status)
                                        : fmt::format("GET {} got no answer: {}", request.target, answer.reply.error_text());
    return answer;
}

int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

std::string percent_encode(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        const bool unreserved = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
        if (unreserved) out += c;
        else fmt::format_to(std::back_inserter(out), "%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

std::string percent_decode(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0) {
            out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
            i += 2;
        } else {
            out += text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

Lookup read_by_id(TargetReader& target, ObjectKind kind, std::string_view id)
{
    Answer answer = get(target, fmt::format("{}/{}", endpoint(kind), percent_encode(id)));
    Lookup found{std::nullopt, std::move(answer.how), {}};
    if (answer.reply.status == 404) return found;
    if (!answer.reply.success() || !answer.reply.document.filled()) {
        found.trouble = found.how + (answer.reply.success() ? " without a resource" : "");
        return found;
    }
    found.resource = parse_json(answer.reply.body);
    return found;
}

Lookup find_by_attribute(TargetReader& target, ObjectKind kind, std::string_view attribute, std::string_view value)
{
    std::string quoted;
    append_json_string(quoted, value);
    Answer answer = get(target, fmt::format("{}?filter={}", endpoint(kind), percent_encode(fmt::format("{} eq {}", attribute, quoted))));
    Lookup found{std::nullopt, std::move(answer.how), {}};
    const auto list = answer.reply.success() ? answer.reply.list() : std::nullopt;
    if (!list) {
        found.trouble = found.how + (answer.reply.success() ? " without a list" : "");
        return found;
    }
    const Json body = parse_json(answer.reply.body);
    const Json* resources = find_member(body, "Resources");
    std::size_t hits = 0;
    if (resources && resources->is_array()) {
        for (const Json& resource : *resources) {
            const Json* have = find_member(resource, attribute);
            if (!have || !have->is_string() || !equal_ignoring_case(have->get_ref<const std::string&>(), value)) continue;
            if (++hits == 1) found.resource = resource;
        }
    }
    found.how += fmt::format(" with {} of {} \"{}\"", hits, attribute, value);
    if (hits > 1) {
        found.resource.reset();
        found.trouble = found.how;
    }
    return found;
}

Lookup find_in_target(TargetReader& target, const Directory& directory, const LinkTable& links, ObjectRef object, std::string_view known_id)
{
    if (const auto link = links.find(object)) return read_by_id(target, object.kind, link->target_id);
    const std::string_view name = object.is_user() ? directory.value(object.user(), Attribute::user_name) : directory.display_name(object.group());
    if (!name.empty()) {
        Lookup found = find_by_attribute(target, object.kind, object.is_user() ? "userName" : "displayName", name);
        // A list may leave members out; the resource itself has them.
        if (found.resource && object.is_group())
            if (const Json* id = find_member(*found.resource, "id"); id && id->is_string())
                return read_by_id(target, object.kind, id->get_ref<const std::string&>());
        return found;
    }
    if (!known_id.empty()) return read_by_id(target, object.kind, known_id);
    return {std::nullopt, "it was never linked and has no name to search for", {}};
}

}  // namespace provsim
