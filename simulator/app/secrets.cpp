// SPDX-License-Identifier: Apache-2.0
#include "app/secrets.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

namespace provsim {

namespace {

Result<std::string> first_line(std::istream& in, const std::string& name, const Place& place)
{
    std::string line;
    std::getline(in, line);
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t')) line.pop_back();
    if (line.empty()) return Problem{Severity::error, "secret", "no token in " + name, "put the bearer token on its first line", place};
    return line;
}

}  // namespace

Result<std::string> read_token_file(const std::string& path)
{
    if (path == "-") return first_line(std::cin, "standard input", {});
    std::ifstream in(path);
    if (!in) return Problem{Severity::error, "secret", "cannot read the token file " + path, "check its name and rights", {}};
    return first_line(in, path, {});
}

Result<std::string> resolve_secret(const SecretSource& source, const std::string& folder)
{
    switch (source.from) {
    case SecretSource::From::none: return std::string{};
    case SecretSource::From::literal: return source.value;
    case SecretSource::From::env: {
        const char* value = std::getenv(source.value.c_str());
        if (value && *value) return std::string(value);
        return Problem{Severity::error, "secret", "the environment variable " + source.value + " is not set",
                       "export it, or use --token-file FILE", source.place};
    }
    case SecretSource::From::file: {
        const std::filesystem::path path = std::filesystem::path(folder) / source.value;
        std::ifstream in(path);
        if (!in) return Problem{Severity::error, "secret", "cannot read the token file " + path.string(), "check its name and rights", source.place};
        return first_line(in, path.string(), source.place);
    }
    }
    return std::string{};
}

std::string authorization(const std::string& token, const std::vector<SettingValue>& settings)
{
    if (token.empty()) return {};
    const auto raw = std::any_of(settings.begin(), settings.end(), [](const SettingValue& value) { return value.name == "token_header" && value.value == "raw"; });
    return raw ? token : "Bearer " + token;
}

}  // namespace provsim
