// SPDX-License-Identifier: Apache-2.0
// find_landing: when a change of the directory had reached the target.
//
// A change is one edit; an edit is a row of entries in the change log. Each entry wants something of the target (a user who
// was disabled wants to be inactive there), and an entry of the provisioning log can fulfil a want if its task saw the
// directory with the change in it, and ended well. The change has landed when its last want is fulfilled.
#include "model/nearest.h"
#include "scenario/describe.h"
#include "scenario/judges.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace provsim {
namespace {

using Aim = PropagatedExpectation::Effect;

struct Want {
    Aim effect{};
    ObjectRef object;       // for members the group
    ObjectRef other;        // the member
    Action action = Action::provision;
    friend bool operator==(const Want&, const Want&) = default;
};

Problem problem(std::string what, std::string remedy)
{
    return {Severity::error, "change", std::move(what), std::move(remedy), {}};
}

// --- which edit is meant -------------------------------------------------------------------------------------------

std::vector<std::string> words(std::string_view text)
{
    std::vector<std::string> out;
    for (std::size_t at = 0; (at = text.find_first_not_of(" ,=", at)) != std::string_view::npos;) {
        const std::size_t end = std::min(text.find_first_of(" ,=", at), text.size());
        std::string_view word = text.substr(at, end - at);
        // "user:ada" and "ada" are the same to people.
        if (word.starts_with("user:")) word.remove_prefix(5);
        if (word.starts_with("group:")) word.remove_prefix(6);
        if (word != "<-" && word != "->") out.emplace_back(word);
        at = end;
    }
    return out;
}

// "group.add grace" fits "group.add engineers <- grace": the same verb, and nothing that the edit does not name.
bool fits(const std::vector<std::string>& asked, const std::vector<std::string>& described)
{
    if (asked.empty() || described.empty() || asked.front() != described.front()) return false;
    return std::all_of(asked.begin() + 1, asked.end(),
                       [&](const std::string& word) { return std::find(described.begin() + 1, described.end(), word) != described.end(); });
}

// "leaver.1": the first edit of step `leaver`. Nothing if `change` does not have that form.
std::optional<Result<std::size_t>> find_by_step(const std::string& change, const Evidence& evidence)
{
    const std::size_t dot = change.rfind('.');
    if (dot == std::string::npos) return std::nullopt;
    std::size_t number = 0;
    const char* const end = change.data() + change.size();
    const auto [read, error] = std::from_chars(change.data() + dot + 1, end, number);
    if (error != std::errc{} || read != end || number == 0) return std::nullopt;

    const std::string_view id(change.data(), dot);
    for (std::size_t i = 0; i < evidence.step_edits.size(); ++i) {
        const auto& [step, first] = evidence.step_edits[i];
        if (step != id) continue;
        const std::size_t last = i + 1 < evidence.step_edits.size() ? evidence.step_edits[i + 1].second : evidence.journal.edits().size();
        if (number <= last - first) return Result<std::size_t>(first + number - 1);
        return Result<std::size_t>(problem("step \"" + step + "\" made " + std::to_string(last - first) + " changes, so there is no " + change,
                                           "count the changes of the directory only; pushes, faults and notes are none"));
    }
    Nearest near(id);
    for (const auto& [step, first] : evidence.step_edits) near.offer(step);
    return Result<std::size_t>(problem("no step \"" + std::string(id) + "\" has begun yet",
                                       near.best().empty() ? "name a step that stands above" : "did you mean " + near.best() + "?"));
}

Result<std::size_t> find_edit(const std::string& change, const Evidence& evidence)
{
    if (auto by_step = find_by_step(change, evidence)) return *by_step;
    const auto& edits = evidence.journal.edits();
    const auto asked = words(change);
    std::vector<std::size_t> found;
    Nearest near(change);
    for (std::size_t i = 0; i < edits.size(); ++i) {
        const std::string described = describe(edits[i].edit);
        near.offer(described);
        if (fits(asked, words(described))) found.push_back(i);
    }
    if (found.size() == 1) return found.front();
    if (found.empty())
        return problem("\"" + change + "\" names no change that was made so far",
                       near.best().empty() ? "name it as step.1, or as user.disable ada" : "did you mean \"" + near.best() + "\"?");
    std::string example;
    for (const auto& [step, first] : evidence.step_edits)
        if (first <= found.back()) example = step + "." + std::to_string(found.back() - first + 1);
    return problem("\"" + change + "\" fits " + std::to_string(found.size()) + " changes", example.empty() ? "" : "write " + example + " for the last of them");
}

// --- what it wants -------------------------------------------------------------------------------------------------

Want natural(const Change& change)
{
    const ObjectRef object = change.object;
    switch (change.kind) {
        case ChangeKind::user_added:
        case ChangeKind::group_added:
        case ChangeKind::user_enabled:
        case ChangeKind::state_changed:
        case ChangeKind::user_restored:
        case ChangeKind::assigned: return {Aim::exists, object, {}, Action::provision};
        case ChangeKind::user_updated:
        case ChangeKind::roles_changed:
        case ChangeKind::assignment_changed:
        case ChangeKind::password_changed:
        case ChangeKind::group_renamed: return {Aim::attribute, object, {}, Action::provision};
        case ChangeKind::manager_changed: return {Aim::attribute, object, {}, Action::set_manager};
        case ChangeKind::user_disabled:
        case ChangeKind::user_soft_deleted: return {Aim::inactive, object, {}, Action::provision};
        case ChangeKind::user_hard_deleted:
        case ChangeKind::group_deleted: return {Aim::gone, object, {}, Action::provision};
        // A group has no `active`: out of scope, it is deleted (entra.md 2.2, inferred).
        case ChangeKind::unassigned: return {object.is_group() ? Aim::gone : Aim::inactive, object, {}, Action::provision};
        case ChangeKind::member_added:
        case ChangeKind::nested_added: return {Aim::member, object, change.other, Action::add_member};
        case ChangeKind::member_removed:
        case ChangeKind::nested_removed: return {Aim::member, object, change.other, Action::remove_member};
    }
    return {};
}

// Making or ending an object is what such an edit is about; the memberships and links it also touches are not.
bool is_whole(ChangeKind kind)
{
    return kind == ChangeKind::user_added || kind == ChangeKind::group_added || kind == ChangeKind::user_hard_deleted ||
           kind == ChangeKind::group_deleted;
}

bool names_members(const Edit& edit)
{
    return std::holds_alternative<AddMembers>(edit) || std::holds_alternative<RemoveMembers>(edit);
}

std::vector<Want> wants(const Journal::EditRow& edit, Aim effect, const ChangeLog& log)
{
    std::vector<Want> out;
    const auto add = [&out](const Want& want) { if (std::find(out.begin(), out.end(), want) == out.end()) out.push_back(want); };
    bool whole = false;
    for (Position at = edit.from; at < edit.to; ++at) whole = whole || is_whole(log[at].kind);
    for (Position at = edit.from; at < edit.to; ++at) {
        const Change& change = log[at];
        const Want want = natural(change);
        if (effect == Aim::natural) {
            // Memberships that follow a group's rule arrive when they may: its group need not be provisioned.
            const bool follows = want.effect == Aim::member && !names_members(edit.edit);
            if (!follows && (!whole || is_whole(change.kind))) add(want);
        } else if (effect == Aim::member) {
            if (want.effect == Aim::member) add(want);
        } else if (want.effect == Aim::member && !whole) {
            // "group.add grace" with effect exists: it is grace who is to appear.
            add({effect, want.other, {}, Action::provision});
        } else if (!whole || is_whole(change.kind)) {
            add({effect, want.object, {}, effect == Aim::attribute ? want.action : Action::provision});
        }
    }
    return out;
}

// --- whether it was fulfilled --------------------------------------------------------------------------------------

// A request that carried all members of the group, as they were when its task began.
bool writes_all_members(const Journal::Entry& entry)
{
    return (entry.task.action == Action::write_members || entry.task.action == Action::provision) && entry.status == Status::success
           && std::any_of(entry.modified.begin(), entry.modified.end(), [](const Modified& m) { return m.name == "members"; });
}

bool fulfils(const Journal::Entry& entry, const Want& want)
{
    if (want.effect == Aim::member && entry.task.object == want.object && writes_all_members(entry)) return true;
    const bool late = want.effect == Aim::gone && entry.task.action == Action::delete_disabled;     // days after he was disabled
    if (entry.task.object != want.object || (entry.task.action != want.action && !late)) return false;
    if (want.effect == Aim::member && entry.task.other != want.other) return false;
    // RedundantExport: the target was found to be in the wanted state already.
    const bool redundant = entry.status == Status::skipped && entry.code == "RedundantExport";
    if (redundant) return want.effect != Aim::gone;
    if (entry.status != Status::success) return false;
    const bool ends = entry.action == LoggedAction::disable || entry.action == LoggedAction::delete_;
    switch (want.effect) {
        case Aim::exists:
        case Aim::attribute: return want.action == Action::set_manager || !ends;
        case Aim::inactive:
            return ends || std::any_of(entry.modified.begin(), entry.modified.end(), [](const Modified& m) { return m.name == "active"; });
        case Aim::gone: return entry.action == LoggedAction::delete_;
        case Aim::member:
        case Aim::natural: return true;
    }
    return false;
}

const Journal::Entry* fulfilment(const Want& want, const Journal::EditRow& edit, const Journal& journal)
{
    // Entries stand in the order in which they ended, and none that ended before the change can have seen it.
    const auto& entries = journal.entries();
    auto entry = std::lower_bound(entries.begin(), entries.end(), edit.at,
                                  [](const Journal::Entry& e, TimePoint at) { return e.ended < at; });
    for (; entry != entries.end(); ++entry)
        if (entry->head >= edit.to && fulfils(*entry, want)) return &*entry;
    return nullptr;
}

}  // namespace

