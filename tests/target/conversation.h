// SPDX-License-Identifier: Apache-2.0
// Conversations with the sandbox as text files:
//
//   @ page_size 2                          options, before the first step
//   == A sentence of the manual            a step
//   PATCH /Users/$ada                      request line; header lines and a JSON body may follow
//   If-Match: W/"1"
//   {"schemas": ["$PatchOp"], "Operations": []}
//   --> 200                                status; header lines and a JSON body may follow
//   ETag: W/"1"
//   {"id": "$ada", "title": null}
//
// An expected body is a subset: members it does not name may be there, null says that a member is not there, "*" is
// any value, arrays have the same length. "$name" in an expectation takes the value when the name is new and must equal
// it later; in a request it stands for the value. "--> 204" without a body expects none. Lines with # are comments.
#pragma once

#include "model/exchange.h"
#include "target/sandbox.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace provsim::testing {

struct Step {
    std::string title;
    int line = 0;
    Method method = Method::get;
    std::string target;
    Headers headers;
    std::string body;
    int status = 0;
    Headers expected_headers;
    std::string expected_body;
};

struct Conversation {
    SandboxOptions options;
    std::vector<Step> steps;
};

// Throws std::runtime_error with the line where the text stopped making sense.
Conversation read_conversation(const std::string& path);
std::vector<std::string> conversation_files(const std::string& folder);   // sorted

// What differs between the replies and the expectations, a line each; empty = nothing. `transcript` gets all replies as bytes.
std::vector<std::string> hold(const Conversation& conversation, std::string& transcript);

}  // namespace provsim::testing
