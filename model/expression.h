// SPDX-License-Identifier: Apache-2.0
// The expression language of Entra's attribute mappings: Join(" ", [givenName], [surname])
// (Entra: functions-for-customizing-application-data, "the functions page"). Parsed once, evaluated for each object.
//
// Start here; then expression/signatures.h (the functions), expression/value.h (the values), expression/parser.cpp (the grammar).
// What the page leaves open is decided where it is implemented, and marked "assumed".
#pragma once

#include "model/expression/signatures.h"
#include "model/expression/value.h"
#include "model/random.h"
#include "model/result.h"
#include "model/time.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace provsim {

// Where the values of a source object's attributes come from.
class AttributeSource {
public:
    virtual ~AttributeSource() = default;
    // `index` is the name's place in Expression::attributes(), for a source that looked the names up beforehand.
    virtual Value value(std::string_view name, std::size_t index) const = 0;
};

struct EvaluationContext {
    const AttributeSource& source;
    TimePoint now{};
    Draw draw{0};                       // for Guid and RandomString, with:
    std::uint64_t object = 0;           //   whose value it is
    std::uint64_t ordinal = 0;          //   which mapping and which time
    std::string_view default_domain;    // empty: the tenant has none
};

inline constexpr std::size_t longest_expression = 10'000;    // characters (the functions page, "Syntax overview")
inline constexpr unsigned deepest_expression = 200;          // calls within each other; assumed, so that no text exhausts the stack

class Expression {
public:
    // Problems have the code "expression" and the column of the character they are about: place.column is where the text begins.
    static Result<Expression> parse(std::string_view text, const Place& place = {});

    const std::string& text() const noexcept;
    // The source attributes it reads, each once, in the order of their first appearance.
    const std::vector<std::string>& attributes() const noexcept;
    // The outermost function, or null for a bare attribute or constant: AssertiveAppRoleAssignmentsComplex replaces where
    // AppRoleAssignmentsComplex adds, SelectUniqueValue is for creation only.
    const FunctionSignature* function() const noexcept;
    // What is documented not to work, though it can be read: IIF(IsPresent(...), ...). Severity warning, code "expression".
    const Problems& warnings() const noexcept;

    // The value for one object; an error is a value too. The same arguments give the same value, also of Guid().
    Value evaluate(const EvaluationContext& context) const;

private:
    struct Program;
    friend class ExpressionParser;
    friend class Evaluation;
    explicit Expression(std::shared_ptr<const Program> program) : program_(std::move(program)) {}
    std::shared_ptr<const Program> program_;     // never null; shared, because it never changes
};

}  // namespace provsim
