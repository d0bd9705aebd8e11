// SPDX-License-Identifier: Apache-2.0
// directory and scope: imports first, then what is generated, then the users and groups of the file itself, who may
// name any of them.
#include "scenario_io/read.h"

#include "model/nearest.h"
#include "scenario/generate.h"
#include "scenario_io/import_csv.h"
#include "scenario_io/import_graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <utility>

namespace provsim {
namespace {

// The opening directory is made in the distant past, so that whatever the clock starts at is later, and a deletion that
// an export tells of can be put where it belongs.
TimePoint past(const Scenario& scenario) { return std::min(TimePoint{}, scenario.clock.start); }

class DirectoryReader {
public:
    explicit DirectoryReader(Reading& reading) : reading_(reading), directory_(reading.scenario.directory), draw_(reading.scenario.seed), now_(past(reading.scenario)) {}

    void run(const YamlNode& node)
    {
        const std::size_t before = errors();
        if (const YamlNode* import = part(node, "import")) this->import(*import);
        if (const YamlNode* generate = part(node, "generate")) this->generate(*generate);
        for (const auto& entry : node.entries)
            if (entry.value.faulty) reading_.names.trust();
        if (errors() != before) reading_.names.trust();      // whoever is missing now would be missed all over the file
        if (const YamlNode* users = part(node, "users")) this->users(*users);
        if (const YamlNode* groups = part(node, "groups")) this->groups(*groups);
    }

