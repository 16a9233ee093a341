// routes.tsv, and how a visitor goes to a line of it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/support/commune.h"

namespace loa::app {

struct RouteLine {
    web::Method method = web::Method::Get;
    std::string pattern;
    std::string record = "-";                          // "draft", "issued" or "evidence"
    std::map<std::string, std::string> outcomes = {};  // by visitor

    std::string name() const { return (method == web::Method::Post ? "POST " : "GET ") + pattern; }
    bool lets_in(const std::string& visitor) const;
};

/// In the order of the file.
const std::vector<RouteLine>& route_lines();

/// The outcome of an answer in the words of routes.tsv; anything else comes out as it is.
std::string outcome_of(web::Method method, const web::Browser::Answer& answer);

/// What stands in the patterns, with the versions that are there now.
struct Records {
    explicit Records(Commune& commune);

    PlanRecord draft, issued;
    LineRecord line;
    TaskRecord task;
    Id topic, notice, unit, authority, waiting_file, person, membership, deputyship, upload, supplement, progress_import, personal_link;
};

/// The line's pattern with ids that are there. Fault where nothing says which.
std::string address(const Records& records, const RouteLine& line);

/// What every form of the program asks for, each takes what it knows.
Form whole_form(const Records& records, const RouteLine& line, const std::string& visitor);
/// Is let in like the whole form, and yet does nothing: an old version, nothing typed.
Form idle_form(const Records& records, const RouteLine& line, const std::string& visitor);

/// Opens the line's address; a POST sends the whole form, and a file, with a token that is good.
web::Browser::Answer visit(const Records& records, web::Browser& browser, const RouteLine& line,
                           const std::string& visitor);

}  // namespace loa::app
