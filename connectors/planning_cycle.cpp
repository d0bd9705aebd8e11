// SPDX-License-Identifier: Apache-2.0
// The plans of a cycle and of a push, phase by phase.
#include "connectors/planning.h"

#include <algorithm>

namespace provsim {
namespace {

std::vector<Task> only(const std::vector<Task>& tasks, bool (*wanted)(const Task&))
{
    std::vector<Task> found;
    std::copy_if(tasks.begin(), tasks.end(), std::back_inserter(found), wanted);
    return found;
}

class CyclePlan final : public TaskCursor {
public:
    CyclePlan(const CycleShape& shape, const CycleDue& due, const World& world) : shape_(shape), due_(due), world_(world)
    {
        due_.groups.due = due_.groups.due && shape.groups;
    }

    std::optional<Planned> next(Phase phase) override
    {
        if (begun_ != phase) {
            begin(phase);
            begun_ = phase;
        }
        if (phase == Phase::members) return members_->next();
        if (at_ == tasks_.size()) return std::nullopt;
        return tasks_[at_++];
    }

private:
    void begin(Phase phase)
    {
        tasks_.clear();
        at_ = 0;
        switch (phase) {
            // Whichever timer is due, all is probed: it is one test of the connection (Entra: use-scim, test connection).
            case Phase::probe: tasks_ = shape_.probes; break;
            case Phase::users:
                begin_users();
                if (shape_.mixed) mix_in_groups();
                break;
            case Phase::managers: begin_managers(); break;
            case Phase::groups:
                if (!shape_.mixed) begin_groups();
                break;
            case Phase::members:
                members_ = std::make_unique<MemberTasks>(shape_.members ? due_.groups : Sweep{}, only(due_.again, [](const Task& task) { return is_membership(task); }),
                                                         std::move(entering_), world_, shape_.redundant);
                break;
        }
    }

    // Rows in order, those of `again` among them.
    template <class MakeRef>
    void fill(std::vector<std::uint32_t> rows, ObjectKind kind, MakeRef make)
    {
        for (const Task& task : due_.again)
            if (task.action == Action::provision && task.object.kind == kind) rows.push_back(task.object.index);
        std::sort(rows.begin(), rows.end());
        rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
        tasks_.reserve(rows.size());
        for (const std::uint32_t row : rows) tasks_.push_back({Action::provision, make(row), {}});
    }

    void begin_users()
    {
        fill(due_.users.due ? users_to_evaluate(due_.users, world_) : std::vector<std::uint32_t>{}, ObjectKind::user,
             [](std::uint32_t row) { return ObjectRef(UserId{row}); });
        for (const Task& task : tasks_) evaluated_.push_back(task.object.index);
        // Behind the users' own, which may bring one of them back.
        for (const Task& task : due_.again)
            if (task.action == Action::delete_disabled) tasks_.push_back(task);
    }

    // By object id: an order that is neither kind's own (assumed).
    void mix_in_groups()
    {
        begin_groups();
        std::stable_sort(tasks_.begin(), tasks_.end(), [this](const Task& a, const Task& b) {
            return world_.directory.object_id(a.object).bytes < world_.directory.object_id(b.object).bytes;
        });
    }

    // A user who is evaluated in this cycle sees to his manager himself, by a task that his conversation spawns.
    void begin_managers()
    {
        for (const Task& task : due_.again)
            if (task.action == Action::set_manager && !std::binary_search(evaluated_.begin(), evaluated_.end(), task.object.index))
                tasks_.push_back(task);
    }

    void begin_groups()
    {
        entering_ = groups_entering_by_name(due_.groups, world_);
        for (const GroupId group : groups_assigned_without_link(due_.groups, world_)) entering_.push_back(group);
        fill(due_.groups.due ? groups_to_evaluate(due_.groups, world_) : std::vector<std::uint32_t>{}, ObjectKind::group,
             [](std::uint32_t row) { return ObjectRef(GroupId{row}); });
    }

    CycleShape shape_;
    CycleDue due_;
    const World& world_;
    std::optional<Phase> begun_;
    std::vector<Task> tasks_;
    std::size_t at_ = 0;
    std::vector<std::uint32_t> evaluated_;      // users of this cycle, in order
    std::vector<GroupId> entering_;
    std::unique_ptr<MemberTasks> members_;
};

// The connection is tested first (Entra: provision-on-demand, step 1). A group takes the members chosen for it along.
class PushPlan final : public TaskCursor {
public:
    PushPlan(const CycleShape& shape, const Push& push, const World& world)
        : push_(push), world_(world), probes_(shape.probes), with_members_(shape.members)
    {
    }

    std::optional<Planned> next(Phase phase) override
    {
        if (begun_ != phase) {
            begun_ = phase;
            at_ = 0;
        }
        switch (phase) {
            case Phase::probe:
                if (at_ == probes_.size()) return std::nullopt;
                return probes_[at_++];
            case Phase::users: return object(ObjectKind::user);
            case Phase::managers: return std::nullopt;
            case Phase::groups: return object(ObjectKind::group);
            case Phase::members: return member();
        }
        return std::nullopt;
    }

private:
    std::optional<Task> object(ObjectKind kind)
    {
        if (push_.object.kind != kind || at_++ > 0) return std::nullopt;
        return Task{Action::provision, push_.object, {}};
    }

    std::optional<Task> member()
    {
        if (!push_.object.is_group() || !with_members_) return std::nullopt;
        while (at_ < push_.members.size()) {
            const UserId user = push_.members[at_++];
            if (world_.directory.is_member(push_.object.group(), user)) return Task{Action::add_member, push_.object, user};
        }
        return std::nullopt;
    }

    Push push_;
    const World& world_;
    std::vector<Task> probes_;
    bool with_members_;
    std::optional<Phase> begun_;
    std::size_t at_ = 0;
};

}  // namespace

std::unique_ptr<TaskCursor> plan_cycle(const CycleShape& shape, const CycleDue& due, const World& world)
{
    return std::make_unique<CyclePlan>(shape, due, world);
}

std::unique_ptr<TaskCursor> plan_push(const CycleShape& shape, const Push& push, const World& world)
{
    return std::make_unique<PushPlan>(shape, push, world);
}

}  // namespace provsim
