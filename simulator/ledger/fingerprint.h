// SPDX-License-Identifier: Apache-2.0
// One number for a whole run: equal if, and practically only if, the same requests were sent in the same order at the
// same virtual time and answered with the same status. Ids a target made up are replaced by whom they stand for.
#pragma once

#include "connectors/connector.h"
#include "engine/inbox.h"

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

namespace provsim {

class Fingerprint {
public:
    Fingerprint();
    ~Fingerprint();

    void sent(ExchangeNumber number, TimePoint at, const Ask& ask);
    void answered(ExchangeNumber number, TimePoint at, const Reply& reply);
    // "6f0c2a9e51b4d377": sixteen hexadecimal digits over everything so far.
    std::string digest() const;

private:
    void text(std::string_view bytes);
    void text_without_ids(std::string_view bytes, const IdSpan& id, const std::vector<IdSpan>& more);
    void numbers(std::initializer_list<std::uint64_t> values);      // at most four
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace provsim
