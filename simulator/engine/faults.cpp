// SPDX-License-Identifier: Apache-2.0
#include "engine/faults.h"

#include "engine/omit_attribute.h"

#include <algorithm>

namespace provsim {

void FaultTransport::add(FaultRule rule)
{
    remove(rule.name);
    const bool endless = !rule.times;
    const std::uint64_t left = rule.times.value_or(0);
    rules_.push_back({std::move(rule), left, endless});
}

bool FaultTransport::remove(std::string_view name)
{
    const auto gone = std::remove_if(rules_.begin(), rules_.end(), [name](const Active& a) { return a.rule.name == name; });
    const bool found = gone != rules_.end();
    rules_.erase(gone, rules_.end());
    return found;
}

FaultRule* FaultTransport::strike(const Request& request)
{
    for (Active& active : rules_) {
        const FaultRule& rule = active.rule;
        if (!active.endless && active.left == 0) continue;
        if (rule.method && *rule.method != request.method) continue;
        if (request.target.compare(0, rule.path.size(), rule.path) != 0) continue;
        if (!active.endless) --active.left;
        ++strikes_;
        return &active.rule;
    }
    return nullptr;
}

void FaultTransport::send(ExchangeNumber number, const Request& request, TimePoint now)
{
    const FaultRule* rule = rules_.empty() ? nullptr : strike(request);
    if (!rule) {
        inner_.send(number, request, now);
        return;
    }
    switch (rule->kind) {
    case FaultKind::status:
    case FaultKind::answer:
        inbox_.post(number, read_reply(answer(*rule), reader_));
        break;
    case FaultKind::reset:
        inbox_.post(number, no_reply(Failure::reset, "connection reset by the fault '" + rule->name + "'"));
        break;
    case FaultKind::latency:
    case FaultKind::lost_reply:
    case FaultKind::omit:
        pending_.push_back({number, rule->kind, rule->delay, rule->attribute});
        inner_.send(number, request, now);
        settle();
        break;
    }
}

Response FaultTransport::answer(const FaultRule& rule) const
{
    Response response;
    response.status = rule.status;
    response.headers.push_back({"Content-Type", "application/scim+json"});
    if (rule.retry_after) response.headers.push_back({"Retry-After", std::to_string(std::chrono::ceil<seconds>(*rule.retry_after).count())});
    if (rule.kind == FaultKind::answer) {
        response.body = rule.body;
        return response;
    }
    response.body = "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:Error\"],\"status\":\"" + std::to_string(rule.status) + "\",\"detail\":";
    append_json_string(response.body, "answered by the fault '" + rule.name + "'");
    response.body += '}';
    return response;
}

void FaultTransport::settle()
{
    const auto settled = [this](const Pending& pending) {
        auto reply = inbox_.take(pending.number);
        if (!reply) return false;
        if (pending.kind == FaultKind::omit) omit_attribute(*reply, pending.attribute, reader_);
        else if (pending.kind == FaultKind::lost_reply) reply = no_reply(Failure::timeout, "the target's reply was lost");
        else reply->extra_delay += pending.delay;
        inbox_.post(pending.number, std::move(*reply));
        return true;
    };
    pending_.erase(std::remove_if(pending_.begin(), pending_.end(), settled), pending_.end());
}

void FaultTransport::poll()
{
    inner_.poll();
    if (!pending_.empty()) settle();
}

bool FaultTransport::wait()
{
    const bool answered = inner_.wait();
    if (!pending_.empty()) settle();
    return answered;
}

}  // namespace provsim