    // After everything that may name them: nobody can be assigned or joined from the recycle bin.
    void bury()
    {
        std::stable_sort(deleted_.begin(), deleted_.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
        for (const auto& [user, at] : deleted_) directory_.soft_delete(user, std::clamp(at, now_, reading_.scenario.clock.start));
    }

private:
    // --- imports ---------------------------------------------------------------------------------------------------

    // One path or several, each opened in turn; what cannot be opened is told about.
    template <class Each> void files(const YamlNode& map, std::string_view key, Each&& each)
    {
        const YamlNode* node = part(map, key);
        if (!node) return;
        std::vector<const YamlNode*> paths = items_at(map, key);
        if (node->is_scalar()) paths.push_back(node);
        for (const YamlNode* path : paths) {
            const std::string full = reading_.path(path->text);
            std::ifstream in(full, std::ios::binary);
            if (!in) reading_.error(path->mark, "file", fmt::format("{} cannot be read", full), "paths are relative to the scenario's folder");
            else each(in, full);
        }
    }

    std::size_t errors() const
    {
        return static_cast<std::size_t>(std::count_if(reading_.problems.begin(), reading_.problems.end(), [](const Problem& problem) { return problem.severity == Severity::error; }));
    }

    static std::string all_of(std::istream& in) { return {std::istreambuf_iterator<char>(in), {}}; }

    void import(const YamlNode& node)
    {
        Importer importer(directory_, draw_, now_, reading_.problems);
        files(node, "csv", [&](std::istream& in, const std::string& file) { import_csv(in, file, importer); });
        if (const YamlNode* graph = part(node, "graph")) {
            GraphImport import(importer);
            files(*graph, "users", [&](std::istream& in, const std::string& file) { import.users(all_of(in), file); });
            files(*graph, "groups", [&](std::istream& in, const std::string& file) { import.groups(all_of(in), file); });
            import.join();
            deleted_ = import.deleted();
        }
    }

    void generate(const YamlNode& node)
    {
        GenerateSpec spec;
        spec.users = static_cast<std::uint32_t>(count_at(node, "users").value_or(0));
        spec.groups = static_cast<std::uint32_t>(count_at(node, "groups").value_or(0));
        spec.memberships = count_at(node, "memberships").value_or(count_at(node, "memberships_per_user").value_or(0) * spec.users);
        spec.seed = count_at(node, "seed").value_or(reading_.scenario.seed);
        spec.domain = text_at(node, "domain").value_or(spec.domain);
        if (auto problem = check(spec)) {
            problem->place = reading_.place(node.mark);
            reading_.problems.push_back(std::move(*problem));
        } else {
            provsim::generate(directory_, spec, now_);
        }
    }

    // --- the file's own --------------------------------------------------------------------------------------------

    // Carries an edit out as a step would. What it complains about stands at `mark`.
    void edit(const Edit& edit, Mark mark)
    {
        const auto done = reading_.scenario.dynamic_groups.edit(directory_, edit, now_, draw_);
        if (done) return;
        for (Problem problem : done.problems()) {
            problem.place = reading_.place(mark);
            reading_.problems.push_back(std::move(problem));
        }
    }

    void users(const YamlNode& users)
    {
        for (const auto& entry : users.entries) {
            if (!entry.value.faulty) edit(AddUser{entry.key, attribute_values(entry.value), flag_at(entry.value, "enabled").value_or(true), {}}, entry.mark);
            reading_.names.add(ObjectKind::user, entry.key);
        }
        // A manager may stand below.
        for (const auto& entry : users.entries) {
            const YamlNode* manager = entry.value.faulty ? nullptr : part(entry.value, "manager");
            if (manager && !manager->text.empty() && reading_.known(ObjectKind::user, *manager) && directory_.find_by_handle(ObjectKind::user, entry.key))
                edit(UpdateUser{entry.key, {{"manager", manager->text}}}, manager->mark);
        }
    }

    void groups(const YamlNode& groups)
    {
        for (const auto& entry : groups.entries) {
            ScopingFilter rule;
            if (const YamlNode* list = entry.value.faulty ? nullptr : part(entry.value, "rule")) read_rule(*list, rule, reading_);
            if (!entry.value.faulty) edit(AddGroup{entry.key, text_at(entry.value, "displayName").value_or(entry.key), {}, std::move(rule)}, entry.mark);
            reading_.names.add(ObjectKind::group, entry.key);
        }
        for (const auto& entry : groups.entries) {
            if (entry.value.faulty || !directory_.find_by_handle(ObjectKind::group, entry.key)) continue;
            for (const YamlNode* member : items_at(entry.value, "members")) {
                const ObjectKind kind = split_name(member->text, ObjectKind::user).kind;
                if (reading_.known(kind, *member) && find_object(directory_, member->text, kind)) edit(AddMembers{entry.key, {member->text}}, member->mark);
            }
        }
    }

    Reading& reading_;
    Directory& directory_;
    Draw draw_;
    TimePoint now_;
    std::vector<std::pair<UserId, TimePoint>> deleted_;
};

// "user:*" and "group:*" stand for all there are, in the order of their rows.
void assign(const YamlNode& node, Reading& reading)
{
    Directory& directory = reading.scenario.directory;
    const TimePoint now = past(reading.scenario);
    auto wanted = read_assignment(node, reading);
    if (!wanted) return;
    const YamlNode& name = node.is_map() ? *part(node, "object") : node;
    const RoleId role = wanted->role.empty() ? default_access : *directory.find_role(wanted->role);
    const auto assign_one = [&](ObjectRef object) {
        if (!wanted->priority && wanted->values.empty()) return directory.assign(object, now, role);
        wanted->object = object_name(directory, object);
        const auto done = apply(directory, *wanted, now, Draw(reading.scenario.seed));
        if (done) return;
        for (Problem problem : done.problems()) {
            problem.place = reading.place(node.mark);
            reading.problems.push_back(std::move(problem));
        }
    };
    const Named named = split_name(name.text, ObjectKind::none);
    if (named.handle == "*") {
        if (named.kind == ObjectKind::none) return reading.error(name.mark, "unknown-name", "\"*\" alone does not say of what", "write user:* or group:*");
        const std::size_t rows = named.kind == ObjectKind::user ? directory.user_rows() : directory.group_rows();
        for (std::uint32_t i = 0; i < rows; ++i) {
            const ObjectRef object = named.kind == ObjectKind::user ? ObjectRef(UserId{i}) : ObjectRef(GroupId{i});
            if (directory.presence(object) == Presence::present) assign_one(object);
        }
        return;
    }
    if (!reading.known(ObjectKind::none, name)) return;
    const ObjectRef object = find_object(directory, name.text);
    if (object) assign_one(object);
    if (!object && reading.names.know(ObjectKind::user, name.text) && reading.names.know(ObjectKind::group, name.text))
        reading.error(name.mark, "ambiguous-name", fmt::format("\"{0}\" is a user and a group", name.text), fmt::format("write user:{0} or group:{0}", name.text));
}

void read_roles(const YamlNode& scope, Reading& reading)
{
    const YamlNode* roles = part(scope, "app_roles");
    if (!roles) return;
    for (const auto& entry : roles->entries) {
        if (entry.value.faulty) continue;
        AppRole role;
        role.value = text_at(entry.value, "value").value_or(entry.key);
        role.display_name = text_at(entry.value, "displayName").value_or(role.value);
        role.id = text_at(entry.value, "id").value_or(to_string(draw_guid(Draw(reading.scenario.seed), "app role " + entry.key)));
        if (!reading.scenario.directory.find_role(entry.key)) reading.scenario.directory.add_role(entry.key, std::move(role));
    }
}

}  // namespace

std::optional<Assign> read_assignment(const YamlNode& node, Reading& reading)
{
    const YamlNode* object = node.is_map() ? part(node, "object") : &node;
    const YamlNode* role = node.is_map() ? part(node, "role") : nullptr;
    if (!object || (role && !known_role(*role, reading))) return std::nullopt;
    Assign read{object->text, role ? role->text : std::string()};
    if (!node.is_map()) return read;
    if (const auto priority = count_at(node, "priority")) read.priority = static_cast<unsigned>(*priority);
    if (const YamlNode* values = part(node, "values")) read.values = attribute_values(*values);
    const std::string& provider = reading.scenario.provider.profile;
    if ((read.priority || !read.values.empty()) && provider != "okta" && !std::exchange(reading.told_of_assignment_values, true))
        reading.warn(node.mark, "assignment-values", fmt::format("assignment values are Okta's; {} ignores them", provider));
    return read;
}

bool known_role(const YamlNode& name, const Reading& reading)
{
    const Directory& directory = reading.scenario.directory;
    if (directory.find_role(name.text)) return true;
    const auto handles = directory.role_handles();
    const auto near = nearest(name.text, handles);
    reading.error(name.mark, "unknown-role", fmt::format("the application has no role \"{}\"", name.text),
                  near.empty() ? "define it: scope: { app_roles: { admin: { value: Admin } } }" : fmt::format("did you mean \"{}\"?", near));
    return false;
}

void read_directory(const YamlNode& root, Reading& reading)
{
    DirectoryReader reader(reading);
    if (const YamlNode* directory = part(root, "directory")) reader.run(*directory);
    else if (root.find("directory")) reading.names.trust();

    if (const YamlNode* scope = part(root, "scope")) {
        if (text_at(*scope, "mode") == "all") reading.scenario.scope.mode = ScopeMode::all;
        const auto& settings = reading.scenario.provider.settings;
        reading.scenario.scope.default_access_counts = std::none_of(settings.begin(), settings.end(), [](const SettingValue& setting) {
            return setting.name == "default_access_entitled" && setting.value == "false";
        });
        read_roles(*scope, reading);
        for (const YamlNode* name : items_at(*scope, "assigned")) assign(*name, reading);
        read_filters(*scope, reading);
    }
    read_schema_filters(root, reading);
    reader.bury();
    reading.scenario.directory.forget_changes();
}

}  // namespace provsim
