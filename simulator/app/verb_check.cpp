// SPDX-License-Identifier: Apache-2.0
// check: Test Connection, and what the target says of itself.
#include "app/preflight.h"
#include "app/read_back.h"
#include "app/secrets.h"
#include "app/verbs.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace provsim {

namespace {

struct Row {
    enum class Mark : unsigned char { ok, bad, absent } mark;
    std::string what, request, answer, remedy;
};

std::string answer_text(const Reply& reply)
{
    return reply.arrived() ? std::to_string(reply.status) : std::string(to_string(reply.failure));
}

// A discovery endpoint is optional for a custom application (Entra never asks): its absence is no fault.
Row discover(TargetReader& target, const std::string& path)
{
    Request request;
    request.target = path;
    const Reply reply = target.read(request);
    const bool there = reply.success() && reply.document.filled();
    std::string remark;
    if (!there) remark = reply.status == 401 || reply.status == 403 ? "not seen: the token is refused" : "not offered; Entra does not ask for it";
    return {there ? Row::Mark::ok : Row::Mark::absent, path.substr(1), "GET " + path, answer_text(reply), remark};
}

// What the provisioning service asks before each cycle: a query for nobody must be answered 200 with an empty list.
Row probe(TargetReader& target, const std::string& what, const std::string& query)
{
    Request request;
    request.target = query;
    const Reply reply = target.read(request);
    Row row{Row::Mark::bad, what, "GET " + query, answer_text(reply), ""};
    const auto list = reply.list();
    if (!reply.arrived()) row.remedy = reply.failure_detail;
    else if (reply.status == 401 || reply.status == 403) row.remedy = "the token is refused";
    else if (reply.status == 404) row.remedy = "a query that finds nobody must answer 200 with an empty list, or the URL is wrong";
    else if (reply.status != 200) row.remedy = reply.error_text();
    else if (!list) row.remedy = "the answer is no ListResponse: " + reply.error_text();
    else if (list->total_results != 0) row.remedy = fmt::format("the filter is not applied: {} resources for a name nobody has", list->total_results);
    else row.mark = Row::Mark::ok;
    return row;
}

}  // namespace

ExitCode check_verb(const CheckOptions& options, const GlobalOptions& global)
{
    auto url = parse_base_url(options.url);
    if (!url) return report_problems(url.problems());
    if (const Problems p = check_host_allowed(url.value(), options.allow_hosts); !p.empty()) return report_problems(p);
    NetworkOptions network;
    network.url = url.value();
    network.ca_file = options.cacert;
    network.insecure = options.insecure;
    network.request_timeout = seconds{20};
    if (!options.token_file.empty()) {
        auto token = read_token_file(options.token_file);
        if (!token) return report_problems(token.problems());
        network.authorization = bearer(token.value());
    }
    auto fetcher = Fetcher::open(std::move(network));
    if (!fetcher) return report_problems(fetcher.problems());
    NetworkReader target(std::move(fetcher).value());

    std::string why;
    Request first;
    first.target = "/Users?filter=userName+eq+%22provsim-preflight%22";
    const Reply reachable = target.read(first);
    if (!reachable.arrived()) {
        is_scim_service(target, why);
        fmt::print(stderr, "error: {}\n", why);
        return ExitCode::environment;
    }

    std::vector<Row> rows;
    rows.push_back(probe(target, "Test Connection, users", "/Users?filter=userName+eq+%227d420df3-9995-4831-a406-ecf8166f5f6a%22"));
    rows.push_back(probe(target, "Test Connection, groups", "/Groups?excludedAttributes=members&filter=displayName+eq+%227d420df3-9995-4831-a406-ecf8166f5f6a%22"));
    for (const char* path : {"/ServiceProviderConfig", "/ResourceTypes", "/Schemas"}) rows.push_back(discover(target, path));

    bool bad = false;
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    const Terminal out(stdout, global.colour, global.ascii);
    for (const Row& row : rows) {
        bad = bad || row.mark == Row::Mark::bad;
        const auto& s = out.symbols();
        const auto mark = row.mark == Row::Mark::ok ? out.paint(Colour::green, s.ok) : row.mark == Row::Mark::bad ? out.paint(Colour::red, s.fail) : std::string(s.skip);
        if (global.json) all.push_back({{"check", row.what}, {"ok", row.mark == Row::Mark::ok}, {"required", row.what.starts_with("Test")}, {"request", row.request}, {"answer", row.answer}, {"remedy", row.remedy}});
        else fmt::print("{}  {}  {}{}\n", pad(row.what, 26), mark, pad(row.answer, 6), row.remedy);
    }
    if (global.json) fmt::print("{}\n", all.dump(2));
    return bad ? ExitCode::expectation : ExitCode::ok;
}

}  // namespace provsim
