// SPDX-License-Identifier: Apache-2.0
#include "target/fields.h"

#include "model/check.h"
#include "model/text.h"
#include "target/byte_writer.h"

#include <algorithm>
#include <cstring>

namespace provsim::target {
namespace {

// A packed block is a row of items {tag, length, bytes}: a slot's text, one element of a list (itself a row of
// items, tagged by sub-attribute), or one custom value (three items).
constexpr unsigned char list_tag = 0x40, custom_tag = 0x80;

void put_head(ByteWriter& out, unsigned tag, std::size_t length)
{
    out.raw(static_cast<char>(tag));
    for (; length >= 0x80; length >>= 7) out.raw(static_cast<char>(length | 0x80));
    out.raw(static_cast<char>(length));
}

void put(ByteWriter& out, unsigned tag, std::string_view bytes)
{
    put_head(out, tag, bytes.size());
    out.raw(bytes);
}

std::size_t size_of_item(std::string_view bytes)
{
    std::size_t size = 2 + bytes.size();
    for (std::size_t length = bytes.size(); length >= 0x80; length >>= 7) ++size;
    return size;
}

struct Item {
    unsigned tag;
    std::string_view bytes;
};

Item take(std::string_view& in)
{
    PROVSIM_CHECK(in.size() >= 2);
    const auto tag = static_cast<unsigned char>(in[0]);
    std::size_t length = 0, at = 1;
    for (unsigned shift = 0;; shift += 7) {
        const auto byte = static_cast<unsigned char>(in[at++]);
        length |= static_cast<std::size_t>(byte & 0x7F) << shift;
        if ((byte & 0x80) == 0) break;
    }
    PROVSIM_CHECK(length <= in.size() - at);
    const Item item{tag, in.substr(at, length)};
    in.remove_prefix(at + length);
    return item;
}

bool same(std::string_view a, std::string_view b) noexcept { return present(a) == present(b) && a == b; }

}  // namespace

bool operator==(const Element& a, const Element& b)
{
    return std::equal(a.text.begin(), a.text.end(), b.text.begin(), same);
}

void Fields::clear()
{
    text.fill(absent);
    for (auto& list : lists) list.clear();
    custom.clear();
}

bool has_value(const Attribute& attribute, const Fields& fields) noexcept
{
    const std::size_t count = attribute.subs.empty() ? 1 : attribute.subs.size();
    for (std::size_t i = attribute.slot; i < attribute.slot + count && i < slot::count; ++i)
        if (present(fields.text[i])) return true;
    return false;
}

const CustomValue* Fields::find_custom(std::string_view urn, std::string_view name) const noexcept
{
    for (const CustomValue& value : custom)
        if (equal_ignoring_ascii_case(value.urn, urn) && equal_ignoring_ascii_case(value.name, name)) return &value;
    return nullptr;
}

void Fields::set_custom(const CustomValue& value)
{
    auto after = custom.end();   // behind the last of the same URN
    for (auto it = custom.begin(); it != custom.end(); ++it) {
        if (!equal_ignoring_ascii_case(it->urn, value.urn)) continue;
        if (equal_ignoring_ascii_case(it->name, value.name)) {
            it->json = value.json;
            return;
        }
        after = it + 1;
    }
    custom.insert(after, value);
}

void Fields::remove_custom(std::string_view urn, std::string_view name)
{
    const auto gone = [&](const CustomValue& value) {
        return equal_ignoring_ascii_case(value.urn, urn) && (name.empty() || equal_ignoring_ascii_case(value.name, name));
    };
    custom.erase(std::remove_if(custom.begin(), custom.end(), gone), custom.end());
}

Packed::Packed(std::string_view bytes) : data_(new char[bytes.size()]), size_(static_cast<std::uint32_t>(bytes.size()))
{
    std::memcpy(data_.get(), bytes.data(), bytes.size());
}

void pack(const Fields& fields, std::string& packed)
{
    packed.clear();
    ByteWriter out(packed);
    for (unsigned i = 0; i < slot::count; ++i)
        if (present(fields.text[i])) put(out, i, fields.text[i]);
    for (unsigned i = 0; i < slot::lists; ++i) {
        for (const Element& element : fields.lists[i]) {
            std::size_t size = 0;
            for (const auto& text : element.text)
                if (present(text)) size += size_of_item(text);
            put_head(out, list_tag + i, size);
            for (unsigned sub = 0; sub < slot::subs; ++sub)
                if (present(element.text[sub])) put(out, sub, element.text[sub]);
        }
    }
    for (const CustomValue& value : fields.custom) {
        put_head(out, custom_tag, size_of_item(value.urn) + size_of_item(value.name) + size_of_item(value.json));
        put(out, 0, value.urn);
        put(out, 1, value.name);
        put(out, 2, value.json);
    }
}

void unpack(std::string_view bytes, Fields& out)
{
    out.clear();
    while (!bytes.empty()) {
        Item item = take(bytes);
        if (item.tag < list_tag) {
            out.text[item.tag] = item.bytes;
        } else if (item.tag < custom_tag) {
            Element& element = out.lists[item.tag - list_tag].emplace_back();
            while (!item.bytes.empty()) {
                const Item sub = take(item.bytes);
                element.text[sub.tag] = sub.bytes;
            }
        } else {
            CustomValue& value = out.custom.emplace_back();
            value.urn = take(item.bytes).bytes;
            value.name = take(item.bytes).bytes;
            value.json = take(item.bytes).bytes;
        }
    }
}

std::string_view peek_text(std::string_view bytes, std::uint8_t slot)
{
    while (!bytes.empty()) {
        const Item item = take(bytes);
        if (item.tag == slot) return item.bytes;
        if (item.tag > slot) break;   // items are in the order of their tags
    }
    return absent;
}

}  // namespace provsim::target
