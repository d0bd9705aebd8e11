// SPDX-License-Identifier: Apache-2.0
#include "tests/connectors/world_text.h"

#include <sstream>
#include <stdexcept>

namespace provsim::test {
namespace {

constexpr TimePoint now{hours{24} * 365 * 56};

[[noreturn]] void refuse(const std::string& line)
{
    throw std::runtime_error("a test file says what is not understood: " + line);
}

// What follows the first `skipped` words of a line.
std::string rest(const std::string& line, int skipped)
{
    std::istringstream in(line);
    std::string word;
    for (int i = 0; i < skipped; ++i) in >> word;
    std::getline(in >> std::ws, word);
    if (!in) return {};
    // Quotes keep what is blank at either end.
    if (word.size() >= 2 && word.front() == '"' && word.back() == '"') return word.substr(1, word.size() - 2);
    return word;
}

}  // namespace

std::vector<std::string> words_of(const std::string& line)
{
    std::istringstream in(line);
    std::vector<std::string> words;
    for (std::string word; in >> word;) words.push_back(word);
    return words;
}

WorldText::WorldText(const std::vector<std::string>& lines)
{
    for (const std::string& line : lines) {
        const auto words = words_of(line);
        if (words.empty() || words[0][0] == '#') continue;
        if (line[0] != ' ') {
            last_row_ = nullptr;
            statement(words, line);
        } else if (last_row_) {
            map(words, line);
        } else if (words[0] == "disabled") {
            directory.set_enabled(last_user_, false, now);
        } else {
            const bool custom = words[0].rfind("custom.", 0) == 0;
            const auto attribute = custom ? directory.custom_attribute(words[0]) : find_attribute(words[0], Spelling::neutral);
            if (!attribute) refuse(line);
            const std::string value = rest(line, 1);
            const std::pair<Attribute, std::string_view> values[] = {{*attribute, value}};
            directory.set_values(last_user_, values, now);
        }
    }
}

ObjectRef WorldText::object(std::string_view name) const
{
    const bool user = name.substr(0, 5) == "user:";
    const auto handle = name.substr(user ? 5 : 6);
    if (const auto found = directory.find_by_handle(user ? ObjectKind::user : ObjectKind::group, handle)) return found;
    // Objects that are gone are not found by their handle any more.
    for (std::uint32_t i = 0; user && i < directory.user_rows(); ++i)
        if (directory.handle(UserId{i}) == handle) return UserId{i};
    for (std::uint32_t i = 0; !user && i < directory.group_rows(); ++i)
        if (directory.handle(GroupId{i}) == handle) return GroupId{i};
    refuse(std::string(name));
}

Task WorldText::read_task(const std::vector<std::string>& words, std::size_t first) const
{
    for (const Action action : {Action::probe_users, Action::probe_groups, Action::provision, Action::set_manager, Action::add_member, Action::remove_member,
                                Action::delete_disabled, Action::write_members, Action::test_connection, Action::import_users, Action::import_groups})
        if (words.at(first) == to_string(action))
            return {action, words.size() > first + 1 ? object(words[first + 1]) : ObjectRef{}, words.size() > first + 2 ? object(words[first + 2]) : ObjectRef{}};
    refuse(words[first]);
}

AdminVerb WorldText::admin_verb(std::string_view word) const
{
    for (unsigned verb = 0; verb <= static_cast<unsigned>(AdminVerb::resync_group); ++verb)
        if (to_string(static_cast<AdminVerb>(verb)) == word) return static_cast<AdminVerb>(verb);
    refuse(std::string(word));
}

// An indented line below `map`.
void WorldText::map(const std::vector<std::string>& words, const std::string& line)
{
    MappingSpec& row = *last_row_;
    if (words[0] == "expression" || words[0] == "constant") {
        row.from = words[0] == "constant" ? MappingSpec::From::constant : MappingSpec::From::expression;
        row.source = rest(line, 1);
    }
    else if (words[0] == "default") row.default_value = rest(line, 1);
    else if (words[0] == "only") row.only_on_create = true;
    else if (words[0] == "match") row.matching = static_cast<unsigned>(std::stoul(words.at(1)));
    else if (words[0] == "required") row.required = true;
    else if (words[0] == "case_exact") row.case_exact = true;
    else if (words[0] == "remove") row.removed = true;
    else if (words[0] == "type") row.type = words.at(1) == "boolean" ? ValueType::boolean : words.at(1) == "integer" ? ValueType::integer : ValueType::string;
    else refuse(line);
}

// `words` from the word "filter" on.
void WorldText::filter(const std::vector<std::string>& words, bool another)
{
    const std::map<std::string, ScopingFilter*> places{
        {"users", &scope.users}, {"groups", &scope.groups}, {"input_users", &scope.input_users}, {"input_groups", &scope.input_groups}};
    ScopingFilter& place = *places.at(words.at(1));
    const bool users = &place == &scope.users || &place == &scope.input_users;
    auto& groups = filters_[words[1]];
    if (groups.empty() || another) groups.emplace_back();
    FilterClauseText clause{{words.at(2), {}}, {}, {}};
    std::size_t i = 3;
    for (; i < words.size() && words[i] != "="; ++i) clause.op.text += (clause.op.text.empty() ? "" : " ") + words[i];
    if (i < words.size()) clause.values.push_back({words.at(i + 1), {}});
    groups.back().push_back(std::move(clause));
    auto compiled = ScopingFilter::compile(groups, users ? ObjectKind::user : ObjectKind::group, directory);
    if (!compiled) throw std::runtime_error(format_problem(compiled.problems().front()));
    place = std::move(compiled).value();
}

// assign group:sales 0 title=Seller
void WorldText::assign(const std::vector<std::string>& words)
{
    std::optional<unsigned> priority;
    std::vector<std::pair<Attribute, std::string_view>> values;
    for (std::size_t i = 2; i < words.size(); ++i) {
        const std::string_view word = words[i];
        const auto equals = word.find('=');
        if (equals == std::string_view::npos) priority = static_cast<unsigned>(std::stoul(words[i]));
        else values.emplace_back(find_attribute(word.substr(0, equals), Spelling::neutral).value(), word.substr(equals + 1));
    }
    directory.assign(object(words.at(1)), now, default_access, priority, values);
}

void WorldText::statement(const std::vector<std::string>& words, const std::string& line)
{
    const std::string& verb = words[0];
    const auto user = [&](std::size_t i) { return object(words.at(i)).user(); };
    const auto group = [&](std::size_t i) { return object(words.at(i)).group(); };
    if (verb == "setting") {
        settings.push_back({words.at(1), rest(line, 2), {}});
        if (words[1] == "nested_group_objects") scope.nested_groups = words[2] == "create";
    }
    else if (verb == "scope") scope.mode = words.at(1) == "all" ? ScopeMode::all : ScopeMode::assigned;
    else if (verb == "map") {
        auto& rows = (words.at(1) == "users" ? mappings.users : mappings.groups).rows;
        last_row_ = &rows.emplace_back();
        last_row_->from = MappingSpec::From::none;
        last_row_->target = rest(line, 2);
    }
    else if (verb == "mapping") {
        ObjectMapping& mapping = words.at(1) == "users" ? mappings.users : mappings.groups;
        if (words.at(2) == "off") mapping.enabled = false;
        else mapping.base = words[2] == "minimal" ? ObjectMapping::Base::minimal : ObjectMapping::Base::nothing;
    }
    else if (verb == "filter") filter(words, false);
    else if (verb == "or") filter({words.begin() + 1, words.end()}, true);
    else if (verb == "user") {
        const std::pair<Attribute, std::string_view> values[] = {{Attribute::handle, words.at(1)}};
        last_user_ = directory.add_user(draw_guid(Draw(1), words.at(1)), values, true, now);
    }
    else if (verb == "group") directory.add_group(draw_guid(Draw(1), words.at(1)), words.at(1), rest(line, 2), now);
    else if (verb == "member") directory.add_member(group(1), user(2), now);
    else if (verb == "unmember") directory.remove_member(group(1), user(2), now);
    else if (verb == "nest") directory.add_nested(group(1), group(2), now);
    else if (verb == "assign") assign(words);
    else if (verb == "unassign") directory.unassign(object(words.at(1)), now);
    else if (verb == "manager") directory.set_manager(user(1), words.at(2) == "none" ? no_user : user(2), now);
    else if (verb == "update") {
        const auto attribute = find_attribute(words.at(2), Spelling::neutral);
        if (!attribute) refuse(line);
        const std::string value = rest(line, 3);
        const std::pair<Attribute, std::string_view> values[] = {{*attribute, value}};
        directory.set_values(user(1), values, now);
    }
    else if (verb == "rename") directory.rename(group(1), rest(line, 2), now);
    else if (verb == "disable") directory.set_enabled(user(1), false, now);
    else if (verb == "enable") directory.set_enabled(user(1), true, now);
    else if (verb == "state") directory.set_state(user(1), parse_user_state(words.at(2)).value(), now);
    else if (verb == "password") directory.set_password(user(1), now);
    else if (verb == "push") pushed.set(group(1), words.at(2) == "active" ? PushStatus::active : PushStatus::inactive);
    else if (verb == "why") why = static_cast<std::uint32_t>(std::stoul(words.at(1)));
    else if (verb == "joins") joins = true;
    else if (verb == "soft_delete") directory.soft_delete(user(1), now);
    else if (verb == "restore") directory.restore(user(1), now);
    else if (verb == "hard_delete") directory.hard_delete(user(1), now);
    else if (verb == "delete") directory.delete_group(group(1), now);
    else if (verb == "link") links.set(object(words.at(1)), words.at(2), words.size() < 4);
    else if (verb == "on") on_demand = true;
    else if (verb == "memo") memo = rest(line, 1);
    else if (verb == "remembered") remembered = rest(line, 1);
    else if (verb == "watermark") watermark = directory.changes().head();
    else if (verb == "snapshot") snapshot = std::make_unique<Snapshot>(directory);
    else if (verb == "task") task = read_task(words, 1);
    else if (verb == "also") also.push_back(read_task(words, 1));
    else if (verb == "again") again.push_back(read_task(words, 1));
    else if (verb == "plan") plan = rest(line, 1);
    else refuse(line);
}

std::string name_of(const Directory& directory, ObjectRef object)
{
    if (!object) return "-";
    return (object.is_user() ? "user:" : "group:") + std::string(directory.handle(object));
}

std::string text_of(const Directory& directory, const Task& task)
{
    std::string text(to_string(task.action));
    if (task.object) text += ' ' + name_of(directory, task.object);
    if (task.other) text += ' ' + name_of(directory, task.other);
    return text;
}

std::string text_of(const Directory& directory, const Planned& planned)
{
    std::string text = text_of(directory, planned.task);
    if (planned.why != 0) text += " why " + std::to_string(planned.why);
    if (!planned.memo.empty()) text += " memo \"" + planned.memo + '"';
    return text;
}

std::unique_ptr<Connector> make_connector(std::string_view flavour, const WorldText& world)
{
    return make_connector(flavour, world.settings, world.mappings, world.directory);
}

std::unique_ptr<Connector> make_connector(std::string_view flavour, const std::vector<SettingValue>& settings, const MappingSpecs& mappings, const Directory& directory)
{
    const Flavour* found = find_flavour(flavour);
    if (!found) throw std::runtime_error("no flavour " + std::string(flavour));
    const auto checked = Settings::check(found->settings, settings);
    if (!checked) throw std::runtime_error(format_problem(checked.problems().front()));
    auto made = found->make({checked.value(), mappings, directory});
    if (!made) throw std::runtime_error(format_problem(made.problems().front()));
    return std::move(made).value();
}

}  // namespace provsim::test
