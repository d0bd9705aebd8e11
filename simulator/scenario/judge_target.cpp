// SPDX-License-Identifier: Apache-2.0
// `target`: what the target has, read back over SCIM.
#include "scenario/judges.h"
#include "scenario/matcher.h"
#include "scenario/target_lookup.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace provsim {
namespace {

// The id under which the target knew an object that is gone: the log remembers what the link table forgot.
std::string known_id(ObjectRef object, const Evidence& evidence)
{
    const auto& entries = evidence.journal.entries();
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry)
        if (entry->task.object == object && !entry->target_id.empty()) return entry->target_id;
    return {};
}

std::string join(const std::vector<std::string>& names)
{
    constexpr std::size_t most = 10;
    std::string out;
    for (std::size_t i = 0; i < names.size() && i < most; ++i) out += (i ? ", " : "") + names[i];
    if (names.size() > most) out += fmt::format(" and {} more", names.size() - most);
    return out;
}

// Target id -> name, for those who are linked.
std::unordered_map<std::string, std::string> names_of_ids(const Evidence& evidence)
{
    std::unordered_map<std::string, std::string> names;
    for (const ObjectKind kind : {ObjectKind::user, ObjectKind::group})
        for (ObjectRef object = evidence.links.next(kind, 0); object; object = evidence.links.next(kind, object.index + 1))
            names.emplace(evidence.links.find(object)->target_id, object_name(evidence.directory, object));
    return names;
}

class Members {
public:
    Members(const Json& group, const Evidence& evidence) : evidence_(evidence), names_(names_of_ids(evidence))
    {
        const Json* members = find_member(group, "members");
        if (!members || !members->is_array()) return;
        for (const Json& member : *members)
            if (const Json* id = find_member(member, "value"); id && id->is_string()) ids_.push_back(id->get<std::string>());
        std::sort(ids_.begin(), ids_.end());
    }

    std::size_t count() const { return ids_.size(); }

    bool has(const std::string& handle)
    {
        const std::string id = id_of(handle);
        asked_.push_back(id);
        return !id.empty() && std::binary_search(ids_.begin(), ids_.end(), id);
    }

    // Members nobody asked about with has().
    std::vector<std::string> others() const
    {
        std::vector<std::string> out;
        for (const std::string& id : ids_) {
            if (std::find(asked_.begin(), asked_.end(), id) != asked_.end()) continue;
            const auto name = names_.find(id);
            out.push_back(name == names_.end() ? "id " + id : name->second);
        }
        return out;
    }

private:
    std::string id_of(const std::string& handle) const
    {
        const ObjectRef object = find_ever(handle, evidence_);
        if (!object) return {};
        if (const auto link = evidence_.links.find(object)) return std::string(link->target_id);
        const Lookup found = find_in_target(evidence_.target, evidence_.directory, evidence_.links, object, known_id(object, evidence_));
        const Json* id = found.resource ? find_member(*found.resource, "id") : nullptr;
        return id && id->is_string() ? id->get<std::string>() : std::string();
    }

    const Evidence& evidence_;
    std::unordered_map<std::string, std::string> names_;
    std::vector<std::string> ids_, asked_;
};

// A line on what is wrong with the members; empty if nothing is.
std::string judge_members(const TargetExpectation& what, const Json& group, const Evidence& evidence)
{
    if (!what.members_exactly && what.members_include.empty() && what.members_exclude.empty()) return {};
    Members members(group, evidence);
    std::vector<std::string> missing, unwanted;
    for (const std::string& name : what.members_include)
        if (!members.has(name)) missing.push_back(name);
    for (const std::string& name : what.members_exclude)
        if (members.has(name)) unwanted.push_back(name);
    if (what.members_exactly) {
        // A fresh look: only those of the exact list count as asked for.
        Members exact(group, evidence);
        for (const std::string& name : *what.members_exactly)
            if (!exact.has(name) && std::find(missing.begin(), missing.end(), name) == missing.end()) missing.push_back(name);
        for (const std::string& name : exact.others()) unwanted.push_back(name);
    }
    if (missing.empty() && unwanted.empty()) return {};
    std::string line = "members:";
    if (!missing.empty()) line += " missing " + join(missing);
    if (!unwanted.empty()) line += (missing.empty() ? " unexpected " : "; unexpected ") + join(unwanted);
    return line + fmt::format(" ({} in the target)", members.count());
}

