// SPDX-License-Identifier: Apache-2.0
#include "scenario_io/yaml.h"

#include <fmt/format.h>
#include <libfyaml.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <memory>
#include <optional>

namespace provsim {
namespace {

struct DropParser { void operator()(fy_parser* parser) const noexcept { fy_parser_destroy(parser); } };
struct DropDiag { void operator()(fy_diag* diag) const noexcept { fy_diag_destroy(diag); } };

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

// RFC 8259 6, so that what is a number here is one in JSON too, and the other way round.
ScalarType number_type(std::string_view text) noexcept
{
    std::size_t at = 0;
    const auto digits = [&] {
        const std::size_t from = at;
        while (at < text.size() && is_digit(text[at])) ++at;
        return at - from;
    };
    if (at < text.size() && text[at] == '-') ++at;
    const bool zero_first = at < text.size() && text[at] == '0';
    const std::size_t whole = digits();
    if (whole == 0 || (zero_first && whole > 1)) return ScalarType::text;
    if (at == text.size()) return ScalarType::integer;
    if (text[at] == '.') {
        ++at;
        if (digits() == 0) return ScalarType::text;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
        if (digits() == 0) return ScalarType::text;
    }
    return at == text.size() ? ScalarType::number : ScalarType::text;
}

// Builds the tree from libfyaml's events. Events rather than its documents, so that every alias passes through here.
class Reader {
public:
    Reader(const std::string& file, const YamlLimits& limits) : file_(file), limits_(limits) {}
    Result<YamlNode> read(std::string_view bytes);

private:
    using Event = std::unique_ptr<fy_event, void (*)(fy_event*)>;

    fy_event* next() { return event_ = fy_parser_parse(parser_.get()); }
    void done() { fy_parser_event_free(parser_.get(), std::exchange(event_, nullptr)); }
    bool node(YamlNode& out, int depth);
    bool list(YamlNode& out, int depth);
    bool map(YamlNode& out, int depth);
    bool alias(YamlNode& out);
    bool fail(Mark mark, std::string what, std::string remedy, std::string code = "yaml");
    bool syntax();
    Mark mark() const;
    static std::string text(fy_token* token);

