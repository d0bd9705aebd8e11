// SPDX-License-Identifier: Apache-2.0
#include "tests/catch.h"

#include "model/expression.h"

#include <fstream>
#include <map>
#include <set>

using namespace provsim;

namespace {

class Attributes : public AttributeSource {
public:
    // "name=text; other=[a, b]"
    explicit Attributes(std::string_view row)
    {
        while (!row.empty()) {
            const std::size_t end = std::min(row.find("; "), row.size()), equals = row.find('=');
            REQUIRE(equals < end);
            set(std::string(row.substr(0, equals)), row.substr(equals + 1, end - equals - 1));
            row.remove_prefix(std::min(end + 2, row.size()));
        }
    }

    Value value(std::string_view name, std::size_t) const override
    {
        const auto found = values_.find(name);
        return found == values_.end() ? Value() : found->second;
    }

private:
    void set(std::string name, std::string_view text)
    {
        if (!text.starts_with('[')) {
            values_[std::move(name)] = Value(text);
            return;
        }
        Texts parts;
        text = text.substr(1, text.size() - 2);
        for (std::size_t at = 0; at <= text.size() && !text.empty();) {
            const std::size_t end = std::min(text.find(", ", at), text.size());
            parts.emplace_back(text.substr(at, end - at));
            at = end + 2;
        }
        if (name != "appRoleAssignments") {
            values_[std::move(name)] = Value(std::move(parts));
            return;
        }
        AppRoles roles;
        for (const std::string& part : parts) roles.push_back({"id-" + part, part, "The " + part});
        values_[std::move(name)] = Value(std::move(roles));
    }

    std::map<std::string, Value, std::less<>> values_;
};

std::string shown(const Value& value)
{
    std::string out = value.redacted ? "redacted " : "";
    switch (value.kind()) {
    case Value::Kind::null: return out + "null";
    case Value::Kind::drop: return out + "drop";
    case Value::Kind::error: return out + "error: " + value.error();
    case Value::Kind::text: return out + '"' + *to_text(value) + '"';
    case Value::Kind::texts:
        for (const std::string& text : std::get<Texts>(value.held)) out += (out.ends_with('"') ? ", \"" : "[\"") + text + '"';
        return out.ends_with('"') ? out + ']' : out + "[]";
    case Value::Kind::roles:
        for (const AppRole& role : std::get<AppRoles>(value.held)) out += '(' + role.id + ", " + role.value + ", " + role.display_name + ')';
        return out;
    default: return out + *to_text(value);
    }
}

constexpr TimePoint now{std::chrono::sys_days{std::chrono::year{2021} / 7 / 2} + hours{15} + minutes{33} + seconds{38}};

EvaluationContext context(const Attributes& attributes) { return {attributes, now, Draw(7), 1, 2, "acme.test"}; }

std::string value_of(std::string_view expression, std::string_view attributes = {})
{
    const auto parsed = Expression::parse(expression);
    if (!parsed) return "refused: " + format_problem(parsed.problems().front());
    return shown(parsed.value().evaluate(context(Attributes(attributes))));
}

// Rows of `columns` texts that a tab separates; a line that begins with # is a comment, ¶ is a line break.
std::vector<std::vector<std::string>> rows(const std::string& file, std::size_t columns)
{
    std::ifstream in(PROVSIM_FIXTURES "/model/expressions/" + file);
    REQUIRE(in);
    std::vector<std::vector<std::string>> table;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with('#')) continue;
        for (std::size_t at = 0; (at = line.find("¶")) != std::string::npos;) line.replace(at, std::string_view("¶").size(), "\n");
        std::vector<std::string> row;
        for (std::size_t at = 0; at <= line.size();) {
            const std::size_t end = std::min(line.find('\t', at), line.size());
            row.push_back(line.substr(at, end - at));
            at = end + 1;
        }
        CAPTURE(file, line);
        REQUIRE(row.size() == columns);
        table.push_back(std::move(row));
    }
    REQUIRE_FALSE(table.empty());
    return table;
}

void check_values(const std::string& file)
{
    for (const auto& row : rows(file, 3)) {
        CAPTURE(file, row[0], row[1]);
        CHECK(value_of(row[0], row[1]) == row[2]);
    }
}

}  // namespace

TEST_CASE("The samples of Entra's page of expression functions give what the page says")
{
    check_values("documented.tsv");
}
