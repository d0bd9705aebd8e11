// SPDX-License-Identifier: Apache-2.0
#include "target/projection.h"

#include "model/scim/attribute_name.h"
#include "model/text.h"

namespace provsim::target {
namespace {

template <class Visit>
void each_name(std::string_view names, Visit visit)
{
    while (!names.empty()) {
        const auto comma = names.find(',');
        std::string_view name = names.substr(0, comma);
        names = comma == std::string_view::npos ? std::string_view{} : names.substr(comma + 1);
        while (!name.empty() && name.front() == ' ') name.remove_prefix(1);
        while (!name.empty() && name.back() == ' ') name.remove_suffix(1);
        if (!name.empty()) visit(name);
    }
}

}  // namespace

void Projection::mark(std::string_view name, bool show)
{
    const auto split = split_attribute_name(name);
    if (!split) return;
    if (!split->urn.empty() && !knows_urn(*schema_, split->urn)) {
        custom_.push_back({std::string(split->urn), std::string(split->name), show});
        return;
    }
    for (const Attribute& attribute : schema_->attributes) {
        if (attribute.storage == Storage::id || attribute.storage == Storage::schemas) continue;   // returned: always (RFC 7643 3.1)
        const bool named = split->name.empty() ? equal_ignoring_ascii_case(attribute.schema, split->urn)
                                               : &attribute == find_attribute(*schema_, split->urn, split->name);
        if (!named) continue;
        std::uint16_t bits = everything;
        if (!split->sub.empty()) {
            const int sub = find_sub(attribute, split->sub);
            if (sub == no_sub) continue;
            bits = static_cast<std::uint16_t>(1u << sub);
        }
        auto& shown = shown_[position(attribute)];
        // Without the bits that stand for no sub-attribute, so that hiding the last one hides the attribute.
        if (!show && !attribute.subs.empty()) shown = static_cast<std::uint16_t>(shown & ((1u << attribute.subs.size()) - 1));
        shown = static_cast<std::uint16_t>(show ? shown | bits : shown & ~bits);
    }
}

void Projection::only(std::string_view names)
{
    if (!chosen_) {
        for (const Attribute& attribute : schema_->attributes)
            if (attribute.storage != Storage::id) shown_[position(attribute)] = 0;
        chosen_ = true;
    }
    each_name(names, [&](std::string_view name) { mark(name, true); });
}

void Projection::without(std::string_view names)
{
    each_name(names, [&](std::string_view name) { mark(name, false); });
}

bool Projection::shows_custom(std::string_view urn, std::string_view name) const noexcept
{
    bool show = !chosen_;
    for (const Custom& custom : custom_)
        if (equal_ignoring_ascii_case(custom.urn, urn) && (custom.name.empty() || equal_ignoring_ascii_case(custom.name, name))) show = custom.show;
    return show;
}

}  // namespace provsim::target
