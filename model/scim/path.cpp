// SPDX-License-Identifier: Apache-2.0
#include "model/scim/path.h"

#include "model/scim/filter_scanner.h"

#include <utility>

namespace provsim {

Result<PatchPath> parse_patch_path(std::string_view text)
{
    scim_detail::FilterParser parser(text, "invalidPath");
    const auto failed = [&](const char* what) {
        parser.fail(what);
        return parser.problem();
    };
    PatchPath path;
    if (!parser.parse_name(path.attribute)) return parser.problem();
    if (parser.peek() == '[' && !parser.at_end()) {
        if (path.attribute.name.empty()) return failed("a schema's URN alone has no values to choose from");
        if (!path.attribute.sub.empty()) return failed("a sub-attribute has no values to choose from");
        parser.take('[');
        Filter filter;
        if (!parser.parse_or(filter, filter.root, 1, true)) return parser.problem();
        parser.skip_spaces();
        if (!parser.take(']')) return failed("\"]\" is missing");
        path.filter = std::move(filter);
        if (parser.take('.')) {
            AttributeName sub;
            if (!parser.parse_name(sub)) return parser.problem();
            if (!sub.urn.empty() || !sub.sub.empty()) return failed("one sub-attribute is expected after \"].\"");
            path.attribute.sub = std::move(sub.name);
        }
    }
    if (!parser.at_end()) return failed("the path should end here");
    return path;
}

std::string print_patch_path(const PatchPath& path)
{
    if (!path.filter) return to_string(path.attribute);
    AttributeName whole = path.attribute;
    whole.sub.clear();
    std::string out = to_string(whole) + '[' + print_filter(*path.filter) + ']';
    if (!path.attribute.sub.empty()) out.append(".").append(path.attribute.sub);
    return out;
}

}  // namespace provsim
