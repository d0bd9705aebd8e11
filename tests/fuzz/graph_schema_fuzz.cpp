// SPDX-License-Identifier: Apache-2.0
// Any bytes as an exported synchronization schema: no crash, no hang; a refusal says why, and what was read can be written,
// unchanged and composed anew, and read again.
#include "scenario_io/graph_schema_write.h"

#include <cstdlib>

using namespace provsim;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    const auto read = read_graph_schema({reinterpret_cast<const char*>(data), size}, "fuzz.json");
    if (!read) {
        if (read.problems().empty() || read.problems().front().what.empty()) std::abort();
        return 0;
    }
    const GraphSchema& schema = read.value();
    const GraphExport what{schema.mappings, schema.users, schema.groups};
    if (amend_graph_schema(schema, what) != schema.document) std::abort();
    const auto composed = compose_graph_schema(what, Draw(1));
    const auto again = read_graph_schema(composed.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace), "again.json");
    if (!again || again.value().mappings.users.rows.size() != schema.mappings.users.rows.size()) std::abort();
    return 0;
}
