// SPDX-License-Identifier: Apache-2.0
// A small company whose people and groups some provider synchronises to the sandbox, in this process. What the target should hold is
// said in terms that every provider maps: who is there and active, his name and address, which groups, and who is in them.
#pragma once

#include "connectors/registry.h"
#include "engine/engine.h"
#include "engine/faults.h"
#include "engine/loopback.h"
#include "target/sandbox.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace provsim {

// How many requests of each method were sent.
class Counter final : public Recorder {
public:
    std::map<std::string, std::uint64_t> sent;
    std::uint64_t runs = 0;
    void exchanged(const ExchangeRecord& record) override { ++sent[std::string(to_string(record.ask.request.method))]; }
    void run_ended(const RunInfo&) override { ++runs; }
    std::uint64_t writes() const;
};

class Company {
public:
    // 30 users, each in one of 5 groups, some in two; the groups are assigned and, by providers that react, pushed. Provisioning has
    // just been switched on; `broken` faults wait for its first request.
    Company(const Flavour& flavour, std::uint64_t seed, const std::vector<FaultRule>& broken = {});

    // Time runs until nothing is left to do, for six days at most; a job that is disabled is started. False if it never came to rest.
    bool settle();
    // Provisioning is restarted, or all are synchronised by force.
    void synchronise_again();
    // Somebody marries, joins, leaves, is barred; a group gets another name: what happens on day `n` of a story.
    void live(std::uint64_t n);

    bool reacts() const noexcept { return policy_.reacts; }
    const JobPolicy& policy() const noexcept { return policy_; }
    std::uint32_t groups() const { return static_cast<std::uint32_t>(directory_.group_rows()); }
    std::string name(UserId user) const { return std::string(directory_.value(user, Attribute::user_name)); }
    Engine& engine() noexcept { return *engine_; }
    FaultTransport& faults() noexcept { return faults_; }
    const Counter& counter() const noexcept { return counter_; }
    // Every resource, by its path: its text without `meta`.
    std::map<std::string, std::string> target();
    // Where the target is not as the directory says, in sentences.
    std::vector<std::string> differences();

private:
    void settle_in();       // the directory as it is on the first day
    void compare_user(UserId user, std::optional<json::element> found, std::vector<std::string>& out) const;
    void compare_group(GroupId group, json::element found, const std::map<std::string, UserId>& bearers, std::vector<std::string>& out) const;
    bool belongs(UserId user) const;
    Reply read(const std::string& target, JsonReader& reader);

    JobPolicy policy_;
    Directory directory_;
    Scope scope_;
    std::unique_ptr<Connector> connector_;
    Inbox inbox_;
    Sandbox sandbox_;
    LoopbackTransport wire_{sandbox_, inbox_};
    FaultTransport faults_{wire_, inbox_};
    SkipPacer pacer_;
    Counter counter_;
    std::unique_ptr<Engine> engine_;
};

}  // namespace provsim
