// SPDX-License-Identifier: Apache-2.0
// timeline: steps and their actions, read in the order of the story, so that names are known from where they begin.
#include "scenario_io/read.h"

#include "connectors/entra/constants.h"
#include "scenario_io/vendor_verbs.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <type_traits>

namespace provsim {
namespace {

class TimelineReader {
public:
    // `profile`: whose settings the story names, whoever it is told to.
    TimelineReader(Reading& reading, std::string profile) : reading_(reading), profile_(std::move(profile))
    {
        const Directory& directory = reading_.scenario.directory;
        for (std::uint32_t i = 0; i < directory.group_rows(); ++i)
            if (reading_.scenario.dynamic_groups.has(GroupId{i})) by_rule_.emplace(directory.handle(GroupId{i}));
    }

    void run(const YamlNode& timeline)
    {
        for (std::size_t i = 0; i < timeline.items.size(); ++i) step(timeline.items[i], i + 1);
    }

private:
    void step(const YamlNode& node, std::size_t number)
    {
        Step step;
        step.place = reading_.place(node.mark);
        step.id = fmt::format("step-{}", number);
        if (!node.faulty) {
            id(node, step);
            step.name = text_at(node, "name").value_or("");
            step.at = duration_at(node, "at");
            step.after = duration_at(node, "after");
            step.pause = text_at(node, "pause").value_or("");
            step.only = read_only_under(node, reading_);
        }
        // Actions and expectations are read even if the step has a fault: they name people, and have faults of their own.
        if (const YamlNode* actions = part(node, "do"))
            for (const auto& action : actions->items) this->action(action, step);
        if (const YamlNode* until = part(node, "until")) this->until(*until, step);
        if (const YamlNode* expect = part(node, "expect")) read_expectations(*expect, reading_, step);
        reading_.scenario.steps.push_back(std::move(step));
    }

    void id(const YamlNode& node, Step& step)
    {
        if (const YamlNode* id = part(node, "id")) {
            step.id = id->text;
            if (!is_word(step.id)) reading_.error(id->mark, "step-id", fmt::format("\"{}\" cannot be a step's id", step.id), "an id is a word of letters, digits, '-' and '_'");
        }
        const YamlNode* id = part(node, "id");
        if (!ids_.insert(step.id).second) reading_.error(id ? id->mark : node.mark, "step-id", fmt::format("two steps are called \"{}\"", step.id), "ids are unique");
    }

    static bool is_word(std::string_view text)
    {
        return std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_'; });
    }

    void until(const YamlNode& node, Step& step)
    {
        using Kind = Until::Kind;
        if (node.is_map()) {
            step.until.kind = Kind::propagated;
            step.until.change = text_at(node, "propagated").value_or("");
            step.until.within = duration_at(node, "within").value_or(step.until.within);
        } else {
            step.until.kind = node.text == "user-cycle-end" ? Kind::user_cycle_end : node.text == "group-cycle-end" ? Kind::group_cycle_end : Kind::quiet;
        }
    }

    // --- actions ---------------------------------------------------------------------------------------------------

    void action(const YamlNode& node, Step& step)
    {
        if (node.faulty || !node.is_map()) return;
        for (const auto& entry : node.entries) {
            if (entry.key == "provider") continue;
            language_ = profile_;
            if (entry.value.faulty) {
                // Whoever was to join is spoken of later on; that he could not be read has been said.
                if (entry.key == "user.add" || entry.key == "group.create")
                    if (const auto id = text_at(entry.value, "id")) reading_.names.add(entry.key == "user.add" ? ObjectKind::user : ObjectKind::group, *id);
                continue;
            }
            OnlyUnder only = read_only_under(node, reading_);
            for (const OnlyUnder* narrower : {&std::as_const(step.only), &std::as_const(only)})
                if (narrower->providers.size() == 1) language_ = narrower->providers.front();
            if (const VendorVerb* verb = find_vendor_verb(entry.key)) only_vendor(*verb, step, entry.mark, only);
            if (auto what = spec(entry.key, entry.value)) step.actions.push_back({std::move(*what), reading_.place(entry.mark), std::move(only), entry.key});
            return;
        }
    }

