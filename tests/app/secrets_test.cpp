// SPDX-License-Identifier: Apache-2.0
#include "app/secrets.h"

#include "tests/catch.h"

using namespace provsim;

TEST_CASE("A token is sent as bearer, unless the application's template sends the field as it was typed")
{
    CHECK(authorization("abc", {}) == "Bearer abc");
    CHECK(authorization("abc", {{"token_header", "bearer", {}}, {"template", "oin", {}}}) == "Bearer abc");
    CHECK(authorization("SSWS abc", {{"template", "oin", {}}, {"token_header", "raw", {}}}) == "SSWS abc");
    CHECK(authorization("", {{"token_header", "raw", {}}}).empty());
}
