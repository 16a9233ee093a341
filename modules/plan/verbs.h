// What people may do with plans, by role. Which plan, which unit: the actions ask.
#pragma once

#include "loa/identity/permissions.h"

namespace loa::plan {

using identity::Role;
using identity::Scope;
using identity::Verb;

/// An issued plan is read by everyone of the authority.
inline constexpr Verb kRead{"plan.read",
                            {{Role::Clerk, Scope::Authority},
                             {Role::OfficeHead, Scope::Authority},
                             {Role::Leader, Scope::Authority},
                             {Role::Editor, Scope::Authority},
                             {Role::Finance, Scope::Authority},
                             {Role::Administrator, Scope::Authority},
                             {Role::Auditor, Scope::Authority}},
                            "plan.verb.read"};
/// Drafts of any office, before they are issued.
inline constexpr Verb kReadDrafts{
    "plan.read_drafts", {{Role::Leader, Scope::Authority}, {Role::Auditor, Scope::Authority}}, "plan.verb.read_drafts"};
/// Import, review, complete and submit the plans of one's own unit; issue what was approved.
inline constexpr Verb kDraft{
    "plan.draft", {{Role::Clerk, Scope::OwnUnit}, {Role::OfficeHead, Scope::Subtree}}, "plan.verb.draft"};
inline constexpr Verb kApprove{"plan.approve", {{Role::Leader, Scope::Authority}}, "plan.verb.approve"};
/// Close or withdraw a plan in force; agree to the mending of a misreading, or return it.
inline constexpr Verb kClose{
    "plan.close", {{Role::OfficeHead, Scope::Subtree}, {Role::Leader, Scope::Authority}}, "plan.verb.close"};
/// Report what one's own unit, or one below it, did of its lines.
inline constexpr Verb kReport{
    "plan.report", {{Role::Clerk, Scope::Subtree}, {Role::OfficeHead, Scope::Subtree}}, "plan.verb.report"};
/// In the aggregating office: confirm or return what units report, give them their shares of a target.
inline constexpr Verb kConfirm{
    "plan.confirm", {{Role::Clerk, Scope::OwnUnit}, {Role::OfficeHead, Scope::Subtree}}, "plan.verb.confirm"};
/// In the aggregating office: report in the place of a unit that can't, which is shown as such.
inline constexpr Verb kReportForOthers{"plan.report_for_others",
                                       {{Role::Clerk, Scope::OwnUnit}, {Role::OfficeHead, Scope::Subtree}},
                                       "plan.verb.report_for_others"};
/// Give, renew and revoke links by which somebody without an account answers for a unit.
inline constexpr Verb kGiveLinks{"plan.give_links",
                                 {{Role::Clerk, Scope::Subtree}, {Role::OfficeHead, Scope::Subtree}, {Role::Leader, Scope::Authority}},
                                 "plan.verb.give_links"};
/// What any unit reported; one's own unit's, and the drafting and aggregating office, need no such grant.
inline constexpr Verb kReadEvidence{"plan.read_evidence",
                                    {{Role::Leader, Scope::Authority}, {Role::Auditor, Scope::Authority}},
                                    "plan.verb.read_evidence"};
/// Draft work that a plan in force does not have; a leader gives it.
inline constexpr Verb kSupplement{"plan.supplement",
                                  {{Role::Clerk, Scope::OwnUnit}, {Role::OfficeHead, Scope::Subtree}, {Role::Leader, Scope::Authority}},
                                  "plan.verb.supplement"};
/// Say who takes over what the plans of one's office ask of a unit that ends.
inline constexpr Verb kPassOn{"plan.pass_on",
                              {{Role::Clerk, Scope::OwnUnit}, {Role::OfficeHead, Scope::Subtree}, {Role::Leader, Scope::Authority}},
                              "plan.verb.pass_on"};
/// Topics and Channels of the authority.
inline constexpr Verb kManageCatalogues{
    "plan.manage_catalogues", {{Role::Administrator, Scope::Authority}}, "plan.verb.manage_catalogues"};

inline constexpr const Verb* kVerbs[] = {&kRead,    &kReadDrafts,      &kDraft,        &kApprove,         &kClose, &kReport,
                                         &kConfirm, &kReportForOthers, &kReadEvidence, &kGiveLinks, &kSupplement, &kPassOn, &kManageCatalogues};

}  // namespace loa::plan
