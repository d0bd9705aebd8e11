// SPDX-License-Identifier: Apache-2.0
// expect: what a step expects.
#include "scenario_io/read.h"

#include "model/nearest.h"
#include "scenario/judge_job.h"
#include "scenario/matcher.h"

#include <fmt/format.h>

#include <algorithm>

namespace provsim {
namespace {

bool has_fault(const YamlNode& node)
{
    return node.faulty || std::any_of(node.items.begin(), node.items.end(), has_fault) ||
           std::any_of(node.entries.begin(), node.entries.end(), [](const YamlEntry& entry) { return has_fault(entry.value); });
}

class ExpectationReader {
public:
    explicit ExpectationReader(Reading& reading) : reading_(reading) {}

    std::optional<Expectation> read(const YamlNode& node)
    {
        Expectation out;
        out.name = text_at(node, "name").value_or("");
        out.only = read_only_under(node, reading_);
        for (const auto& entry : node.entries) {
            if (entry.value.faulty || entry.key == "name" || entry.key == "provider") continue;
            out.place = reading_.place(entry.mark);
            if (entry.key == "target") out.what = target(entry.value);
            else if (entry.key == "traffic") out.what = traffic(entry.value);
            else if (entry.key == "sequence") out.what = sequence(entry.value);
            else if (entry.key == "log") out.what = log(entry.value);
            else if (entry.key == "job") out.what = job(entry.value);
            else out.what = propagated(entry.value);
            return out;
        }
        return {};
    }

private:
    Pattern pattern_of(const YamlNode& node, Subject subject)
    {
        Pattern pattern{json_of(node), reading_.place(node.mark)};
        if (has_fault(node)) return pattern;
        const Problems found = check_pattern(pattern, subject);
        reading_.problems.insert(reading_.problems.end(), found.begin(), found.end());
        return pattern;
    }

    std::optional<Pattern> pattern(const YamlNode& map, std::string_view key, Subject subject)
    {
        const YamlNode* node = part(map, key);
        return node ? std::optional(pattern_of(*node, subject)) : std::nullopt;
    }

    // A plain text that is none of the words there are would never fit.
    std::optional<Pattern> word(const YamlNode& map, std::string_view key, std::vector<std::string_view> words, std::string_view what)
    {
        const YamlNode* node = part(map, key);
        if (node && node->is_scalar() && scalar_type(*node) != ScalarType::null && std::find(words.begin(), words.end(), node->text) == words.end()) {
            const std::string near = nearest(node->text, words);
            reading_.error(node->mark, "choice", fmt::format("{} is never \"{}\"", what, node->text),
                           near.empty() ? fmt::format("choose from {}", fmt::join(words, ", ")) : fmt::format("did you mean \"{}\"?", near));
            return {};
        }
        return pattern(map, key, Subject::text);
    }

    // "ada" for users (their prefix is the default), "group:engineers" for groups.
    std::vector<std::string> members(const YamlNode& map, std::string_view key)
    {
        std::vector<std::string> handles;
        for (const YamlNode* item : items_at(map, key)) {
            const Named named = split_name(item->text, ObjectKind::user);
            if (reading_.known(named.kind, *item)) handles.emplace_back(named.kind == ObjectKind::user ? named.handle : std::string_view(item->text));
        }
        return handles;
    }

    TargetExpectation target(const YamlNode& node)
    {
        TargetExpectation out;
        for (const auto& [key, kind] : {std::pair{"user", ObjectKind::user}, std::pair{"group", ObjectKind::group}}) {
            const YamlNode* name = part(node, key);
            if (!name || !reading_.known(kind, *name)) continue;
            out.object = fmt::format("{}:{}", key, split_name(name->text, kind).handle);
        }
        out.exists = flag_at(node, "exists");
        if (const YamlNode* has = part(node, "has"))
            for (const auto& entry : has->entries)
                if (!entry.value.faulty) out.has.emplace_back(entry.key, pattern_of(entry.value, Subject::attribute));
        if (const YamlNode* wanted = part(node, "members")) {
            if (wanted->is_list()) out.members_exactly = members(node, "members");
            if (part(*wanted, "exactly")) out.members_exactly = members(*wanted, "exactly");
            out.members_include = members(*wanted, "include");
            out.members_exclude = members(*wanted, "exclude");
        }
        return out;
    }

    static TrafficExpectation::Since since(const YamlNode& node)
    {
        return text_at(node, "since") == "start" ? TrafficExpectation::Since::start : TrafficExpectation::Since::step;
    }

