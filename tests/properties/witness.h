// SPDX-License-Identifier: Apache-2.0
// What happened while a story was played: the directory after each edit, what the provider did and heard, what others did.
#pragma once

#include "cycle/job.h"
#include "engine/recorder.h"
#include "tests/properties/projection.h"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace provsim::properties {

class Witness final : public Recorder {
public:
    struct Entry { Task task; RunKind kind; TimePoint run_began, ended; Status status; std::string code; };
    // A POST that the target may have obeyed, whose answer the provider never used.
    struct Unheard { ObjectRef object; TimePoint sent; std::string body; };
    struct Foreign { TimePoint at; Meddle::How how; std::string id, value; };      // value: a title, a member's id, a userName

    // Refers to both; the directory as it is now is the first picture.
    Witness(const Story& story, const Directory& directory, TimePoint now) : story_(story), directory_(directory) { pictures.push_back(take_picture(directory, story, now)); }
    void follow(const Job& job) { job_ = &job; }

    std::vector<Picture> pictures;
    std::vector<Entry> log;
    std::vector<Unheard> unheard;
    std::vector<Foreign> foreign;
    std::set<std::string> erased_unheard;                       // target ids of a DELETE whose answer was lost
    std::vector<std::pair<TimePoint, Position>> group_cycles;   // those that completed: when they began, what they saw
    std::set<std::string> denied;                               // target ids that a fault said do not exist
    std::map<ObjectRef, std::set<std::string>> ids;             // that each object was ever known by
    std::map<ObjectRef, TimePoint> first_linked;
    std::set<std::pair<ObjectRef, ObjectRef>> lost_removals;    // group, user: nobody remembers them since a restart
    std::uint64_t writes = 0, cycles = 0;
    std::vector<std::string> violations;                        // of what must hold at every moment

    // Did a cycle of groups see this picture? If the group is out of scope in it, a push that deleted the group did as well.
    bool seen(std::size_t picture, ObjectRef group) const;
    // A cycle that began at `since` or later looked at the object and was content, or made it so.
    bool evaluated(ObjectRef object, TimePoint since) const;
    // At most so many exchanges of member changes of one group overlap, and so many of one run.
    void check_concurrency(unsigned of_run, unsigned of_group);

    void edited(const Edit&, TimePoint at, Position, Position) override { pictures.push_back(take_picture(directory_, story_, at)); }
    void run_began(const RunInfo& run) override;
    void run_ended(const RunInfo& run) override;
    void exchanged(const ExchangeRecord& record) override;
    void logged(const LogEntry& entry) override;

private:
    struct Span { TimePoint from, to; };
    const Story& story_;
    const Directory& directory_;
    const Job* job_ = nullptr;
    std::map<std::uint32_t, RunInfo> runs_;
    std::map<std::uint32_t, std::vector<Span>> of_run_;
    std::map<std::uint64_t, std::vector<Span>> of_group_;
    std::set<std::pair<ObjectRef, ObjectRef>> failed_removals_;
    Position groups_seen_ = 0;

    const Picture& as_of(Position head) const;
    void check_concern(const ExchangeRecord& record, const RunInfo& run);
};

}  // namespace provsim::properties
