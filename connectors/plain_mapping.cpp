// SPDX-License-Identifier: Apache-2.0
#include "connectors/plain_mapping.h"

#include "connectors/requests.h"

#include <fmt/format.h>

#include <algorithm>

namespace provsim {
namespace {

// False if there is no such attribute of that kind of object.
bool read_source(std::string_view from, ObjectKind kind, const Directory& directory, PlainRow& row)
{
    using From = PlainRow::From;
    if (from.size() > 2 && from.front() == '[' && from.back() == ']') from = from.substr(1, from.size() - 2);   // as scenarios' `attribute` has it
    const auto known = from.starts_with("custom.") ? directory.find_custom(from) : find_attribute(from, Spelling::neutral);
    row.from = from == "objectId" ? From::object_id : from == "active" ? From::active : from == "manager" ? From::manager : From::attribute;
    row.attribute = known.value_or(Attribute::handle);
    if (kind == ObjectKind::group) return row.from == From::object_id || known == Attribute::display_name;
    return row.from != From::attribute || row.attribute != Attribute::handle;
}

class PlainCompiler {
public:
    PlainCompiler(ObjectKind kind, const Directory& directory) : groups_(kind == ObjectKind::group), kind_(kind), directory_(directory) {}

    void add(const MappingSpec& spec)
    {
        if (spec.removed) return;
        PlainRow row;
        auto path = parse_target_path(spec.target);
        const bool more = spec.default_value || spec.only_on_create || spec.matching > 0 || spec.required || spec.type || spec.case_exact;
        const bool constant = spec.from == MappingSpec::From::constant;
        if (more || spec.from == MappingSpec::From::none)
            return refuse(fmt::format("the row of \"{}\" asks for more than this provider knows", spec.target), "leave target and attribute, or target and constant", spec.place);
        if (!path || spec.target == "id" || spec.target == "members")
            return refuse(fmt::format("\"{}\" is no attribute that can be mapped", spec.target),
                          "write title, name.givenName, emails[type eq \"work\"].value or urn:...:User:attribute", spec.place);
        if (!constant && !read_source(spec.source, kind_, directory_, row))
            return refuse(fmt::format("\"{}\" is no attribute of a {}; this provider evaluates no expressions", spec.source, groups_ ? "group" : "user"),
                          groups_ ? "write displayName, objectId or a constant" : "write mail, custom.costCentre, objectId, active, manager or a constant", spec.place);
        if (constant) row.constant = spec.source;
        row.whole = path->sub == "value" ? spec.target.substr(0, spec.target.rfind('.')) : spec.target;
        row.path = std::move(*path);
        table.push_back(std::move(row));
    }

    void refuse(std::string what, std::string remedy, const Place& place = {})
    {
        problems.push_back({Severity::error, "mapping", std::move(what), std::move(remedy), place});
    }