    const std::string& file_;
    const YamlLimits& limits_;
    std::unique_ptr<fy_diag, DropDiag> diag_;
    std::unique_ptr<fy_parser, DropParser> parser_;
    fy_event* event_ = nullptr;
    std::map<std::string, YamlNode> anchors_;
    std::size_t copied_ = 0;
    Problems problems_;
};

std::string Reader::text(fy_token* token)
{
    std::size_t length = 0;
    const char* bytes = token ? fy_token_get_text(token, &length) : nullptr;
    return bytes ? std::string(bytes, length) : std::string();
}

Mark Reader::mark() const
{
    const fy_mark* found = event_ ? fy_event_start_mark(event_) : nullptr;
    if (!found) return {};
    // libfyaml points behind the opening quote.
    const bool quote = event_->type == FYET_SCALAR && event_->scalar.value &&
                       (fy_token_scalar_style(event_->scalar.value) == FYSS_DOUBLE_QUOTED || fy_token_scalar_style(event_->scalar.value) == FYSS_SINGLE_QUOTED);
    return {found->line + 1, found->column + (quote && found->column > 0 ? 0 : 1)};
}

bool Reader::fail(Mark at, std::string what, std::string remedy, std::string code)
{
    problems_.push_back({Severity::error, std::move(code), std::move(what), std::move(remedy), {file_, at.line, at.column}});
    return false;
}

// What libfyaml complained about. Its messages are kept: they are about YAML, not about scenarios.
bool Reader::syntax()
{
    void* previous = nullptr;
    while (const fy_diag_error* error = fy_diag_errors_iterate(diag_.get(), &previous))
        if (error->type == FYET_ERROR) return fail({error->line, error->column}, fmt::format("this is not YAML: {}", error->msg), {});
    return fail({}, "this is not YAML", {});
}

std::size_t count(const YamlNode& node)
{
    std::size_t total = 1;
    for (const auto& item : node.items) total += count(item);
    for (const auto& entry : node.entries) total += count(entry.value);
    return total;
}

bool Reader::alias(YamlNode& out)
{
    const std::string name = text(event_->alias.anchor);
    const auto found = anchors_.find(name);
    if (found == anchors_.end()) return fail(mark(), fmt::format("no anchor \"&{}\" stands before this", name), {}, "alias");
    copied_ += count(found->second);
    if (copied_ > limits_.copied) return fail(mark(), "aliases make this file too large", fmt::format("at most {} values may be copied", limits_.copied), "alias");
    out = found->second;
    done();
    return true;
}

bool Reader::list(YamlNode& out, int depth)
{
    out.kind = YamlNode::Kind::list;
    done();
    while (next()) {
        if (event_->type == FYET_SEQUENCE_END) return done(), true;
        if (!node(out.items.emplace_back(), depth + 1)) return false;
    }
    return syntax();
}

bool Reader::map(YamlNode& out, int depth)
{
    out.kind = YamlNode::Kind::map;
    done();
    while (next()) {
        if (event_->type == FYET_MAPPING_END) return done(), true;
        if (event_->type != FYET_SCALAR) return fail(mark(), "a key must be a text", {});
        YamlEntry& entry = out.entries.emplace_back();
        entry.mark = mark();
        entry.key = text(event_->scalar.value);
        done();
        if (!next()) return syntax();
        if (!node(entry.value, depth + 1)) return false;
        if (entry.value.mark.line == 0) entry.value.mark = entry.mark;   // a value that is not there stands nowhere
    }
    return syntax();
}

// The event at hand begins a value.
bool Reader::node(YamlNode& out, int depth)
{
    out.mark = mark();
    if (depth > limits_.depth) return fail(out.mark, fmt::format("nested deeper than {}", limits_.depth), {}, "depth");
    if (event_->type == FYET_ALIAS) return alias(out);

    const bool scalar = event_->type == FYET_SCALAR;
    if (!scalar && event_->type != FYET_SEQUENCE_START && event_->type != FYET_MAPPING_START) return fail(out.mark, "a value was expected", {});
    fy_token* tag = scalar ? event_->scalar.tag : event_->type == FYET_SEQUENCE_START ? event_->sequence_start.tag : event_->mapping_start.tag;
    fy_token* anchor = scalar ? event_->scalar.anchor : event_->type == FYET_SEQUENCE_START ? event_->sequence_start.anchor : event_->mapping_start.anchor;
    if (const fy_mark* at = tag ? fy_token_start_mark(tag) : nullptr) return fail({at->line + 1, at->column + 1}, "tags have no meaning here", "leave it out; put text in quotes");
    const std::optional<std::string> name = anchor ? std::optional(text(anchor)) : std::nullopt;

    if (scalar) {
        const fy_scalar_style style = fy_token_scalar_style(event_->scalar.value);
        out.quoted = event_->scalar.value && style != FYSS_PLAIN && style != FYSS_ANY;
        out.text = text(event_->scalar.value);
        done();
    } else if (!(event_->type == FYET_SEQUENCE_START ? list(out, depth) : map(out, depth))) {
        return false;
    }
    // Known only from here on: an alias inside its own anchor finds none.
    if (name) anchors_[*name] = out;
    return true;
}

Result<YamlNode> Reader::read(std::string_view bytes)
{
    fy_diag_cfg diagnostics;
    fy_diag_cfg_default(&diagnostics);
    diagnostics.fp = nullptr;
    diagnostics.output_fn = [](fy_diag*, void*, const char*, std::size_t) {};
    diag_.reset(fy_diag_create(&diagnostics));
    fy_diag_set_collect_errors(diag_.get(), true);

    fy_parse_cfg settings{};
    // Sloppy: JSON may be indented as it likes, inside a flow collection too.
    settings.flags = static_cast<fy_parse_cfg_flags>(FYPCF_QUIET | FYPCF_DEFAULT_VERSION_1_2 | FYPCF_JSON_NONE | FYPCF_SLOPPY_FLOW_INDENTATION | FYPCF_ALLOW_DUPLICATE_KEYS);
    settings.diag = diag_.get();
    parser_.reset(fy_parser_create(&settings));
    const auto problems = [&] {
        if (event_) done();
        return problems_;
    };
    if (!parser_ || fy_parser_set_string(parser_.get(), bytes.data(), bytes.size()) != 0) return (void)fail({}, "this cannot be read as YAML", {}), problems();

    YamlNode root;
    bool found = false;
    while (next()) {
        switch (event_->type) {
        case FYET_STREAM_START:
        case FYET_STREAM_END:
        case FYET_DOCUMENT_END:
        case FYET_NONE: done(); break;
        case FYET_DOCUMENT_START:
            if (found) return (void)fail(mark(), "a second document begins here", "one file holds one"), problems();
            done();
            break;
        default:
            found = true;
            if (!node(root, 0)) return problems();
        }
    }
    if (fy_parser_get_stream_error(parser_.get())) return (void)syntax(), problems();
    if (!found) return (void)fail({1, 1}, "the file is empty", {}), problems();
    return root;
}

}  // namespace

const YamlNode* YamlNode::find(std::string_view key) const noexcept
{
    const auto found = std::find_if(entries.begin(), entries.end(), [&](const YamlEntry& entry) { return entry.key == key; });
    return found == entries.end() ? nullptr : &found->value;
}

ScalarType scalar_type(const YamlNode& scalar) noexcept
{
    if (scalar.quoted) return ScalarType::text;
    const std::string& text = scalar.text;
    if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL") return ScalarType::null;
    for (const char* word : {"true", "True", "TRUE", "false", "False", "FALSE"})
        if (text == word) return ScalarType::boolean;
    return number_type(text);
}

double number_of(const YamlNode& scalar) noexcept
{
    double value = 0;      // from_chars knows no locale
    const auto read = std::from_chars(scalar.text.data(), scalar.text.data() + scalar.text.size(), value);
    return read.ec == std::errc{} ? value : 0;
}

std::string describe(const YamlNode& node)
{
    if (node.is_list()) return "a list";
    if (node.is_map()) return "a map";
    switch (scalar_type(node)) {
    case ScalarType::null: return "nothing";
    case ScalarType::boolean: return node.text;
    case ScalarType::integer:
    case ScalarType::number: return fmt::format("the number {}", node.text);
    case ScalarType::text: break;
    }
    if (node.text.empty()) return "an empty text";
    constexpr std::size_t enough = 60;
    return node.text.size() > enough ? fmt::format("the text \"{}...\"", node.text.substr(0, enough)) : fmt::format("the text \"{}\"", node.text);
}

Result<YamlNode> parse_yaml(std::string_view bytes, const std::string& file, const YamlLimits& limits)
{
    if (bytes.size() > limits.bytes)
        return Problem{Severity::error, "size", fmt::format("the file has {} bytes; {} are allowed", bytes.size(), limits.bytes), {}, {file, 0, 0}};
    if (bytes.substr(0, 3) == "\xEF\xBB\xBF") bytes.remove_prefix(3);   // a byte order mark says nothing here
    return Reader(file, limits).read(bytes);
}

}  // namespace provsim
