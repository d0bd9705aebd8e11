// SPDX-License-Identifier: Apache-2.0
#include "target/store.h"

#include "model/check.h"
#include "model/hash.h"
#include "model/text.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

namespace provsim::target {
namespace {

struct KeyRule {
    std::uint8_t slot;
    bool folded;
};
constexpr KeyRule key_rules[keys] = {{slot::user_name, true}, {slot::external_id, false}, {slot::display_name, true}};

// Tags decide only where an index looks first, so that they may be cheap: eight bytes a step, and for keys that
// ignore case the bit that tells letters' cases apart is set in every byte. Nothing when a folded key is not ASCII.
std::optional<std::uint32_t> quick_tag(std::string_view text, bool folded)
{
    constexpr std::uint64_t highs = 0x8080808080808080u, case_bits = 0x2020202020202020u;
    std::uint64_t hash = (text.size() + 1) * 0x9E3779B97F4A7C15u, seen = 0;
    for (std::size_t at = 0; at < text.size(); at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + at, std::min<std::size_t>(8, text.size() - at));
        seen |= word;
        hash = (hash ^ (folded ? word | case_bits : word)) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 32;
    }
    if (folded && (seen & highs) != 0) return std::nullopt;
    return static_cast<std::uint32_t>(scramble(hash));
}

std::uint32_t tag_of(const KeyRule& rule, std::string_view text)
{
    if (const auto tag = quick_tag(text, rule.folded)) return *tag;
    const std::string folded = fold_case(text);   // which may have become ASCII: the Kelvin sign folds to k
    const auto tag = quick_tag(folded, true);
    return tag ? *tag : static_cast<std::uint32_t>(hash_text(folded));
}

std::uint32_t tag_of(const Guid& id) noexcept
{
    return id.bytes[0] | id.bytes[1] << 8 | id.bytes[2] << 16 | static_cast<std::uint32_t>(id.bytes[3]) << 24;
}

Guid make_id(std::uint64_t drawn)
{
    Guid id;
    const std::uint64_t halves[2] = {mix(drawn, 1), mix(drawn, 2)};
    for (std::size_t i = 0; i < 16; ++i) id.bytes[i] = static_cast<std::uint8_t>(halves[i / 8] >> (8 * (i % 8)));
    id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0F) | 0x40);
    id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3F) | 0x80);
    return id;
}

}  // namespace

void write_id(char* out, const Guid& id) noexcept
{
    static constexpr char hex[] = "0123456789abcdef";
    static constexpr std::uint8_t place[16] = {0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34};
    out[8] = out[13] = out[18] = out[23] = '-';
    for (std::size_t i = 0; i < 16; ++i) {
        out[place[i]] = hex[id.bytes[i] >> 4];
        out[place[i] + 1] = hex[id.bytes[i] & 15];
    }
}

void append_id(std::string& out, const Guid& id)
{
    char text[id_size];
    write_id(text, id);
    out.append(text, sizeof text);
}

std::string id_text(const Guid& id)
{
    std::string text;
    append_id(text, id);
    return text;
}

Guid Table::new_id(std::string_view matching_value)
{
    const std::uint64_t base = mix(hash_text(schema_.name), hash_text(fold_case(matching_value)));
    // Rows are never reused, so that an id that was given out once, to a row now deleted or renamed, is still filed.
    const auto taken = [&](const Guid& id) {
        bool found = false;
        by_id_.each(tag_of(id), [&](RowNumber row) { found = found || rows_[row].id == id; });
        return found;
    };
    Guid id = make_id(base);
    while (taken(id)) id = make_id(mix(base, ++generations_[base]));
    return id;
}

void Table::index(RowNumber row, const Fields& fields, const Fields* old)
{
    for (std::size_t i = 0; i < keys; ++i) {
        const auto now = fields.text[key_rules[i].slot];
        const auto before = old ? old->text[key_rules[i].slot] : absent;
        if (present(now) == present(before) && now == before) continue;
        if (present(before)) by_key_[i].erase(tag_of(key_rules[i], before), row);
        if (present(now)) by_key_[i].insert(tag_of(key_rules[i], now), row);
    }
}

RowNumber Table::create(const Fields& fields, std::string_view packed, TimePoint now)
{
    const auto number = static_cast<RowNumber>(rows_.size());
    Row& row = rows_.emplace_back();
    row.id = new_id(fields.text[key_rules[static_cast<std::size_t>(matching_)].slot]);
    row.created = row.modified = now;
    row.version = 1;
    row.values = Packed(packed);
    by_id_.insert(tag_of(row.id), number);
    index(number, fields, nullptr);
    if (live_in_block_.size() <= number / block) live_in_block_.push_back(0);
    ++live_in_block_[number / block];
    ++live_;
    return number;
}

void Table::update(RowNumber number, const Fields& old, const Fields& fields, std::string_view packed, TimePoint now)
{
    index(number, fields, &old);
    Row& row = rows_[number];
    row.values = Packed(packed);
    row.modified = now;
    ++row.version;
}

