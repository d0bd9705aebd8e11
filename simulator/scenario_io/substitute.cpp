// SPDX-License-Identifier: Apache-2.0
#include "scenario_io/substitute.h"

#include "model/nearest.h"

#include <fmt/format.h>

#include <map>

namespace provsim {
namespace {

constexpr std::string_view opening = "${{", closing = "}}";

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

class Substitution {
public:
    Substitution(const LoadOptions& options, const std::string& file, Problems& problems) : options_(options), file_(file), problems_(problems) {}

    void run(YamlNode& root)
    {
        for (auto& entry : root.entries) {
            if (entry.key != "vars") continue;
            for (auto& var : entry.value.entries) {
                fill(var.value);     // may use env; `vars` are not known yet, so they cannot refer to each other
                if (var.value.is_scalar() && !var.value.faulty) vars_[var.key] = var.value.text;
                else if (var.value.faulty) unset_.push_back(var.key);
            }
        }
        for (const auto& [name, value] : options_.vars) vars_[name] = value;
        for (auto& entry : root.entries)
            if (entry.key != "vars") walk(entry.value);
    }

private:
    void walk(YamlNode& node)
    {
        for (auto& item : node.items) walk(item);
        for (auto& entry : node.entries) walk(entry.value);
        if (node.is_scalar()) fill(node);
    }

    void fill(YamlNode& node)
    {
        std::size_t from = node.is_scalar() ? node.text.find(opening) : std::string::npos;
        if (from == std::string::npos) return;
        const bool alone = !node.quoted && from == 0 && node.text.find(closing) == node.text.size() - closing.size();
        std::string out, rest = node.text;
        for (; from != std::string::npos; from = rest.find(opening)) {
            const std::size_t to = rest.find(closing, from);
            if (to == std::string::npos) return say(node, "placeholder", "a \"${{\" without its \"}}\"", {});
            const auto value = look_up(node, trimmed(std::string_view(rest).substr(from + opening.size(), to - from - opening.size())));
            if (!value) {
                node.faulty = true;
                return;
            }
            // What was filled in is not looked through again: a value cannot smuggle placeholders in.
            out += rest.substr(0, from) + *value;
            rest = rest.substr(to + closing.size());
        }
        node.text = out + rest;
        node.quoted = !alone;
    }

    std::optional<std::string> look_up(YamlNode& node, std::string_view what)
    {
        if (what.rfind("env.", 0) == 0) {
            const std::string_view name = what.substr(4);
            if (options_.env)
                if (auto value = options_.env(name)) return value;
            say(node, "unset-variable", fmt::format("the environment has no {}", name), fmt::format("set it: {}=...", name), options_.unset_is_warning ? Severity::warning : Severity::error);
            return {};
        }
        if (what.rfind("vars.", 0) == 0) {
            const std::string name(what.substr(5));
            const auto found = vars_.find(name);
            if (found != vars_.end()) return found->second;
            for (const std::string& known : unset_)
                if (known == name) return {};    // said where it stands under `vars`
            Nearest search(name);
            for (const auto& [known, value] : vars_) search.offer(known);
            say(node, "unknown-variable", fmt::format("there is no variable \"{}\"", name),
                search.best().empty() ? fmt::format("write it under vars, or give --var {}=...", name) : fmt::format("did you mean \"vars.{}\"?", search.best()));
            return {};
        }
        say(node, "placeholder", fmt::format("\"{}\" means nothing here", what), "there are ${{ env.NAME }} and ${{ vars.name }}");
        return {};
    }

    void say(YamlNode& node, std::string_view code, std::string what, std::string remedy, Severity severity = Severity::error)
    {
        node.faulty = true;
        problems_.push_back({severity, std::string(code), std::move(what), std::move(remedy), {file_, node.mark.line, node.mark.column}});
    }

    const LoadOptions& options_;
    const std::string& file_;
    Problems& problems_;
    std::map<std::string, std::string> vars_;
    std::vector<std::string> unset_;
};

}  // namespace

void substitute(YamlNode& root, const LoadOptions& options, const std::string& file, Problems& problems)
{
    Substitution(options, file, problems).run(root);
}

}  // namespace provsim
