// SPDX-License-Identifier: Apache-2.0
// diff --json. Times are seconds since the clock's start; what there is not is null.
#include "app/diff_forms.h"
#include "app/narrator.h"

#include <nlohmann/json.hpp>

namespace provsim {

namespace {

using Json = nlohmann::ordered_json;
constexpr const char* keys[] = {"a", "b"};

std::string_view word(EndState state)
{
    switch (state) {
    case EndState::never: return "never";
    case EndState::in_app: return "in_app";
    case EndState::inactive: return "inactive";
    case EndState::deleted: return "deleted";
    }
    return "?";
}

Json seconds_of(std::optional<Duration> time)
{
    return time ? Json(std::chrono::duration<double>(*time).count()) : Json(nullptr);
}

Json request_json(const SentLine& line)
{
    Json row{{"sent", seconds_of(line.sent)}, {"method", to_string(line.method)}, {"path", readable_target(line.path)}, {"status", line.status}};
    if (line.failure != Failure::none) row["failure"] = to_string(line.failure);
    if (!line.gist.empty()) row["writes"] = line.gist;
    if (line.on_demand) row["on_demand"] = true;
    return row;
}

Json part_json(const EpisodePart& part)
{
    if (!part.at) return nullptr;
    Json requests = Json::array();
    for (const SentLine& line : part.lines) requests.push_back(request_json(line));
    return {{"at", seconds_of(part.at)}, {"arrived", seconds_of(part.arrived)}, {"took", seconds_of(part.took())}, {"with_next", part.with_next}, {"requests", requests}};
}

Json episode_json(const Episode& episode)
{
    Json row{{"change", episode.change.empty() ? Json(nullptr) : Json(episode.change)}, {"differs", episode.differs}};
    for (std::size_t s = 0; s < 2; ++s) row[keys[s]] = part_json(episode.parts[s]);
    const auto a = episode.parts[0].took(), b = episode.parts[1].took();
    row["b_later_by"] = a && b ? seconds_of(*b - *a) : Json(nullptr);
    return row;
}

Json side_json(const RecordedSide& side, const SideTotals& totals)
{
    Json methods = Json::object();
    for (const Method method : {Method::get, Method::post, Method::put, Method::patch, Method::delete_})
        methods[std::string(to_string(method))] = totals.by_method[static_cast<std::size_t>(method)];
    Json ends = Json::object();
    for (const EndState state : {EndState::in_app, EndState::inactive, EndState::deleted, EndState::never})
        ends[std::string(word(state))] = {{"users", totals.ends[0][static_cast<std::size_t>(state)]}, {"groups", totals.ends[1][static_cast<std::size_t>(state)]}};
    return {{"file", side.file},
            {"label", side.label},
            {"profile", side.profile},
            {"scenario", side.scenario},
            {"seed", side.seed},
            {"fingerprint", side.fingerprint},
            {"record", side.record},
            {"finished", side.finished},
            {"virtual_seconds", seconds_of(side.length)},
            {"requests", totals.requests},
            {"by_method", methods},
            {"about_nobody", totals.about_nobody},
            {"writes", totals.writes},
            {"refused", totals.refused},
            {"first_load", seconds_of(totals.first_load)},
            {"changes", totals.changes},
            {"arrived", totals.arrived},
            {"median", seconds_of(totals.median)},
            {"worst", seconds_of(totals.worst)},
            {"worst_change", totals.worst_change},
            {"end", ends}};
}

}  // namespace

Json comparison_json(const BothSides& sides, const Comparison& comparison, const DiffSelection& selection)
{
    Json identities = Json::array();
    for (const IdentityComparison& each : comparison.identities) {
        if (!is_selected(each, selection)) continue;
        Json row{{"identity", each.identity}, {"name", each.name}, {"differs", each.differs}};
        for (std::size_t s = 0; s < 2; ++s) row[keys[s]] = {{"sent", each.sent[s]}, {"end", word(each.end[s])}};
        Json episodes = Json::array();
        for (const Episode& episode : each.episodes) episodes.push_back(episode_json(episode));
        row["episodes"] = std::move(episodes);
        identities.push_back(std::move(row));
    }
    return {{"format", "provsim-diff/1"},
            {"differ", comparison.differ},
            {"a", side_json(sides[0], comparison.totals[0])},
            {"b", side_json(sides[1], comparison.totals[1])},
            {"identities", identities}};
}

}  // namespace provsim
