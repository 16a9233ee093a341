// What the templates of this module show: one function per part of a plan, the same on every page.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "addresses.h"
#include "difference.h"
#include "loa/base/result.h"
#include "loa/identity/timeline.h"
#include "loa/storage/work.h"
#include "loa/web/http.h"
#include "loa/web/view.h"
#include "progress.h"
#include "queries.h"
#include "types.h"

namespace loa::plan {

/// Names of the units, groups, Topics and Channels that a page mentions, read once; Topics and Channels when
/// they are first asked for.
class Names {
  public:
    Names(Work& work, const Content& content);

    std::string unit(Id id) const;
    std::string group(Id id) const;
    bool outside(Id unit) const;
    const std::vector<Topic>& topics() const;
    const std::vector<Channel>& channels() const;

  private:
    struct Bearer {
        std::string name;
        bool outside = false;
    };
    /// Both at once: who shows one nearly always shows the other.
    void read_catalogues() const;

    Work& work_;
    std::unordered_map<Id, Bearer> units_;
    std::unordered_map<Id, std::string> groups_;
    mutable bool catalogues_read_ = false;
    mutable std::vector<Topic> topics_;
    mutable std::vector<Channel> channels_;
};

/// A form that was refused: shown again as it was typed, with the problems beside its fields.
struct Refused {
    std::string form;  // which form of the page: "document", "clause-<id>", "activity-<id>" …
    const web::Fields* typed = nullptr;
    Failure failure;
    std::string anchor = {};  // the id of the form: where a problem leads that is of no single field
    std::string link = "#";   // what leads to its field "title" is this and "title"
};

std::string tr(const Work& work, std::string_view key, const std::vector<std::pair<std::string, std::string>>& args = {});
std::string text_of(const Work& work, const Problem& problem);
/// `problems`, each with the `link` to its field, and the flag `has_problems`: the summary on top of a page, which
/// the frame takes for the "Lỗi: " before its title too.
void set_problem_list(const Work& work, web::View& view, const Refused& refused);
/// The same, and `error_<field>` beside each field: for a page that is one form.
void set_problems(const Work& work, web::View& view, const Failure& failure);
/// For one form of many: `error_<field>` beside each field, and `own_problems` that are of no single field.
void set_form_problems(const Work& work, web::View& view, const Refused* refused);

/// value="{{…}}" of a field: what was typed, if this form was refused, else what is stored.
std::string shown_value(const Refused* refused, std::string_view field, const std::string& stored);
/// The same for what is chosen: one of a list, some of a list.
std::optional<Id> shown_id(const Refused* refused, std::string_view field, std::optional<Id> stored);
std::vector<Id> shown_ids(const Refused* refused, std::string_view field, const std::vector<Id>& stored);

/// The refused form, if it is that one of the page.
const Refused* refused_for(const Refused* refused, std::string_view form);
/// A step that needs its reason; folded away until it has been refused.
web::View reason_form(const Work& work, const Refused* refused);

web::View party_view(const Work& work, const Names& names, const Party& party);
/// Lists "leads", "partners", "requested" and the flag "no_lead".
void set_parties(const Work& work, web::View& view, const Names& names, const std::vector<Party>& parties);
/// "deadline" with its words, what they mean and who added them; flag "no_deadline".
/// `with_state`: how many days are left or past, for what is still to be done.
void set_deadline(const Work& work, web::View& view, const std::optional<PlannedDeadline>& deadline, bool with_state);
std::vector<web::View> target_views(const Work& work, const std::vector<PlannedTarget>& targets);
std::vector<web::View> product_views(const Work& work, const std::vector<Product>& products);
/// What nobody has said of an activity yet, in the order of the page: "lead", "deadline", "targets".
std::vector<const char*> missing_fields(const ActivityText& activity);
/// Everything of an activity for reading.
web::View activity_view(const Work& work, const Names& names, const Plan& plan, const ActivityText& activity);
web::View duty_view(const Work& work, const Names& names, const Content& content, const DutyText& duty);
/// A tag: class and words of a plan's or revision's state.
void set_state(const Work& work, web::View& view, const Plan& plan, RevisionState revision);
/// "d12 d13": the ids of the document's marked lines, which the page's script brings into view.
std::string source_marks(const formats::LineRange& lines);
/// "dòng 12", "dòng 12 đến 13".
std::string lines_text(const Work& work, const formats::LineRange& lines);
/// "conf--mid" and words.
void set_confidence(const Work& work, web::View& view, const Review& review);
/// "1.234" or "87,5" in the reader's way.
std::string amount(const Work& work, double value);
web::View timeline_view(const Work& work, const identity::TimelineLine& line);
/// Choices of a list: id, name, flag chosen.
web::View choice(Id id, const std::string& name, bool chosen);
web::View difference_view(const Work& work, const Difference& difference);
/// "Kế hoạch số 15/KH-UBND ngày 19/01/2024", or what is known of it.
std::string document_line(const Work& work, const Revision& revision);

}  // namespace loa::plan