// The attribute may stand where people do not look: in an extension, when the path names none.
std::string hint(const Json& resource, const std::string& path)
{
    if (path.starts_with('/') || path.find(':') != std::string::npos) return {};
    for (auto member = resource.begin(); member != resource.end(); ++member)
        if (member.key().starts_with("urn:") && find_member(member.value(), path)) return fmt::format("\n{}:{} is there", member.key(), path);
    return {};
}

}  // namespace

ObjectRef find_ever(const std::string& name, const Evidence& evidence)
{
    if (const ObjectRef now = find_object(evidence.directory, name)) return now;
    // Gone from the directory. Rows are never reused, so the handle of an absent one may still stand there; the latest wins.
    std::string_view handle(name);
    const bool user = !handle.starts_with("group:"), group = !handle.starts_with("user:");
    if (const auto colon = handle.find(':'); colon != std::string_view::npos && !(user && group)) handle.remove_prefix(colon + 1);
    for (std::size_t i = evidence.directory.user_rows(); user && i-- > 0;)
        if (const ObjectRef object = UserId{static_cast<std::uint32_t>(i)}; evidence.directory.handle(object) == handle) return object;
    for (std::size_t i = evidence.directory.group_rows(); group && i-- > 0;)
        if (const ObjectRef object = GroupId{static_cast<std::uint32_t>(i)}; evidence.directory.handle(object) == handle) return object;
    // Or the journal's edits tell who it was: the change that ended it names the row.
    const auto& edits = evidence.journal.edits();
    for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) {
        if (edit->from == edit->to) continue;
        const auto* ended_user = std::get_if<HardDeleteUser>(&edit->edit);
        const auto* ended_group = std::get_if<DeleteGroup>(&edit->edit);
        const std::string* who = ended_user ? &ended_user->user : ended_group ? &ended_group->group : nullptr;
        if (!who || (*who != handle && *who != name)) continue;
        for (Position at = edit->from; at < edit->to; ++at) {
            const Change& change = evidence.directory.changes()[at];
            if (change.kind == ChangeKind::user_hard_deleted || change.kind == ChangeKind::group_deleted) return change.object;
        }
    }
    return {};
}

Finding judge(const TargetExpectation& what, const Place& place, const Evidence& evidence)
{
    Finding finding;
    finding.place = place;
    const ObjectRef object = find_ever(what.object, evidence);
    if (!object) {
        // Never in the directory, so provsim never sent it: only the target could know it, and under what name?
        finding.held = what.exists == false && what.has.empty();
        finding.summary = what.object + " was never in the directory";
        return finding;
    }
    const Lookup found = find_in_target(evidence.target, evidence.directory, evidence.links, object, known_id(object, evidence));
    finding.evidence = found.how;
    if (!found.trouble.empty()) {
        finding.summary = what.object + ": the target could not be read";
        finding.evidence = found.trouble;
        return finding;
    }
    const bool must_exist = what.exists.value_or(true);
    if (found.resource.has_value() != must_exist) {
        finding.summary = fmt::format("{}: expected {} in the target", what.object, must_exist ? "to be" : "not to be");
        return finding;
    }
    if (!found.resource) {
        finding.held = true;
        finding.summary = what.object + " is not in the target";
        return finding;
    }

    for (const auto& [text, pattern] : what.has) {
        const auto path = AttributePath::parse(text, pattern.place);
        if (!path) {
            finding.summary = path.problems().front().what;
            finding.place = pattern.place;
            return finding;
        }
        const Matcher matcher(pattern, text.starts_with('/') ? Subject::json : Subject::attribute, path.value().ignores_case());
        if (const auto mismatch = matcher.test_any(path.value().find(*found.resource))) {
            finding.summary = describe(*mismatch, text);
            finding.evidence += hint(*found.resource, text);
            finding.place = pattern.place;
            return finding;
        }
    }
    if (std::string line = judge_members(what, *found.resource, evidence); !line.empty()) {
        finding.summary = std::move(line);
        return finding;
    }
    finding.held = true;
    finding.summary = what.object + " is in the target as expected";
    return finding;
}

}  // namespace provsim
