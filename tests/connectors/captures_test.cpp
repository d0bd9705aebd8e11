// SPDX-License-Identifier: Apache-2.0
// Makes the situation behind each capture (tests/captures) and compares what Entra's connector sends with what was seen.
#include "connectors/entra/mapping.h"
#include "connectors/entra/post_body.h"
#include "tests/catch.h"
#include "tests/connectors/capture.h"
#include "tests/connectors/capture_excuses.h"
#include "tests/connectors/world_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <iostream>
#include <map>

namespace provsim::test {
namespace {

// A world in which the capture's request is due. Nothing if Entra's default mapping cannot lead to it.
class Situation {
public:
    // `settings`: "setting member_ref_null true", "map users nickName" and its expression, beyond Entra's defaults.
    Situation(const Capture& capture, std::vector<std::string> settings) : capture_(capture), lines_(std::move(settings)), tables_(tables_of(lines_)) {}

    std::optional<Ask> ask()
    {
        if (!describe()) return std::nullopt;
        text_ = std::make_unique<WorldText>(lines_);
        const auto connector = make_connector("entra", *text_);
        const Brief brief = connector->brief(text_->task, text_->world(), text_->start(1));
        std::deque<Reply> heard;
        for (int step = 0; step < 4; ++step) {
            const Move move = connector->next_move(brief, Transcript(heard));
            if (!std::holds_alternative<Ask>(move)) return std::nullopt;
            Ask ask = std::get<Ask>(move);
            if (to_string(ask.request.method) == capture_.method && (ask.intent != Intent::match || capture_.target.find("filter=") != std::string::npos)) {
                for (const Header& header : *ask.request.headers) headers_.push_back(header);
                return ask;
            }
            heard.push_back(reply_to(brief, ask));
        }
        return std::nullopt;
    }

    const Headers& headers() const { return headers_; }

private:
    static MappingTables tables_of(const std::vector<std::string>& settings)
    {
        const WorldText text(settings);
        return std::move(compile_mappings(text.mappings, text.directory)).value();
    }

    const AttributeMapping* row_of(const std::string& path) const
    {
        const MappingTable& table = tables_.users;
        const auto found = std::find_if(table.begin(), table.end(), [&](const AttributeMapping& row) { return row.target.text == path; });
        return found == table.end() ? nullptr : &*found;
    }

    void add(const std::string& line) { lines_.push_back(line); }
    void value(Attribute attribute, const std::string& text) { add("  " + std::string(attribute_name(attribute, Spelling::neutral)) + " \"" + text + '"'); }

    bool describe()
    {
        if (capture_.flag()) add("setting aadOptscim062020 true");
        const auto operation = [&](std::string_view path) { return !capture_.operations.empty() && capture_.operations[0].path.substr(0, path.size()) == path; };
        if (capture_.target.find("filter=") != std::string::npos) return describe_match();
        if (capture_.method == "POST") return describe_create();
        if (operation("members")) return describe_member();
        if (operation(entra_manager_path)) return describe_manager();
        if (operation("manager[value eq ")) return describe_manager_removed();
        if (capture_.about_groups()) return describe_group();
        return capture_.target.substr(0, 6) == "/Users" && describe_user();
    }

    bool describe_match()
    {
        if (capture_.about_groups()) {
            add("group g " + capture_.matched());
            for (const char* line : {"assign group:g", "task provision group:g"}) add(line);
            return true;
        }
        add("user u");
        value(Attribute::user_name, capture_.matched());
        for (const char* line : {"assign user:u", "task provision user:u"}) add(line);
        return true;
    }

    bool describe_create()
    {
        const json::element body = *capture_.body;
        if (capture_.about_groups()) {
            add("group g " + string_of(body, "displayName"));
            for (const char* line : {"assign group:g", "task provision group:g"}) add(line);
            return true;
        }
        add("user u");
        for (const AttributeMapping& row : entra_user_mapping()) {
            const auto* from = std::get_if<FromAttribute>(&row.source);
            auto at = from ? member(body, row.target.attribute) : std::nullopt;
            if (at && row.target.selects_element()) at = json::array(*at).at(0);
            if (at && !row.target.sub.empty()) at = member(*at, row.target.sub);
            if (at) value(from->attribute, std::string(as_string(*at).value_or("?")));
        }
        for (const char* line : {"assign user:u", "task provision user:u"}) add(line);
        return true;
    }

    bool describe_member()
    {
        const bool adds = capture_.operations[0].op == "Add" || capture_.operations[0].op == "add";
        add("group g G");
        add("user u");
        add("assign group:g");
        if (adds) add("member group:g user:u");
        add("link group:g " + capture_.id());
        add("link user:u " + member_id());
        add(std::string("task ") + (adds ? "add_member" : "remove_member") + " group:g user:u");
        return true;
    }

    std::string member_id() const
    {
        const json::element operation = json::array(*member(*capture_.body, "Operations")).at(0);
        if (const auto list = member(operation, "value")) return string_of(json::array(*list).at(0), "value");
        const std::string path = string_of(operation, "path");
        const auto begin = path.find('"') + 1;
        return path.substr(begin, path.rfind('"') - begin);
    }

    bool describe_manager()
    {
        for (const char* line : {"user u", "user m", "manager user:u user:m", "assign user:u", "memo -", "task set_manager user:u"}) add(line);
        add("link user:u " + capture_.id());
        add("link user:m " + capture_.operations[0].value);
        return true;
    }

    bool describe_manager_removed()
    {
        for (const char* line : {"user u", "assign user:u", "task set_manager user:u"}) add(line);
        add("link user:u " + capture_.id());
        add("memo =" + member_id());
        return true;
    }

