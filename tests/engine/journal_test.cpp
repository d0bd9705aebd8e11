// SPDX-License-Identifier: Apache-2.0
#include "ledger/journal.h"
#include "tests/catch.h"

using namespace provsim;

namespace {

void exchange(Recorder& recorder, Method method, int status, bool accepted)
{
    Ask ask;
    ask.request.method = method;
    ask.request.target = "/Users/1";
    ask.request.body = "{}";
    Reply reply;
    reply.status = status;
    recorder.exchanged({1, 1, Task{}, ask, reply, TimePoint{}, TimePoint{milliseconds{50}}, 1, accepted});
}

RunInfo run(std::uint32_t number)
{
    RunInfo info;
    info.number = number;
    return info;
}

}  // namespace

TEST_CASE("A journal counts at every depth")
{
    for (const JournalDepth depth : {JournalDepth::counters, JournalDepth::rows, JournalDepth::bodies}) {
        Journal journal(depth);
        exchange(journal, Method::get, 404, true);
        exchange(journal, Method::patch, 204, true);
        exchange(journal, Method::post, 409, false);
        journal.logged(LogEntry{});
        journal.job_changed(JobState::quarantine, "too many failures", TimePoint{});
        CHECK(journal.totals().requests == 3);
        CHECK(journal.totals().writes == 2);
        CHECK(journal.totals().replies_2xx == 1);
        CHECK(journal.totals().failed_requests == 1);
        CHECK(journal.totals().log_entries == 1);
        CHECK(journal.job() == JobState::quarantine);
    }
}

TEST_CASE("A journal keeps only what it was asked to keep")
{
    Journal counters(JournalDepth::counters), rows(JournalDepth::rows), bodies(JournalDepth::bodies);
    for (Journal* journal : {&counters, &rows, &bodies}) {
        exchange(*journal, Method::post, 201, true);
        journal->logged(LogEntry{});
        journal->edited(DisableUser{"ada"}, TimePoint{}, 3, 4);
    }
    CHECK(counters.exchanges().empty());
    CHECK(counters.entries().empty());
    CHECK(counters.edits().empty());
    REQUIRE(rows.exchanges().size() == 1);
    CHECK(rows.exchanges()[0].target == "/Users/1");
    CHECK(rows.exchanges()[0].body.empty());
    CHECK(rows.exchanges()[0].status == 201);
    CHECK(rows.exchanges()[0].answered - rows.exchanges()[0].sent == milliseconds{50});
    CHECK(bodies.exchanges()[0].body == "{}");
    CHECK(rows.edits()[0].to == 4);
}

TEST_CASE("A journal owns what its entries said")
{
    Journal journal(JournalDepth::rows);
    {
        std::string id = "6f1c", code = "EntryConflict";
        LogEntry entry;
        entry.number = 7;
        entry.target_id = id;
        entry.outcome.code = code;
        entry.outcome.modified.push_back({"title", "a", "b"});
        journal.logged(entry);
        id = code = "gone";
    }
    const Journal::Entry& kept = journal.entries().at(0);
    CHECK(kept.number == 7);
    CHECK(kept.target_id == "6f1c");
    CHECK(kept.code == "EntryConflict");
    CHECK(kept.modified.at(0).new_value == "b");
}

TEST_CASE("A run can be asked about while it goes on; only ended ones are listed")
{
    Journal journal(JournalDepth::counters);
    journal.run_began(run(1));
    journal.run_began(run(2));
    RunInfo ended = run(1);
    ended.created = 5;
    journal.run_ended(ended);
    REQUIRE(journal.runs().size() == 1);
    REQUIRE(journal.find_run(1));
    CHECK(journal.find_run(1)->created == 5);
    REQUIRE(journal.find_run(2));
    CHECK(journal.find_run(3) == nullptr);
}
