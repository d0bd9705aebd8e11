// SPDX-License-Identifier: Apache-2.0
// Replies as bytes, without loss, and small: laid out flat, many to a block, and each block packed by zstd as a whole. Replies
// of one target resemble each other, so that a block of them packs tighter and faster than each of them alone.
#pragma once

#include "store/redactor.h"
#include "store/run_file.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace provsim {

// A block takes replies until it holds this much. Larger packs no tighter; a reader has to unpack all of it for one reply.
inline constexpr std::size_t reply_block_bytes = 256 * 1024;

// Appends a reply to a block as it was heard, but for cookies.
void append_reply(std::string& block, ExchangeNumber number, const Reply& reply);
// `block` itself, or a copy without secrets held in `scratch`. Most blocks have none, which one look at the whole tells.
std::string_view clean_block(std::string_view block, const Redactor& redactor, std::string& scratch);
// The reply to `number`; nothing if it is not in the block, or damaged.
std::optional<StoredReply> find_reply(std::string_view block, ExchangeNumber number);

class BlockPacker {
public:
    BlockPacker();
    ~BlockPacker();
    // Valid until the next call.
    std::string_view pack(std::string_view block);

private:
    struct Zstd;
    std::unique_ptr<Zstd> zstd_;
    std::string packed_;
};

// Nothing if the bytes are damaged, or say that they are larger than a block can be.
std::optional<std::string> unpack_block(std::string_view packed);

}  // namespace provsim
