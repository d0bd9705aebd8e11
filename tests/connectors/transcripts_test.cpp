// SPDX-License-Identifier: Apache-2.0
// Plays every tests/connectors/<flavour>/**/*.transcript: the lines above "---" make a world (world_text.h), those below are
// what follows from it, exactly.
//   > what the connector asks    < what it hears    = how it ends    + tasks it plans
// PROVSIM_UPDATE_TRANSCRIPTS=1 writes what follows into the files instead; read the difference before you keep it.
#include "tests/catch.h"
#include "tests/connectors/world_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace provsim::test {
namespace {

namespace files = std::filesystem;

struct TranscriptFile {
    std::vector<std::string> world;
    std::string expected;               // everything below "---"
    std::deque<std::vector<std::string>> replies;
};

TranscriptFile read_file(const files::path& path)
{
    std::ifstream in(path);
    TranscriptFile file;
    bool below = false, in_reply = false;
    for (std::string line; std::getline(in, line);) {
        if (!below) {
            below = line == "---";
            if (!below) file.world.push_back(line);
            continue;
        }
        file.expected += line + "\n";
        const bool reply = line.substr(0, 2) == "< ";
        if (reply && !in_reply) file.replies.emplace_back();
        if (reply) file.replies.back().push_back(line.substr(2));
        in_reply = reply;
    }
    return file;
}

// "200", "429 Retry-After: 5", or the name of a failure; the lines after it are the body.
Reply read_reply_text(const std::vector<std::string>& lines, JsonReader& reader)
{
    for (const Failure failure : {Failure::timeout, Failure::refused, Failure::unresolved, Failure::reset, Failure::tls, Failure::not_http,
                                  Failure::too_large})
        if (lines[0] == to_string(failure)) return no_reply(failure);
    Response response;
    response.status = std::stoi(lines[0]);
    if (const auto space = lines[0].find(' '); space != std::string::npos) {
        const auto header = lines[0].substr(space + 1);
        response.headers.push_back({header.substr(0, header.find(':')), header.substr(header.find(": ") + 2)});
    }
    for (std::size_t i = 1; i < lines.size(); ++i) response.body += lines[i];
    return read_reply(std::move(response), reader);
}

class Player {
public:
    Player(const std::string& flavour, TranscriptFile& file) : text_(file.world), file_(file), connector_(make_connector(flavour, text_)) {}

    std::string play()
    {
        if (!text_.plan.empty()) plan();
        else converse();
        for (const auto& unheard : file_.replies) out_ += "! nobody asked for the reply " + unheard[0] + "\n";
        return out_;
    }

private:
    void line(char mark, const std::string& text) { out_ += text.empty() ? fmt::format("{}\n", mark) : fmt::format("{} {}\n", mark, text); }
    std::string name(ObjectRef object) const { return name_of(text_.directory, object); }

    void show(const Ask& ask)
    {
        line('>', fmt::format("{} {}  [{}]", to_string(ask.request.method), ask.request.target, to_string(ask.intent)));
        for (const Header& header : *ask.request.headers) line('>', header.name + ": " + header.value);
        if (ask.id_in_path.length > 0)
            line('>', fmt::format("({} in the path: {})", name(ask.id_in_path.object), ask.request.target.substr(ask.id_in_path.at, ask.id_in_path.length)));
        if (ask.id_in_body.length > 0)
            line('>', fmt::format("({} in the body: {})", name(ask.id_in_body.object), ask.request.body.substr(ask.id_in_body.at, ask.id_in_body.length)));
        for (const IdSpan& id : ask.more_in_body) line('>', fmt::format("({} in the body: {})", name(id.object), ask.request.body.substr(id.at, id.length)));
        if (!ask.request.body.empty()) line('>', ask.request.body);
    }

    void show(const Done& done)
    {
        line('=', fmt::format("{} {}{}{}", to_string(done.outcome.status), to_string(done.outcome.action), done.outcome.code.empty() ? "" : " ",
                              done.outcome.code));
        if (!done.outcome.detail.empty()) line('=', done.outcome.detail);
        for (const Modified& m : done.outcome.modified) line('=', fmt::format("modified {}: \"{}\" to \"{}\"", m.name, m.old_value, m.new_value));
        for (const Effect& effect : done.effects) {
            if (const auto* link = std::get_if<LinkTo>(&effect)) line('=', "link " + link->target_id + (link->managed ? "" : " unmanaged"));
            else if (std::holds_alternative<Unlink>(effect)) line('=', "unlink");
            else if (std::holds_alternative<Defer>(effect)) line('=', "defer");
            else if (const auto* remember = std::get_if<Remember>(&effect)) line('=', "remember " + remember->word);
            else if (const auto* later = std::get_if<Later>(&effect))
                line('=', text_of(text_.directory, later->task) + (later->wait ? " in " + format_duration(*later->wait) : " not any more"));
            else if (const auto* adopt = std::get_if<Adopt>(&effect))
                line('=', fmt::format("{} is known as {}{}", name(adopt->object), adopt->target_id, adopt->managed ? "" : " unmanaged"));
            else if (const auto* follow = std::get_if<Follow>(&effect))
                line('=', fmt::format("follow {} in {} to {}", text_of(text_.directory, follow->work), format_duration(follow->least), format_duration(follow->most)));
            else {
                const auto& spawn = std::get<Spawn>(effect);
                line('=', fmt::format("spawn {} in phase {}, memo \"{}\"", text_of(text_.directory, spawn.task), static_cast<int>(spawn.phase), spawn.memo));
            }
        }
    }

