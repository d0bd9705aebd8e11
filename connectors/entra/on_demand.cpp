// SPDX-License-Identifier: Apache-2.0
#include "connectors/entra/on_demand.h"

#include "connectors/entra/constants.h"

#include <fmt/format.h>

namespace provsim {
namespace {

Problem refusal(std::string what, std::string remedy)
{
    return {Severity::error, "on-demand", std::move(what), std::move(remedy), {}};
}

}  // namespace

std::optional<Problem> refuse_entra_push(const Push& push)
{
    if (push.object.is_user() && !push.members.empty())
        return refusal("members can be chosen for a group only, and a user is pushed (Entra: provision-on-demand)", "push the group, or leave the members out");
    if (push.members.size() > entra_most_members_pushed)
        return refusal(fmt::format("{} members are chosen, and provision on demand takes at most five of a group at once (Entra: provision-on-demand, known limitations)",
                                   push.members.size()),
                       "choose five or fewer; the next group cycle brings the others");
    return std::nullopt;
}

}  // namespace provsim
