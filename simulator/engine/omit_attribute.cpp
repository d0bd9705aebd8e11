// SPDX-License-Identifier: Apache-2.0
#include "engine/omit_attribute.h"

#include "model/text.h"

#include <utility>

namespace provsim {
namespace {

// Copies what it reads without the attribute. `omitted` tells whether there was any.
class Copy {
public:
    explicit Copy(std::string_view attribute) : attribute_(attribute) {}

    void object(json::element element)
    {
        char before = '{';
        for (const auto [name, value] : json::object(element)) {
            if (equal_ignoring_ascii_case(name, attribute_)) {
                omitted = true;
                continue;
            }
            text.push_back(before);
            before = ',';
            append_json_string(text, name);
            text.push_back(':');
            if (value.is_object() && is_urn(name)) object(value);
            else if (value.is_array() && equal_ignoring_ascii_case(name, "Resources")) resources(value);
            else text += simdjson::minify(value);
        }
        text += before == '{' ? "{}" : "}";
    }

    std::string text;
    bool omitted = false;

private:
    static bool is_urn(std::string_view name) { return name.size() > 4 && equal_ignoring_ascii_case(name.substr(0, 4), "urn:"); }

    void resources(json::element list)
    {
        char before = '[';
        for (const json::element one : json::array(list)) {
            text.push_back(before);
            before = ',';
            if (one.is_object()) object(one);
            else text += simdjson::minify(one);
        }
        text += before == '[' ? "[]" : "]";
    }

    std::string_view attribute_;
};

}  // namespace

void omit_attribute(Reply& reply, std::string_view attribute, JsonReader& reader)
{
    if (!reply.document.filled()) return;
    Copy copy(attribute);
    copy.object(reply.document.root());
    if (!copy.omitted) return;
    Response without{reply.status, std::move(reply.headers), std::move(copy.text)};
    const Duration late = reply.extra_delay;
    reply = read_reply(std::move(without), reader);
    reply.extra_delay = late;
}

}  // namespace provsim
