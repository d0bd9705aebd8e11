// SPDX-License-Identifier: Apache-2.0
// Lists: filters, indexes and pages (RFC 7644 3.4.2, 3.4.3).
#include "target/service.h"

#include "model/scim/urns.h"
#include "target/filter_match.h"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

namespace provsim::target {
namespace {

void append_number(std::string& out, std::size_t number)
{
    char text[24];
    const auto end = std::to_chars(text, text + sizeof text, number).ptr;
    out.append(text, end);
}

// Rows an index names for what every match must meet; nothing if there is no such index.
std::optional<std::vector<RowNumber>> indexed_rows(const Store& store, const Table& table, bool groups, const Matcher& matcher)
{
    const auto lookup = matcher.lookup();
    if (!lookup) return std::nullopt;
    std::vector<RowNumber> rows;
    switch (lookup->kind) {
        case Matcher::Lookup::Kind::id:
            if (const RowNumber row = table.find_id(lookup->text); row != no_row) rows.push_back(row);
            break;
        case Matcher::Lookup::Kind::key: table.find_key(lookup->key, lookup->text, rows); break;
        case Matcher::Lookup::Kind::has_member:
            if (const auto member = store.find(lookup->text)) rows = store.row(*member).groups;
            break;
        case Matcher::Lookup::Kind::member_of:
            if (const RowNumber group = store.groups.find_id(lookup->text); group != no_row)
                store.members(group).each([&](MemberRef member) {
                    if (member.is_group() == groups) rows.push_back(member.row());
                });
            break;
    }
    std::sort(rows.begin(), rows.end());
    return rows;
}

}  // namespace

Response Service::search(const Query& query)
{
    // A startIndex below 1 means 1, a count below 0 means 0 (RFC 7644 3.4.2.4).
    const auto start = static_cast<std::size_t>(std::max<std::int64_t>(query.start_index.value_or(1), 1));
    const auto wanted = query.count ? static_cast<std::size_t>(std::max<std::int64_t>(*query.count, 0)) : options_.page_size;
    const std::size_t page = std::min(wanted, options_.max_page_size);
    const Projection shown = projection(query);

    std::string resources;
    std::size_t total = 0, written = 0;
    const auto write = [&](RowNumber row) {
        if (written++ != 0) resources += ',';
        writer_.write(resources, ref(row), fields_, shown);
    };
    if (!query.filter) {
        total = table().size();
        for (RowNumber row = table().row_after(start - 1); row < table().end() && written < page; row = table().next_alive(row + 1)) {
            unpack(table()[row].values.bytes(), fields_);
            write(row);
        }
    } else {
        ScimError error;
        Matcher matcher;
        const auto filter = parse_filter(*query.filter);
        if (!filter) {
            const Problem& problem = filter.problems().front();
            return error_response({400, scim_type::invalid_filter, problem.what + " (column " + std::to_string(problem.place.column) + " of the filter)"});
        }
        if (!Matcher::compile(filter.value(), *schema_, matcher, error)) return error_response(error);
        const auto consider = [&](RowNumber row) {
            unpack(table()[row].values.bytes(), fields_);
            if (!matcher.matches(store_, ref(row), fields_)) return;
            if (++total >= start && written < page) write(row);
        };
        if (const auto rows = indexed_rows(store_, table(), groups(), matcher)) {
            for (const RowNumber row : *rows) consider(row);
        } else {
            for (RowNumber row = table().next_alive(0); row < table().end(); row = table().next_alive(row + 1)) consider(row);
        }
    }

    Response response;
    response.status = 200;
    response.headers.push_back({"Content-Type", "application/scim+json"});
    std::string& body = response.body;
    body.reserve(resources.size() + 160);
    body.append(R"({"schemas":[")").append(urn::list_response).append(R"("],"totalResults":)");
    append_number(body, total);
    append_number(body.append(R"(,"startIndex":)"), start);
    append_number(body.append(R"(,"itemsPerPage":)"), written);
    body.append(R"(,"Resources":[)").append(resources).append("]}");
    return response;
}

Response Service::search_by_body(const std::string& text)
{
    ScimError error;
    const auto document = parse(text, error);
    if (!document) return error_response(error);
    const json::element body = document->root();
    Query query;
    const auto names = [&](std::string_view key, std::optional<std::string>& out) {
        const auto held = member_ignoring_case(body, key);
        json::array list;
        if (!held || held->get(list) != simdjson::SUCCESS) return;
        out.emplace();
        for (const json::element one : list) out->append(as_string(one).value_or("")).append(",");
    };
    const auto number = [&](std::string_view key, std::optional<std::int64_t>& out) {
        const auto held = member_ignoring_case(body, key);
        std::int64_t value = 0;
        if (held && held->get(value) == simdjson::SUCCESS) out = value;
    };
    names("attributes", query.attributes);
    names("excludedAttributes", query.excluded_attributes);
    number("startIndex", query.start_index);
    number("count", query.count);
    if (const auto filter = member_ignoring_case(body, "filter"))
        if (const auto value = as_string(*filter)) query.filter.emplace(*value);
    return search(query);
}

}  // namespace provsim::target
