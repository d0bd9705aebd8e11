// SPDX-License-Identifier: Apache-2.0
// Faults on the path between provider and target: rules that change what is answered, a number of times.
#pragma once

#include "engine/transport.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace provsim {

enum class FaultKind : std::uint8_t {
    status,      // the request does not reach the target; `status` is answered (429 and 503 with Retry-After if set)
    latency,     // the target answers, `delay` virtual time later
    lost_reply,  // the target gets the request and acts, its reply is lost: the provider times out
    reset,       // the connection breaks before the target sees the request
    answer,      // the request does not reach the target; `status` and `body` are answered
    omit,        // the target answers, without `attribute`
};

struct FaultRule {
    std::string name;                       // for removal and reports; unique
    FaultKind kind = FaultKind::status;
    std::optional<Method> method;           // matches any if empty
    std::string path;                       // prefix of the request target, "/Users"; empty: any
    std::optional<std::uint64_t> times;     // how often it strikes; empty: until removed
    int status = 503;
    std::optional<Duration> retry_after;    // status, answer: sent as Retry-After in whole seconds, rounded up
    Duration delay{0};
    std::string body;                       // answer: as it is
    std::string attribute;                  // omit: of resources, or of an extension in them
};

// Stands before another transport. Rules are asked in the order they were added; the first that matches strikes.
class FaultTransport final : public Transport {
public:
    FaultTransport(Transport& inner, Inbox& inbox) : inner_(inner), inbox_(inbox) {}

    void add(FaultRule rule);               // after the others; replaces a rule of the same name
    bool remove(std::string_view name);     // false if there is none of that name; one that is used up counts
    void clear() { rules_.clear(); }
    std::uint64_t strikes() const noexcept { return strikes_; }

    void send(ExchangeNumber number, const Request& request, TimePoint now) override;
    void poll() override;
    bool wait() override;

private:
    struct Active { FaultRule rule; std::uint64_t left; bool endless; };
    struct Pending { ExchangeNumber number; FaultKind kind; Duration delay; std::string attribute; };
    FaultRule* strike(const Request& request);
    Response answer(const FaultRule& rule) const;
    void settle();      // rewrites replies of requests that were let through under a fault

    Transport& inner_;
    Inbox& inbox_;
    std::vector<Active> rules_;
    std::vector<Pending> pending_;
    std::uint64_t strikes_ = 0;
    JsonReader reader_;
};

}  // namespace provsim
