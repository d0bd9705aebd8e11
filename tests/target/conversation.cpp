// SPDX-License-Identifier: Apache-2.0
#include "tests/target/conversation.h"

#include "model/scim/urns.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <stdexcept>

namespace provsim::testing {
namespace {

using nlohmann::json;
using Names = std::map<std::string, std::string>;

Names known_names()
{
    return {{"User", std::string(urn::user)},         {"Group", std::string(urn::group)},         {"Enterprise", std::string(urn::enterprise_user)},
            {"PatchOp", std::string(urn::patch_op)},  {"Error", std::string(urn::error)},         {"ListResponse", std::string(urn::list_response)},
            {"Search", std::string(urn::search_request)}};
}

bool name_char(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

// "$ada" -> what it stands for; "$ref", which SCIM uses itself, and unknown names stay.
std::string substitute(const std::string& text, const Names& names)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::size_t end = i + 1;
        if (text[i] == '$')
            while (end < text.size() && name_char(text[end])) ++end;
        const auto found = text[i] == '$' ? names.find(text.substr(i + 1, end - i - 1)) : names.end();
        if (found == names.end()) {
            out += text[i];
        } else {
            out += found->second;
            i = end - 1;
        }
    }
    return out;
}

bool new_name(const std::string& text) { return text.size() > 1 && text[0] == '$' && std::all_of(text.begin() + 1, text.end(), name_char); }

std::optional<std::string> compare_text(const std::string& expected, const std::string& got, Names& names, const std::string& where)
{
    const std::string wanted = substitute(expected, names);
    if (wanted == "*" || wanted == got) return std::nullopt;
    if (new_name(wanted)) {
        names.emplace(wanted.substr(1), got);
        return std::nullopt;
    }
    return where + " is \"" + got + "\", expected \"" + wanted + "\"";
}

void compare(const json& expected, const json& got, Names& names, const std::string& where, std::vector<std::string>& out)
{
    if (expected.is_string()) {
        if (expected == "*") return;
        if (!got.is_string()) return out.push_back(where + " is " + got.dump() + ", expected " + expected.dump());
        if (auto difference = compare_text(expected.get<std::string>(), got.get<std::string>(), names, where)) out.push_back(*difference);
    } else if (expected.is_object() && got.is_object()) {
        for (const auto& [key, value] : expected.items()) {
            const std::string here = where + "." + key;
            const auto found = got.find(substitute(key, names));
            if (value.is_null() && found != got.end()) out.push_back(here + " should not be there, is " + found->dump());
            else if (!value.is_null() && found == got.end()) out.push_back(here + " is not there");
            else if (!value.is_null()) compare(value, *found, names, here, out);
        }
    } else if (expected.is_array() && got.is_array()) {
        if (expected.size() != got.size()) return out.push_back(where + " is " + got.dump() + ", expected " + std::to_string(expected.size()) + " elements");
        for (std::size_t i = 0; i < expected.size(); ++i) compare(expected[i], got[i], names, where + "[" + std::to_string(i) + "]", out);
    } else if (expected != got) {
        out.push_back(where + " is " + got.dump() + ", expected " + expected.dump());
    }
}

bool is_header(const std::string& line)
{
    const auto colon = line.find(": ");
    return colon != std::string::npos && colon > 0 &&
           std::all_of(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(colon), [](char c) { return name_char(c) || c == '-'; });
}

}  // namespace

std::vector<std::string> conversation_files(const std::string& folder)
{
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".txt") files.push_back(entry.path().string());
    std::sort(files.begin(), files.end());
    return files;
}

