// SPDX-License-Identifier: Apache-2.0
#include "engine/inbox.h"
#include "tests/catch.h"

using namespace provsim;

namespace {

Reply reply(int status)
{
    Reply r;
    r.status = status;
    return r;
}

}  // namespace

TEST_CASE("Each reply is found under its own number, once, however far apart the numbers are")
{
    Inbox inbox;
    // The first waits long while a thousand others come and go.
    const ExchangeNumber lasting[] = {1, 17, 1 + (ExchangeNumber{1} << 12), 4096};
    for (std::size_t i = 0; i < 4; ++i) inbox.post(lasting[i], reply(static_cast<int>(i)));
    for (ExchangeNumber number = 2; number < 1000; ++number) {
        if (number == 17) continue;
        CHECK_FALSE(inbox.has(number));
        CHECK_FALSE(inbox.take(number));
        inbox.post(number, reply(200));
        CHECK(inbox.has(number));
        CHECK(inbox.take(number)->status == 200);
        CHECK_FALSE(inbox.take(number));
    }
    for (std::size_t i = 0; i < 4; ++i) CHECK(inbox.take(lasting[i])->status == static_cast<int>(i));
}

TEST_CASE("A reply posted again replaces the one before it")
{
    Inbox inbox;
    inbox.post(5, reply(200));
    inbox.post(5, reply(503));
    CHECK(inbox.take(5)->status == 503);
    CHECK_FALSE(inbox.has(5));
}
