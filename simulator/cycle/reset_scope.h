// SPDX-License-Identifier: Apache-2.0
// What a restart forgets.
#pragma once

#include <array>
#include <string_view>

namespace provsim {

// Graph: synchronizationJobRestartCriteria, its resetScope; the words may be combined.
struct ResetScope {
    bool links = false;             // ConnectorDataStore: everybody is matched anew, which takes an initial cycle (assumed)
    bool escrows = false;           // Escrows: what failed is no longer remembered
    bool watermark = false;         // Watermark: the next cycle is initial; references that wait are no longer remembered
    bool quarantine = false;        // QuarantineState
    bool force_deletes = false;     // ForceDeletes: what the guard of deletions held back goes out with the next cycle

    // The portal's "Restart provisioning", and a restart without a word.
    static constexpr ResetScope standard() noexcept { return {false, true, true, true, false}; }
    static constexpr ResetScope full() noexcept { return {true, true, true, true, false}; }
    static constexpr ResetScope allow_deletes() noexcept { return {false, false, false, false, true}; }

    static constexpr std::array<std::string_view, 7> words{"None",      "ConnectorDataStore", "Escrows",     "Watermark",
                                                           "QuarantineState", "Full",         "ForceDeletes"};
    // False if there is no such word. None adds nothing.
    constexpr bool add(std::string_view word) noexcept
    {
        if (word == "ConnectorDataStore") links = true;
        else if (word == "Escrows") escrows = true;
        else if (word == "Watermark") watermark = true;
        else if (word == "QuarantineState") quarantine = true;
        else if (word == "ForceDeletes") force_deletes = true;
        else if (word == "Full") *this += full();
        else return word == "None";
        return true;
    }
    constexpr ResetScope& operator+=(const ResetScope& other) noexcept
    {
        links |= other.links;
        escrows |= other.escrows;
        watermark |= other.watermark;
        quarantine |= other.quarantine;
        force_deletes |= other.force_deletes;
        return *this;
    }
};

}  // namespace provsim
