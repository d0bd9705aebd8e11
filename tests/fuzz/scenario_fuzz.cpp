// SPDX-License-Identifier: Apache-2.0
// Any bytes as a scenario file, and as the files it imports: no crash, no hang; a refusal says why.
#include "scenario_io/import_csv.h"
#include "scenario_io/import_graph.h"
#include "scenario_io/load.h"

#include <cstdlib>
#include <sstream>

using namespace provsim;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    if (size == 0) return 0;
    const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
    // Made-up tenants of ten million users are allowed, but take longer than a fuzzer waits.
    if (text.find("generate") != std::string::npos) return 0;

    if (data[0] % 3 == 0) {
        // A folder that is not there: nothing of this machine is read.
        const auto loaded = load_scenario(text, "fuzz.yaml", "/nonexistent", {});
        if (!loaded && (loaded.problems().empty() || loaded.problems().front().what.empty())) std::abort();
        return 0;
    }
    Directory directory;
    Problems problems;
    const Draw draw(1);
    Importer importer(directory, draw, TimePoint{}, problems);
    if (data[0] % 3 == 1) {
        std::istringstream in(text);
        import_csv(in, "fuzz.csv", importer);
    } else {
        GraphImport graph(importer);
        graph.users(text, "fuzz.json");
        graph.groups(text, "fuzz.json");
        graph.join();
    }
    return 0;
}
