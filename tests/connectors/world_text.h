// SPDX-License-Identifier: Apache-2.0
// A directory, its links and a task, built from the lines of a test file.
#pragma once

#include "connectors/registry.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace provsim::test {

// Lines, one statement each; two spaces in front belong to the statement above. Objects are user:HANDLE and group:HANDLE.
//   setting NAME VALUE          scope all | assigned
//   filter users|groups|input_users|input_groups ATTRIBUTE OPERATOR [= VALUE]          a clause of the filter; with "or filter ...", of another filter
//   user HANDLE                 then indented "neutralName value" lines, or "disabled"; quotes keep blanks
//   map users|groups TARGET     then indented: expression E, constant C, default D, only on create, match N, required, type T, remove
//   mapping users|groups minimal|nothing|off
//   group HANDLE Display Name   member group:G user:U        unmember group:G user:U     nest group:G group:H
//   assign OBJECT [PRIORITY] [NAME=VALUE ...]                unassign OBJECT             manager user:U user:M | none
//   update user:U NAME VALUE    rename group:G New Name      disable | enable | soft_delete | restore | hard_delete user:U
//   delete group:G              link OBJECT ID [unmanaged]   on demand                   memo TEXT                   remembered WORD
//   watermark                   what follows is news         snapshot                    what follows is not seen
//   state user:U STATE          password user:U              push group:G active | inactive
//   task ACTION OBJECT [OBJECT]                              again ACTION OBJECT [OBJECT]      why NUMBER    joins
//   also ACTION OBJECT OBJECT   a member who shares the task's request
//   plan cycle [users initial|since] [groups initial|since]  plan push OBJECT [user:U ...]
//   plan started                plan changes (since the watermark)                       plan admin VERB [OBJECT]
struct WorldText {
    explicit WorldText(const std::vector<std::string>& lines);

    Directory directory;
    LinkTable links;
    Scope scope;
    std::vector<SettingValue> settings;
    MappingSpecs mappings;
    std::unique_ptr<Snapshot> snapshot;
    Task task;
    std::string memo, plan, remembered;
    std::vector<Task> again, also;
    Position watermark = 0;
    std::uint32_t why = 0;
    PushGroups pushed;
    bool on_demand = false, joins = false;

    World world() const { return {snapshot ? View(directory, *snapshot) : View(directory), links, scope, {}, pushed, remembered}; }
    Start start(std::uint64_t ordinal) const { return {on_demand, joins, why, memo, Draw(1), ordinal}; }
    AdminVerb admin_verb(std::string_view word) const;
    ObjectRef object(std::string_view name) const;

private:
    void map(const std::vector<std::string>& words, const std::string& line);
    void assign(const std::vector<std::string>& words);
    void filter(const std::vector<std::string>& words, bool another);
    void statement(const std::vector<std::string>& words, const std::string& line);
    Task read_task(const std::vector<std::string>& words, std::size_t first) const;
    UserId last_user_ = no_user;
    MappingSpec* last_row_ = nullptr;       // what indented lines belong to, if the statement above is a mapping
    std::map<std::string, std::vector<FilterGroupText>> filters_;
};

std::vector<std::string> words_of(const std::string& line);
std::string name_of(const Directory& directory, ObjectRef object);      // "user:ada"
std::string text_of(const Directory& directory, const Task& task);      // "add_member group:engineers user:ada"
std::string text_of(const Directory& directory, const Planned& planned);   // behind it: why 3, memo "x"
std::unique_ptr<Connector> make_connector(std::string_view flavour, const WorldText& world);
std::unique_ptr<Connector> make_connector(std::string_view flavour, const std::vector<SettingValue>& settings, const MappingSpecs& mappings = {},
                                          const Directory& directory = Directory());

}  // namespace provsim::test
