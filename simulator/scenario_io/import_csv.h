// SPDX-License-Identifier: Apache-2.0
// Users from comma-separated values, in one of three dresses, told apart by the headings:
//
//   Entra's bulk-create template    version:v1.0, then "Name [displayName] Required", ... (Entra: users-bulk-add)
//   Entra's user download           userPrincipalName, displayName, surname, ... (Entra: users-bulk-download)
//   neutral                         userName, givenName, enabled, manager, custom.x, ... (model/attribute.h)
//
// "Block sign in" is the opposite of enabled. A password column is read past. Columns that are neither known nor
// Entra's are warned about, since a mistyped heading would else lose a column in silence.
#pragma once

#include "scenario_io/importer.h"

#include <istream>
#include <string>

namespace provsim {

// `file` is its name for messages. Problems go to the importer; rows in order are kept even if others are not.
void import_csv(std::istream& in, const std::string& file, Importer& importer);

}  // namespace provsim
