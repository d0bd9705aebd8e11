// SPDX-License-Identifier: Apache-2.0
// A run's requests and their replies.
#include "cycle/run.h"

#include "model/check.h"

#include <algorithm>

namespace provsim {

namespace {
#ifdef NDEBUG
constexpr bool checked_build = false;
#else
constexpr bool checked_build = true;
#endif
}  // namespace

void Run::send(std::uint32_t slot)
{
    Conversation& c = *conversations_[slot];
    c.exchange = ++desk_.exchanges;
    c.sent = desk_.now;
    ++c.attempt;
    ++c.requests;
    ++info_.requests;
    if (c.ask.request.method != Method::get) ++info_.writes;
    desk_.fingerprint.sent(c.exchange, desk_.now, c.ask);
    c.latency = desk_.latency.draw(desk_.draw, c.exchange);
    const TimePoint due = desk_.now + std::min(c.latency, c.connector->traits().request_timeout);
    desk_.queue.schedule(due, Lane::delivery, Delivered{info_.number, slot, c.exchange});
    desk_.transport.send(c.exchange, c.ask.request, desk_.now);
}

void Run::deliver(const Delivered& event, Reply&& reply)
{
    Conversation& c = *conversations_[event.conversation];
    PROVSIM_CHECK(c.active && c.exchange == event.exchange, "a reply was delivered to a conversation that does not wait for it");

    // A reply that comes later than the provider waits is a timeout, whatever it says; a timeout is noticed when the
    // provider stops waiting, not when the model of latency would have had the answer.
    const Duration patience = c.connector->traits().request_timeout;
    if (c.latency + reply.extra_delay > patience)
        reply = no_reply(Failure::timeout, "the target answered after the request timeout");
    const TimePoint due = reply.failure == Failure::timeout ? c.sent + patience : desk_.now + reply.extra_delay;
    if (due > desk_.now) {
        reply.extra_delay = Duration{0};
        desk_.inbox.post(event.exchange, std::move(reply));
        desk_.queue.schedule(due, Lane::delivery, event);
        return;
    }

    desk_.fingerprint.answered(c.exchange, desk_.now, reply);
    Verdict verdict = c.connector->judge(c.brief, c.ask, reply, {c.attempt, c.last_wait});
    const bool accepted = std::holds_alternative<Accept>(verdict);
    const ExchangeRecord record{c.exchange, info_.number, c.task, c.ask, reply, c.sent, desk_.now, c.attempt, accepted};
    desk_.tell([&record](Recorder& r) { r.exchanged(record); });

    if (accepted) {
        if constexpr (checked_build) check_purity(c);
        c.heard.push_back(std::move(reply));
        return go_on(event.conversation);
    }
    if (auto* later = std::get_if<RetryAfter>(&verdict)) {
        if (halted()) return give_up(event.conversation);
        c.exchange = 0;
        c.last_wait = later->wait;
        put_aside(c, later->aside);
        desk_.queue.schedule(desk_.now + std::max(later->wait, Duration{0}), Lane::delivery, RetryDue{info_.number, event.conversation});
        return;
    }
    if (auto* halt = std::get_if<HaltCycle>(&verdict)) {
        if (!halted()) this->halt(*halt);
        return finish(event.conversation, {Status::failure, LoggedAction::other, halt->code, std::move(halt->detail), {}}, {});
    }
    auto& failed = std::get<Escrow>(verdict);
    const LoggedAction action = c.ask.intent == Intent::create    ? LoggedAction::create
                                : c.ask.intent == Intent::delete_ ? LoggedAction::delete_
                                : c.ask.intent == Intent::disable ? LoggedAction::disable
                                                                  : LoggedAction::update;
    finish(event.conversation, {Status::failure, action, failed.code, std::move(failed.detail), {}}, {});
}

void Run::retry(std::uint32_t conversation)
{
    Conversation& c = *conversations_[conversation];
    if (!c.active || c.exchange != 0) return;       // it was given up meanwhile
    put_aside(c, false);
    send(conversation);
}

// A conversation must be a function of what it has heard. Asking again for the move whose reply just came, and getting
// another request, means that a connector keeps state or looks at something it was not given.
void Run::check_purity(const Conversation& c) const
{
    const Move again = c.connector->next_move(c.brief, Transcript(c.heard));
    const auto* ask = std::get_if<Ask>(&again);
    PROVSIM_CHECK(ask && ask->request.method == c.ask.request.method && ask->request.target == c.ask.request.target
                      && ask->request.body == c.ask.request.body,
                  "the connector asked differently when asked twice: " + c.ask.request.target);
}

}  // namespace provsim
