// SPDX-License-Identifier: Apache-2.0
// Time.*
#include "model/okta_expression/functions.h"

namespace provsim {

OktaValue okta_now(const OktaArguments& a) { return OktaValue(format_time(a.context().now)); }
OktaValue okta_iso_to_text(const OktaArguments& a) { return a.error("not yet"); }
OktaValue okta_iso_to_unix(const OktaArguments& a) { return a.error("not yet"); }
OktaValue okta_iso_to_windows(const OktaArguments& a) { return a.error("not yet"); }
OktaValue okta_text_to_iso(const OktaArguments& a) { return a.error("not yet"); }
OktaValue okta_unix_to_iso(const OktaArguments& a) { return a.error("not yet"); }
OktaValue okta_windows_to_iso(const OktaArguments& a) { return a.error("not yet"); }

}  // namespace provsim
