// SPDX-License-Identifier: Apache-2.0
// What is one provider's: `provider:` of steps, actions and expectations, the verbs of vendors, settings.set.
#include "scenario_io/read.h"

#include "connectors/registry.h"
#include "model/nearest.h"
#include "scenario_io/vendor_verbs.h"

#include <fmt/format.h>

#include <algorithm>

namespace provsim {
namespace {

// What the opening directory and its scope were read by; a later value would mean nothing to them.
constexpr std::string_view fixed_settings[] = {"default_access_entitled", "nested_group_objects", "filter_expressions"};

bool is_nothing(const YamlNode& node) { return node.is_scalar() && scalar_type(node) == ScalarType::null; }

class VendorReader {
public:
    VendorReader(const VendorVerb& verb, std::vector<std::string>& rules, Reading& reading) : verb_(verb), rules_(rules), reading_(reading) {}

    std::optional<ActionSpec> read(const YamlNode& node)
    {
        using Takes = VendorVerb::Takes;
        VendorWords said;
        bool known = true;
        switch (verb_.takes) {
            case Takes::nothing: break;
            case Takes::flag: said.flag = is_true(node); break;
            case Takes::group:
            case Takes::group_or_nothing: known = is_nothing(node) || object(ObjectKind::group, node.is_map() ? part(node, "group") : &node, said); break;
            case Takes::user_or_nothing: known = is_nothing(node) || object(ObjectKind::user, node.is_map() ? part(node, "user") : &node, said); break;
            case Takes::object_or_nothing: known = is_nothing(node) || user_or_group(node, said); break;
            case Takes::groups: known = groups(node, said); break;
            case Takes::unlinked_group:
                known = object(ObjectKind::group, node.is_map() ? part(node, "group") : &node, said);
                if (node.is_map()) said.flag = flag_at(node, "delete").value_or(false);
                break;
            case Takes::new_rule: known = new_rule(node, said.rule); break;
            case Takes::rule: known = named_rule(node, said.rule); break;
        }
        return known ? std::optional(verb_.make(std::move(said))) : std::nullopt;
    }

private:
    bool object(ObjectKind kind, const YamlNode* name, VendorWords& said)
    {
        if (!name || !reading_.known(kind, *name)) return false;
        said.objects.push_back(fmt::format("{}:{}", kind_name(kind), split_name(name->text, kind).handle));
        return true;
    }

    bool user_or_group(const YamlNode& node, VendorWords& said)
    {
        if (node.is_map()) return part(node, "group") ? object(ObjectKind::group, part(node, "group"), said) : object(ObjectKind::user, part(node, "user"), said);
        const ObjectKind kind = split_name(node.text, ObjectKind::none).kind;
        if (kind != ObjectKind::none) return object(kind, &node, said);
        return reading_.known(kind, node) && object(reading_.names.know(ObjectKind::user, node.text) ? ObjectKind::user : ObjectKind::group, &node, said);
    }

    bool groups(const YamlNode& node, VendorWords& said)
    {
        if (!node.is_map() || part(node, "group")) return object(ObjectKind::group, node.is_map() ? part(node, "group") : &node, said);
        bool known = true;
        for (const YamlNode* group : items_at(node, "groups")) known = object(ObjectKind::group, group, said) && known;
        if (known && said.objects.empty()) reading_.error(node.mark, "missing-key", "this names no group", "such as groups: [engineers, readers]");
        return known && !said.objects.empty();
    }

    bool new_rule(const YamlNode& node, PushRule& rule)
    {
        using Match = PushRule::Match;
        const YamlNode* name = part(node, "name");
        for (const auto& [key, match] : {std::pair{"starts_with", Match::starts_with}, std::pair{"ends_with", Match::ends_with}, std::pair{"contains", Match::contains},
                                         std::pair{"equals", Match::equals}}) {
            const auto text = text_at(node, key);
            if (!text) continue;
            rule.match = match;
            rule.text = *text;
        }
        if (!name || rule.text.empty()) return false;
        rule.name = name->text;
        if (std::find(rules_.begin(), rules_.end(), rule.name) != rules_.end()) {
            reading_.error(name->mark, "unknown-name", fmt::format("there is a push rule \"{}\" already", rule.name), "give the new one another name");
            return false;
        }
        rules_.push_back(rule.name);
        return true;
    }

    bool named_rule(const YamlNode& node, PushRule& rule)
    {
        rule.name = node.text;
        const auto found = std::find(rules_.begin(), rules_.end(), rule.name);
        if (found != rules_.end()) {
            if (verb_.name == "okta.delete_push_rule") rules_.erase(found);
            return true;
        }
        const std::string near = nearest(rule.name, rules_);
        reading_.error(node.mark, "unknown-name", fmt::format("no push rule before this is called \"{}\"", rule.name), near.empty() ? "okta.push_rule makes one" : fmt::format("did you mean \"{}\"?", near));
        return false;
    }

    const VendorVerb& verb_;
    std::vector<std::string>& rules_;
    Reading& reading_;
};

}  // namespace

OnlyUnder read_only_under(const YamlNode& map, Reading& reading)
{
    OnlyUnder only;
    const YamlNode* node = part(map, "provider");
    if (!node) return only;
    if (node->is_scalar()) only.providers.push_back(node->text);
    for (const YamlNode* name : items_at(map, "provider")) only.providers.push_back(name->text);
    if (node->is_list() && node->items.empty()) reading.error(node->mark, "other-provider", "this names no provider", "leave it out to mean all of them");
    return only;
}

std::optional<ActionSpec> read_vendor_action(const VendorVerb& verb, const YamlNode& node, std::vector<std::string>& rules, Reading& reading)
{
    return VendorReader(verb, rules, reading).read(node);
}

SettingsAction read_settings_action(const YamlNode& settings, std::string_view profile, Reading& reading)
{
    SettingsAction action;
    const Flavour* flavour = find_flavour(profile);
    if (settings.entries.empty()) reading.error(settings.mark, "missing-key", "this changes no setting", "name one: provsim profile show lists them");
    read_settings(settings, flavour, action.settings, reading);
    for (const SettingValue& setting : action.settings)
        if (std::find(std::begin(fixed_settings), std::end(fixed_settings), setting.name) != std::end(fixed_settings))
            reading.problems.push_back({Severity::error, "setting", fmt::format("{} cannot change while the story goes on", setting.name), "set it under provider.settings", setting.place});
    if (!flavour) return action;
    if (const auto checked = Settings::check(flavour->settings, action.settings); !checked)
        reading.problems.insert(reading.problems.end(), checked.problems().begin(), checked.problems().end());
    return action;
}

}  // namespace provsim
