// SPDX-License-Identifier: Apache-2.0
// Resources as JSON, appended straight to the body.
#pragma once

#include "model/scim/urns.h"
#include "model/text.h"
#include "target/projection.h"
#include "target/store.h"

#include <string>
#include <string_view>

namespace provsim::target {

class ByteWriter;

class ResourceWriter {
public:
    // `base_url` stands before "/Users/..." in locations and references; it must outlive the writer.
    ResourceWriter(const Store& store, std::string_view base_url) : store_(store), base_url_(base_url) {}

    // `fields` are the unpacked values of `which`. A group's members are touched only if `projection` shows them.
    void write(std::string& out, MemberRef which, const Fields& fields, const Projection& projection);
    std::string location(MemberRef which) const;

private:
    void attribute(ByteWriter& out, const Attribute& attribute, MemberRef which, const Fields& fields, const Projection& projection);
    void text_subs(ByteWriter& out, const Attribute& attribute, const Fields& fields, const Projection& projection);
    void list(ByteWriter& out, const Attribute& attribute, const Fields& fields, const Projection& projection);
    void reference(ByteWriter& out, const Attribute& attribute, MemberRef to, bool of_members, const Projection& projection);
    void meta(ByteWriter& out, const Attribute& attribute, MemberRef which, const Projection& projection);
    void custom(ByteWriter& out, const Fields& fields, const Projection& projection);
    void quoted_id(ByteWriter& out, MemberRef which) const;
    void quoted_location(ByteWriter& out, MemberRef which) const;
    void quoted_time(ByteWriter& out, TimePoint at);

    const Store& store_;
    std::string_view base_url_;
    TimePoint last_time_ = TimePoint::min();   // most times in a reply are the same one
    std::string last_time_text_;
};

// Calls visit(urn) for each schema the resource has values of, the core one first (RFC 7643 3, "schemas").
template <class Visit>
void each_schema(const ResourceSchema& schema, const Fields& fields, Visit visit)
{
    visit(schema.urn);
    for (const Attribute& attribute : schema.attributes) {
        if (attribute.schema != urn::enterprise_user || !has_value(attribute, fields)) continue;
        visit(attribute.schema);
        break;
    }
    for (std::size_t i = 0; i < fields.custom.size(); ++i)
        if (i == 0 || !equal_ignoring_ascii_case(fields.custom[i].urn, fields.custom[i - 1].urn)) visit(fields.custom[i].urn);
}

// How people call it: displayName, or the userName of a user without one.
std::string_view display_of(const Store& store, MemberRef which);
std::string version_tag(std::uint32_t version);   // W/"3" (RFC 7644 3.14)

}  // namespace provsim::target
