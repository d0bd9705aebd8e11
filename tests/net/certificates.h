// SPDX-License-Identifier: Apache-2.0
// Certificates for one test, made on the spot. The keys are worth nothing and live as long as the object.
#pragma once

#include <string>

namespace provsim::testing {

// A directory of its own below the system's temporary one, with ca.pem, other_ca.pem and, for each of the names below,
// NAME.pem (certificate) and NAME.key; all signed by ca.
//   good: DNS localhost, IP 127.0.0.1   elsewhere: DNS scim.example.test   expired: as good, until yesterday
class Certificates {
public:
    Certificates();
    ~Certificates();
    std::string file(const std::string& name) const { return directory_ + "/" + name; }

private:
    std::string directory_;
};

}  // namespace provsim::testing
