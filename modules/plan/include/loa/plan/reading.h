// Reading an issued plan: from numbered lines to what the plan says, and nothing it does not say. The shapes
// are those of the import contract (plan.schema.json); absent means empty, never a guess.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "loa/base/date.h"
#include "loa/formats/document.h"

namespace loa::plan {

using formats::LineRange;

/// The parts of a date that are printed.
struct PartialDate {
    std::optional<int> day;
    std::optional<int> month;
    std::optional<int> year;

    bool empty() const { return !day && !month && !year; }
    bool complete() const { return day && month && year; }
    bool operator==(const PartialDate&) const = default;
};

enum class DeadlineKind { Fixed, Window, Recurring, Relative, Continuous };
enum class Period { Day, Week, Month, Quarter, HalfYear, Year };

/// Fixed: `to` is the day. Window: `from` … `to`, one of them may be open. Recurring: `every`, with the day
/// (and month) it falls due where that is said. Relative: after an event. Continuous: "thường xuyên".
struct Deadline {
    std::string text;
    DeadlineKind kind = DeadlineKind::Fixed;
    std::optional<Date> from;
    std::optional<Date> to;
    std::optional<Period> every;
    std::optional<int> due_day;
    std::optional<int> due_month;
};

enum class Comparator { AtLeast, Exactly, About, MoreThan, Increase };

/// "ít nhất 04 tin, bài mỗi tháng": at least 4, unit "tin, bài", per month.
struct Target {
    std::string text;
    Comparator comparator = Comparator::Exactly;
    double value = 0;
    std::string unit;
    std::optional<Period> per;
};

struct ParsedItem {
    std::string text;
    LineRange source;
};

struct ParsedSignature {
    std::string authority;  // "TM. ỦY BAN NHÂN DÂN"
    std::string on_behalf;  // "KT. CHỦ TỊCH"
    std::string position;   // the signer's own post
    std::string name;

    bool operator==(const ParsedSignature&) const = default;
};

enum class HeadField { Type, Number, Symbol, Issuer, Place, Date, Title, Decision, Signature };

/// Where a field of the head, or the signature, was read.
struct HeadReading {
    HeadField field = HeadField::Title;
    LineRange lines;
};

struct ParsedHeader {
    std::string type;    // "KẾ HOẠCH"
    std::string number;  // as printed, "07"; empty in a draft
    std::string symbol;  // "KH-UBND"
    std::string issuer;  // in full, sentence case
    std::string place;
    PartialDate date;
    std::string title;
    std::optional<ParsedSignature> signature;
    std::vector<ParsedItem> recipients;
    std::string decision;  // "318/QĐ-UBND" when the plan is attached to one
    std::vector<HeadReading> fields;
};

struct ParsedLegalBasis {
    std::string number;  // "76/NQ-CP", empty for a law named without one
    PartialDate date;
    std::string issuer;
    std::string text;
    LineRange source;
};

/// How far the reading of a field may be relied on; what the review page asks follows from it.
enum class Confidence { Sure, Check, Incomplete };
enum class ActivityField { Title, Leads, Partners, Requested, Content, Deadline, Products, Targets, Funding };

/// Where a field was read, for the review page to mark.
struct FieldReading {
    ActivityField field = ActivityField::Title;
    Confidence confidence = Confidence::Sure;
    LineRange lines;
};

struct ParsedActivity {
    std::string ordinal;  // path as printed, "III.2.a", "PL.II.3"
    std::string title;
    std::string group;
    std::vector<std::string> leads;
    std::vector<std::string> partners;
    std::vector<std::string> requested;
    std::string content;
    std::optional<Deadline> deadline;
    std::vector<std::string> products;
    std::vector<Target> targets;
    std::string funding;
    LineRange source;
    std::vector<FieldReading> fields;
    Confidence confidence = Confidence::Sure;
};

struct ParsedDuty {
    std::vector<std::string> units;
    std::string text;
    std::optional<Deadline> deadline;
    LineRange source;
};

struct ParsedReport {
    std::string text;
    std::string to;
    std::optional<Deadline> deadline;
    LineRange source;
};

/// `code` is one of the contract's; `path` a JSON pointer into to_json(); `message` says in Vietnamese what
/// the officer should do; `about` is the number that is odd in the paper itself, empty where something lacks.
struct ParsedWarning {
    std::string code;
    std::string path;
    std::string message;
    LineRange source;
    std::string about = {};
};

struct ParsedPlan {
    ParsedHeader document;
    std::vector<ParsedLegalBasis> legal_bases;
    std::vector<ParsedItem> objectives;
    std::vector<ParsedItem> requirements;
    std::vector<ParsedItem> themes;
    std::vector<ParsedItem> channels;
    std::vector<ParsedActivity> activities;
    std::vector<ParsedDuty> duties;
    std::vector<ParsedItem> budget;
    std::vector<ParsedReport> reporting;
    std::vector<ParsedWarning> warnings;
};

/// Names of bodies that the reader may meet. It knows the grammar of office names and the common ones from
/// modules/plan/data; the caller adds the names and aliases of its unit tree that were in force at the time.
/// Names are compared without regard to case, old or new tone marks and kinds of dashes.
class AgencyNames {
  public:
    void add(std::string_view name);
    /// The number of words of the longest name that starts at words[at]; 0 if none does.
    std::size_t longest_match(const std::vector<std::string_view>& words, std::size_t at) const;
    bool empty() const { return names_.empty(); }

  private:
    std::unordered_map<std::string, std::vector<std::vector<std::string>>> names_;  // by first word
};

/// Never fails: what it cannot place it leaves out, and warns.
ParsedPlan read_plan(const formats::TextDocument& document, const AgencyNames& names);

/// The JSON of the contract, one object on one line.
std::string to_json(const ParsedPlan& plan);

}  // namespace loa::plan
