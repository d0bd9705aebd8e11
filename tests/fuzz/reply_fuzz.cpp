// SPDX-License-Identifier: Apache-2.0
// Any bytes as the body of an answer: whatever a target says, asking the reply about it does not crash, what it calls
// an error is one short line, and text of the body survives being written as JSON.
#include "model/exchange.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    static provsim::JsonReader reader;
    provsim::Response response;
    response.status = 200;
    response.body.assign(reinterpret_cast<const char*>(data), size);
    const provsim::Reply reply = provsim::read_reply(std::move(response), reader);

    if (reply.error_text().find('\n') != std::string::npos) std::abort();
    if (const auto list = reply.list()) {
        for (const auto& resource : list->resources) provsim::member_ignoring_case(resource, "ID");
    }
    if (!reply.document.filled()) {
        if (!reply.id().empty()) std::abort();
        return 0;
    }
    std::string copy = "{\"id\":";
    provsim::append_json_string(copy, reply.id());
    copy += '}';
    const auto again = reader.read(copy);
    if (!again || provsim::string_member(again->root(), "id") != reply.id()) std::abort();
    return 0;
}
