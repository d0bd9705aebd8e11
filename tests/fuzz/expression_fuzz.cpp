// SPDX-License-Identifier: Apache-2.0
// Any bytes as a mapping expression: no crash, no hang, a refusal says why; what is read has a value, twice the same.
#include "model/expression.h"

#include <cstdlib>

using namespace provsim;

namespace {

// A value of each kind, by the attribute's place.
class Source : public AttributeSource {
public:
    Value value(std::string_view name, std::size_t index) const override
    {
        switch (index % 8) {
        case 0: return Value(name);
        case 1: return {};
        case 2: return Value(Texts{"a", "", "b"});
        case 3: return Value(AppRoles{{"1", "Admin", "Administrator"}, {"2", "", "User"}});
        case 4: return Value(std::int64_t{-1});
        case 5: return Value("\xff\xc3 Zoë \xed\xa0\x80 2024-02-29");
        case 6: return Value(true);
        default: return Value(TimePoint{});
        }
    }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto parsed = Expression::parse(text, {"fuzz", 1, 1});
    if (!parsed) {
        const Problem& problem = parsed.problems().front();
        if (problem.what.empty() || problem.code != "expression" || problem.place.column < 1) std::abort();
        return 0;
    }
    const Expression& expression = parsed.value();
    if (expression.text() != text) std::abort();
    const Source source;
    const EvaluationContext context{source, TimePoint{}, Draw(1), 1, 1, "acme.test"};
    const Value once = expression.evaluate(context);
    if (once != expression.evaluate(context)) std::abort();
    if (once.is_error() && once.error().empty()) std::abort();
    return 0;
}
