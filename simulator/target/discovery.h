// SPDX-License-Identifier: Apache-2.0
// What the sandbox says about itself (RFC 7643 5, 6, 7; RFC 7644 4).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace provsim::target {

// The body for GET /ServiceProviderConfig, /Schemas, /Schemas/{id}, /ResourceTypes or /ResourceTypes/{id}; `id` empty =
// the collection. Nothing if there is no such thing.
std::optional<std::string> discovery_body(std::string_view collection, std::string_view id, std::string_view base_url, std::size_t max_results);
bool is_discovery(std::string_view collection) noexcept;

}  // namespace provsim::target
