// SPDX-License-Identifier: Apache-2.0
// Which attributes a reply shows: the parameters attributes and excludedAttributes (RFC 7644 3.9).
#pragma once

#include "target/schema.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace provsim::target {

class Projection {
public:
    explicit Projection(const ResourceSchema& schema) : schema_(&schema) { shown_.fill(everything); }

    // Comma-separated names; unknown ones are passed over. The first use of only() hides all but id and schemas.
    void only(std::string_view names);
    void without(std::string_view names);

    bool shows(const Attribute& attribute) const noexcept { return mask(attribute) != 0; }
    bool shows(const Attribute& attribute, std::size_t sub) const noexcept { return (mask(attribute) >> sub & 1) != 0; }
    bool shows_custom(std::string_view urn, std::string_view name) const noexcept;

private:
    static constexpr std::uint16_t everything = 0xFFFF;
    std::uint16_t mask(const Attribute& attribute) const noexcept { return shown_[position(attribute)]; }
    std::size_t position(const Attribute& attribute) const noexcept { return static_cast<std::size_t>(&attribute - schema_->attributes.data()); }
    void mark(std::string_view name, bool show);

    struct Custom {
        std::string urn;
        std::string name;   // empty = all of that URN
        bool show;
    };
    const ResourceSchema* schema_;
    std::array<std::uint16_t, 32> shown_{};   // by attribute, a bit for each sub-attribute
    bool chosen_ = false;
    std::vector<Custom> custom_;
};

}  // namespace provsim::target