    // A verb of one vendor's is done under no other. Where the story does not say so itself, it is said once.
    void only_vendor(const VendorVerb& verb, const Step& step, Mark mark, OnlyUnder& only)
    {
        const std::string vendor(verb.vendor()), &profile = reading_.scenario.provider.profile;
        const bool said = !only.providers.empty() || !step.only.providers.empty();
        if (!only.allows(vendor) || !step.only.allows(vendor))
            reading_.error(mark, "other-provider", fmt::format("{} is {}'s, and here is said to be for another", verb.name, vendor), fmt::format("write provider: {}, or leave it out", vendor));
        else if (!said && vendor != profile && told_.insert(vendor).second)
            reading_.warn(mark, "other-provider", fmt::format("{} is {}'s, and skipped under {}", verb.name, vendor, profile), fmt::format("provider: {} beside it says that this is meant", vendor));
        only.providers = {vendor};
    }

    std::optional<ActionSpec> spec(const std::string& verb, const YamlNode& node)
    {
        if (verb == "user.add") return add_user(node);
        if (verb == "user.update") return update_user(node);
        if (verb == "user.enable") return of_user<EnableUser>(node);
        if (verb == "user.disable") return of_user<DisableUser>(node);
        if (verb == "user.set_password") return of_user<SetPassword>(node);
        if (const auto state_verb = parse_state_verb(verb)) {
            const auto user = name(ObjectKind::user, short_or(node, "id"));
            return user ? std::optional<ActionSpec>(Edit(ChangeState{*user, *state_verb})) : std::nullopt;
        }
        if (verb == "user.delete") return of_user<SoftDeleteUser>(node);
        if (verb == "user.restore") return of_user<RestoreUser>(node);
        if (verb == "user.purge") return of_user<HardDeleteUser>(node);
        if (verb == "group.create") return create_group(node);
        if (verb == "group.add") return members<AddMembers>(node);
        if (verb == "group.remove") return members<RemoveMembers>(node);
        if (verb == "group.rename") return rename_group(node);
        if (verb == "group.delete") return delete_group(node);
        if (verb == "assign") return assignment<Assign>(node);
        if (verb == "unassign") return assignment<Unassign>(node);
        if (verb == "push") return push(node);
        if (verb == "fault") return read_fault(node, faults_, reading_);
        if (verb == "fault.clear") return read_clear_fault(node, faults_, reading_);
        if (verb == "target.delete") return target_delete(node);
        if (verb == "job.start") return JobAction{JobAction::Verb::start, {}};
        if (verb == "job.stop") return JobAction{JobAction::Verb::stop, {}};
        if (verb == "job.pause") return JobAction{JobAction::Verb::pause, {}};
        if (verb == "job.restart") return restart(node);
        if (verb == "job.allow_deletes") return JobAction{JobAction::Verb::restart, {"ForceDeletes"}};
        if (verb == "scope.set") return set_scope(node);
        if (verb == "mappings.set" && reading_.another_provider) return foreign_mappings(node);
        if (verb == "mappings.set") return set_mappings(node);
        if (verb == "mappings.restore") return MappingAction{{}, true};
        if (verb == "settings.set") return read_settings_action(node, language_, reading_);
        if (const VendorVerb* vendors = find_vendor_verb(verb)) return read_vendor_action(*vendors, node, push_rules_, reading_);
        return NoteAction{node.text};
    }

    // "user.expire_password" names one of the verbs that change a user's state.
    static std::optional<StateVerb> parse_state_verb(std::string_view verb)
    {
        for (const StateVerb each : {StateVerb::activate, StateVerb::suspend, StateVerb::unsuspend, StateVerb::expire_password, StateVerb::lock, StateVerb::unlock})
            if (verb.substr(0, 5) == "user." && verb.substr(5) == to_string(each)) return each;
        return {};
    }

    // The handle that a name stands for, without its prefix; nothing, and a problem, if it names nobody.
    std::optional<std::string> name(ObjectKind kind, const YamlNode* node)
    {
        if (!node || !reading_.known(kind, *node)) return {};
        return kind == ObjectKind::none ? node->text : std::string(split_name(node->text, kind).handle);
    }

    // "user.disable: ada" and "user.disable: { id: ada }" are the same.
    static const YamlNode* short_or(const YamlNode& node, std::string_view key) { return node.is_scalar() ? &node : part(node, key); }

    template <class UserEdit> std::optional<ActionSpec> of_user(const YamlNode& node)
    {
        const auto user = name(ObjectKind::user, short_or(node, "id"));
        if (user && std::is_same_v<UserEdit, HardDeleteUser>) gone_.insert({ObjectKind::user, *user});
        return user ? std::optional<ActionSpec>(Edit(UserEdit{*user})) : std::nullopt;
    }

