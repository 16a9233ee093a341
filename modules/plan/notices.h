// Telling people what happened to a plan, and the kinds of such news that they can switch.
#pragma once

#include <string>
#include <string_view>

#include "loa/identity/telling.h"
#include "loa/jobs/notices.h"

namespace loa::plan {

using jobs::MailTime;
using jobs::Message;
using jobs::MessageKind;

/// A plan in force, an amendment or a completion gives a unit work or changes it; it was given targets.
inline constexpr MessageKind kAssigned{"plan.assigned", "plan.message_assigned", {true, MailTime::AtOnce}};
/// Somebody has to judge: a plan waits for approval, a correction for a second person.
inline constexpr MessageKind kJudgementWanted{"plan.judgement_wanted", "plan.message_judgement_wanted", {true, MailTime::AtOnce}};
/// What became of one's draft.
inline constexpr MessageKind kDraftJudged{"plan.draft_judged", "plan.message_draft_judged", {true, MailTime::AtOnce}};
/// Evidence or a line came back, with the reason.
inline constexpr MessageKind kWorkReturned{"plan.work_returned", "plan.message_work_returned", {true, MailTime::AtOnce}};
inline constexpr MessageKind kWorkReported{"plan.work_reported", "plan.message_work_reported", {true, MailTime::InDigest}};
inline constexpr MessageKind kWorkConfirmed{"plan.work_confirmed", "plan.message_work_confirmed", {true, MailTime::InDigest}};
inline constexpr MessageKind kWithdrawn{"plan.withdrawn", "plan.message_withdrawn", {true, MailTime::AtOnce}};
/// A file that took long has been read, or could not be: for who brought it, who mostly still sits there.
inline constexpr MessageKind kFileRead{"plan.file_read", "plan.message_file_read", {true, MailTime::Never}};

inline constexpr const MessageKind* kMessageKinds[] = {&kAssigned,     &kJudgementWanted, &kDraftJudged, &kWorkReturned,
                                                       &kWorkReported, &kWorkConfirmed,   &kWithdrawn,   &kFileRead};

using identity::tell_leaders;
using identity::tell_unit;

}  // namespace loa::plan
