// SPDX-License-Identifier: Apache-2.0
#include "tests/house_rules/source.h"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>

namespace provsim::house {
namespace {

bool name_character(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

std::vector<std::string> split_lines(std::string_view text)
{
    std::vector<std::string> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        lines.emplace_back(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    }
    return lines;
}

// Where a string or character literal that starts at `from` ends (one past its closing quote).
std::size_t literal_end(std::string_view text, std::size_t from)
{
    const char quote = text[from];
    if (quote == '"' && from > 0 && text[from - 1] == 'R') {
        const auto open = text.find('(', from);
        if (open == std::string_view::npos) return text.size();
        const std::string close = ")" + std::string(text.substr(from + 1, open - from - 1)) + "\"";
        const auto end = text.find(close, open);
        return end == std::string_view::npos ? text.size() : end + close.size();
    }
    for (auto i = from + 1; i < text.size() && text[i] != '\n'; ++i) {
        if (text[i] == '\\') ++i;
        else if (text[i] == quote) return i + 1;
    }
    return from + 1;
}

// Comments become spaces and literals lose their content; line breaks stay, so that line numbers hold.
std::string blank_out(std::string_view text)
{
    std::string out(text);
    const auto blank = [&](std::size_t from, std::size_t to) {
        for (auto i = from; i < std::min(to, out.size()); ++i)
            if (out[i] != '\n') out[i] = ' ';
        return to;
    };
    for (std::size_t i = 0; i < text.size();) {
        if (text.substr(i, 2) == "//") {
            i = blank(i, std::min(text.find('\n', i), text.size()));
        } else if (text.substr(i, 2) == "/*") {
            const auto end = text.find("*/", i + 2);
            i = blank(i, end == std::string_view::npos ? text.size() : end + 2);
        } else if (text[i] == '"' || (text[i] == '\'' && (i == 0 || !name_character(text[i - 1])))) {
            // An apostrophe inside a number (10'000) starts no literal.
            const auto end = literal_end(text, i);
            blank(i + 1, end - 1);
            i = end;
        } else {
            ++i;
        }
    }
    return out;
}

bool holds_code(const std::filesystem::path& path)
{
    const auto name = path.filename().string();
    const auto extension = path.extension().string();
    return extension == ".h" || extension == ".cpp" || extension == ".cmake" || extension == ".sh" || name == "CMakeLists.txt"
           || name == "provsim" || name == "run-tests";
}

}  // namespace

Source make_source(std::string path, std::string_view text)
{
    return {std::move(path), split_lines(text), split_lines(blank_out(text))};
}

std::vector<Source> read_sources(const std::filesystem::path& root)
{
    namespace fs = std::filesystem;
    std::vector<fs::path> paths;
    for (const auto& entry : fs::directory_iterator(root))
        if (entry.is_regular_file() && holds_code(entry.path())) paths.push_back(entry.path());
    for (const char* folder : {"model", "connectors", "simulator", "tests", "bench", "cmake"}) {
        if (!fs::is_directory(root / folder)) continue;
        for (fs::recursive_directory_iterator entry(root / folder), end; entry != end; ++entry) {
            if (entry->path().filename() == "node_modules") entry.disable_recursion_pending();
            else if (entry->is_regular_file() && holds_code(entry->path())) paths.push_back(entry->path());
        }
    }
    std::sort(paths.begin(), paths.end());

    std::vector<Source> sources;
    for (const auto& path : paths) {
        std::ifstream file(path, std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        sources.push_back(make_source(path.lexically_relative(root).generic_string(), text));
    }
    return sources;
}

bool is_header(const Source& source)
{
    return source.path.ends_with(".h");
}

bool is_cpp(const Source& source)
{
    return is_header(source) || source.path.ends_with(".cpp");
}

std::string at(const Source& source, std::size_t line_index, std::string_view what)
{
    return source.path + ":" + std::to_string(line_index + 1) + ": " + std::string(what);
}

std::string included(const std::string& line)
{
    auto i = line.find_first_not_of(" \t");
    if (i == std::string::npos || line[i] != '#') return {};
    i = line.find_first_not_of(" \t", i + 1);
    if (i == std::string::npos || line.compare(i, 7, "include") != 0) return {};
    const auto open = line.find_first_of("<\"", i);
    if (open == std::string::npos) return {};
    const auto close = line.find(line[open] == '<' ? '>' : '"', open + 1);
    return close == std::string::npos ? std::string{} : line.substr(open, close - open + 1);
}

std::size_t find_token(std::string_view code, std::string_view token)
{
    for (auto i = code.find(token); i != std::string_view::npos; i = code.find(token, i + 1)) {
        const bool starts = i == 0 || !name_character(token.front()) || !name_character(code[i - 1]);
        const auto after = i + token.size();
        const bool ends = after >= code.size() || !name_character(token.back()) || !name_character(code[after]);
        if (starts && ends) return i;
    }
    return std::string_view::npos;
}

}  // namespace provsim::house
