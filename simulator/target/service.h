// SPDX-License-Identifier: Apache-2.0
// The operations on Users and Groups, one function for each (RFC 7644 3.3 to 3.6).
#pragma once

#include "target/projection.h"
#include "target/resource_writer.h"
#include "target/sandbox.h"
#include "target/store.h"
#include "target/url_query.h"

#include <optional>
#include <string>
#include <string_view>

namespace provsim::target {

class Service {
public:
    explicit Service(SandboxOptions options) : options_(std::move(options)), writer_(store_, options_.base_url) {}
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;

    const SandboxOptions& options() const noexcept { return options_; }
    const Store& store() const noexcept { return store_; }

    // Which resources, and when, the next operation is about.
    void begin(const ResourceSchema& schema, TimePoint now);

    Response create(const std::string& body, const Query& query);
    Response search(const Query& query);
    Response search_by_body(const std::string& body);   // POST .../.search (RFC 7644 3.4.3)
    // `headers` may be null; If-Match and If-None-Match are read from them (RFC 7644 3.14).
    Response read(std::string_view id, const Query& query, const Headers* headers);
    Response replace(std::string_view id, const std::string& body, const Query& query, const Headers* headers);
    Response patch(std::string_view id, const std::string& body, const Query& query, const Headers* headers);
    Response erase(std::string_view id, const Headers* headers);

private:
    bool groups() const noexcept { return schema_ == &group_schema(); }
    Table& table() noexcept { return groups() ? store_.groups : store_.users; }
    MemberRef ref(RowNumber row) const noexcept { return groups() ? MemberRef::group(row) : MemberRef::user(row); }
    Projection projection(const Query& query) const;
    // The living row, with its values in old_ and its precondition met; else an answer.
    std::optional<Response> find(std::string_view id, const Headers* headers, RowNumber& row);
    std::optional<JsonDocument> parse(const std::string& body, ScimError& error);
    bool check_schemas(json::element body, ScimError& error) const;
    bool check_unique(RowNumber but, ScimError& error) const;
    // Packs fields_ and writes them to the row, if they or the members changed.
    void store_changes(RowNumber row, bool members_changed);
    Response answer(int status, RowNumber row, const Fields& fields, const Query& query);

    SandboxOptions options_;
    Store store_;
    ResourceWriter writer_;
    JsonReader reader_;
    const ResourceSchema* schema_ = nullptr;
    TimePoint now_{};
    // Scratch of one operation, kept for its memory.
    Fields old_, fields_;
    TextArena arena_;
    std::string packed_;
};

}  // namespace provsim::target
