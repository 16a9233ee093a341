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

inline constexpr const jobs::MessageKind* kMessageKinds[] = {&kAppointedMessage, &kUnitsChangedMessage};

}  // namespace loa::identity
