// SPDX-License-Identifier: Apache-2.0
#include "tests/properties/theatre.h"

#include "model/check.h"
#include "scenario/read_back.h"

#include <algorithm>

namespace provsim::properties {
namespace {

template <class... Arms>
struct Choose : Arms... { using Arms::operator()...; };
template <class... Arms>
Choose(Arms...) -> Choose<Arms...>;

FilterClauseText clause(const char* attribute, const char* op, const char* value)
{
    FilterClauseText text{{attribute, {}}, {op, {}}, {}};
    if (*value) text.values.push_back({value, {}});
    return text;
}

std::vector<FilterGroupText> written(UserFilter filter)
{
    switch (filter) {
    case UserFilter::engineers: return {{clause("department", "EQUALS", "Engineering")}};
    case UserFilter::titled: return {{clause("title", "IS NOT NULL", "")}};
    case UserFilter::engineers_or_romans: return {{clause("department", "EQUALS", "Engineering")}, {clause("city", "EQUALS", "Rome")}};
    case UserFilter::none: break;
    }
    return {};
}

std::vector<FilterGroupText> written(GroupFilter filter)
{
    if (filter == GroupFilter::none) return {};
    return {{clause("displayName", "NOT REGEX MATCH", "^Hidden")}};
}

}  // namespace

Theatre::Theatre(const Story& story) : story_(story)
{
    const Flavour& entra = *find_flavour("entra");
    std::vector<SettingValue> settings;
    for (const auto& [name, value] : story.settings) settings.push_back({name, value, {}});
    for (const Edit& edit : story.directory) apply(directory_, edit, opening, Draw(story.seed));     // some name nobody
    auto made = entra.make({Settings::check(entra.settings, settings).value(), {}, directory_});
    connector_ = std::move(made).value();
    scope_.mode = story.mode;
    const auto users = written(story.user_filter), groups = written(story.group_filter);
    if (!users.empty()) scope_.users = ScopingFilter::compile(users, ObjectKind::user, directory_).value();
    if (!groups.empty()) scope_.groups = ScopingFilter::compile(groups, ObjectKind::group, directory_).value();
    directory_.forget_changes();
    witness_.emplace(story_, directory_, opening);
    raise_curtain(opening);
}

void Theatre::raise_curtain(TimePoint at)
{
    EngineOptions options;
    options.seed = story_.seed;
    options.start = at;
    options.latency = story_.latency;
    options.schedule = {story_.users_every, story_.groups_every};
    engine_ = std::make_unique<Engine>(directory_, scope_, *connector_, faults_, inbox_, pacer_, options);
    engine_->add(*witness_);
    witness_->follow(engine_->job());
    engine_->start_job();
}

void Theatre::play()
{
    for (const Event& event : story_.events) {
        engine_->run_until(opening + event.at);
        std::visit(Choose{
                       [&](const Edit& edit) { engine_->edit(edit); },      // a refused one changes nothing
                       [&](const FaultRule& rule) { faults_.add(rule); },
                       [&](const Clear&) { faults_.clear(); },
                       [&](const Demand& it) { demand(it); },
                       [&](const Restart&) { engine_->restart_job(); },
                       [&](const Meddle& it) { meddle(it); },
                   },
                   event.what);
    }
}

void Theatre::demand(const Demand& demand)
{
    Push push;
    push.object = find_object(directory_, demand.object);
    if (!push.object) return;
    for (const std::string& member : demand.members)
        if (const ObjectRef user = find_object(directory_, member, ObjectKind::user); user && push.members.size() < 5) push.members.push_back(user.user());
    engine_->push(push);
}

std::string Theatre::id_of(const std::string& name, ObjectKind kind) const
{
    const ObjectRef object = find_object(directory_, name, kind);
    const auto link = object ? links().find(object) : std::nullopt;
    return link ? std::string(link->target_id) : std::string();
}

void Theatre::meddle(const Meddle& meddle)
{
    using How = Meddle::How;
    Witness::Foreign act{engine_->now(), meddle.how, id_of(meddle.object, ObjectKind::none), meddle.value};
    Request request;
    request.method = Method::patch;
    const auto patch = [&](const std::string& operation) {
        request.body = R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[)" + operation + "]}";
    };
    request.target = (meddle.object.compare(0, 6, "group:") == 0 ? "/Groups/" : "/Users/") + act.id;
    if (meddle.how == How::create) {
        request.method = Method::post;
        request.target = "/Users";
        request.body = R"({"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":")" + meddle.value + "\"}";
    } else if (act.id.empty()) {
        return;
    } else if (meddle.how == How::erase) {
        request.method = Method::delete_;
    } else if (meddle.how == How::retitle) {
        patch(R"({"op":"replace","path":"title","value":")" + meddle.value + "\"}");
    } else if (meddle.how == How::add_member || meddle.how == How::remove_member) {
        act.value = id_of(meddle.value, ObjectKind::user);
        if (act.value.empty()) return;
        patch(meddle.how == How::add_member ? R"({"op":"add","path":"members","value":[{"value":")" + act.value + R"("}]})"
                                            : R"({"op":"remove","path":"members[value eq \")" + act.value + R"(\"]"})");
    } else {
        patch(std::string(R"({"op":"replace","path":"active","value":)") + (meddle.how == How::enable ? "true}" : "false}"));
    }
    const Response response = sandbox_.handle(request, {}, engine_->now());
    if (response.status < 300) witness_->foreign.push_back(std::move(act));
}