Conversation read_conversation(const std::string& path)
{
    std::ifstream file(path);
    Conversation out;
    enum class At { head, request, headers, body, expected_headers, expected_body } at = At::head;
    std::string line;
    int number = 0;
    const auto bad = [&](const std::string& what) { return std::runtime_error(path + ":" + std::to_string(number) + ": " + what); };
    const auto add_header = [](Headers& headers, const std::string& text) {
        const auto colon = text.find(": ");
        headers.push_back({text.substr(0, colon), text.substr(colon + 2)});
    };
    while (std::getline(file, line)) {
        ++number;
        if (line.empty() || line[0] == '#') continue;
        if (line.rfind("@ ", 0) == 0 && at == At::head) {
            const auto space = line.find(' ', 2);
            const std::string key = line.substr(2, space - 2), value = space == std::string::npos ? "" : line.substr(space + 1);
            if (key == "bearer_token") out.options.bearer_token = value;
            else if (key == "page_size") out.options.page_size = std::stoul(value);
            else if (key == "max_page_size") out.options.max_page_size = std::stoul(value);
            else if (key == "patched_group_is_returned") out.options.patched_group_is_returned = value == "true";
            else throw bad("unknown option " + key);
        } else if (line.rfind("== ", 0) == 0) {
            if (at != At::head && at != At::expected_headers && at != At::expected_body) throw bad("the step before has no \"-->\"");
            out.steps.emplace_back();
            out.steps.back().title = line.substr(3);
            out.steps.back().line = number;
            at = At::request;
        } else if (at == At::head) {
            throw bad("a step begins with \"== \"");
        } else if (at == At::request) {
            const auto space = line.find(' ');
            const auto method = parse_method(line.substr(0, space));
            if (!method || space == std::string::npos) throw bad("a request line is expected");
            out.steps.back().method = *method;
            out.steps.back().target = line.substr(space + 1);
            at = At::headers;
        } else if (line.rfind("--> ", 0) == 0) {
            out.steps.back().status = std::stoi(line.substr(4));
            at = At::expected_headers;
        } else if (at == At::headers && is_header(line)) {
            add_header(out.steps.back().headers, line);
        } else if (at == At::expected_headers && is_header(line)) {
            add_header(out.steps.back().expected_headers, line);
        } else if (at == At::headers || at == At::body) {
            at = At::body;
            out.steps.back().body += line + "\n";
        } else {
            at = At::expected_body;
            out.steps.back().expected_body += line + "\n";
        }
    }
    if (out.steps.empty() || out.steps.back().status == 0) throw bad("the file ends too early");
    return out;
}

std::vector<std::string> hold(const Conversation& conversation, std::string& transcript)
{
    Sandbox sandbox(conversation.options);
    Names names = known_names();
    std::vector<std::string> differences;
    TimePoint now = *parse_time("2026-03-02T09:00:00Z");
    for (const Step& step : conversation.steps) {
        Headers headers;
        for (const Header& header : step.headers) headers.push_back({header.name, substitute(header.value, names)});
        Request request;
        request.method = step.method;
        request.target = substitute(step.target, names);
        request.headers = &headers;
        request.body = substitute(step.body, names);
        const Response response = sandbox.handle(request, find_header(headers, "Authorization"), now);
        now += seconds{1};

        const std::string at = "line " + std::to_string(step.line) + " (" + step.title + "): ";
        std::vector<std::string> found;
        if (response.status != step.status) found.push_back("status is " + std::to_string(response.status) + ", expected " + std::to_string(step.status));
        if (response.status == 204 || response.status == 304) {
            if (!response.body.empty()) found.push_back("there is a body: " + response.body);
        } else {
            const json body = json::parse(response.body, nullptr, false);
            if (body.is_discarded()) found.push_back("the body is no JSON: " + response.body);
            else if (!step.expected_body.empty()) compare(json::parse(step.expected_body), body, names, "body", found);
            if (find_header(response.headers, "Content-Type") != "application/scim+json") found.push_back("Content-Type is not application/scim+json");
            if (response.status >= 400 && body.is_object() && (body.value("status", "") != std::to_string(response.status) || body.value("detail", "").empty()))
                found.push_back("the error has no status or no detail: " + response.body);
        }
        for (const Header& header : step.expected_headers)
            if (auto difference = compare_text(header.value, std::string(find_header(response.headers, header.name)), names, header.name)) found.push_back(*difference);
        for (const std::string& difference : found) differences.push_back(at + difference);
        if (!found.empty() && !response.body.empty()) differences.push_back("    the reply was: " + response.body);
        transcript += std::to_string(response.status) + ' ' + response.body + '\n';
        for (const Header& header : response.headers) transcript += header.name + ": " + header.value + '\n';
    }
    return differences;
}

}  // namespace provsim::testing
