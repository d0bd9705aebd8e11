// SPDX-License-Identifier: Apache-2.0
// Appends many small pieces to a string without a capacity check and a call for each byte of them.
#pragma once

#include "model/json.h"

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace provsim::target {

// Writes behind what `out` holds. `out` is in a mess until the writer is destroyed; nobody else may touch it before.
class ByteWriter {
public:
    explicit ByteWriter(std::string& out, std::size_t expected = 1024) : out_(out) { grow_from(out.size(), expected); }
    ~ByteWriter() { out_.resize(static_cast<std::size_t>(at_ - out_.data())); }
    ByteWriter(const ByteWriter&) = delete;
    ByteWriter& operator=(const ByteWriter&) = delete;

    // The last byte written, by this writer or before it.
    char last() const noexcept { return at_ == out_.data() ? '\0' : at_[-1]; }
    void raw(char c)
    {
        need(1);
        *at_++ = c;
    }
    void raw(std::string_view bytes)
    {
        need(bytes.size());
        std::memcpy(at_, bytes.data(), bytes.size());
        at_ += bytes.size();
    }
    // The next member of an object: ,"name": with a comma unless it is the first.
    void key(std::string_view name)
    {
        need(name.size() + 4);
        if (last() != '{' && last() != '[') *at_++ = ',';
        *at_++ = '"';
        std::memcpy(at_, name.data(), name.size());
        at_ += name.size();
        *at_++ = '"';
        *at_++ = ':';
    }
    // A JSON string. Eight bytes are looked at and copied in one step; the last step overlaps the one before.
    void string(std::string_view text)
    {
        need(text.size() + 2);
        const std::size_t size = text.size();
        std::uint64_t suspicious = 0;
        char* const copy = at_ + 1;
        std::size_t i = 0;
        for (; i + 8 <= size; i += 8) suspicious |= copy_eight(copy + i, text.data() + i);
        if (i != size && size >= 8) suspicious |= copy_eight(copy + size - 8, text.data() + size - 8);
        else
            for (; i < size; ++i) {
                const auto byte = static_cast<unsigned char>(text[i]);
                suspicious |= byte < 0x20 || byte == '"' || byte == '\\';
                copy[i] = text[i];
            }
        if (suspicious != 0) return escaped(text);
        copy[-1] = copy[size] = '"';
        at_ = copy + size + 1;
    }

private:
    void need(std::size_t bytes)
    {
        if (static_cast<std::size_t>(end_ - at_) < bytes) grow_from(static_cast<std::size_t>(at_ - out_.data()), bytes + out_.size());
    }
    void grow_from(std::size_t used, std::size_t more)
    {
        out_.resize(used + more);
        at_ = out_.data() + used;
        end_ = out_.data() + out_.size();
    }
    // Not 0 if one of the eight may need an escape: a control character, '"' or '\\', or in vain some byte from 0x80 on.
    static std::uint64_t copy_eight(char* to, const char* from) noexcept
    {
        constexpr std::uint64_t ones = 0x0101010101010101u, highs = 0x8080808080808080u;
        std::uint64_t word;
        std::memcpy(&word, from, 8);
        std::memcpy(to, &word, 8);
        const std::uint64_t quote = word ^ (ones * '"'), backslash = word ^ (ones * '\\');
        return (((word - ones * 0x20) & ~word) | ((quote - ones) & ~quote) | ((backslash - ones) & ~backslash)) & highs;
    }
    void escaped(std::string_view text)
    {
        std::string whole;
        append_json_string(whole, text);
        raw(std::string_view(whole));
    }

    std::string& out_;
    char* at_ = nullptr;
    char* end_ = nullptr;
};

}  // namespace provsim::target
