// SPDX-License-Identifier: Apache-2.0
#include "store/reply_block.h"

#include "model/check.h"
#include "model/text.h"

#include <zstd.h>

#include <algorithm>

namespace provsim {
namespace {

// Lower levels pack larger and hardly faster (bench/run_file_bench.cpp).
constexpr int level = 1;
constexpr std::size_t largest_block = reply_block_bytes + (80u << 20);     // the transport lets 64 MiB and some headers through

void put(std::string& out, std::uint64_t number)
{
    char bytes[10];
    std::size_t size = 0;
    for (; number >= 0x80; number >>= 7) bytes[size++] = static_cast<char>(number | 0x80);
    bytes[size++] = static_cast<char>(number);
    out.append(bytes, size);
}

void put(std::string& out, std::string_view text)
{
    put(out, text.size());
    out += text;
}

// A length that is known only when what it counts has been written: four bytes, the lowest first.
constexpr std::size_t length_bytes = 4;

void set_length(std::string& out, std::size_t at)
{
    std::size_t length = out.size() - at - length_bytes;
    for (std::size_t i = 0; i < length_bytes; ++i, length >>= 8) out[at + i] = static_cast<char>(length);
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
    std::string_view take(std::size_t size)
    {
        if (size > rest_.size()) ok_ = false;
        if (!ok_) return {};
        const std::string_view out = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return out;
    }
    std::size_t length()
    {
        std::size_t value = 0, shift = 0;
        for (const char byte : take(length_bytes)) {
            value |= std::size_t{static_cast<unsigned char>(byte)} << shift;
            shift += 8;
        }
        return value;
    }
    std::string text() { return std::string(take(number())); }
    std::string_view rest() const { return rest_; }
    bool ok() const { return ok_; }
    bool more() const { return ok_ && !rest_.empty(); }

private:
    std::string_view rest_;
    bool ok_ = true;
};

std::optional<StoredReply> read_stored(std::string_view flat)
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

// `clean` takes and gives a text, `clean_body` the body's.
template <class AnyReply, class Clean, class CleanBody>
void append(std::string& block, ExchangeNumber number, const AnyReply& reply, Clean clean, CleanBody clean_body)
{
    put(block, number);
    const std::size_t length_at = block.size();
    block.append(length_bytes, '\0');
    put(block, static_cast<std::uint64_t>(reply.failure));
    put(block, clean(reply.failure_detail));
    put(block, static_cast<std::uint64_t>(std::max(reply.status, 0)));
    put(block, static_cast<std::uint64_t>(std::max<Duration::rep>(reply.extra_delay.count(), 0)));
    put(block, reply.headers.size());
    for (const Header& header : reply.headers) {
        put(block, std::string_view(header.name));
        put(block, equal_ignoring_ascii_case(header.name, "set-cookie") ? std::string_view("***") : clean(header.value));
    }
    block += clean_body(reply.body);
    set_length(block, length_at);
}

}  // namespace

void append_reply(std::string& block, ExchangeNumber number, const Reply& reply)
{
    const auto as_it_is = [](std::string_view text) { return text; };
    append(block, number, reply, as_it_is, as_it_is);
}

std::string_view clean_block(std::string_view block, const Redactor& redactor, std::string& scratch)
{
    if (!redactor.concerns(block)) return block;
    scratch.clear();
    std::string cleaned;
    for (Reader in(block); in.more();) {
        const ExchangeNumber number = in.number();
        const auto reply = read_stored(in.take(in.length()));
        PROVSIM_CHECK(reply.has_value(), "a block of replies that cannot be read");
        append(scratch, number, *reply, [&](std::string_view text) { return redactor.clean(text, cleaned); },
               [&](std::string_view text) { return redactor.clean_body(text, cleaned); });
    }
    return scratch;
}

std::optional<StoredReply> find_reply(std::string_view block, ExchangeNumber number)
{
    for (Reader in(block); in.more();) {
        const ExchangeNumber here = in.number();
        const std::string_view flat = in.take(in.length());
        if (in.ok() && here == number) return read_stored(flat);
    }
    return std::nullopt;
}

struct BlockPacker::Zstd {
    struct Free { void operator()(ZSTD_CCtx* c) const noexcept { ZSTD_freeCCtx(c); } };
    std::unique_ptr<ZSTD_CCtx, Free> context{ZSTD_createCCtx()};
};

BlockPacker::BlockPacker() : zstd_(std::make_unique<Zstd>())
{
    ZSTD_CCtx_setParameter(zstd_->context.get(), ZSTD_c_compressionLevel, level);
    ZSTD_CCtx_setParameter(zstd_->context.get(), ZSTD_c_checksumFlag, 1);   // SQLite does not notice a damaged value
}

BlockPacker::~BlockPacker() = default;

std::string_view BlockPacker::pack(std::string_view block)
{
    packed_.resize(ZSTD_compressBound(block.size()));
    const std::size_t size = ZSTD_compress2(zstd_->context.get(), packed_.data(), packed_.size(), block.data(), block.size());
    PROVSIM_CHECK(!ZSTD_isError(size), ZSTD_getErrorName(size));
    return std::string_view(packed_).substr(0, size);
}

std::optional<std::string> unpack_block(std::string_view packed)
{
    const unsigned long long size = ZSTD_getFrameContentSize(packed.data(), packed.size());
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > largest_block) return std::nullopt;
    std::string block(size, '\0');
    const std::size_t got = ZSTD_decompress(block.data(), block.size(), packed.data(), packed.size());
    if (ZSTD_isError(got) || got != block.size()) return std::nullopt;
    return block;
}

}  // namespace provsim
