// SPDX-License-Identifier: Apache-2.0
#include "ledger/fingerprint.h"

#include "model/check.h"

#include <fmt/format.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace provsim {

struct Fingerprint::State {
    XXH3_state_t hash;
};

Fingerprint::Fingerprint() : state_(std::make_unique<State>())
{
    XXH3_64bits_reset(&state_->hash);
}

Fingerprint::~Fingerprint() = default;

void Fingerprint::numbers(std::initializer_list<std::uint64_t> values)
{
    // Little-endian on every machine, so that a fingerprint committed on one holds on another.
    unsigned char bytes[8 * 4];
    std::size_t size = 0;
    for (const std::uint64_t value : values)
        for (int i = 0; i < 8; ++i) bytes[size++] = static_cast<unsigned char>(value >> (8 * i));
    XXH3_64bits_update(&state_->hash, bytes, size);
}

void Fingerprint::text(std::string_view bytes)
{
    numbers({bytes.size()});
    XXH3_64bits_update(&state_->hash, bytes.data(), bytes.size());
}

void Fingerprint::text_without_ids(std::string_view bytes, const IdSpan& id, const std::vector<IdSpan>& more)
{
    if (id.length == 0) return text(bytes);
    std::size_t from = 0;
    const auto leave_out = [&](const IdSpan& span) {
        PROVSIM_CHECK(span.at >= from && std::size_t{span.at} + span.length <= bytes.size(), "a connector says that an id stands where the request has no bytes");
        text(bytes.substr(from, span.at - from));
        numbers({span.object.key()});
        from = std::size_t{span.at} + span.length;
    };
    leave_out(id);
    for (const IdSpan& span : more) leave_out(span);
    text(bytes.substr(from));
}

void Fingerprint::sent(ExchangeNumber exchange, TimePoint at, const Ask& ask)
{
    numbers({exchange, static_cast<std::uint64_t>(at.time_since_epoch().count()), static_cast<std::uint64_t>(ask.request.method)});
    text_without_ids(ask.request.target, ask.id_in_path, {});
    if (ask.own.empty()) text_without_ids(ask.request.body, ask.id_in_body, ask.more_in_body);
    else text(ask.own);
}

void Fingerprint::answered(ExchangeNumber exchange, TimePoint at, const Reply& reply)
{
    numbers({exchange, static_cast<std::uint64_t>(at.time_since_epoch().count()),
             (static_cast<std::uint64_t>(reply.failure) << 32) | static_cast<std::uint64_t>(reply.status)});
}

std::string Fingerprint::digest() const
{
    return fmt::format("{:016x}", XXH3_64bits_digest(&state_->hash));
}

}  // namespace provsim
