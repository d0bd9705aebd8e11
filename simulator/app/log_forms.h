// SPDX-License-Identifier: Apache-2.0
// The forms in which `log` gives its entries: lines for people, CSV, NDJSON, Graph's list, the portal's three files.
#pragma once

#include "app/options.h"
#include "app/terminal.h"
#include "model/result.h"
#include "store/run_file_reader.h"

#include <memory>
#include <optional>
#include <string_view>

namespace provsim {

class LogForm {
public:
    virtual ~LogForm() = default;
    virtual void entry(const RecordedEntry& entry) = 0;
    virtual std::optional<Problem> end() { return std::nullopt; }       // why it could not be written
};

// Refers to what it is given. Problems: a folder or file that cannot be written.
// `filter`: which entries will come; forms that tell of the directory too leave out what does not fit it.
Result<std::unique_ptr<LogForm>> make_log_form(const LogOptions& options, const GlobalOptions& global, const LogFilter& filter, const RunFileReader& run,
                                               const Terminal& out);
// Okta's System Log and JumpCloud's Directory Insights, for `as` "okta", "okta-ndjson", "jumpcloud", "jumpcloud-ndjson"; null for others.
Result<std::unique_ptr<LogForm>> make_event_form(std::string_view as, const LogFilter& filter, const RunFileReader& run);

}  // namespace provsim
