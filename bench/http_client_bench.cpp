// SPDX-License-Identifier: Apache-2.0
// What the transport alone can do: N ready POSTs over C connections to one URL, to be held beside wrk doing the same
// (bench/http_bench.sh). Prints requests per second and the processor time of this process per request.
#include "net/network_transport.h"

#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

const char* const user =
    R"({"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],)"
    R"("externalId":"ada.lovelace","userName":"ada.lovelace@acme.test","active":true,"displayName":"Ada Lovelace",)"
    R"("emails":[{"primary":true,"type":"work","value":"ada.lovelace@acme.test"}],"meta":{"resourceType":"User"},)"
    R"("name":{"formatted":"Ada Lovelace","familyName":"Lovelace","givenName":"Ada"},"title":"Analyst"})";

double processor_microseconds()
{
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto us = [](const timeval& t) { return static_cast<double>(t.tv_sec) * 1e6 + static_cast<double>(t.tv_usec); };
    return us(used.ru_utime) + us(used.ru_stime);
}

}  // namespace

int main(int argc, char** argv)
{
    using namespace provsim;
    if (argc == 2 && std::strcmp(argv[1], "--lua") == 0) {      // the same request, for wrk
        std::printf("wrk.method = 'POST'\nwrk.headers['Authorization'] = 'Bearer example-token'\n"
                    "wrk.headers['Content-Type'] = 'application/scim+json; charset=utf-8'\nwrk.body = [[%s]]\n", user);
        return 0;
    }
    if (argc < 2) {
        std::fprintf(stderr, "usage: http_client_bench URL [REQUESTS=200000] [CONNECTIONS=32] [CA_FILE]\n");
        return 2;
    }
    auto url = parse_base_url(argv[1]);
    if (!url) {
        std::fprintf(stderr, "%s\n", format_problem(url.problems().front()).c_str());
        return 2;
    }
    const auto total = static_cast<ExchangeNumber>(argc > 2 ? std::atoll(argv[2]) : 200'000);
    NetworkOptions options;
    options.url = std::move(url).value();
    options.authorization = bearer("example-token");
    options.max_connections = argc > 3 ? static_cast<std::size_t>(std::atoi(argv[3])) : 32;
    if (argc > 4) options.ca_file = argv[4];
    const std::size_t window = options.max_connections * 2;     // taken in order: a late answer must not leave connections idle

    Inbox inbox;
    auto opened = NetworkTransport::open(options, inbox);
    if (!opened) {
        std::fprintf(stderr, "%s\n", format_problem(opened.problems().front()).c_str());
        return 2;
    }
    Transport& transport = *opened.value();
    const Headers headers{{"Content-Type", "application/scim+json; charset=utf-8"}};
    const Request request{Method::post, "/Users", &headers, user};

    const auto start = std::chrono::steady_clock::now();
    const double cpu_start = processor_microseconds();
    ExchangeNumber sent = 0, taken = 0, bad = 0;
    while (taken < total) {
        while (sent < total && sent - taken < window) transport.send(++sent, request, TimePoint{});
        while (!inbox.has(taken + 1)) transport.wait();
        while (inbox.has(taken + 1)) {
            const auto reply = inbox.take(++taken);
            if (reply->status != 201 || reply->id().empty()) ++bad;
        }
    }
    const double cpu = (processor_microseconds() - cpu_start) / static_cast<double>(total);
    const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::printf("%.0f requests/s, %.2f us processor time a request, %llu not answered 201\n", static_cast<double>(total) / wall, cpu,
                static_cast<unsigned long long>(bad));
    return bad == 0 ? 0 : 1;
}
