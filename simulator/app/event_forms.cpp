// SPDX-License-Identifier: Apache-2.0
// `log` as a vendor's own event log: what happened to the directory and what was provisioned, by time.
#include "app/log_forms.h"
#include "app/recorded_facts.h"
#include "model/text.h"
#include "shapes/jumpcloud_events.h"
#include "shapes/okta_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

namespace provsim {

namespace {

using Events = std::vector<nlohmann::ordered_json>;

// What happened beside the entries.
struct Happening {
    TimePoint at{};
    std::variant<DirectoryChange, StateChange> what;
};

// A filter of entries that asks for something that only an entry has is for entries alone.
bool fits(const LogFilter& filter, const Happening& happening)
{
    if (filter.status || filter.action || filter.run) return false;
    if (filter.since && happening.at < *filter.since) return false;
    if (!filter.identity) return true;
    if (!std::holds_alternative<DirectoryChange>(happening.what)) return false;
    const DirectoryChange& change = std::get<DirectoryChange>(happening.what);
    const auto named = [&](const std::string& handle, const std::string& name) { return handle == *filter.identity || equal_ignoring_ascii_case(name, *filter.identity); };
    return named(change.handle, change.name) || (change.other && named(change.other_handle, change.other_name));
}

class OktaTeller {
public:
    explicit OktaTeller(const RunFileReader& run) : log_({OktaIds(recorded_seed(run)), run.meta("scenario")}) {}
    template <class What>
    Events events(const What& what) { return log_.events(what); }
    Events events(const StateChange&) { return {}; }

private:
    OktaLog log_;
};

class JumpcloudTeller {
public:
    explicit JumpcloudTeller(const RunFileReader& run) : setting_{JumpcloudIds(recorded_seed(run)), run.meta("scenario")} {}
    template <class What>
    Events events(const What& what) const { return jumpcloud_events(what, setting_); }

private:
    JumpcloudSetting setting_;
};

// A JSON array, as both vendors answer; or one event a line.
template <class Teller>
class EventList final : public LogForm {
public:
    EventList(const RunFileReader& run, const LogFilter& filter, std::vector<Happening> happenings, bool lines)
        : run_(run), filter_(filter), happenings_(std::move(happenings)), teller_(run), lines_(lines)
    {
        if (!lines_) fmt::print("[");
    }
    void entry(const RecordedEntry& e) override
    {
        tell_until(e.ended);
        print(teller_.events(recorded_facts(e, &run_)));
    }
    std::optional<Problem> end() override
    {
        tell_until(TimePoint::max());
        if (!lines_) fmt::print("{}]\n", first_ ? "" : "\n");
        return std::nullopt;
    }

private:
    // Told in any case, because what is told later depends on it; printed if it is asked for.
    void tell_until(TimePoint until)
    {
        for (; next_ < happenings_.size() && happenings_[next_].at <= until; ++next_) {
            const Events events = std::visit([this](const auto& what) { return teller_.events(what); }, happenings_[next_].what);
            if (fits(filter_, happenings_[next_])) print(events);
        }
    }
    void print(const Events& events)
    {
        for (const auto& event : events) {
            if (lines_) fmt::print("{}\n", event.dump());
            else fmt::print("{}\n{}", std::exchange(first_, false) ? "" : ",", event.dump(2));
        }
    }

    const RunFileReader& run_;
    LogFilter filter_;
    std::vector<Happening> happenings_;
    std::size_t next_ = 0;
    Teller teller_;
    bool lines_, first_ = true;
};

Result<std::vector<Happening>> happenings(const RunFileReader& run)
{
    std::vector<Happening> all;
    auto changes = recorded_changes(run);
    if (!changes) return changes.problems();
    for (DirectoryChange& change : changes.value()) all.push_back({change.at, std::move(change)});
    const auto states = run.job_states();
    if (!states) return states.problems();
    for (const RecordedJobState& state : states.value()) all.push_back({state.at, StateChange{state.at, state.state, state.why}});
    std::stable_sort(all.begin(), all.end(), [](const Happening& a, const Happening& b) { return a.at < b.at; });
    return all;
}

}  // namespace

Result<std::unique_ptr<LogForm>> make_event_form(std::string_view as, const LogFilter& filter, const RunFileReader& run)
{
    const bool lines = as.ends_with("-ndjson");
    const std::string_view vendor = as.substr(0, as.find('-'));
    if (vendor != "okta" && vendor != "jumpcloud") return std::unique_ptr<LogForm>();
    auto all = happenings(run);
    if (!all) return all.problems();
    if (vendor == "okta") return std::unique_ptr<LogForm>(std::make_unique<EventList<OktaTeller>>(run, filter, std::move(all.value()), lines));
    return std::unique_ptr<LogForm>(std::make_unique<EventList<JumpcloudTeller>>(run, filter, std::move(all.value()), lines));
}

}  // namespace provsim
