// SPDX-License-Identifier: Apache-2.0
#include "tests/properties/witness.h"

#include <fmt/format.h>

#include <algorithm>

namespace provsim::properties {
namespace {

template <class Spans>
unsigned most_at_once(const Spans& spans)
{
    std::vector<std::pair<TimePoint, int>> edges;
    for (const auto& span : spans) {
        edges.emplace_back(span.from, 1);
        edges.emplace_back(span.to, -1);
    }
    std::sort(edges.begin(), edges.end());      // who ends in an instant makes room for who begins in it
    int now = 0, most = 0;
    for (const auto& edge : edges) most = std::max(most, now += edge.second);
    return static_cast<unsigned>(most);
}

}  // namespace

bool Witness::evaluated(ObjectRef object, TimePoint since) const
{
    return std::any_of(log.begin(), log.end(), [&](const Entry& e) {
        return e.task.action == Action::provision && e.task.object == object && e.kind != RunKind::on_demand && e.run_began >= since
               && (e.status == Status::success || e.code == "RedundantExport");
    });
}

bool Witness::seen(std::size_t picture, ObjectRef group) const
{
    const Picture& first = pictures[picture];
    const bool last = picture + 1 == pictures.size();
    const auto within = [&](const auto& cycle) { return cycle.second >= first.head && (last || cycle.second < pictures[picture + 1].head); };
    if (std::any_of(group_cycles.begin(), group_cycles.end(), within)) return true;
    if (group.index < first.groups.size() && first.groups[group.index].in_scope) return false;
    return std::any_of(log.begin(), log.end(), [&](const Entry& e) {
        return e.kind == RunKind::on_demand && e.task == Task{Action::provision, group, {}} && e.status == Status::success && e.ended >= first.at && (last || e.run_began <= pictures[picture + 1].at);
    });
}

void Witness::check_concurrency(unsigned of_run, unsigned of_group)
{
    for (const auto& [run, spans] : of_run_)
        if (const unsigned most = most_at_once(spans); most > of_run) violations.push_back(fmt::format("run {} had {} requests out at once", run, most));
    for (const auto& [group, spans] : of_group_)
        if (const unsigned most = most_at_once(spans); most > of_group) violations.push_back(fmt::format("group {} had {} member changes at once", group, most));
}

const Picture& Witness::as_of(Position head) const
{
    const auto found = std::find_if(pictures.rbegin(), pictures.rend(), [head](const Picture& p) { return p.head <= head; });
    return found == pictures.rend() ? pictures.front() : *found;
}

void Witness::run_began(const RunInfo& run)
{
    runs_[run.number] = run;
    if (run.kind == RunKind::on_demand) return;
    ++cycles;
    if (run.kind != RunKind::initial || !run.groups) return;
    // A restart forgets what was still to be removed: in the log since the last cycle, or failed (settings.md).
    for (Position at = groups_seen_; at < run.head; ++at) {
        const Change& change = directory_.changes()[at];
        if (change.kind == ChangeKind::member_removed) lost_removals.emplace(change.object, change.other);
    }
    lost_removals.merge(failed_removals_);
    failed_removals_.clear();
}

void Witness::run_ended(const RunInfo& run)
{
    if (run.kind != RunKind::on_demand && run.groups && run.halted.empty()) {
        groups_seen_ = run.head;
        group_cycles.emplace_back(run.began, run.head);
    }
    runs_.erase(run.number);
}

void Witness::exchanged(const ExchangeRecord& record)
{
    const RunInfo& run = runs_.at(record.run);
    if (record.ask.request.method != Method::get) ++writes;
    of_run_[run.number].push_back({record.sent, record.answered});
    if (record.ask.intent == Intent::member) of_group_[record.task.object.key()].push_back({record.sent, record.answered});
    if (record.ask.intent == Intent::create && !record.reply.success()) unheard.push_back({record.task.object, record.sent, record.ask.request.body});
    if (record.ask.intent == Intent::delete_ && record.reply.failure == Failure::timeout)
        erased_unheard.emplace(record.ask.request.target.substr(record.ask.request.target.rfind('/') + 1));
    if (record.reply.status == 404 && record.reply.body.find("answered by the fault") != std::string::npos) {
        const std::string_view path = std::string_view(record.ask.request.target).substr(0, record.ask.request.target.find('?'));
        denied.emplace(path.substr(path.rfind('/') + 1));
    }
    if (record.task.object) check_concern(record, run);
}

// No request is sent about an object that is neither known nor to be known.
void Witness::check_concern(const ExchangeRecord& record, const RunInfo& run)
{
    const ObjectRef object = record.task.object;
    const auto wanted = [&](const Picture& picture) {
        if (object.is_group()) return object.index < picture.groups.size() && picture.groups[object.index].in_scope;
        return object.index < picture.users.size() && picture.users[object.index].wanted();
    };
    const auto link = job_->memory().links.find(object);
    const Picture& then = as_of(run.head);
    const bool in_scope = object.is_user() && object.index < then.users.size() && then.users[object.index].in_scope;
    if (link && (link->managed || in_scope || object.is_group() || story_.has("delete_after_unassign", "on_hard_delete"))) return;
    bool may = wanted(then);
    if (run.kind == RunKind::on_demand)
        for (const Picture& picture : pictures) may |= picture.at >= run.began && wanted(picture);
    if (!may)
        violations.push_back(fmt::format("T+{}: {} {} about {}, which is {}", format_elapsed(record.sent - opening), to_string(record.ask.request.method),
                                         record.ask.request.target, name_of(object), link ? "no longer managed" : "neither linked nor in scope"));
}

void Witness::logged(const LogEntry& entry)
{
    const RunInfo& run = runs_.at(entry.run);
    log.push_back({entry.task, entry.run_kind, run.began, entry.ended, entry.outcome.status, std::string(entry.outcome.code)});
    if (entry.task.object && !entry.target_id.empty()) {
        ids[entry.task.object].emplace(entry.target_id);
        first_linked.emplace(entry.task.object, entry.ended);
    }
    const std::pair<ObjectRef, ObjectRef> pair{entry.task.object, entry.task.other};
    if (entry.task.action == Action::remove_member) {
        if (entry.outcome.status == Status::failure) failed_removals_.insert(pair);
        else failed_removals_.erase(pair);
        if (entry.outcome.status == Status::success) lost_removals.erase(pair);
    }
    if (entry.task.action == Action::add_member && entry.outcome.status == Status::success) lost_removals.erase(pair);
}

}  // namespace provsim::properties
