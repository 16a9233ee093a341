// What the search page finds of plans, evidence and catalogues.
#pragma once

#include "loa/search/search.h"
#include "loa/storage/work.h"
#include "types.h"

namespace loa::plan {

/// Indexes an issued revision for everyone of the authority: the plan, its activities, its duties.
void index_plan(Work& work, const Content& content);
/// The same where one activity of it is new or reworded.
void index_activity(Work& work, const Content& content, Id activity);
/// A plan before its first issue, for those who may read the draft: its title and clauses as they are now.
void index_draft(Work& work, Id plan);
/// A piece of evidence with the names of its files, for those who may read it.
void index_evidence(Work& work, Id evidence);
/// An entry of a catalogue, for everyone of the authority.
void index_entry(Work& work, Catalogue catalogue, Id id, const std::string& name);

/// For a rebuild.
search::SearchSource plans_source();
search::SearchSource evidence_source();
search::SearchSource catalogues_source();

}  // namespace loa::plan
