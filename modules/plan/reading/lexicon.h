// The words and phrases by which a plan is read: modules/plan/data, loaded once.
#pragma once

#include "reading/words.h"

namespace loa::plan {

enum class Label { Ordinal, Lead, Partner, Request, Content, Time, Product, Target, Funding, Place, Audience, Note, Sum };
enum class SectionWord { Objective, Requirement, Nowhere, Theme, Channel, Task, Budget, Organisation, Reporting, Annex };
enum class NameStart { Office, Position, Plural, None, People };
enum class NameClass { Class, Team };
enum class NameTail { Territory, Inner, Modifier, Stop, Work };
enum class Cue { LeadAfter, LeadBefore, PartnerAfter, PartnerBefore, RequestAfter, RequestBefore, Command, Skipped };
enum class TimeWord {
    Day, Week, Month, Quarter, Year, Every, Periodic, Before, Latest, Until, From, To, In, Finish, Onward,
    Continuous, WholeYear, Event, Relative, FirstHalf, SecondHalf, Dated
};
enum class TargetWord {
    AtLeast, MoreThan, About, Increase, AtMost, OrMore, Uncounted, BeforeName, BeforePlace, List, Spelled
};
enum class DocumentWord { Law, Document, Opener, Subject, Issues };
enum class PostWord { Authority, OnBehalf, Post, Signed, Narrows };

struct Lexicon {
    Phrases labels;
    Phrases sections;
    Phrases agency_names;
    Phrases agency_starts;
    Phrases agency_classes;
    Phrases agency_tails;
    Phrases cues;
    Phrases time_words;
    Phrases targets;
    Phrases documents;
    Phrases posts;
};

const Lexicon& lexicon();

/// The key of a match as the enumeration of its list.
template <class Key>
bool is(const Phrases::Match& match, Key key) {
    return match && match.key == static_cast<int>(key);
}

/// A verb, preposition or adverb that a sentence goes on with behind a name.
inline bool ends_name(const Phrases::Match& tail) { return is(tail, NameTail::Stop) || is(tail, NameTail::Work); }

}  // namespace loa::plan
