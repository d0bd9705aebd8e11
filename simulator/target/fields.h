// SPDX-License-Identifier: Apache-2.0
// One resource's values in two forms: packed into one block of bytes, as the store keeps a million of them, and
// spread out as views, as one request works on them.
#pragma once

#include "target/schema.h"

#include <array>
#include <cstdint>
#include <forward_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace provsim::target {

// A view without data is an absent value; an empty text is present and has data.
inline bool present(std::string_view text) noexcept { return text.data() != nullptr; }
inline constexpr std::string_view absent{};

// One value of a multi-valued attribute: a text for each sub-attribute, in the schema's order.
struct Element {
    std::array<std::string_view, slot::subs> text{};
    bool empty() const noexcept
    {
        for (const auto& t : text)
            if (present(t)) return false;
        return true;
    }
    friend bool operator==(const Element&, const Element&);   // absent and empty differ
};

// An attribute of an extension the sandbox has no table for, kept and shown as JSON.
struct CustomValue {
    std::string_view urn;
    std::string_view name;
    std::string_view json;
};

struct Fields;
// Any text of an attribute that Storage::text holds, sub-attributes included?
bool has_value(const Attribute& attribute, const Fields& fields) noexcept;

// The views point into the request, into a packed block or into a TextArena, whichever made them.
struct Fields {
    std::array<std::string_view, slot::count> text{};
    std::array<std::vector<Element>, slot::lists> lists;
    std::vector<CustomValue> custom;   // those of one URN stand together

    void clear();
    const CustomValue* find_custom(std::string_view urn, std::string_view name) const noexcept;   // ignoring ASCII case
    void set_custom(const CustomValue& value);
    void remove_custom(std::string_view urn, std::string_view name);   // empty name: all of that URN
};

// Owns the texts a request makes itself, until clear(). Views stay valid when more is kept.
class TextArena {
public:
    std::string_view keep(std::string text) { return texts_.emplace_front(std::move(text)); }
    void clear() { texts_.clear(); }

private:
    std::forward_list<std::string> texts_;   // costs nothing until it is used
};

// A block of bytes in exactly the size needed.
class Packed {
public:
    Packed() = default;
    explicit Packed(std::string_view bytes);
    std::string_view bytes() const noexcept { return {data_.get(), size_}; }

private:
    std::unique_ptr<char[]> data_;
    std::uint32_t size_ = 0;
};

// Replaces `out`. Equal fields pack into equal bytes.
void pack(const Fields& fields, std::string& out);
// Replaces `out`, whose views point into `bytes` afterwards.
void unpack(std::string_view bytes, Fields& out);
// One text of a packed block, without unpacking the rest; absent if it is not there.
std::string_view peek_text(std::string_view bytes, std::uint8_t slot);

}  // namespace provsim::target
