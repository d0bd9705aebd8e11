// SPDX-License-Identifier: Apache-2.0
// The port behind which anything that answers requests stands: the sandbox target, later the control API.
#pragma once

#include "model/exchange.h"

namespace provsim {

// Answers one request at virtual time `now`. Pure apart from the handler's own state: no sockets, no clock.
// Not thread-safe; the caller serialises. Never throws on account of what is in the request.
// `request.target` is relative to the handler's base and starts with '/'. `authorization` is the value of
// the Authorization header, empty if there was none.
class Handler {
public:
    virtual ~Handler() = default;
    virtual Response handle(const Request& request, std::string_view authorization, TimePoint now) = 0;
};

}  // namespace provsim
