// Activities: from numbered items and from the rows of tables (contract 5-15).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loa/plan/reading.h"
#include "reading/outline.h"
#include "reading/parties.h"
#include "reading/targets.h"

namespace loa::plan {

/// What every part of the reading needs to know of the plan.
struct Surroundings {
    const AgencyReader& agencies;
    std::optional<int> year;  // of the plan; completes dates that have none
};

/// A field in front of its value: "Cơ quan chủ trì: …".
struct LabelledSpan {
    std::optional<Label> label;  // none: text without a label
    Span words;
};

/// Cuts a paragraph at the labels it contains, at its start and behind a stop.
std::vector<LabelledSpan> labelled_spans(const Text& text, std::size_t first);

/// The word behind the first sentence.
std::size_t sentence_end(const Text& text, std::size_t first);

/// Puts one activity together out of what belongs to it.
class ActivityBuilder {
  public:
    ActivityBuilder(const Surroundings& surroundings, std::string ordinal, std::string group, LineRange source);

    /// The item itself: its heading, or its first sentence and the rest as content.
    void add_heading(const Piece& piece);
    void add_title(const Text& text, LineRange lines);
    /// A paragraph or bullet below it.
    void add_body(const Piece& piece);
    /// A field with its value: a cell of a table.
    void add_field(Label label, const Text& text, LineRange lines);
    /// The item has more than one paragraph: its heading is a title as a whole.
    ParsedActivity finished();

  private:
    struct Part {
        Text text;
        Span words;
        LineRange lines;
    };
    void add_span(const LabelledSpan& span, const Text& text, LineRange lines);
    void add_field(Label label, Part part);
    bool is_time(const Text& text, Span words) const;
    void read_unlabelled_parties();
    void read_targets_and_deadline();
    void note(ActivityField field, LineRange lines, Confidence confidence = Confidence::Sure);

    const Surroundings& surroundings_;
    ParsedActivity activity_;
    std::vector<Part> content_;
    std::vector<Part> times_;
    std::vector<Part> amounts_;  // products and aims
    std::optional<Part> title_;
    std::optional<Label> open_label_;  // a label whose value follows below it
    bool has_leads_ = false, has_partners_ = false;
};

/// Whether the lettered items below an item only carry its labels ("a) Nhiệm vụ:", "b) Cơ quan thực hiện:").
bool carries_labels(const Outline& outline, const Node& node);

/// Only those in tables, anywhere below the section.
void read_tables(const Surroundings& surroundings, const Outline& outline, std::size_t section,
                 std::vector<ParsedActivity>& activities);

/// The activities of a section of tasks.
void read_tasks(const Surroundings& surroundings, const Outline& outline, std::size_t section,
                std::vector<ParsedActivity>& activities);

}  // namespace loa::plan
