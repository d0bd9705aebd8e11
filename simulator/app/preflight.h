// SPDX-License-Identifier: Apache-2.0
// Before anything is sent on the virtual clock: may we talk to this host, and is it a SCIM service that knows us?
#pragma once

#include "net/base_url.h"
#include "scenario/evaluate.h"

#include <string>
#include <vector>

namespace provsim {

// Loopback and private addresses need no permission; any other host must have been named with --allow-host, so that a
// rehearsal does not end up in production by a slip.
Problems check_host_allowed(const BaseUrl& url, const std::vector<std::string>& allowed);

// Asks the target once what Entra's Test Connection asks. `why` says for people what is wrong and what to do about it.
bool is_scim_service(TargetReader& target, std::string& why);

}  // namespace provsim
