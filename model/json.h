// SPDX-License-Identifier: Apache-2.0
// JSON for the path that repeats: simdjson to read, direct append to write.
// (Scenarios, reports and other documents of people use nlohmann/json in their own rooms.)
#pragma once

#include <simdjson.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace provsim {

namespace json = simdjson::dom;

// A parsed JSON text. Owns its memory; elements taken from root() live as long as it does. Movable, not copyable.
class JsonDocument {
public:
    JsonDocument() = default;
    json::element root() const noexcept { return root_; }   // meaningful when filled()
    bool filled() const noexcept { return document_ != nullptr; }

private:
    friend class JsonReader;
    // Documents whose texts are done with. A new one costs three allocations, two of them large.
    struct Spare {
        std::vector<std::unique_ptr<json::document>> documents;
    };
    struct GiveBack {
        std::shared_ptr<Spare> spare;       // outlives the reader, as documents do
        void operator()(json::document* document) const noexcept;
    };
    std::unique_ptr<json::document, GiveBack> document_;
    json::element root_;
};

// The parser's scratch memory, and its documents', reused from text to text. One per thread, its documents included.
class JsonReader {
public:
    // Nothing if `text` is not exactly one JSON value, is nested deeper than 64, or is larger than 64 MiB.
    std::optional<JsonDocument> read(std::string_view text);

private:
    json::parser parser_{64u << 20};
    std::shared_ptr<JsonDocument::Spare> spare_ = std::make_shared<JsonDocument::Spare>();
};

// Looks a member up; nothing if `object` is no object or has no such member. Names match exactly.
std::optional<json::element> member(json::element object, std::string_view name) noexcept;
// The same, ignoring ASCII case (RFC 7643 2.1: attribute names are case insensitive).
std::optional<json::element> member_ignoring_case(json::element object, std::string_view name) noexcept;
std::optional<std::string_view> as_string(json::element element) noexcept;
std::optional<std::string_view> string_member(json::element object, std::string_view name) noexcept;

// Appends `text` as a JSON string, quotes included. Control characters, '"' and '\' are escaped; the rest is kept as UTF-8.
void append_json_string(std::string& out, std::string_view text);

}  // namespace provsim
