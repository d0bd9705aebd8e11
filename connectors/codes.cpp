// SPDX-License-Identifier: Apache-2.0
#include "connectors/codes.h"

#include <algorithm>

namespace provsim {

const CodeNote* find_code(std::span<const CodeNote> notes, std::string_view code) noexcept
{
    const auto found = std::find_if(notes.begin(), notes.end(), [code](const CodeNote& note) { return note.code == code; });
    return found == notes.end() ? nullptr : &*found;
}

}  // namespace provsim