    void exchange(const YamlNode& node, ExchangePattern& out)
    {
        out.method = pattern(node, "method", Subject::text);
        out.path = pattern(node, "path", Subject::text);
        out.query = pattern(node, "query", Subject::json);
        out.status = pattern(node, "status", Subject::status);
        out.body = pattern(node, "body", Subject::json);
    }

    TrafficExpectation traffic(const YamlNode& node)
    {
        TrafficExpectation out;
        out.since = since(node);
        exchange(node, out);
        out.count = pattern(node, "count", Subject::number);
        out.writes = pattern(node, "writes", Subject::number);
        return out;
    }

    SequenceExpectation sequence(const YamlNode& node)
    {
        SequenceExpectation out;
        if (node.is_map()) {
            out.since = since(node);
            out.exact = flag_at(node, "exact").value_or(false);
        }
        const YamlNode* steps = node.is_map() ? part(node, "steps") : &node;
        if (!steps) return out;
        if (steps->items.empty()) reading_.error(steps->mark, "sequence", "this sequence is empty", "write what was sent: [{ method: GET }, { method: POST, path: /Users }]");
        for (const YamlNode& item : steps->items) {
            if (item.faulty) continue;
            auto& element = out.steps.emplace_back();
            element.place = reading_.place(item.mark);
            exchange(item, element);
            if (item.entries.empty()) reading_.error(item.mark, "sequence", "every request would fit this", "say which is meant: { method: POST, path: /Users }");
        }
        return out;
    }

    LogExpectation log(const YamlNode& node)
    {
        LogExpectation out;
        out.since = since(node);
        if (const YamlNode* identity = part(node, "identity"); identity && reading_.known(ObjectKind::none, *identity)) {
            const Named named = split_name(identity->text, reading_.names.know(ObjectKind::user, identity->text) ? ObjectKind::user : ObjectKind::group);
            out.identity = fmt::format("{}:{}", kind_name(named.kind), named.handle);
        }
        out.action = word(node, "action", {"create", "update", "delete", "disable", "other", "stagedDelete"}, "the log's action");
        out.status = word(node, "status", {"success", "failure", "skipped", "warning"}, "the log's status");
        out.reason = pattern(node, "reason", Subject::text);
        out.detail = pattern(node, "detail", Subject::text);
        out.count = pattern(node, "count", Subject::number);
        return out;
    }

    JobExpectation job(const YamlNode& node)
    {
        JobExpectation out;
        for (const auto& entry : node.entries) {
            const JobFact* fact = find_job_fact(entry.key);
            if (!fact || entry.value.faulty) continue;
            const Subject subject = fact->kind == JobFactKind::number ? Subject::number : fact->kind == JobFactKind::flag ? Subject::json : Subject::text;
            const auto found = fact->kind == JobFactKind::word ? word(node, fact->name, {fact->words.begin(), fact->words.end()}, fmt::format("the job's {}", fact->name))
                                                               : pattern(node, fact->name, subject);
            if (found) out.conditions.emplace_back(fact->name, *found);
        }
        return out;
    }

    PropagatedExpectation propagated(const YamlNode& node)
    {
        using Effect = PropagatedExpectation::Effect;
        using By = PropagatedExpectation::By;
        PropagatedExpectation out;
        out.change = text_at(node, "change").value_or("");
        out.within = duration_at(node, "within").value_or(Duration{0});
        const auto effect = text_at(node, "effect"), by = text_at(node, "by");
        for (const auto& [word, value] : {std::pair{"exists", Effect::exists}, std::pair{"attribute", Effect::attribute}, std::pair{"member", Effect::member},
                                          std::pair{"inactive", Effect::inactive}, std::pair{"gone", Effect::gone}})
            if (effect == word) out.effect = value;
        for (const auto& [word, value] : {std::pair{"user-cycle", By::user_cycle}, std::pair{"group-cycle", By::group_cycle}, std::pair{"on-demand", By::on_demand}})
            if (by == word) out.by = value;
        return out;
    }

    Reading& reading_;
};

}  // namespace

void read_expectations(const YamlNode& list, Reading& reading, Step& step)
{
    ExpectationReader reader(reading);
    for (const auto& node : list.items)
        if (!node.faulty)
            if (auto expectation = reader.read(node)) step.expect.push_back(std::move(*expectation));
}

}  // namespace provsim
