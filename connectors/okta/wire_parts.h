// SPDX-License-Identifier: Apache-2.0
// What requests about users and about groups share. Internal to wire*.cpp.
#pragma once

#include "connectors/okta/wire.h"
#include "connectors/requests.h"

namespace provsim {

inline Ask okta_ask(const OktaApp& context, Method method, Intent intent)
{
    Ask made;
    made.request.method = method;
    made.request.headers = method == Method::get ? &context.read_headers : &context.write_headers;
    made.intent = intent;
    return made;
}

inline std::string_view okta_endpoint(const Brief& brief) noexcept
{
    return brief.task.object.is_group() ? "/Groups" : "/Users";
}

inline Ask okta_ask_about(const OktaApp& context, Method method, Intent intent, const Brief& brief, std::string_view id)
{
    Ask made = okta_ask(context, method, intent);
    made.id_in_path = append_resource_path(made.request.target, okta_endpoint(brief), id, brief.task.object);
    return made;
}

inline void note_id(Ask& made, const IdSpan& span)
{
    if (made.id_in_body.length == 0) made.id_in_body = span;
    else made.more_in_body.push_back(span);
}

}  // namespace provsim
