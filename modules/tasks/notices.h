// The kinds of news of tasks that people can switch.
#pragma once

#include "loa/jobs/notices.h"

namespace loa::tasks {

/// A head gave her a task.
inline constexpr jobs::MessageKind kAssigned{"tasks.assigned", "tasks.message_assigned", {true, jobs::MailTime::InDigest}};
/// Somebody named her in a comment.
inline constexpr jobs::MessageKind kMentioned{"tasks.mentioned", "tasks.message_mentioned", {true, jobs::MailTime::AtOnce}};
/// A task of hers falls due today.
inline constexpr jobs::MessageKind kDue{"tasks.due", "tasks.message_due", {true, jobs::MailTime::InDigest}};

}  // namespace loa::tasks
