// SPDX-License-Identifier: Apache-2.0
// Replies as bytes, without loss, and small: zstd with a dictionary that is trained on the run's own first replies.
#pragma once

#include "store/run_file.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace provsim {

// A reply laid out flat; read back by unflatten_reply. `body` and header values as given, so cleaned ones can be passed.
void flatten_reply(std::string& out, const Reply& reply, std::string_view body, const Headers& headers);
std::optional<StoredReply> unflatten_reply(std::string_view flat);

class ReplyPacker {
public:
    ReplyPacker();
    ~ReplyPacker();

    // Looks at a reply that is going to be packed. True when enough have been seen and there is no dictionary yet.
    bool sample(std::string_view flat);
    // Trains on the samples, which are forgotten. The dictionary's bytes, or empty if there is nothing to learn.
    std::string train();
    bool has_dictionary() const noexcept;
    // Packed bytes, valid until the next call. Uses the dictionary if there is one.
    std::string_view pack(std::string_view flat);

private:
    struct Zstd;
    std::unique_ptr<Zstd> zstd_;
    std::string samples_, packed_;
    std::vector<std::size_t> sample_sizes_;
    bool trained_ = false;
};

// Nothing if the bytes are damaged or larger than a reply can be.
std::optional<std::string> unpack_reply(std::string_view packed, std::string_view dictionary);

}  // namespace provsim