Result<Landing> find_landing(const std::string& change, Aim effect, const Evidence& evidence)
{
    const auto index = find_edit(change, evidence);
    if (!index) return index.problems();
    const Journal::EditRow& edit = evidence.journal.edits()[index.value()];
    const auto wanted = wants(edit, effect, evidence.directory.changes());
    if (wanted.empty()) {
        if (edit.from == edit.to) return problem("\"" + describe(edit.edit) + "\" changed nothing, so nothing can arrive", "give it a new value");
        return problem("\"" + describe(edit.edit) + "\" has no effect of the kind \"" + std::string(to_string(effect)) + "\"",
                       "leave `effect` out to ask for what the change is about");
    }

    Landing landing;
    landing.made = edit.at;
    const Journal::Entry* last = nullptr;
    for (const Want& want : wanted) {
        const Journal::Entry* entry = fulfilment(want, edit, evidence.journal);
        if (!entry) return landing;
        if (!last || entry->number > last->number) last = entry;
    }
    landing.landed = last->ended;
    landing.run = last->run;
    landing.by_kind = last->run_kind;
    if (last->run_kind == RunKind::on_demand) return landing;
    if (const RunInfo* run = evidence.journal.find_run(last->run)) {
        // In a cycle of both timers, either may be said to have brought it.
        landing.by_user_cycle = run->users;
        landing.by_group_cycle = run->groups;
    }
    return landing;
}

std::string nearest_entries(const std::string& change, const Evidence& evidence)
{
    const auto index = find_edit(change, evidence);
    if (!index) return {};
    const Journal::EditRow& edit = evidence.journal.edits()[index.value()];
    if (edit.from == edit.to) return {};
    const ObjectRef object = evidence.directory.changes()[edit.from].object;
    std::size_t count = 0;
    const Journal::Entry* last = nullptr;
    for (const Journal::Entry& entry : evidence.journal.entries())
        if (entry.ended >= edit.at && entry.task.object == object) ++count, last = &entry;
    const std::string name = object_name(evidence.directory, object);
    if (!last) return fmt::format("\nno log entry on {} since", name);
    std::string out = fmt::format("\n{} log {} on {} since, last: {}", count, count == 1 ? "entry" : "entries", name,
                                  describe(*last, evidence.directory, evidence.run_began));
    if (!last->detail.empty()) out += "\n" + last->detail;
    return out;
}

}  // namespace provsim