void Table::erase(RowNumber number, const Fields& old)
{
    static const Fields nothing;
    index(number, nothing, &old);
    Row& row = rows_[number];
    row.version = 0;
    row.values = Packed();
    row.groups = {};
    --live_in_block_[number / block];
    --live_;
}

RowNumber Table::find_id(std::string_view id) const noexcept
{
    Guid guid;
    if (id.size() != 36 || !parse_guid(id, guid)) return no_row;
    for (const char c : id)
        if (c >= 'A' && c <= 'F') return no_row;
    RowNumber found = no_row;
    by_id_.each(tag_of(guid), [&](RowNumber row) {
        if (rows_[row].alive() && rows_[row].id == guid) found = row;
    });
    return found;
}

bool Table::has_key(RowNumber row, Key key, std::string_view text) const
{
    const KeyRule& rule = key_rules[static_cast<std::size_t>(key)];
    const auto stored = peek_text(rows_[row].values.bytes(), rule.slot);
    return present(stored) && (rule.folded ? equal_ignoring_case(stored, text) : stored == text);
}

void Table::find_key(Key key, std::string_view text, std::vector<RowNumber>& out) const
{
    const auto which = static_cast<std::size_t>(key);
    out.clear();
    by_key_[which].each(tag_of(key_rules[which], text), [&](RowNumber row) {
        if (has_key(row, key, text)) out.push_back(row);
    });
    std::sort(out.begin(), out.end());
}

bool Table::taken(Key key, std::string_view text, RowNumber but) const
{
    const auto which = static_cast<std::size_t>(key);
    bool found = false;
    by_key_[which].each(tag_of(key_rules[which], text), [&](RowNumber row) { found = found || (row != but && has_key(row, key, text)); });
    return found;
}

RowNumber Table::row_after(std::size_t skip) const noexcept
{
    if (skip >= live_) return end();
    std::size_t in_block = 0;
    while (skip >= live_in_block_[in_block]) skip -= live_in_block_[in_block++];
    RowNumber row = next_alive(static_cast<RowNumber>(in_block * block));
    while (skip-- > 0) row = next_alive(row + 1);
    return row;
}

RowNumber Table::next_alive(RowNumber row) const noexcept
{
    while (row < end() && !rows_[row].alive()) ++row;
    return row;
}

std::optional<MemberRef> Store::find(std::string_view id) const noexcept
{
    if (const RowNumber row = users.find_id(id); row != no_row) return MemberRef::user(row);
    if (const RowNumber row = groups.find_id(id); row != no_row) return MemberRef::group(row);
    return std::nullopt;
}

RowNumber Store::create_group(const Fields& fields, std::string_view packed, TimePoint now)
{
    members_.emplace_back();
    return groups.create(fields, packed, now);
}

void Store::erase(MemberRef which, const Fields& old, TimePoint now)
{
    for (const RowNumber group : row(which).groups) {
        members_[group].remove(which);
        members_[group].tidy();
        groups[group].modified = now;
        ++groups[group].version;
    }
    if (!which.is_group()) {
        users.erase(which.row(), old);
        return;
    }
    members_[which.row()].each([&](MemberRef member) {
        auto& its_groups = row(member).groups;
        its_groups.erase(std::remove(its_groups.begin(), its_groups.end(), which.row()), its_groups.end());
    });
    members_[which.row()] = MemberSet();
    groups.erase(which.row(), old);
}

MembershipEdit::~MembershipEdit()
{
    for (auto step = steps_.rbegin(); step != steps_.rend(); ++step) {
        auto& groups = store_.row(step->member).groups;
        if (step->added) {
            store_.members(group_).remove(step->member);
            groups.pop_back();   // later steps are undone already, so that it is the last again
        } else {
            store_.members(group_).put_back(step->member, step->position);
            groups.insert(groups.begin() + static_cast<std::ptrdiff_t>(step->position_of_group), group_);
        }
    }
    store_.members(group_).tidy();
}

void MembershipEdit::add(MemberRef member)
{
    if (!store_.members(group_).add(member)) return;
    store_.row(member).groups.push_back(group_);
    steps_.push_back({member, true, 0, 0});
}

bool MembershipEdit::remove(MemberRef member)
{
    const auto position = store_.members(group_).remove(member);
    if (!position) return false;
    auto& groups = store_.row(member).groups;
    const auto at = std::find(groups.begin(), groups.end(), group_);
    PROVSIM_CHECK(at != groups.end());
    steps_.push_back({member, false, *position, static_cast<std::size_t>(at - groups.begin())});
    groups.erase(at);
    return true;
}

void MembershipEdit::replace_all(const std::vector<MemberRef>& members)
{
    MemberSet wanted;
    for (const MemberRef member : members) wanted.add(member);
    for (const MemberRef member : store_.members(group_).list())
        if (!wanted.contains(member)) remove(member);
    for (const MemberRef member : members) add(member);
}

void MembershipEdit::keep()
{
    steps_.clear();
    store_.members(group_).tidy();
}

}  // namespace provsim::target