    // "assign: user:ada", or with a role "assign: { object: user:ada, role: admin }".
    template <class ObjectEdit> std::optional<ActionSpec> assignment(const YamlNode& node)
    {
        const auto object = name(ObjectKind::none, short_or(node, "object"));
        auto read = read_assignment(node, reading_);
        if (!object || !read) return std::nullopt;
        if constexpr (std::is_same_v<ObjectEdit, Assign>) return Edit(std::move(*read));
        else return Edit(ObjectEdit{*object, read->role});
    }

    std::optional<ActionSpec> target_delete(const YamlNode& node)
    {
        const auto object = name(ObjectKind::none, &node);
        return object ? std::optional<ActionSpec>(TargetDelete{*object}) : std::nullopt;
    }

    // A new object's handle; told about if it is taken.
    std::optional<std::string> fresh(ObjectKind kind, const YamlNode& node, std::string_view key)
    {
        const YamlNode* id = part(node, key);
        if (!id) return {};
        // Whoever was purged may come again.
        if (reading_.names.is_handle_taken(kind, id->text) && gone_.erase({kind, id->text}) == 0) {
            reading_.error(id->mark, "handle-taken", fmt::format("there is a {} \"{}\" already", kind_name(kind), id->text), "give the new one another handle");
            return {};
        }
        reading_.names.add(kind, id->text);
        return id->text;
    }

    std::optional<ActionSpec> add_user(const YamlNode& node)
    {
        const auto handle = fresh(ObjectKind::user, node, "id");
        const YamlNode* manager = part(node, "manager");
        AddUser add{handle.value_or(""), attribute_values(node), flag_at(node, "enabled").value_or(true), {}};
        if (manager && !manager->text.empty()) {
            const auto named = name(ObjectKind::user, manager);
            if (!named) return {};
            add.manager = *named;
        }
        return handle ? std::optional<ActionSpec>(Edit(std::move(add))) : std::nullopt;
    }

    std::optional<ActionSpec> update_user(const YamlNode& node)
    {
        const auto user = name(ObjectKind::user, part(node, "id"));
        UpdateUser update{user.value_or(""), attribute_values(node)};
        if (const auto enabled = flag_at(node, "enabled")) update.values.emplace_back("enabled", *enabled ? "true" : "false");
        if (const YamlNode* manager = part(node, "manager")) {
            std::string named;      // empty clears
            if (!manager->text.empty()) {
                const auto known = name(ObjectKind::user, manager);
                if (!known) return {};
                named = *known;
            }
            update.values.emplace_back("manager", named);
        }
        if (update.values.empty() && std::none_of(node.entries.begin(), node.entries.end(), [](const YamlEntry& entry) { return entry.value.faulty; }))
            reading_.error(node.mark, "missing-key", "this update changes nothing", "name an attribute: department: Research");
        return user ? std::optional<ActionSpec>(Edit(std::move(update))) : std::nullopt;
    }

    // Members keep a prefix, since a group may be one: "ada", "group:engineers".
    std::vector<std::string> member_names(const YamlNode& node)
    {
        std::vector<std::string> names;
        for (const YamlNode* item : items_at(node, "members")) {
            const Named named = split_name(item->text, ObjectKind::user);
            if (const auto known = name(named.kind, item)) names.push_back(named.kind == ObjectKind::group ? item->text : *known);
        }
        return names;
    }

    std::optional<ActionSpec> create_group(const YamlNode& node)
    {
        const auto handle = fresh(ObjectKind::group, node, "id");
        auto members = member_names(node);
        ScopingFilter rule;
        if (const YamlNode* list = part(node, "rule")) read_rule(*list, rule, reading_);
        if (!handle) return {};
        if (rule.empty()) by_rule_.erase(*handle);
        else by_rule_.insert(*handle);
        return Edit(AddGroup{*handle, text_at(node, "displayName").value_or(*handle), std::move(members), std::move(rule)});
    }

    template <class MemberEdit> std::optional<ActionSpec> members(const YamlNode& node)
    {
        const auto group = name(ObjectKind::group, part(node, "group"));
        auto members = member_names(node);
        if (group && by_rule_.count(handle_of(*group)) > 0) {
            reading_.error(node.mark, "dynamic-group", fmt::format("the members of \"{}\" follow its rule, so none can be named", *group), "change what the rule looks at: user.update");
            return {};
        }
        return group ? std::optional<ActionSpec>(Edit(MemberEdit{*group, std::move(members)})) : std::nullopt;
    }

