// SPDX-License-Identifier: Apache-2.0
#include "target/service.h"

#include "model/scim/urns.h"
#include "model/text.h"
#include "target/assign.h"
#include "target/patch.h"

#include <utility>

namespace provsim::target {
namespace {

constexpr RowNumber nobody = no_row;

// Whether a list of entity tags names `version` or is "*" (RFC 9110 13.1). Tags compare weakly: all of ours are weak.
bool names_version(std::string_view tags, std::uint32_t version)
{
    const std::string wanted = version_tag(version);
    const std::string_view opaque = std::string_view(wanted).substr(2);
    while (!tags.empty()) {
        const auto comma = tags.find(',');
        std::string_view tag = tags.substr(0, comma);
        tags = comma == std::string_view::npos ? std::string_view{} : tags.substr(comma + 1);
        while (!tag.empty() && tag.front() == ' ') tag.remove_prefix(1);
        while (!tag.empty() && tag.back() == ' ') tag.remove_suffix(1);
        if (tag == "*" || tag == wanted || tag == opaque) return true;
    }
    return false;
}

}  // namespace

void Service::begin(const ResourceSchema& schema, TimePoint now)
{
    schema_ = &schema;
    now_ = now;
    arena_.clear();
    fields_.clear();
}

Projection Service::projection(const Query& query) const
{
    Projection out(*schema_);
    if (query.attributes) out.only(*query.attributes);
    if (query.excluded_attributes) out.without(*query.excluded_attributes);
    return out;
}

std::optional<JsonDocument> Service::parse(const std::string& body, ScimError& error)
{
    auto document = reader_.read(body);
    if (document && document->root().is_object()) return document;
    refuse(error, scim_type::invalid_syntax, "the body must be a JSON object");
    return std::nullopt;
}

bool Service::check_schemas(json::element body, ScimError& error) const
{
    const auto schemas = member_ignoring_case(body, "schemas");
    json::array urns;
    if (schemas && schemas->get(urns) == simdjson::SUCCESS)
        for (const json::element one : urns)
            if (const auto named = as_string(one); named && (*named == schema_->urn || equal_ignoring_ascii_case(*named, schema_->urn))) return true;
    return refuse(error, scim_type::invalid_value, "the body's \"schemas\" must name " + std::string(schema_->urn));   // RFC 7643 3
}

bool Service::check_unique(RowNumber but, ScimError& error) const
{
    if (groups() || !store_.users.taken(Key::user_name, fields_.text[slot::user_name], but)) return true;
    return refuse(error, scim_type::uniqueness, "another user has this \"userName\"", 409);
}

std::optional<Response> Service::find(std::string_view id, const Headers* headers, RowNumber& row)
{
    row = table().find_id(id);
    if (row == no_row) return error_response({404, {}, "there is no " + std::string(schema_->name) + " with this id"});
    const std::string_view if_match = headers ? find_header(*headers, "If-Match") : std::string_view{};
    if (!if_match.empty() && !names_version(if_match, table()[row].version))
        return error_response({412, {}, "the resource has changed since the version in If-Match"});
    unpack(table()[row].values.bytes(), old_);
    return std::nullopt;
}

Response Service::answer(int status, RowNumber row, const Fields& fields, const Query& query)
{
    Response response;
    response.status = status;
    response.headers.reserve(3);
    response.headers.push_back({"Content-Type", "application/scim+json"});
    response.headers.push_back({"ETag", version_tag(table()[row].version)});
    if (status == 201) response.headers.push_back({"Location", writer_.location(ref(row))});
    writer_.write(response.body, ref(row), fields, projection(query));
    return response;
}

Response Service::create(const std::string& body, const Query& query)
{
    ScimError error;
    const auto document = parse(body, error);
    if (!document || !check_schemas(document->root(), error)) return error_response(error);
    Assigner assign(*schema_, store_, fields_, arena_, error);
    if (!assign.body(document->root()) || !assign.check_required(nullptr) || !check_unique(nobody, error)) return error_response(error);
    if (!groups() && !present(fields_.text[slot::active])) fields_.text[slot::active] = "true";

    pack(fields_, packed_);
    const RowNumber row = groups() ? store_.create_group(fields_, packed_, now_) : store_.users.create(fields_, packed_, now_);
    if (assign.members()) {
        MembershipEdit members(store_, row);
        members.replace_all(*assign.members());
        members.keep();
    }
    return answer(201, row, fields_, query);
}

Response Service::read(std::string_view id, const Query& query, const Headers* headers)
{
    RowNumber row = no_row;
    if (auto refusal = find(id, headers, row)) return std::move(*refusal);
    const std::string_view if_none_match = headers ? find_header(*headers, "If-None-Match") : std::string_view{};
    if (if_none_match.empty() || !names_version(if_none_match, table()[row].version)) return answer(200, row, old_, query);
    Response unchanged;
    unchanged.status = 304;
    unchanged.headers.push_back({"ETag", version_tag(table()[row].version)});
    return unchanged;
}

void Service::store_changes(RowNumber row, bool members_changed)
{
    pack(fields_, packed_);
    if (members_changed || packed_ != table()[row].values.bytes()) table().update(row, old_, fields_, packed_, now_);
    // fields_ pointed into the row's old block as well as into the request.
    unpack(table()[row].values.bytes(), fields_);
}

Response Service::replace(std::string_view id, const std::string& body, const Query& query, const Headers* headers)
{
    RowNumber row = no_row;
    if (auto refusal = find(id, headers, row)) return std::move(*refusal);
    ScimError error;
    const auto document = parse(body, error);
    if (!document || !check_schemas(document->root(), error)) return error_response(error);
    // What the body leaves out is cleared (RFC 7644 3.5.1), but for the password, which a client cannot repeat.
    fields_.text[slot::password] = old_.text[slot::password];
    Assigner assign(*schema_, store_, fields_, arena_, error);
    if (!assign.body(document->root()) || !assign.check_required(nullptr) || !check_unique(row, error)) return error_response(error);
    if (!groups()) {
        if (!present(fields_.text[slot::active])) fields_.text[slot::active] = "true";
        store_changes(row, false);
    } else {
        MembershipEdit members(store_, row);
        members.replace_all(assign.members() ? *assign.members() : std::vector<MemberRef>());
        store_changes(row, members.changed());
        members.keep();
    }
    return answer(200, row, fields_, query);
}

Response Service::patch(std::string_view id, const std::string& body, const Query& query, const Headers* headers)
{
    RowNumber row = no_row;
    if (auto refusal = find(id, headers, row)) return std::move(*refusal);
    ScimError error;
    const auto document = parse(body, error);
    if (!document) return error_response(error);
    fields_ = old_;
    std::optional<MembershipEdit> members;
    if (groups()) members.emplace(store_, row);
    Patch patch(*schema_, store_, fields_, arena_, members ? &*members : nullptr, error);
    Assigner check(*schema_, store_, fields_, arena_, error);
    if (!patch.apply(document->root()) || !check.check_required(&old_) || !check_unique(row, error)) return error_response(error);
    store_changes(row, members && members->changed());
    if (members) members->keep();
    if (!groups() || options_.patched_group_is_returned) return answer(200, row, fields_, query);
    Response done;
    done.status = 204;
    done.headers.push_back({"ETag", version_tag(table()[row].version)});
    return done;
}

Response Service::erase(std::string_view id, const Headers* headers)
{
    RowNumber row = no_row;
    if (auto refusal = find(id, headers, row)) return std::move(*refusal);
    store_.erase(ref(row), old_, now_);
    Response done;
    done.status = 204;
    return done;
}

}  // namespace provsim::target
