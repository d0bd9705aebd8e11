// SPDX-License-Identifier: Apache-2.0
// Paths to attributes of a SCIM resource, in the forms that provisioning services write them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace provsim {

// Where a value goes (Entra: use-scim, default mappings; customize-application-attributes):
//   title                            attribute
//   name.givenName                   attribute, sub
//   emails[type eq "work"].value     attribute, type, sub: the one element of that type
//   roles[primary eq "True"].value   attribute, primary, sub: the element that is primary
//   urn:...:2.0:User:department      extension, attribute (of a schema extension)
struct TargetPath {
    std::string text;         // as above; what a PATCH operation's "path" says
    std::string extension;    // the extension's URN, or empty
    std::string attribute;
    std::string type;         // of the element, or empty
    bool primary = false;     // the primary element
    bool secondary = false;   // the element that says it is not (Okta: emails.^[primary==false].value); no text is read as one here
    std::string sub;

    bool selects_element() const noexcept { return primary || secondary || !type.empty(); }
};

// Nothing if the text has none of these forms.
std::optional<TargetPath> parse_target_path(std::string_view text);

}  // namespace provsim
