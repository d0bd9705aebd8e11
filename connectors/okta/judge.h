// SPDX-License-Identifier: Apache-2.0
// What Okta makes of an answer. Internal to the Okta connector.
#pragma once

#include "connectors/okta/context.h"

namespace provsim {

Verdict okta_judge(const OktaApp& context, const Brief& brief, const Ask& ask, const Reply& reply, Attempt attempt);

}  // namespace provsim
