// SPDX-License-Identifier: Apache-2.0
// What a connection to a real target needs to know.
#pragma once

#include "net/base_url.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace provsim {

struct NetworkOptions {
    BaseUrl url;
    // The whole value of the Authorization header (see bearer()); empty = none is sent. A secret: it is written to
    // the wire and nowhere else, in particular into no failure text.
    std::string authorization;

    // Certificates are verified against the system's store, or against this file of PEM certificates instead of it.
    std::string ca_file;
    // Accepts any certificate, for any host. For test servers only; the program has to say so when it is on.
    bool insecure = false;

    // At most this many connections; they are opened only as requests are outstanding. 1 or more.
    std::size_t max_connections = 32;
    // Wall time from the moment a request gets its connection until its reply is complete, connecting included.
    std::chrono::milliseconds request_timeout{60'000};
    // The longest pause a target's Retry-After can impose on the wire.
    std::chrono::milliseconds max_wall_wait{60'000};
    // Requests per wall second; 0 = no cap.
    std::uint32_t rate = 0;
};

inline std::string bearer(std::string_view token) { return "Bearer " + std::string(token); }

}  // namespace provsim
