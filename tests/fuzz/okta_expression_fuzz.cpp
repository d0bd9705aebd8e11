// SPDX-License-Identifier: Apache-2.0
// Any bytes as an expression of Okta's language: no crash, no hang, a refusal says why; what is read has a value, twice the same.
#include "model/okta_expression.h"

#include <cstdlib>
#include <limits>

using namespace provsim;

namespace {

// A value of each kind, by the name's length.
class Source : public OktaSource {
public:
    OktaValue value(std::string_view, std::string_view name) const override
    {
        switch (name.size() % 8) {
        case 0: return OktaValue(name);
        case 1: return {};
        case 2: return OktaValue(OktaArray{OktaValue("a"), OktaValue(), OktaValue(std::int64_t{3})});
        case 3: return OktaValue(OktaArray{OktaValue(OktaArray{OktaValue("b")})});
        case 4: return OktaValue(std::numeric_limits<std::int64_t>::min());
        case 5: return OktaValue("\xff\xc3 Zoë \xed\xa0\x80 2024-02-29");
        case 6: return OktaValue(true);
        default: return OktaValue(-0.5e300);
        }
    }
    OktaValue internal_property(std::string_view name) const override { return value({}, name); }
    OktaValue linked_user(std::string_view, std::string_view name) const override { return value({}, name); }
    std::vector<OktaGroup> groups() const override { return {{"1", "Everyone", "BUILT_IN"}, {"2", "\xff West"}}; }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto parsed = OktaExpression::parse(text, {"fuzz", 1, 1});
    if (!parsed) {
        const Problem& problem = parsed.problems().front();
        if (problem.what.empty() || problem.code != "okta_expression" || problem.place.column < 1) std::abort();
        return 0;
    }
    const OktaExpression& expression = parsed.value();
    if (expression.text() != text) std::abort();
    const Source source;
    const OktaContext context{source, TimePoint{}};
    const OktaValue once = expression.evaluate(context);
    if (once != expression.evaluate(context)) std::abort();
    if (once.is_error() && once.error().empty()) std::abort();
    return 0;
}
