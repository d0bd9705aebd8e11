// SPDX-License-Identifier: Apache-2.0
// A wire whose answers are written down beforehand and come in any order, at once, late or never.
#pragma once

#include "engine/transport.h"
#include "tests/catch.h"

#include <deque>
#include <map>
#include <string>
#include <vector>

namespace provsim {

struct Answer {
    int status = 200;
    Failure failure = Failure::none;
    std::string retry_after;
};

// How answers come back in wall time.
enum class WireOrder : std::uint8_t { at_once, first_first, last_first, shuffled };

class ScriptedTransport final : public Transport {
public:
    explicit ScriptedTransport(Inbox& inbox) : inbox_(inbox) {}

    struct Sent {
        ExchangeNumber number;
        std::string line;       // "GET /u3"
        std::string body;
        TimePoint at;
    };

    // Answers to requests for a target, one after another; the last one stays. No entry: 200.
    std::map<std::string, std::deque<Answer>> answers;
    WireOrder order = WireOrder::at_once;
    unsigned interruptions = 0;     // the next so many waits are interrupted
    std::vector<Sent> sent;
    unsigned waits = 0;

    void send(ExchangeNumber number, const Request& request, TimePoint now) override
    {
        sent.push_back({number, std::string(to_string(request.method)) + ' ' + request.target, request.body, now});
        Outstanding out{number, answer(request.target), &request, request.target};
        if (order == WireOrder::at_once) deliver(out);
        else outstanding_.push_back(std::move(out));
    }

    bool wait() override
    {
        ++waits;
        if (interruptions > 0) return --interruptions, false;
        REQUIRE_FALSE(outstanding_.empty());
        std::size_t which = 0;
        if (order == WireOrder::last_first) which = outstanding_.size() - 1;
        if (order == WireOrder::shuffled) which = Draw(7).below(outstanding_.size(), "wire", waits);
        const Outstanding out = outstanding_[which];
        outstanding_.erase(outstanding_.begin() + static_cast<std::ptrdiff_t>(which));
        deliver(out);
        return true;
    }

private:
    struct Outstanding {
        ExchangeNumber number;
        Answer answer;
        const Request* request;
        std::string target;
    };

    Answer answer(const std::string& target)
    {
        const auto found = answers.find(target);
        if (found == answers.end()) return {};
        const Answer first = found->second.front();
        if (found->second.size() > 1) found->second.pop_front();
        return first;
    }

    void deliver(const Outstanding& out)
    {
        CHECK(out.request->target == out.target);   // lent until the reply has been posted
        if (out.answer.failure != Failure::none) return inbox_.post(out.number, no_reply(out.answer.failure));
        Response response;
        response.status = out.answer.status;
        if (!out.answer.retry_after.empty()) response.headers.push_back({"Retry-After", out.answer.retry_after});
        inbox_.post(out.number, read_reply(std::move(response), reader_));
    }

    Inbox& inbox_;
    std::vector<Outstanding> outstanding_;
    JsonReader reader_;
};

}  // namespace provsim
