// SPDX-License-Identifier: Apache-2.0
// The judges behind evaluate(), one a kind of expectation. Private to this room.
#pragma once

#include "scenario/evaluate.h"

namespace provsim {

Finding judge(const TargetExpectation& what, const Place& place, const Evidence& evidence);
Finding judge(const TrafficExpectation& what, const Place& place, const Evidence& evidence);
Finding judge(const SequenceExpectation& what, const Place& place, const Evidence& evidence);
Finding judge(const LogExpectation& what, const Place& place, const Evidence& evidence);
Finding judge(const JobExpectation& what, const Place& place, const Evidence& evidence);

// What the log says of the object that a change is about: "\n3 log entries since, last: ...". For findings.
std::string nearest_entries(const std::string& change, const Evidence& evidence);

// Whom a scenario means by "user:ada", also when she is gone by now; none if nobody was ever called that.
ObjectRef find_ever(const std::string& name, const Evidence& evidence);

}  // namespace provsim
