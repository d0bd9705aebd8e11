// SPDX-License-Identifier: Apache-2.0
#include "model/scim/text.h"

#include <utf8proc.h>

#include <cstdlib>

namespace provsim {

std::string fold_case(std::string_view text)
{
    if (!ascii_only(text)) {
        utf8proc_uint8_t* folded = nullptr;
        const auto length = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
                                         &folded, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD));
        if (length >= 0) {
            std::string out(reinterpret_cast<const char*>(folded), static_cast<std::size_t>(length));
            std::free(folded);
            return out;
        }
    }
    std::string out(text);
    for (char& c : out) c = ascii_lower(c);
    return out;
}

bool equal_folded(std::string_view a, std::string_view b)
{
    if (equal_ignoring_case(a, b)) return true;
    if (ascii_only(a) && ascii_only(b)) return false;
    return fold_case(a) == fold_case(b);
}

}  // namespace provsim
