// Every act that edits a draft, so that a test can try each of them.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "actions.h"
#include "types.h"

namespace loa::plan::testing {

struct DraftAct {
    std::string name;
    /// Does the act say what the person saw? One that adds, or confirms all there is, does not.
    enum class Holds { WhatWasSeen, Nothing } holds;
    std::function<std::optional<Failure>(Work&)> run;  // gives why it was refused
};

/// The acts of a person who sees `content` before her: each has a first and a second theme, activity and duty.
inline std::vector<DraftAct> draft_acts(const Content& content) {
    using Holds = DraftAct::Holds;
    std::vector<DraftAct> acts;
    const auto add = [&](std::string name, Holds holds, auto act) {
        acts.push_back({std::move(name), holds, [act](Work& work) {
                            const auto done = act(work);
                            return done ? std::nullopt : std::optional(done.failure());
                        }});
    };
    const Id plan = content.revision.plan;
    const SeenDraft seen{plan, content.revision.version};
    const auto ref = [plan](const auto& item) { return ItemRef{plan, item.id, item.review.version}; };

    DocumentHead head = content.revision.head;
    head.title = "Tên khác";
    const CorrectDocument document{plan, content.revision.head_version, head};
    add("correct_document", Holds::WhatWasSeen, [=](Work& work) { return correct_document(work, document); });

    const auto themes = content.clauses_of(ClauseKind::Theme);
    const ItemRef theme = ref(*themes.at(0)), next_theme = ref(*themes.at(1));
    ClauseWords clause;
    clause.text = "Lời khác";
    add("correct_clause", Holds::WhatWasSeen, [=](Work& work) { return correct_clause(work, theme, clause); });
    add("drop_clause", Holds::WhatWasSeen, [=](Work& work) { return drop_clause(work, theme); });
    add("restore_clause", Holds::WhatWasSeen, [=](Work& work) { return restore_clause(work, theme); });
    add("move_clause", Holds::WhatWasSeen, [=](Work& work) { return move_clause(work, next_theme, Direction::Up); });
    add("split_clause", Holds::WhatWasSeen, [=](Work& work) { return split_clause(work, theme, "Lời\nkhác"); });
    add("merge_clause", Holds::WhatWasSeen, [=](Work& work) { return merge_clause(work, next_theme); });
    add("confirm_clauses", Holds::WhatWasSeen, [=](Work& work) { return confirm_clauses(work, seen, ClauseKind::Theme); });
    add("add_clause", Holds::Nothing, [=](Work& work) { return add_clause(work, plan, ClauseKind::Theme, clause); });

    const ItemRef activity = ref(content.activities.at(0)), next_activity = ref(content.activities.at(1));
    ActivityWords words;
    words.title = "Việc khác";
    words.leads = {"Phòng Kinh tế"};
    add("correct_activity", Holds::WhatWasSeen, [=](Work& work) { return correct_activity(work, activity, words); });
    add("confirm_activity", Holds::WhatWasSeen, [=](Work& work) { return confirm_activity(work, activity); });
    add("confirm_sure_activities", Holds::WhatWasSeen, [=](Work& work) { return confirm_sure_activities(work, seen); });
    add("drop_activity", Holds::WhatWasSeen, [=](Work& work) { return drop_activity(work, activity); });
    add("restore_activity", Holds::WhatWasSeen, [=](Work& work) { return restore_activity(work, activity); });
    add("move_activity", Holds::WhatWasSeen, [=](Work& work) { return move_activity(work, next_activity, Direction::Up); });
    add("split_activity", Holds::WhatWasSeen, [=](Work& work) { return split_activity(work, activity, "Việc\nkhác"); });
    add("merge_activity", Holds::WhatWasSeen, [=](Work& work) { return merge_activity(work, next_activity); });
    add("add_activity", Holds::Nothing, [=](Work& work) { return add_activity(work, plan, words); });

    const ItemRef duty = ref(content.duties.at(0)), next_duty = ref(content.duties.at(1));
    DutyWords said;
    said.text = "Nhiệm vụ khác";
    said.units = {"Phòng Kinh tế"};
    add("correct_duty", Holds::WhatWasSeen, [=](Work& work) { return correct_duty(work, duty, said); });
    add("drop_duty", Holds::WhatWasSeen, [=](Work& work) { return drop_duty(work, duty); });
    add("restore_duty", Holds::WhatWasSeen, [=](Work& work) { return restore_duty(work, duty); });
    add("move_duty", Holds::WhatWasSeen, [=](Work& work) { return move_duty(work, next_duty, Direction::Up); });
    add("split_duty", Holds::WhatWasSeen, [=](Work& work) { return split_duty(work, duty, "Nhiệm vụ\nkhác"); });
    add("merge_duty", Holds::WhatWasSeen, [=](Work& work) { return merge_duty(work, next_duty); });
    add("confirm_duties", Holds::WhatWasSeen, [=](Work& work) { return confirm_duties(work, seen); });
    add("add_duty", Holds::Nothing, [=](Work& work) { return add_duty(work, plan, said); });

    add("confirm_all", Holds::Nothing, [=](Work& work) { return confirm_all(work, plan); });
    const ResolveName name{plan, "Phòng Kinh tế", ResolveName::As::OutsideBody, {}, {}};
    add("resolve_name", Holds::Nothing, [=](Work& work) { return resolve_name(work, name); });
    return acts;
}

}  // namespace loa::plan::testing
