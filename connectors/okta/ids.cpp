// SPDX-License-Identifier: Apache-2.0
#include "connectors/okta/ids.h"

namespace provsim {
namespace {

constexpr std::string_view digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::size_t digits_behind_prefix = 17;

}  // namespace

std::string okta_id(std::string_view prefix, const Guid& object_id)
{
    std::uint64_t state = 0;
    for (const char c : prefix) state = mix(state, static_cast<unsigned char>(c));
    for (std::size_t half = 0; half < 2; ++half) {
        std::uint64_t word = 0;
        for (std::size_t i = 0; i < 8; ++i) word = word << 8 | object_id.bytes[half * 8 + i];
        state = mix(state, word);
    }
    std::string id(prefix);
    for (std::size_t i = 0; i < digits_behind_prefix; ++i) id.push_back(digits[mix(state, i + 1) % digits.size()]);
    return id;
}

}  // namespace provsim
