// SPDX-License-Identifier: Apache-2.0
// A stage for tests of judgement: a directory, a journal, links and a sandbox, moved by hand, without an engine.
#pragma once

#include "scenario/evaluate.h"
#include "scenario/target_lookup.h"
#include "target/sandbox.h"

#include <string>
#include <utility>
#include <vector>

namespace provsim {

class SandboxReader final : public TargetReader {
public:
    explicit SandboxReader(Sandbox& sandbox) : sandbox_(sandbox) {}
    Reply read(const Request& request) override
    {
        ++requests;
        return read_reply(sandbox_.handle(request, {}, TimePoint{}), reader_);
    }
    unsigned requests = 0;

private:
    Sandbox& sandbox_;
    JsonReader reader_;
};

struct Stage {
    static constexpr TimePoint start{hours{1000}};
    Directory directory;
    Journal journal{JournalDepth::bodies};
    LinkTable links;
    Sandbox sandbox;
    SandboxReader reader{sandbox};
    Scope scope;
    TimePoint now = start, step_began = start;
    std::vector<std::pair<std::string, std::size_t>> step_edits;

    void pass(Duration time) { now += time; }
    void step(std::string id)
    {
        step_edits.emplace_back(std::move(id), journal.edits().size());
        step_began = now;
    }

    void edit(const Edit& edit)
    {
        const Position from = directory.changes().head();
        const auto applied = apply(directory, edit, now, Draw(1));
        if (!applied) throw std::runtime_error(applied.problems().front().what);
        journal.edited(edit, now, from, applied.value());
    }
    void add_user(const std::string& handle, std::vector<std::pair<std::string, std::string>> values = {})
    {
        values.emplace_back("userName", handle + "@acme.test");
        edit(AddUser{handle, std::move(values), true, {}});
    }
    ObjectRef object(const std::string& name) const { return find_object(directory, name); }

    // Sends a request straight to the sandbox; its reply's id, if it has one. A resource to create gets its `schemas` here.
    std::string send(Method method, const std::string& target, const std::string& body = {})
    {
        Request request;
        request.method = method;
        request.target = target;
        request.body = body;
        if (method == Method::post)
            request.body.insert(1, target == "/Groups" ? R"("schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],)"
                                                       : R"("schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],)");
        JsonReader json;
        const Reply reply = read_reply(sandbox.handle(request, {}, now), json);
        if (!reply.success()) throw std::runtime_error(target + ": " + std::to_string(reply.status) + " " + reply.body);
        return std::string(reply.id());
    }
    // Creates an object in the sandbox and links it.
    std::string provision(const std::string& name, const std::string& body)
    {
        const ObjectRef who = object(name);
        const std::string id = send(Method::post, who.is_group() ? "/Groups" : "/Users", body);
        links.set(who, id, true);
        return id;
    }

    // Tells the journal of an exchange that ended now.
    void exchange(Method method, const std::string& target, int status, const std::string& body = {}, Failure failure = Failure::none)
    {
        Ask ask;
        ask.request.method = method;
        ask.request.target = target;
        ask.request.body = body;
        Reply reply = failure == Failure::none ? Reply() : no_reply(failure);
        reply.status = status;
        journal.exchanged({journal.exchanges().size() + 1, 1, Task{}, ask, reply, now, now, 1, status < 400 && failure == Failure::none});
    }
    // Tells the journal of a task that ended now and saw the directory up to `head` (default: as it is).
    LogEntry entry(const Task& task, Status status, LoggedAction action, std::string_view code = {})
    {
        LogEntry entry;
        entry.number = journal.entries().size() + 1;
        entry.run = run;
        entry.run_kind = kind;
        entry.task = task;
        entry.outcome.status = status;
        entry.outcome.action = action;
        entry.outcome.code = code;
        entry.began = entry.ended = now;
        entry.head = directory.changes().head();
        return entry;
    }
    void log(const Task& task, Status status, LoggedAction action, std::string_view code = {}) { journal.logged(entry(task, status, action, code)); }
    void log(const std::string& name, LoggedAction action) { log({Action::provision, object(name), {}}, Status::success, action); }

    // What follows is logged by this run.
    void begin_run(std::uint32_t number, RunKind by, bool users, bool groups)
    {
        run = number;
        kind = by;
        RunInfo info;
        info.number = number;
        info.kind = by;
        info.users = users;
        info.groups = groups;
        journal.run_began(info);
    }
    std::uint32_t run = 1;
    RunKind kind = RunKind::incremental;

    Evidence evidence() { return {journal, directory, links, reader, start, step_began, now, step_edits}; }
    Finding judge(Expectation what) { return evaluate(what, evidence()); }
};

inline Pattern pattern(nlohmann::ordered_json value, int line = 0) { return {std::move(value), {"a.yaml", line, 1}}; }

}  // namespace provsim
