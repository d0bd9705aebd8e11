// SPDX-License-Identifier: Apache-2.0
#include "scenario/matcher.h"

#include "model/check.h"
#include "model/text.h"
#include "model/time.h"

#include <algorithm>
#include <array>

namespace provsim {
namespace {

constexpr std::array<std::string_view, 16> operators{"eq", "ne", "lt", "lte", "gt", "gte", "in", "nin", "match", "contains",
                                                     "startsWith", "endsWith", "exists", "type", "count", "not"};
constexpr std::array<std::string_view, 6> types{"string", "number", "boolean", "object", "list", "null"};
constexpr std::size_t longest_shown = 120;

std::string_view type_of(const Json& value)
{
    if (value.is_string()) return "string";
    if (value.is_number()) return "number";
    if (value.is_boolean()) return "boolean";
    if (value.is_object()) return "object";
    if (value.is_array()) return "list";
    return "null";
}

bool is_type_name(const Json& value)
{
    return value.is_string() && std::find(types.begin(), types.end(), value.get_ref<const std::string&>()) != types.end();
}

std::string cut(std::string text)
{
    if (text.size() <= longest_shown) return text;
    std::size_t end = longest_shown;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    text.resize(end);
    return text + "...";
}

std::string dump(const Json& value)
{
    return cut(value.dump(-1, ' ', false, Json::error_handler_t::replace));
}

std::string below(const std::string& path, const std::string& key)
{
    return path.empty() ? key : path + "." + key;
}

std::string element(const std::string& path, std::size_t index)
{
    return path + "[" + std::to_string(index) + "]";
}

const std::string* text_of(const Json* value)
{
    return value ? value->get_ptr<const std::string*>() : nullptr;
}

bool is_status_class(const std::string& text)
{
    return text.size() == 3 && text[0] >= '1' && text[0] <= '5' && text.ends_with("xx");
}

// -1, 0, 1; nothing if the two cannot be put in order.
std::optional<int> order(const Json& a, const Json& b)
{
    if (a.is_number() && b.is_number()) return a == b ? 0 : a < b ? -1 : 1;
    if (!a.is_string() || !b.is_string()) return std::nullopt;
    const auto& left = a.get_ref<const std::string&>();
    const auto& right = b.get_ref<const std::string&>();
    const auto left_time = parse_time(left), right_time = parse_time(right);
    if (left_time && right_time) return *left_time == *right_time ? 0 : *left_time < *right_time ? -1 : 1;
    const int by_bytes = left.compare(right);
    return by_bytes == 0 ? 0 : by_bytes < 0 ? -1 : 1;
}

std::string_view order_words(std::string_view op)
{
    if (op == "lt") return "less than ";
    if (op == "lte") return "at most ";
    if (op == "gt") return "more than ";
    return "at least ";
}

bool in_order(std::string_view op, int found)
{
    if (op == "lt") return found < 0;
    if (op == "lte") return found <= 0;
    if (op == "gt") return found > 0;
    return found >= 0;
}

}  // namespace

bool is_operator(std::string_view name)
{
    return std::find(operators.begin(), operators.end(), name) != operators.end();
}

bool is_operator_object(const Json& pattern)
{
    if (!pattern.is_object() || pattern.empty()) return false;
    for (auto member = pattern.begin(); member != pattern.end(); ++member) {
        if (!is_operator(member.key())) return false;
        if (member.key() == "type" && !is_type_name(member.value())) return false;
    }
    return true;
}

std::string show_value(const Json* value)
{
    if (!value) return "nothing";
    if (value->is_null()) return "null";
    return dump(*value) + " (" + std::string(type_of(*value)) + ")";
}

std::string describe(const Mismatch& mismatch, std::string_view name)
{
    std::string line(name);
    if (!mismatch.path.empty()) {
        if (!line.empty() && !mismatch.path.starts_with('[')) line += '.';
        line += mismatch.path;
    }
    return line + ": expected " + mismatch.expected + ", got " + mismatch.got;
}

std::string Matcher::fold(std::string_view text) const
{
    return ignore_case_ ? fold_case(text) : std::string(text);
}

bool Matcher::equal_texts(std::string_view a, std::string_view b) const
{
    return ignore_case_ ? equal_ignoring_case(a, b) : a == b;
}

std::string Matcher::show(const Json& pattern) const
{
    std::string text = show_value(&pattern);
    if (ignore_case_ && pattern.is_string()) text += ", ignoring case as RFC 7643 has caseExact false here";
    return text;
}

const Regex* Matcher::regex(const std::string& expression) const
{
    if (const auto found = compiled_.find(expression); found != compiled_.end()) return &found->second;
    auto made = Regex::compile(expression);
    // The loader checks patterns, so this is rare: an expression that reached us some other way.
    if (!made) return nullptr;
    return &compiled_.emplace(expression, std::move(made).value()).first->second;
}

// Equality of whole values, without patterns in them.
bool Matcher::equal(const Json& pattern, const Json* value) const
{
    if (!value) return pattern.is_null() || (subject_ == Subject::attribute && pattern.is_array() && pattern.empty());
    if (pattern.is_string() && value->is_string())
        return equal_texts(pattern.get_ref<const std::string&>(), value->get_ref<const std::string&>());
    if (subject_ == Subject::status && pattern.is_string() && value->is_number_integer()) {
        const auto& text = pattern.get_ref<const std::string&>();
        return is_status_class(text) && value->get<int>() / 100 == text[0] - '0';
    }
    return pattern == *value;
}

std::optional<Mismatch> Matcher::test_any(const std::vector<const Json*>& values) const
{
    if (values.size() <= 1) return test(values.empty() ? nullptr : values.front());
    bool all = is_operator_object(pattern_);
    if (all)
        for (auto member = pattern_.begin(); member != pattern_.end(); ++member)
            all = all && (member.key() == "ne" || member.key() == "nin" || member.key() == "not");
    std::optional<Mismatch> first;
    for (const Json* value : values) {
        auto mismatch = test(value);
        if (!mismatch && !all) return std::nullopt;
        if (mismatch && all) return mismatch;
        if (mismatch && !first) first = std::move(mismatch);
    }
    if (all) return std::nullopt;
    first->got += " and " + std::to_string(values.size() - 1) + " more that do not fit";
    return first;
}

std::optional<Mismatch> Matcher::test(const Json& pattern, const Json* value, const std::string& path) const
{
    const bool scim = subject_ == Subject::attribute;
    if (scim && value && (value->is_null() || (value->is_array() && value->empty()))) value = nullptr;

    if (is_operator_object(pattern)) {
        for (auto member = pattern.begin(); member != pattern.end(); ++member)
            if (auto mismatch = test_operator(member.key(), member.value(), value, path)) return mismatch;
        return std::nullopt;
    }
    if (pattern.is_object()) {
        if (!value || !value->is_object()) return Mismatch{path, "an object with " + dump(pattern), show_value(value)};
        for (auto member = pattern.begin(); member != pattern.end(); ++member) {
            const Json* found = nullptr;
            if (scim) found = find_member(*value, member.key());
            else if (const auto at = value->find(member.key()); at != value->end()) found = &*at;
            if (auto mismatch = test(member.value(), found, below(path, member.key()))) return mismatch;
        }
        return std::nullopt;
    }
    if (pattern.is_array()) {
        if (scim && !value && pattern.empty()) return std::nullopt;
        if (!value || !value->is_array()) return Mismatch{path, show(pattern), show_value(value)};
        for (std::size_t i = 0; i < pattern.size() && i < value->size(); ++i)
            if (auto mismatch = test(pattern[i], &(*value)[i], element(path, i))) return mismatch;
        if (pattern.size() != value->size())
            return Mismatch{path, std::to_string(pattern.size()) + " values", std::to_string(value->size()) + ": " + dump(*value)};
        return std::nullopt;
    }
    if (equal(pattern, value)) return std::nullopt;
    return Mismatch{path, show(pattern), show_value(value)};
}

std::optional<Mismatch> Matcher::test_operator(std::string_view op, const Json& operand, const Json* value, const std::string& path) const
{
    const auto failed = [&](std::string expected) { return Mismatch{path, std::move(expected), show_value(value)}; };
    const auto unless = [&](bool fits, std::string expected) {
        return fits ? std::nullopt : std::optional(failed(std::move(expected)));
    };

    if (op == "eq") return unless(equal(operand, value), show(operand));
    if (op == "ne") return unless(!equal(operand, value), "anything but " + show(operand));
    if (op == "lt" || op == "lte" || op == "gt" || op == "gte") {
        const auto found = value ? order(*value, operand) : std::nullopt;
        return unless(found && in_order(op, *found), std::string(order_words(op)) + show_value(&operand));
    }
    if (op == "in" || op == "nin") {
        const bool among = operand.is_array() && std::any_of(operand.begin(), operand.end(), [&](const Json& one) { return equal(one, value); });
        return unless(among == (op == "in"), (op == "in" ? "one of " : "none of ") + dump(operand));
    }
    if (op == "exists") {
        const bool there = value && !value->is_null();
        return unless(there == (operand == true), operand == true ? "something" : "nothing");
    }
    if (op == "type") {
        const auto& name = operand.get_ref<const std::string&>();
        return unless(value && type_of(*value) == name, "a value of type " + name);
    }
    if (op == "not") return unless(test(operand, value, path).has_value(), "anything but " + show(operand));
    if (op == "count") {
        if (value && !value->is_array() && !value->is_object()) return failed("a list to count");
        const Json count = value ? value->size() : 0;
        auto mismatch = test(operand, &count, path);
        if (mismatch) mismatch->expected += " values", mismatch->got = count.dump() + (value ? ": " + dump(*value) : "");
        return mismatch;
    }
    if (op == "contains" && value && value->is_array()) {
        const bool found = std::any_of(value->begin(), value->end(), [&](const Json& one) { return !test(operand, &one, path); });
        return unless(found, "a list with " + show(operand));
    }

    // What is left asks about texts.
    const std::string* have = text_of(value);
    const std::string* want = text_of(&operand);
    const std::string shown = show(operand);
    if (!want) return failed("a text to hold " + shown + " against");
    if (op == "match") {
        if (!have) return failed("a text that matches " + dump(operand));
        const Regex* expression = regex(*want);
        if (!expression) return failed("a match of " + dump(operand) + ", which is no regular expression");
        const auto found = expression->matches(*have);
        if (!found) return failed("a match of " + dump(operand) + ", which took too many steps to decide");
        return unless(*found, "a text that matches " + dump(operand));
    }
    if (op == "contains") return unless(have && fold(*have).find(fold(*want)) != std::string::npos, "a text that contains " + shown);
    if (op == "startsWith") return unless(have && fold(*have).starts_with(fold(*want)), "a text that starts with " + shown);
    if (op == "endsWith") return unless(have && fold(*have).ends_with(fold(*want)), "a text that ends with " + shown);
    fail_check(__FILE__, __LINE__, "known operator", std::string(op));
}

}  // namespace provsim
