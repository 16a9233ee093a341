// What people may do with plans, by role. Which plan, which unit: the actions ask.
#pragma once

#include "loa/identity/permissions.h"

namespace loa::plan {

using identity::Role;
using identity::Verb;

/// An issued plan is read by everyone of the authority.
inline constexpr Verb kRead{"plan.read",
                            {Role::Clerk, Role::OfficeHead, Role::Leader, Role::Editor, Role::Finance,
                             Role::Administrator, Role::Auditor},
                            "plan.verb.read"};
/// Drafts of any office, before they are issued.
inline constexpr Verb kReadDrafts{"plan.read_drafts", {Role::Leader, Role::Auditor}, "plan.verb.read_drafts"};
/// Import, review, complete and submit the plans of one's own unit; issue what was approved.
inline constexpr Verb kDraft{"plan.draft", {Role::Clerk, Role::OfficeHead}, "plan.verb.draft"};
inline constexpr Verb kApprove{"plan.approve", {Role::Leader}, "plan.verb.approve"};
/// Close or withdraw a plan in force; agree to the mending of a misreading, or return it.
inline constexpr Verb kClose{"plan.close", {Role::OfficeHead, Role::Leader}, "plan.verb.close"};
/// Report what one's own unit did of its lines.
inline constexpr Verb kReport{"plan.report", {Role::Clerk, Role::OfficeHead}, "plan.verb.report"};
/// In the aggregating office: confirm or return what units report, give them their shares of a target.
inline constexpr Verb kConfirm{"plan.confirm", {Role::Clerk, Role::OfficeHead}, "plan.verb.confirm"};
/// What any unit reported; one's own unit's, and the drafting and aggregating office, need no such grant.
inline constexpr Verb kReadEvidence{"plan.read_evidence", {Role::Leader, Role::Auditor}, "plan.verb.read_evidence"};
/// Topics and Channels of the authority.
inline constexpr Verb kManageCatalogues{"plan.manage_catalogues", {Role::Administrator}, "plan.verb.manage_catalogues"};

inline constexpr const Verb* kVerbs[] = {&kRead, &kReadDrafts, &kDraft, &kApprove, &kClose, &kReport, &kConfirm, &kReadEvidence, &kManageCatalogues};

}  // namespace loa::plan
