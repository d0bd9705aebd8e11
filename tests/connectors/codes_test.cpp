// SPDX-License-Identifier: Apache-2.0
// Whoever reads a code in the log finds out what it means and what to do.
#include "connectors/registry.h"
#include "tests/catch.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace provsim {
namespace {

namespace fs = std::filesystem;

// Words in quotes that begin with a capital and hold nothing but letters, as codes do. "Creating" and its like begin sentences.
std::set<std::string> words_like_codes(const fs::path& file)
{
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    const std::string source = text.str();
    std::set<std::string> words;
    for (std::size_t at = source.find('"'); at != std::string::npos; at = source.find('"', at + 1)) {
        const std::size_t end = source.find('"', at + 1);
        if (end == std::string::npos) break;
        const std::string word = source.substr(at + 1, end - at - 1);
        at = end;
        const bool letters = word.size() > 6 && std::isupper(static_cast<unsigned char>(word[0])) != 0
                             && std::all_of(word.begin(), word.end(), [](unsigned char c) { return std::isalpha(c) != 0; });
        if (letters && !word.ends_with("ing")) words.insert(word);
    }
    return words;
}

}  // namespace

TEST_CASE("Every code that the Entra connector can write into the log is explained")
{
    const Flavour& entra = *find_flavour("entra");
    std::set<std::string> used;
    for (const char* name : {"judge", "conversation", "provision", "references"})
        used.merge(words_like_codes(fs::path(PROVSIM_SOURCE_DIR) / "connectors/entra" / (std::string(name) + ".cpp")));
    // The reading of the sources works.
    for (const char* code : {"RedundantExport", "InvalidAnchor", "Timeout", "SystemForCrossDomainIdentityManagementBadRequest"}) CHECK(used.count(code) == 1);
    for (const std::string& code : used) {
        INFO(code);
        CHECK(find_code(entra.codes, code));
    }
}

TEST_CASE("Every code that the JumpCloud connector can write into the log is explained")
{
    const Flavour& jumpcloud = *find_flavour("jumpcloud");
    std::ostringstream text;
    text << std::ifstream(fs::path(PROVSIM_SOURCE_DIR) / "connectors/jumpcloud/codes.h").rdbuf();
    std::size_t codes = 0;
    std::istringstream lines(text.str());
    for (std::string line; std::getline(lines, line);) {
        const std::size_t at = line.find(" = \"");
        if (at == std::string::npos) continue;
        const std::string code = line.substr(at + 4, line.rfind('"') - at - 4);
        INFO(code);
        CHECK(find_code(jumpcloud.codes, code));
        ++codes;
    }
    CHECK(codes == jumpcloud.codes.size());
}

TEST_CASE("Every code that the Okta connector can write into the log is explained")
{
    const Flavour& okta = *find_flavour("okta");
    std::set<std::string> used;
    for (const char* name : {"judge", "conversation", "user", "group", "import"})
        used.merge(words_like_codes(fs::path(PROVSIM_SOURCE_DIR) / "connectors/okta" / (std::string(name) + ".cpp")));
    for (const std::string_view phrase : {"Unauthorized", "Forbidden"}) CHECK(used.count(std::string(phrase)) == 1);
    for (const char* code : {"AssignAgain", "TooManyRequests", "GroupNotPushed", "ImportGroupsOff"}) CHECK(used.count(code) == 1);
    for (const std::string& code : used) {
        INFO(code);
        CHECK(find_code(okta.codes, code));
    }
}

TEST_CASE("A note says what happened and what to do, each in a sentence, and where that is known from")
{
    const std::set<std::string_view> evidence{"documented", "staff", "observed", "assumed"};
    for (const Flavour& flavour : flavours()) {
        CAPTURE(flavour.name);
        CHECK_FALSE(flavour.codes.empty());
        std::set<std::string_view> seen;
        for (const CodeNote& note : flavour.codes) {
            INFO(note.code);
            CHECK(seen.insert(note.code).second);
            CHECK(note.meaning.ends_with('.'));
            CHECK(note.remedy.ends_with('.'));
            CHECK_FALSE(note.retried.empty());
            CHECK(evidence.count(note.evidence) == 1);
            CHECK_FALSE(note.source.empty());
            if (note.kind != CodeKind::error) CHECK(note.category.empty());      // whose fault an error is
        }
        CHECK_FALSE(find_code(flavour.codes, "NoSuchCode"));
    }
}

TEST_CASE("Whose fault an error is, Entra's notes say in Graph's words")
{
    const std::set<std::string_view> categories{"failure", "nonServiceFailure", "success"};     // provisioningStatusErrorCategory
    for (const CodeNote& note : find_flavour("entra")->codes)
        if (note.kind == CodeKind::error) CHECK(categories.count(note.category) == 1);
}

}  // namespace provsim
