// SPDX-License-Identifier: Apache-2.0
#include "target/resource_writer.h"

#include "model/json.h"
#include "model/scim/urns.h"
#include "model/text.h"

namespace provsim::target {
namespace {

// Begins an object's next member: ,"name":
void begin(std::string& out, std::string_view name)
{
    const char last = out.empty() ? '{' : out.back();
    if (last != '{' && last != '[') out += ',';
    out.append("\"").append(name).append("\":");
}

void append_value(std::string& out, Type type, std::string_view text)
{
    if (type == Type::boolean) out.append(text);
    else append_json_string(out, text);
}

}  // namespace

std::string_view display_of(const Store& store, MemberRef which)
{
    const auto bytes = store.row(which).values.bytes();
    const auto display = peek_text(bytes, slot::display_name);
    return present(display) ? display : peek_text(bytes, slot::user_name);
}

void append_version(std::string& out, std::uint32_t version)
{
    out.append("W/\"").append(std::to_string(version)).append("\"");
}

void ResourceWriter::append_location(std::string& out, MemberRef which) const
{
    out.append(base_url_).append(which.is_group() ? group_schema().endpoint : user_schema().endpoint).append("/");
    append_id(out, store_.row(which).id);
}

void ResourceWriter::append_time(std::string& out, TimePoint at)
{
    if (at != last_time_ || last_time_text_.empty()) {
        last_time_ = at;
        last_time_text_ = format_time(at);
    }
    out.append("\"").append(last_time_text_).append("\"");
}

void ResourceWriter::write(std::string& out, MemberRef which, const Fields& fields, const Projection& projection)
{
    const ResourceSchema& schema = which.is_group() ? group_schema() : user_schema();
    const auto extension = [](const Attribute& attribute) { return attribute.schema == urn::enterprise_user; };
    out.append("{\"schemas\":[");
    each_schema(schema, fields, [&](std::string_view urn) {
        if (out.back() != '[') out += ',';
        append_json_string(out, urn);
    });
    out += ']';

    bool shown = false;   // anything of the extension
    for (const Attribute& attribute : schema.attributes) {
        if (attribute.storage == Storage::schemas || attribute.storage == Storage::meta) continue;   // first and last
        if (!extension(attribute)) {
            write_attribute(out, attribute, which, fields, projection);
            continue;
        }
        if (!projection.shows(attribute) || !has_value(attribute, fields)) continue;
        if (!shown) {
            begin(out, urn::enterprise_user);
            out += '{';
            shown = true;
        }
        write_attribute(out, attribute, which, fields, projection);
    }
    if (shown) out += '}';
    write_custom(out, fields, projection);
    write_attribute(out, schema.attributes.back(), which, fields, projection);
    out += '}';
}

void ResourceWriter::write_attribute(std::string& out, const Attribute& attribute, MemberRef which, const Fields& fields, const Projection& projection)
{
    if (attribute.mutability == Mutability::write_only || !projection.shows(attribute)) return;
    const auto references = [&](const auto& each_of) {
        begin(out, attribute.name);
        out += '[';
        each_of([&](MemberRef to) { write_reference(out, attribute, to, attribute.storage == Storage::members, projection); });
        out += ']';
    };
    switch (attribute.storage) {
        case Storage::schemas: return;
        case Storage::id:
            begin(out, attribute.name);
            out += '"';
            append_id(out, store_.row(which).id);
            out += '"';
            return;
        case Storage::meta: return write_meta(out, attribute, which, projection);
        case Storage::list: return write_list(out, attribute, fields, projection);
        case Storage::groups:
            if (store_.row(which).groups.empty()) return;
            return references([&](auto visit) {
                for (const RowNumber group : store_.row(which).groups) visit(MemberRef::group(group));
            });
        case Storage::members:
            if (store_.members(which.row()).size() == 0) return;
            return references([&](auto visit) { store_.members(which.row()).each(visit); });
        case Storage::text: break;
    }
    if (!attribute.subs.empty()) return write_text_subs(out, attribute, fields, projection);
    const std::string_view text = fields.text[attribute.slot];
    if (!present(text)) return;
    begin(out, attribute.name);
    append_value(out, attribute.type, text);
}

void ResourceWriter::write_text_subs(std::string& out, const Attribute& attribute, const Fields& fields, const Projection& projection)
{
    const bool manager = attribute.slot == slot::manager;
    const auto referent = manager && present(fields.text[slot::manager]) ? store_.find(fields.text[slot::manager]) : std::nullopt;
    bool open = false;
    for (std::size_t i = 0; i < attribute.subs.size(); ++i) {
        const bool derived = manager && i > 0 && referent;   // of a manager who is here, $ref and displayName are known better here
        const bool stored = attribute.slot + i < slot::count && present(fields.text[attribute.slot + i]);
        if ((!derived && !stored) || !projection.shows(attribute, i)) continue;
        if (!open) {
            begin(out, attribute.name);
            out += '{';
            open = true;
        }
        begin(out, attribute.subs[i].name);
        if (!derived) {
            append_value(out, attribute.subs[i].type, fields.text[attribute.slot + i]);
        } else if (attribute.subs[i].type == Type::reference) {
            out += '"';
            append_location(out, *referent);
            out += '"';
        } else {
            append_json_string(out, display_of(store_, *referent));
        }
    }
    if (open) out += '}';
}

void ResourceWriter::write_list(std::string& out, const Attribute& attribute, const Fields& fields, const Projection& projection)
{
    const auto& list = fields.lists[attribute.slot];
    if (list.empty()) return;
    begin(out, attribute.name);
    out += '[';
    for (const Element& element : list) {
        if (out.back() != '[') out += ',';
        out += '{';
        for (std::size_t i = 0; i < attribute.subs.size(); ++i) {
            if (!present(element.text[i]) || !projection.shows(attribute, i)) continue;
            begin(out, attribute.subs[i].name);
            append_value(out, attribute.subs[i].type, element.text[i]);
        }
        out += '}';
    }
    out += ']';
}

// One of a group's members or of a user's groups.
void ResourceWriter::write_reference(std::string& out, const Attribute& attribute, MemberRef to, bool of_members, const Projection& projection)
{
    if (out.back() != '[') out += ',';
    out += '{';
    for (std::size_t i = 0; i < attribute.subs.size(); ++i) {
        if (!projection.shows(attribute, i)) continue;
        const std::string_view name = attribute.subs[i].name;
        begin(out, name);
        if (name == "type") {
            out.append(!of_members ? "\"direct\"" : to.is_group() ? "\"Group\"" : "\"User\"");
        } else if (name == "display") {
            append_json_string(out, display_of(store_, to));
        } else {
            out += '"';
            if (name == "value") append_id(out, store_.row(to).id);
            else append_location(out, to);
            out += '"';
        }
    }
    out += '}';
}

void ResourceWriter::write_meta(std::string& out, const Attribute& attribute, MemberRef which, const Projection& projection)
{
    const Row& row = store_.row(which);
    begin(out, attribute.name);
    out += '{';
    for (std::size_t i = 0; i < attribute.subs.size(); ++i) {
        if (!projection.shows(attribute, i)) continue;
        begin(out, attribute.subs[i].name);
        switch (i) {
            case 0: out.append(which.is_group() ? "\"Group\"" : "\"User\""); break;
            case 1: append_time(out, row.created); break;
            case 2: append_time(out, row.modified); break;
            case 3:
                out += '"';
                append_location(out, which);
                out += '"';
                break;
            default: {
                std::string version;
                append_version(version, row.version);
                append_json_string(out, version);
            }
        }
    }
    out += '}';
}

void ResourceWriter::write_custom(std::string& out, const Fields& fields, const Projection& projection)
{
    std::string_view open;
    for (const CustomValue& value : fields.custom) {
        if (!projection.shows_custom(value.urn, value.name)) continue;
        if (open.empty() || !equal_ignoring_ascii_case(open, value.urn)) {
            if (!open.empty()) out += '}';
            out += ',';
            append_json_string(out, value.urn);
            out.append(":{");
            open = value.urn;
        }
        if (out.back() != '{') out += ',';
        append_json_string(out, value.name);
        out.append(":").append(value.json);
    }
    if (!open.empty()) out += '}';
}

}  // namespace provsim::target