std::vector<std::string> Theatre::second_opinion(const std::vector<Difference>& found)
{
    class Reader final : public TargetReader {
    public:
        Reader(Handler& target, TimePoint now) : target_(target), now_(now) {}
        Reply read(const Request& request) override { return read_reply(target_.handle(request, {}, now_), json_); }

    private:
        Handler& target_;
        TimePoint now_;
        JsonReader json_;
    };
    Reader reader(sandbox_, engine_->now());
    std::vector<std::string> more;
    for (const TargetDifference& theirs : compare_with_projection(directory_, scope_, links(), reader)) {
        const bool known = std::any_of(found.begin(), found.end(), [&](const Difference& ours) {
            if (!ours.object) return false;
            const std::string name = object_name(directory_, ours.object);      // who is missing is missing in his groups as well
            return name == theirs.object || (ours.what == Difference::What::missing && name == theirs.expected);
        });
        if (!known) more.push_back("only read_back finds that " + describe(theirs));
    }
    return more;
}

bool Theatre::heal()
{
    faults_.clear();
    if (engine_->job().state() == JobState::disabled) engine_->start_job();
    return settle();
}

bool Theatre::restart()
{
    engine_->restart_job();
    return settle();
}

bool Theatre::begin_anew()
{
    while (engine_->job().running()) engine_->step();
    raise_curtain(engine_->now());
    return settle();
}

// A day is the longest wait of an escrow and of a quarantine; some references take a cycle or two more.
bool Theatre::settle()
{
    constexpr Duration step = hours{1};
    engine_->run_until(engine_->now() + step);
    const auto at_rest = [&] { return engine_->job().quiet() && engine_->job().state() == JobState::active; };
    for (int hour = 0; hour < 24 * 4 && !at_rest(); ++hour) engine_->run_until(engine_->now() + step);
    if (!at_rest()) return true;
    const std::uint64_t writes = witness_->writes, cycles = witness_->cycles;
    const std::size_t pictures = witness_->pictures.size();
    engine_->run_until(engine_->now() + 2 * step);
    PROVSIM_CHECK(witness_->cycles > cycles, "a quiet job still has cycles");
    // Somebody's thirty days in the recycle bin may have ended meanwhile.
    if (witness_->pictures.size() != pictures) return settle();
    return witness_->writes == writes;
}

}  // namespace provsim::properties
