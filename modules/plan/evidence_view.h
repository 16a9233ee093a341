// The evidence on the page of one unit's line: a page of the list, each piece with what may be done with it, and the form for
// one more.
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "evidence.h"
#include "evidence_records.h"
#include "loa/media/pictures.h"
#include "loa/plan/activity_kind.h"
#include "loa/storage/work.h"
#include "views.h"

namespace loa::plan {

inline constexpr std::int64_t kPiecesPerPage = 50;

/// The line, as its page has read it, and what the person may do there.
struct EvidenceOf {
    const Registry& registry;
    const Plan& plan;
    const Assignment& assignment;
    const ActivityKind& kind;
    const Names& names;
    const std::vector<AssignmentTarget>& targets;
    Standing standing = Standing::None;
    bool may_report = false, may_confirm = false;
};

/// Which part of the list is asked for: the page that holds that piece, else that page, from 1 on.
struct PiecesAsked {
    std::optional<Id> piece;
    std::int64_t page = 1;
};

class EvidenceView {
  public:
    EvidenceView(Work& work, const EvidenceOf& line, const Refused* refused);

    /// `evidence`, and the way to the pages beside this one.
    void set_pieces(web::View& view, const PiecesAsked& asked);
    /// For one more piece; of a record that it is to cite what is known.
    web::View empty_form(const std::string& record);

  private:
    /// What the pieces of this page have outside their own rows, read for all of them together.
    struct Outside {
        std::unordered_map<Id, std::vector<media::ShownFile>> files;
        std::unordered_map<Id, Id> source_files;
    };

    web::View piece_view(const Evidence& piece, const Outside& outside);
    web::View link_view(const Evidence& piece, const std::vector<media::ShownFile>& files) const;
    void set_amounts(web::View& view, const Evidence& piece) const;
    void set_decisions(web::View& view, const Evidence& piece);
    web::View form_view(const Evidence& piece, const Refused* refused);
    void set_records(web::View& form, const Evidence& piece, const Refused* refused);
    web::View told_form(const Evidence& piece) const;
    void set_told(web::View& form, const Refused* refused, const std::vector<Id>& topics, std::optional<Id> channel) const;

    Work& work_;
    EvidenceOf line_;
    const Refused* refused_;
    std::optional<Date> issued_on_;
    std::optional<std::vector<EvidenceRecord>> records_;  // that the line may cite, once they were asked for
    std::optional<bool> alone_;  // may nobody else confirm? Once it was asked
};

}  // namespace loa::plan