    bool describe_group()
    {
        add("group g " + (capture_.operations.empty() ? std::string("G") : capture_.operations[0].value));
        add("link group:g " + capture_.id());
        if (capture_.method != "DELETE") add("assign group:g");
        add("task provision group:g");
        return true;
    }

    bool describe_user()
    {
        add("user u");
        std::map<Attribute, std::string> values{{Attribute::user_name, "u@x"}};
        bool disabled = false;
        for (const Operation& operation : capture_.operations) {
            const AttributeMapping* row = row_of(operation.path);
            if (!row) return false;
            if (const auto* attribute = std::get_if<FromAttribute>(&row->source)) values[attribute->attribute] = operation.value;
            disabled |= std::holds_alternative<FromSoftDeleted>(row->source) && operation.value == "False";
            const auto space = operation.value.rfind(' ');
            if (std::holds_alternative<FromJoin>(row->source) && values.count(Attribute::family_name) == 0 && space != std::string::npos) {
                values[Attribute::given_name] = operation.value.substr(0, space);
                values[Attribute::family_name] = operation.value.substr(space + 1);
            }
        }
        for (const auto& [attribute, text] : values)
            if (text != "?") value(attribute, text);
        if (!disabled) add("assign user:u");
        add("link user:u " + capture_.id());
        if (capture_.method == "DELETE") add("hard_delete user:u");
        add("task provision user:u");
        return true;
    }

    // The target has all that is wanted, except what the capture's operations add or replace.
    Reply reply_to(const Brief& brief, const Ask& ask)
    {
        if (ask.intent == Intent::match) return read_reply({200, {}, "{\"totalResults\":0,\"Resources\":[]}"}, reader_);
        const bool group = brief.task.object.is_group();
        const MappingTable& table = group ? tables_.groups : tables_.users;
        std::vector<Wanted> has;
        for (Wanted wanted : brief.desired) {
            const auto operation = std::find_if(capture_.operations.begin(), capture_.operations.end(),
                                                [&](const Operation& o) { return o.path == table[wanted.row].target.text; });
            if (operation != capture_.operations.end()) {
                if (operation->op == "Add" || operation->op == "add") continue;
                wanted.value = table[wanted.row].type == ValueType::boolean ? "True" : "other";
            }
            has.push_back(wanted);
        }
        std::string body;
        PostBody(table, group ? ObjectKind::group : ObjectKind::user).write(body, has);
        body.insert(1, "\"id\":\"" + *brief.link + "\",");
        return read_reply({200, {}, body}, reader_);
    }

    const Capture& capture_;
    std::vector<std::string> lines_;
    MappingTables tables_;
    std::unique_ptr<WorldText> text_;
    JsonReader reader_;
    Headers headers_;
};

// Empty if what is sent is what was captured.
std::string difference(const Capture& capture, const std::vector<std::string>& settings = {}, bool operations_only = false)
{
    Situation situation(capture, settings);
    const auto sent = situation.ask();
    if (!sent) return "the situation cannot be made";
    if (capture.target != sent->request.target) return "sends " + sent->request.target;
    if (const auto headers = member(capture.request, "headers"))
        for (const auto& field : json::object(*headers))
            if (field.key != "Authorization" && find_header(situation.headers(), field.key) != as_string(field.value).value_or("?"))
                return "header " + std::string(field.key);
    if (!capture.body) return sent->request.body.empty() ? "" : "sends a body";
    // The group's object id was the captured one.
    std::string text = sent->request.body;
    if (const auto id = string_of(*capture.body, "externalId"); capture.about_groups() && !id.empty()) replace_all(text, to_string(draw_guid(Draw(1), "g")), id);
    JsonReader reader;
    const auto body = reader.read(text);
    if (!body) return "sends no JSON";
    const auto part = [&](json::element whole) { return capture.whole && !operations_only ? std::optional(whole) : member(whole, "Operations"); };
    if (!same_json(*part(*capture.body), *part(body->root()))) return "sends " + sent->request.body;
    return {};
}

}  // namespace

TEST_CASE("Entra sends what its provisioning service was seen to send: by default, or by the setting that is named")
{
    std::map<std::string, Excuse> excused = read_excuses(read_capture_text("not_by_default.txt"));
    JsonReader reader;
    const auto captures = reader.read(read_capture_text("entra.json"));
    REQUIRE(captures);
    std::size_t all = 0, matched = 0, by_setting = 0;
    std::string table;
    for (const json::element element : json::array(captures->root())) {
        const Capture capture(element);
        const std::string differs = difference(capture);
        ++all;
        if (differs.empty()) ++matched;
        const auto excuse = excused.find(capture.name);
        INFO(capture.name << ": " << differs);
        CHECK(differs.empty() == (excuse == excused.end()));
        std::string verdict = "matched";
        if (excuse == excused.end() || excuse->second.settings.empty()) {
            if (!differs.empty()) verdict = "differs: " + (excuse == excused.end() ? differs : excuse->second.why);
        } else {
            const std::string with = difference(capture, excuse->second.settings, excuse->second.operations_only);
            INFO("with the setting: " << with);
            CHECK(with.empty());
            if (with.empty()) ++by_setting;
            verdict = fmt::format("matched with {}: {}", fmt::join(excuse->second.settings, ", "), excuse->second.why);
        }
        table += fmt::format("  {:<42} {:<16.16} {}\n", capture.name, capture.style, verdict);
        if (excuse != excused.end()) excused.erase(excuse);
    }
    for (const auto& [name, why] : excused) FAIL_CHECK("not_by_default.txt names a capture that there is not: " << name << " (" << why.why << ")");
    CHECK(all >= 38);
    std::cout << table << fmt::format("  Entra: {} of {} captures matched, {} more by a setting, {} are not sent\n", matched, all, by_setting, all - matched - by_setting);
}

}  // namespace provsim::test
