// SPDX-License-Identifier: Apache-2.0
#include "store/reply_codec.h"

#include "model/check.h"

#include <zdict.h>
#include <zstd.h>

#include <algorithm>

namespace provsim {
namespace {

constexpr std::size_t samples_wanted = 400;
constexpr std::size_t largest_sample = 8 * 1024;         // a page of users teaches no more than its first users do
constexpr std::size_t dictionary_size = 16 * 1024;
constexpr int level = 1;
constexpr std::size_t largest_reply = 80u << 20;         // the transport lets 64 MiB and some headers through

void put(std::string& out, std::uint64_t number)
{
    for (; number >= 0x80; number >>= 7) out += static_cast<char>(number | 0x80);
    out += static_cast<char>(number);
}

void put(std::string& out, std::string_view text)
{
    put(out, text.size());
    out += text;
}

class Reader {
public:
    explicit Reader(std::string_view bytes) : rest_(bytes) {}
    std::uint64_t number()
    {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            if (rest_.empty()) break;
            const auto byte = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            value |= std::uint64_t{byte & 0x7Fu} << shift;
            if (byte < 0x80) return value;
        }
        ok_ = false;
        return 0;
    }
    std::string text()
    {
        const std::uint64_t size = number();
        if (size > rest_.size()) ok_ = false;
        if (!ok_) return {};
        std::string out(rest_.substr(0, size));
        rest_.remove_prefix(size);
        return out;
    }
    std::string_view rest() const { return rest_; }
    bool ok() const { return ok_; }

private:
    std::string_view rest_;
    bool ok_ = true;
};

}  // namespace

void flatten_reply(std::string& out, const Reply& reply, std::string_view body, const Headers& headers)
{
    put(out, static_cast<std::uint64_t>(reply.failure));
    put(out, std::string_view(reply.failure_detail));
    put(out, static_cast<std::uint64_t>(std::max(reply.status, 0)));
    put(out, static_cast<std::uint64_t>(std::max<Duration::rep>(reply.extra_delay.count(), 0)));
    put(out, headers.size());
    for (const Header& header : headers) {
        put(out, std::string_view(header.name));
        put(out, std::string_view(header.value));
    }
    out += body;
}

std::optional<StoredReply> unflatten_reply(std::string_view flat)
{
    Reader in(flat);
    StoredReply reply;
    const std::uint64_t failure = in.number();
    if (failure > static_cast<std::uint64_t>(Failure::too_large)) return std::nullopt;
    reply.failure = static_cast<Failure>(failure);
    reply.failure_detail = in.text();
    reply.status = static_cast<int>(in.number() & 0xFFFF);
    reply.extra_delay = Duration(static_cast<Duration::rep>(in.number()));
    for (std::uint64_t left = in.number(); left > 0 && in.ok(); --left) {
        Header header;
        header.name = in.text();
        header.value = in.text();
        reply.headers.push_back(std::move(header));
    }
    if (!in.ok()) return std::nullopt;
    reply.body = in.rest();
    return reply;
}

struct ReplyPacker::Zstd {
    struct FreeContext { void operator()(ZSTD_CCtx* c) const noexcept { ZSTD_freeCCtx(c); } };
    struct FreeDictionary { void operator()(ZSTD_CDict* d) const noexcept { ZSTD_freeCDict(d); } };
    std::unique_ptr<ZSTD_CCtx, FreeContext> context{ZSTD_createCCtx()};
    std::unique_ptr<ZSTD_CDict, FreeDictionary> dictionary;
};

ReplyPacker::ReplyPacker() : zstd_(std::make_unique<Zstd>()) {}
ReplyPacker::~ReplyPacker() = default;

bool ReplyPacker::sample(std::string_view flat)
{
    if (trained_) return false;
    if (sample_sizes_.size() < samples_wanted) {
        const std::string_view part = flat.substr(0, largest_sample);
        samples_ += part;
        sample_sizes_.push_back(part.size());
    }
    return sample_sizes_.size() >= samples_wanted;
}

std::string ReplyPacker::train()
{
    trained_ = true;
    std::string dictionary(dictionary_size, '\0');
    const std::size_t size = ZDICT_trainFromBuffer(dictionary.data(), dictionary.size(), samples_.data(), sample_sizes_.data(), static_cast<unsigned>(sample_sizes_.size()));
    samples_ = {};
    sample_sizes_ = {};
    // Replies that have nothing in common teach nothing; they are then packed one by one.
    if (ZDICT_isError(size)) return {};
    dictionary.resize(size);
    zstd_->dictionary.reset(ZSTD_createCDict(dictionary.data(), dictionary.size(), level));
    return dictionary;
}

bool ReplyPacker::has_dictionary() const noexcept
{
    return zstd_->dictionary != nullptr;
}

std::string_view ReplyPacker::pack(std::string_view flat)
{
    packed_.resize(ZSTD_compressBound(flat.size()));
    const std::size_t size = zstd_->dictionary
        ? ZSTD_compress_usingCDict(zstd_->context.get(), packed_.data(), packed_.size(), flat.data(), flat.size(), zstd_->dictionary.get())
        : ZSTD_compressCCtx(zstd_->context.get(), packed_.data(), packed_.size(), flat.data(), flat.size(), level);
    PROVSIM_CHECK(!ZSTD_isError(size), ZSTD_getErrorName(size));
    return std::string_view(packed_).substr(0, size);
}

std::optional<std::string> unpack_reply(std::string_view packed, std::string_view dictionary)
{
    const unsigned long long size = ZSTD_getFrameContentSize(packed.data(), packed.size());
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > largest_reply) return std::nullopt;
    struct Free { void operator()(ZSTD_DCtx* c) const noexcept { ZSTD_freeDCtx(c); } };
    const std::unique_ptr<ZSTD_DCtx, Free> context(ZSTD_createDCtx());
    std::string flat(size, '\0');
    const std::size_t got = ZSTD_decompress_usingDict(context.get(), flat.data(), flat.size(), packed.data(), packed.size(), dictionary.data(), dictionary.size());
    if (ZSTD_isError(got) || got != flat.size()) return std::nullopt;
    return flat;
}

}  // namespace provsim
