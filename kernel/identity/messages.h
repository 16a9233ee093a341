// The kinds of identity's own news, which people can switch.
#pragma once

#include "loa/jobs/notices.h"

namespace loa::identity {

/// Somebody may act in another person's place.
inline constexpr jobs::MessageKind kAppointedMessage{
    "identity.appointed", "identity.message_appointed", {true, jobs::MailTime::AtOnce}};

/// To administrators: a change of units took effect, or could not.
inline constexpr jobs::MessageKind kUnitsChangedMessage{
    "identity.units_changed", "identity.message_units_changed", {true, jobs::MailTime::AtOnce}};

/// To administrators and auditors, each day: where the timeline's chain ends, to be kept where nobody of the database can
/// write. By mail alone: in the bell it would be as safe as the chain.
inline constexpr jobs::MessageKind kTimelineHeadMessage{
    "identity.timeline_head", "identity.message_timeline_head", {false, jobs::MailTime::InDigest}};

inline constexpr const jobs::MessageKind* kMessageKinds[] = {&kAppointedMessage, &kUnitsChangedMessage, &kTimelineHeadMessage};

}  // namespace loa::identity
