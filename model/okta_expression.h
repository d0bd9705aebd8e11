// SPDX-License-Identifier: Apache-2.0
// The expression language of Okta's attribute mappings: user.firstName + " " + user.lastName
// (Okta: okta-expression-language, "the overview"). Parsed once, evaluated for each user.
//
// Start here; then okta_expression/value.h (the values), okta_expression/functions.h (the functions), okta_expression/parser.h (the
// grammar). The language is a subset of Spring's (Spring: expressions, "SpEL"); what Okta's page leaves open is done as SpEL does it
// where that is known, and is marked "SpEL" or "assumed" where it is implemented.
#pragma once

#include "model/okta_expression/value.h"
#include "model/result.h"
#include "model/time.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace provsim {

// A group that the user is a member of.
struct OktaGroup {
    std::string_view id;
    std::string_view name;
    std::string_view type = "OKTA_GROUP";    // or APP_GROUP, BUILT_IN
    std::string_view source_id = {};         // of the application an APP_GROUP comes from
};

// What an expression reads of one user. Views need to live until evaluate() returns.
class OktaSource {
public:
    virtual ~OktaSource() = default;
    // Scope: "user" (also for source.X and for a bare X, since a mapping's source is the Okta user here), "appuser", "app", "org", or
    // the name of another app (zendesk.firstName). Null if there is no such value.
    virtual OktaValue value(std::string_view scope, std::string_view name) const = 0;
    // user.getInternalProperty: "id", "status".
    virtual OktaValue internal_property(std::string_view) const { return {}; }
    // An attribute of the user who is linked to this one: getManagerUser(...) and user.getLinkedObject("manager") ask for "manager".
    virtual OktaValue linked_user(std::string_view /*relation*/, std::string_view /*name*/) const { return {}; }
    virtual std::vector<OktaGroup> groups() const { return {}; }
};

struct OktaContext {
    const OktaSource& source;
    TimePoint now{};
};

inline constexpr std::size_t longest_okta_expression = 10'000;    // characters; assumed
inline constexpr unsigned deepest_okta_expression = 100;          // levels within each other; assumed, so that no text exhausts the stack

class OktaExpression {
public:
    // Problems have the code "okta_expression" and the column of the character they are about: place.column is where the text begins.
    static Result<OktaExpression> parse(std::string_view text, const Place& place = {});

    const std::string& text() const noexcept;
    // What it reads, each once, in the order of first appearance: an attribute of the user by its name alone ("firstName"), others
    // with their scope ("appuser.userName", "org.subDomain"). Not those of a manager: his changes push nothing (the overview).
    const std::vector<std::string>& attributes() const noexcept;
    // Whether it asks what groups the user is in. Such a mapping is not applied again when memberships change (the overview).
    bool asks_for_groups() const noexcept;
    // What is documented not to work, though it can be read. Severity warning, code "okta_expression".
    const Problems& warnings() const noexcept;

    // The value for one user; an error is a value too.
    OktaValue evaluate(const OktaContext& context) const;

private:
    struct Program;
    friend class OktaParser;
    friend class OktaEvaluation;
    explicit OktaExpression(std::shared_ptr<const Program> program) : program_(std::move(program)) {}
    std::shared_ptr<const Program> program_;     // never null; shared, because it never changes
};

}  // namespace provsim
