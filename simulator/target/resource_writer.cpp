// SPDX-License-Identifier: Apache-2.0
#include "target/resource_writer.h"

#include "target/byte_writer.h"

namespace provsim::target {
namespace {

constexpr std::size_t usual_size = 1500;   // bytes; more is no harm

void write_value(ByteWriter& out, Type type, std::string_view text)
{
    if (type == Type::boolean) out.raw(text);
    else out.string(text);
}

void separate(ByteWriter& out, char opening)
{
    if (out.last() != opening) out.raw(',');
}

std::string_view endpoint(MemberRef which) noexcept { return which.is_group() ? group_schema().endpoint : user_schema().endpoint; }

}  // namespace

std::string_view display_of(const Store& store, MemberRef which)
{
    const auto bytes = store.row(which).values.bytes();
    const auto display = peek_text(bytes, slot::display_name);
    return present(display) ? display : peek_text(bytes, slot::user_name);
}

std::string version_tag(std::uint32_t version) { return "W/\"" + std::to_string(version) + '"'; }

std::string ResourceWriter::location(MemberRef which) const
{
    std::string out;
    out.reserve(base_url_.size() + 48);
    out.append(base_url_).append(endpoint(which)).append("/");
    append_id(out, store_.row(which).id);
    return out;
}

void ResourceWriter::quoted_id(ByteWriter& out, MemberRef which) const
{
    char text[id_size + 2];
    text[0] = text[id_size + 1] = '"';
    write_id(text + 1, store_.row(which).id);
    out.raw(std::string_view(text, sizeof text));
}

void ResourceWriter::quoted_location(ByteWriter& out, MemberRef which) const
{
    char text[id_size + 2];
    text[0] = '/';
    text[id_size + 1] = '"';
    write_id(text + 1, store_.row(which).id);
    out.raw('"');
    out.raw(base_url_);
    out.raw(endpoint(which));
    out.raw(std::string_view(text, sizeof text));
}

void ResourceWriter::quoted_time(ByteWriter& out, TimePoint at)
{
    if (at != last_time_ || last_time_text_.empty()) {
        last_time_ = at;
        last_time_text_ = '"' + format_time(at) + '"';
    }
    out.raw(last_time_text_);
}

void ResourceWriter::write(std::string& body, MemberRef which, const Fields& fields, const Projection& projection)
{
    const ResourceSchema& schema = which.is_group() ? group_schema() : user_schema();
    ByteWriter out(body, usual_size);
    out.raw("{\"schemas\":[");
    each_schema(schema, fields, [&](std::string_view urn) {
        separate(out, '[');
        out.string(urn);
    });
    out.raw(']');

    bool extended = false;   // the extension's object is open
    for (const Attribute& each : schema.attributes) {
        if (each.storage == Storage::schemas || each.storage == Storage::meta) continue;   // first and last
        if (each.schema == urn::enterprise_user) {
            if (!projection.shows(each) || !has_value(each, fields)) continue;
            if (!extended) {
                out.key(urn::enterprise_user);
                out.raw('{');
                extended = true;
            }
        }
        attribute(out, each, which, fields, projection);
    }
    if (extended) out.raw('}');
    custom(out, fields, projection);
    attribute(out, schema.attributes.back(), which, fields, projection);
    out.raw('}');
}

void ResourceWriter::attribute(ByteWriter& out, const Attribute& attribute, MemberRef which, const Fields& fields, const Projection& projection)
{
    if (attribute.mutability == Mutability::write_only || !projection.shows(attribute)) return;
    const auto references = [&](bool of_members, const auto& each_of) {
        out.key(attribute.name);
        out.raw('[');
        each_of([&](MemberRef to) { reference(out, attribute, to, of_members, projection); });
        out.raw(']');
    };
    switch (attribute.storage) {
        case Storage::schemas: return;
        case Storage::id:
            out.key(attribute.name);
            return quoted_id(out, which);
        case Storage::meta: return meta(out, attribute, which, projection);
        case Storage::list: return list(out, attribute, fields, projection);
        case Storage::groups:
            if (store_.row(which).groups.empty()) return;
            return references(false, [&](auto visit) {
                for (const RowNumber group : store_.row(which).groups) visit(MemberRef::group(group));
            });
        case Storage::members:
            if (store_.members(which.row()).size() == 0) return;
            return references(true, [&](auto visit) { store_.members(which.row()).each(visit); });
        case Storage::text: break;
    }
    if (!attribute.subs.empty()) return text_subs(out, attribute, fields, projection);
    const std::string_view text = fields.text[attribute.slot];
    if (!present(text)) return;
    out.key(attribute.name);
    write_value(out, attribute.type, text);
}

void ResourceWriter::text_subs(ByteWriter& out, const Attribute& attribute, const Fields& fields, const Projection& projection)
{
    const bool manager = attribute.slot == slot::manager;
    const auto referent = manager && present(fields.text[slot::manager]) ? store_.find(fields.text[slot::manager]) : std::nullopt;
    bool open = false;
    for (std::size_t i = 0; i < attribute.subs.size(); ++i) {
        const bool derived = i > 0 && referent;   // of a manager who is here, $ref and displayName are known better here
        const bool stored = attribute.slot + i < slot::count && present(fields.text[attribute.slot + i]);
        if ((!derived && !stored) || !projection.shows(attribute, i)) continue;
        if (!open) {
            out.key(attribute.name);
            out.raw('{');
            open = true;
        }
        out.key(attribute.subs[i].name);
        if (!derived) write_value(out, attribute.subs[i].type, fields.text[attribute.slot + i]);
        else if (attribute.subs[i].type == Type::reference) quoted_location(out, *referent);
        else out.string(display_of(store_, *referent));
    }
    if (open) out.raw('}');
}

void ResourceWriter::list(ByteWriter& out, const Attribute& attribute, const Fields& fields, const Projection& projection)
{
    const auto& elements = fields.lists[attribute.slot];
    if (elements.empty()) return;
    out.key(attribute.name);
    out.raw('[');
    for (const Element& element : elements) {
        separate(out, '[');
        out.raw('{');
        for (std::size_t i = 0; i < attribute.subs.size(); ++i) {
            if (!present(element.text[i]) || !projection.shows(attribute, i)) continue;
            out.key(attribute.subs[i].name);
            write_value(out, attribute.subs[i].type, element.text[i]);
        }
        out.raw('}');
    }
    out.raw(']');
}

// One of a group's members or of a user's groups.
void ResourceWriter::reference(ByteWriter& out, const Attribute& attribute, MemberRef to, bool of_members, const Projection& projection)
{
    separate(out, '[');
    out.raw('{');
    for (std::size_t i = 0; i < attribute.subs.size(); ++i) {
        if (!projection.shows(attribute, i)) continue;
        const std::string_view name = attribute.subs[i].name;
        out.key(name);
        if (name == "type") out.raw(!of_members ? "\"direct\"" : to.is_group() ? "\"Group\"" : "\"User\"");
        else if (name == "display") out.string(display_of(store_, to));
        else if (name == "value") quoted_id(out, to);
        else quoted_location(out, to);
    }
    out.raw('}');
}

void ResourceWriter::meta(ByteWriter& out, const Attribute& attribute, MemberRef which, const Projection& projection)
{
    const Row& row = store_.row(which);
    out.key(attribute.name);
    out.raw('{');
    for (std::size_t i = 0; i < attribute.subs.size(); ++i) {
        if (!projection.shows(attribute, i)) continue;
        out.key(attribute.subs[i].name);
        switch (i) {   // meta_subs in schema.cpp
            case 0: out.raw(which.is_group() ? "\"Group\"" : "\"User\""); break;
            case 1: quoted_time(out, row.created); break;
            case 2: quoted_time(out, row.modified); break;
            case 3: quoted_location(out, which); break;
            default: out.string(version_tag(row.version));
        }
    }
    out.raw('}');
}

void ResourceWriter::custom(ByteWriter& out, const Fields& fields, const Projection& projection)
{
    std::string_view open;
    for (const CustomValue& value : fields.custom) {
        if (!projection.shows_custom(value.urn, value.name)) continue;
        if (open.empty() || !equal_ignoring_ascii_case(open, value.urn)) {
            if (!open.empty()) out.raw('}');
            out.raw(',');
            out.string(value.urn);
            out.raw(":{");
            open = value.urn;
        }
        separate(out, '{');
        out.string(value.name);
        out.raw(':');
        out.raw(value.json);
    }
    if (!open.empty()) out.raw('}');
}

}  // namespace provsim::target