    // Groups are known by their displayName, too.
    std::string handle_of(const std::string& group) const
    {
        const Directory& directory = reading_.scenario.directory;
        const ObjectRef found = find_object(directory, group, ObjectKind::group);
        return found ? std::string(directory.handle(found)) : group;
    }

    std::optional<ActionSpec> rename_group(const YamlNode& node)
    {
        const auto group = name(ObjectKind::group, part(node, "group"));
        const auto display_name = text_at(node, "displayName");
        return group && display_name ? std::optional<ActionSpec>(Edit(RenameGroup{*group, *display_name})) : std::nullopt;
    }

    std::optional<ActionSpec> delete_group(const YamlNode& node)
    {
        const auto group = name(ObjectKind::group, short_or(node, "group"));
        if (group) gone_.insert({ObjectKind::group, *group});
        return group ? std::optional<ActionSpec>(Edit(DeleteGroup{*group})) : std::nullopt;
    }

    std::optional<ActionSpec> push(const YamlNode& node)
    {
        const Named named = node.is_scalar() ? split_name(node.text, ObjectKind::user) : Named{part(node, "group") ? ObjectKind::group : ObjectKind::user, {}};
        const auto object = name(named.kind, node.is_scalar() ? &node : part(node, kind_name(named.kind)));
        if (!object) return {};
        PushAction push{named.kind, *object, {}};
        const auto members = node.is_map() ? items_at(node, "members") : std::vector<const YamlNode*>{};
        for (const YamlNode* member : members)
            if (const auto known = name(ObjectKind::user, member)) push.members.push_back(*known);
        if (members.size() > entra_most_members_pushed)
            reading_.error(members[entra_most_members_pushed]->mark, "push-members", fmt::format("{} members are pushed with the group", members.size()),
                           fmt::format("at most {} can be chosen; push again for more", entra_most_members_pushed));
        return push;
    }

    static std::optional<ActionSpec> restart(const YamlNode& node)
    {
        JobAction action;
        if (const YamlNode* words = node.is_map() ? part(node, "reset_scope") : nullptr) {
            if (words->is_scalar()) action.words.push_back(words->text);
            for (const YamlNode* word : items_at(node, "reset_scope")) action.words.push_back(word->text);
        }
        return action;
    }

    std::optional<ActionSpec> set_scope(const YamlNode& node)
    {
        ScopeAction action;
        if (const auto mode = text_at(node, "mode")) action.mode = *mode == "all" ? ScopeMode::all : ScopeMode::assigned;
        if (const YamlNode* list = part(node, "filters")) read_filter(*list, ObjectKind::user, action.users.emplace(), reading_);
        if (const YamlNode* list = part(node, "group_filters")) read_filter(*list, ObjectKind::group, action.groups.emplace(), reading_);
        if (node.entries.empty()) reading_.error(node.mark, "missing-key", "this changes nothing of the scope", "name mode, filters or group_filters");
        return action;
    }

    // A note in its place, so that the actions after it keep their numbers ("join.2").
    std::optional<ActionSpec> foreign_mappings(const YamlNode& node)
    {
        const std::string& provider = reading_.scenario.provider.profile;
        reading_.warn(node.mark, "provider", fmt::format("these mappings are not used under --provider {}: they are written for another", provider));
        return NoteAction{"mappings.set: left out, the story is told to " + provider};
    }

    std::optional<ActionSpec> set_mappings(const YamlNode& node)
    {
        MappingAction action;
        if (node.entries.empty()) reading_.error(node.mark, "missing-key", "this saves no mappings", "name users or groups, as provider.mappings and group_mappings would have them; or mappings.restore");
        read_mappings(part(node, "users"), part(node, "groups"), action.mappings, reading_);
        check_mappings(action.mappings, reading_);
        return action;
    }

    Reading& reading_;
    std::string profile_, language_;            // whose settings are named: the story's provider's, or of the one an action is for
    std::set<std::string> ids_;
    std::set<std::string> by_rule_;             // handles of groups whose members follow a rule
    std::set<std::string> told_;                // vendors whose verbs have been told to be skipped
    std::vector<std::string> push_rules_;
    std::set<std::pair<ObjectKind, std::string>> gone_;
    std::vector<std::string> faults_;           // their names
};

}  // namespace

void read_timeline(const YamlNode& root, Reading& reading)
{
    const YamlNode* provider = part(root, "provider");
    if (const YamlNode* timeline = part(root, "timeline"))
        TimelineReader(reading, provider ? text_at(*provider, "profile").value_or("entra") : "entra").run(*timeline);
}

}  // namespace provsim