    // True if the reply was taken or the request is to be sent again.
    bool show(const Verdict& verdict)
    {
        if (std::holds_alternative<Accept>(verdict)) return true;
        if (const auto* later = std::get_if<RetryAfter>(&verdict)) {
            line('=', "retry after " + format_duration(later->wait) + (later->aside ? ", aside" : ""));
            return true;
        }
        if (const auto* escrow = std::get_if<Escrow>(&verdict)) line('=', fmt::format("escrow {}\n= {}", escrow->code, escrow->detail));
        if (const auto* halt = std::get_if<HaltCycle>(&verdict)) line('=', fmt::format("halt {}\n= {}", halt->code, halt->detail));
        return false;
    }

    void converse()
    {
        const World world = text_.world();
        Brief brief = connector_->brief(text_.task, world, text_.start(1));
        for (const Task& task : text_.also) brief.also.push_back(connector_->brief(task, world, {text_.on_demand, true, text_.why, {}, Draw(1), 1}));
        std::deque<Reply> heard;
        for (Attempt attempt;;) {
            Move move = connector_->next_move(brief, Transcript(heard));
            // As the engine does: no two source objects have one target id.
            if (const auto holder = text_.links.holder(text_.task.object.kind, claimed_id(move)); holder && holder != text_.task.object) {
                brief.held_by = holder;
                move = connector_->next_move(brief, Transcript(heard));
            }
            if (const auto* done = std::get_if<Done>(&move)) return show(*done);
            const Ask& ask = std::get<Ask>(move);
            show(ask);
            if (file_.replies.empty()) return line('!', "the transcript ends before its conversation does");
            for (const std::string& heard_line : file_.replies.front()) line('<', heard_line);
            Reply reply = read_reply_text(file_.replies.front(), reader_);
            file_.replies.pop_front();
            const Verdict verdict = connector_->judge(brief, ask, reply, attempt);
            if (!show(verdict)) return;
            const auto* again = std::get_if<RetryAfter>(&verdict);
            attempt = again ? Attempt{attempt.number + 1, again->wait} : Attempt{};
            if (!again) heard.push_back(std::move(reply));
        }
    }

    Trigger trigger() const
    {
        const auto words = words_of(text_.plan);
        if (words[0] == "push") {
            Push push{text_.object(words.at(1)), {}};
            for (std::size_t i = 2; i < words.size(); ++i) push.members.push_back(text_.object(words[i]).user());
            return push;
        }
        if (words[0] == "started") return Started{};
        if (words[0] == "changes") return Changes{text_.watermark, text_.directory.changes().head()};
        if (words[0] == "admin") return AdminAct{text_.admin_verb(words.at(1)), words.size() > 2 ? text_.object(words[2]) : ObjectRef{}};
        CycleDue due;
        for (std::size_t i = 1; i + 1 < words.size(); i += 2) {
            Sweep& sweep = words[i] == "users" ? due.users : due.groups;
            sweep.due = true;
            if (words[i + 1] == "since") sweep.since = text_.watermark;
        }
        due.again = text_.again;
        std::sort(due.again.begin(), due.again.end());
        return due;
    }

    void plan()
    {
        const World world = text_.world();
        const auto cursor = connector_->plan(trigger(), world);
        for (std::size_t phase = 0; phase < phase_count; ++phase)
            while (const auto planned = cursor->next(static_cast<Phase>(phase))) line('+', fmt::format("{}  {}", phase, text_of(text_.directory, *planned)));
    }

    WorldText text_;
    TranscriptFile& file_;
    std::unique_ptr<Connector> connector_;
    JsonReader reader_;
    std::string out_;
};

void update(const files::path& path, const TranscriptFile& file, const std::string& followed)
{
    std::ofstream out(path);
    for (const std::string& line : file.world) out << line << '\n';
    out << "---\n" << followed;
}

}  // namespace

TEST_CASE("What a connector asks, and how it ends, follows from the source and the replies as its transcripts say")
{
    std::size_t played = 0;
    for (const Flavour& flavour : flavours()) {
        std::vector<files::path> paths;
        for (const auto& entry : files::recursive_directory_iterator(files::path(PROVSIM_FIXTURES) / "connectors" / flavour.name))
            if (entry.path().extension() == ".transcript") paths.push_back(entry.path());
        std::sort(paths.begin(), paths.end());
        for (const files::path& path : paths) {
            INFO(path.string());
            TranscriptFile file = read_file(path);
            const std::string expected = file.expected;
            std::string followed;
            REQUIRE_NOTHROW(followed = Player(std::string(flavour.name), file).play());
            if (std::getenv("PROVSIM_UPDATE_TRANSCRIPTS")) update(path, file, followed);
            else CHECK(followed == expected);
            ++played;
        }
    }
    CHECK(played >= 40);
}

}  // namespace provsim::test
