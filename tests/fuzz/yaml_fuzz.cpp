// SPDX-License-Identifier: Apache-2.0
// Any bytes as a scenario file's YAML: no crash, no hang, no growth without bound; a refusal says why.
#include "scenario_io/yaml.h"

#include <cstdlib>

namespace {

std::size_t count_nodes(const provsim::YamlNode& node)
{
    std::size_t count = 1;
    if (node.is_scalar()) provsim::scalar_type(node);
    provsim::describe(node);
    for (const auto& item : node.items) count += count_nodes(item);
    for (const auto& entry : node.entries) count += count_nodes(entry.value);
    return count;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    provsim::YamlLimits limits;
    limits.copied = 1000;
    const auto tree = provsim::parse_yaml({reinterpret_cast<const char*>(data), size}, "fuzz.yaml", limits);
    if (!tree) {
        if (tree.problems().empty() || tree.problems().front().what.empty()) std::abort();
        return 0;
    }
    // A byte of the file makes two nodes at most ("-" is a list and the nothing in it).
    if (count_nodes(tree.value()) > 2 * size + 2 + limits.copied) std::abort();
    return 0;
}