    PlainTable table;
    Problems problems;

private:
    bool groups_;
    ObjectKind kind_;
    const Directory& directory_;
};

}  // namespace

ResourceTree PlainRow::json(std::string_view value) const
{
    const bool truth = path.text == "active" && (value == "true" || value == "false");
    return truth ? ResourceTree::raw(std::string(value)) : ResourceTree::text(value);
}

Result<PlainTable> compile_plain(std::span<const PlainSource> defaults, const ObjectMapping& mapping, const Directory& directory, ObjectKind kind)
{
    std::vector<MappingSpec> specs;
    for (const PlainSource& row : defaults) {
        specs.emplace_back().target = row.target;
        specs.back().source = row.from;
    }
    for (const MappingSpec& spec : mapping.rows) {
        const auto same = std::find_if(specs.begin(), specs.end(), [&](const MappingSpec& other) { return other.target == spec.target; });
        if (same != specs.end()) *same = spec;
        else specs.push_back(spec);
    }
    PlainCompiler made(kind, directory);
    for (const MappingSpec& spec : specs) made.add(spec);
    if (mapping.base != ObjectMapping::Base::standard) made.refuse("this provider has one table of attributes", "take attributes out with remove: true");
    if (!mapping.create || !mapping.update || !mapping.remove)
        made.refuse("this provider creates, updates and deletes, whatever a mapping says", "leave the target object actions as they are");
    if (made.problems.empty() && (made.table.empty() || made.table.front().path.text != defaults.front().target))
        made.refuse(fmt::format("objects of the target are found by {}, which is not mapped any more", defaults.front().target), "leave it in the mapping");
    if (!made.problems.empty()) return std::move(made.problems);
    return std::move(made.table);
}

void take_plain_values(Brief& brief, const PlainTable& table, const View& view)
{
    const ObjectRef object = brief.task.object;
    brief.computed.reserve(table.size());
    brief.desired.reserve(table.size());
    for (std::size_t i = 0; i < table.size(); ++i) {
        std::string_view value;
        switch (table[i].from) {
            case PlainRow::From::constant: value = table[i].constant; break;
            case PlainRow::From::attribute: value = object.is_group() ? view.display_name(object.group()) : view.value(object.user(), table[i].attribute); break;
            case PlainRow::From::object_id: value = brief.computed.emplace_back(to_string(view.object_id(object))); break;
            case PlainRow::From::active: value = brief.entitlement.in_scope() && brief.enabled ? "true" : "false"; break;
            case PlainRow::From::manager: value = brief.computed.emplace_back(brief.other_link.value_or("")); break;
        }
        if (!value.empty()) brief.desired.push_back({static_cast<std::uint16_t>(i), Wanted::When::always, value});
    }
}

std::string_view wanted_value(const Brief& brief, std::size_t row) noexcept
{
    const auto found = std::find_if(brief.desired.begin(), brief.desired.end(), [row](const Wanted& wanted) { return wanted.row == row; });
    return found == brief.desired.end() ? std::string_view{} : found->value;
}

std::vector<std::size_t> plain_differences(const Brief& brief, const PlainTable& table, const ResourceTree& resource)
{
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < table.size(); ++i) {
        const std::string_view value = wanted_value(brief, i);
        const ResourceTree* had = resource.at(table[i].path);
        const bool same = value.empty() ? !had || had->is_empty() : had && had->json() == table[i].json(value).json();
        if (!same) rows.push_back(i);
    }
    return rows;
}

void place(ResourceTree& resource, const PlainRow& row, std::string_view value)
{
    TargetPath whole = row.path;
    if (row.wraps()) whole.sub.clear();
    if (row.wraps() || value.empty()) resource.remove(whole);
    if (value.empty()) return;
    if (!row.path.extension.empty()) resource.declare(row.path.extension);
    resource.place(row.path, row.json(value));
}

std::string plain_patch(const Brief& brief, const PlainTable& table, const ResourceTree& resource, const std::vector<std::size_t>& rows)
{
    const auto lacks_element = [&](const PlainRow& row) {
        TargetPath mark = row.path;
        mark.sub = row.path.primary ? "primary" : "type";
        return row.path.selects_element() && row.path.extension.empty() && !resource.at(mark);
    };
    ResourceTree added = ResourceTree::object();
    for (const std::size_t i : rows)
        if (lacks_element(table[i])) added.place(table[i].path, table[i].json(wanted_value(brief, i)));
    PatchWriter patch;
    for (const std::size_t i : rows) {
        const PlainRow& row = table[i];
        const std::string_view value = wanted_value(brief, i);
        if (lacks_element(row)) {
            ResourceTree* list = added.find(row.path.attribute);
            if (!list) continue;        // written with another of its attributes
            patch.begin("add", row.path.attribute);
            patch.begin_value();
            list->append_to(patch.text());
            added.erase(row.path.attribute);
        } else if (value.empty()) {
            patch.begin("remove", row.whole);
        } else {
            patch.begin("replace", row.wraps() ? row.whole : row.path.text);
            patch.begin_value();
            patch.text() += row.wraps() ? "{\"value\":" + row.json(value).json() + '}' : row.json(value).json();
        }
        patch.end();
    }
    return std::move(patch).finish();
}

std::vector<Modified> plain_modified(const Brief& brief, const PlainTable& table, const ResourceTree& resource, const std::vector<std::size_t>& rows)
{
    std::vector<Modified> list;
    for (const std::size_t i : rows) {
        const ResourceTree* had = resource.at(table[i].path);
        std::string old = had ? had->dump() : std::string();
        if (old.size() >= 2 && old.front() == '"') old = old.substr(1, old.size() - 2);
        list.push_back({table[i].path.text, std::move(old), std::string(wanted_value(brief, i))});
    }
    return list;
}

}  // namespace provsim
