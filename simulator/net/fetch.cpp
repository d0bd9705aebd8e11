// SPDX-License-Identifier: Apache-2.0
#include "net/fetch.h"

namespace provsim {

Result<Fetcher> Fetcher::open(NetworkOptions options)
{
    options.max_connections = 1;
    auto inbox = std::make_unique<Inbox>();
    auto transport = NetworkTransport::open(std::move(options), *inbox);
    if (!transport) return transport.problems();
    return Fetcher(std::move(inbox), std::move(transport).value());
}

Reply Fetcher::fetch(const Request& request)
{
    const ExchangeNumber number = ++last_;
    transport_->send(number, request, TimePoint{});
    while (!inbox_->has(number))
        if (!transport_->wait()) return no_reply(Failure::timeout, "interrupted");
    return std::move(*inbox_->take(number));
}

Result<Reply> fetch(NetworkOptions options, const Request& request)
{
    auto fetcher = Fetcher::open(std::move(options));
    if (!fetcher) return fetcher.problems();
    return std::move(fetcher).value().fetch(request);
}

}  // namespace provsim
