// SPDX-License-Identifier: Apache-2.0
// Writes requests as bytes. One writer a target; what never changes is put together once.
#pragma once

#include "model/exchange.h"
#include "net/network_options.h"

#include <string>

namespace provsim {

// Header order on the wire: Host, Authorization, the connector's own in its order, Content-Length. Nothing else is
// added: no User-Agent, no Accept, and no Connection, because HTTP/1.1 connections persist unless someone says
// otherwise (RFC 9112 9.3). Entra sends none of them either (captures/entra.json, assumed complete).
class RequestHead {
public:
    RequestHead(const BaseUrl& url, const std::string& authorization);

    // Replaces `out` with the whole request, body included, ready for one write. Keeps the capacity of `out`.
    void write(const Request& request, std::string& out) const;

private:
    std::string path_;      // base path
    std::string middle_;    // " HTTP/1.1" up to the end of Authorization
};

// Whether `value` may stand in a header line (RFC 9110 5.5: no CR, LF or NUL; other control characters are refused too).
bool fits_header_line(std::string_view value) noexcept;

}  // namespace provsim
