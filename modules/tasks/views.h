// What the templates of this module show: the same on every page.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "loa/base/result.h"
#include "loa/storage/work.h"
#include "loa/web/http.h"
#include "loa/web/view.h"
#include "types.h"

namespace loa::tasks {

std::string tr(const Work& work, std::string_view key, const std::vector<std::pair<std::string, std::string>>& args = {});

/// "/cong-viec/12"
std::string path_of(Id task);
/// "/ke-hoach/1/viec/2/cong-viec"
std::string line_tasks_path(Id plan, Id assignment);

/// A form that was refused: shown again as it was typed, with the problems beside its fields.
struct Refused {
    std::string form;
    const web::Fields* typed = nullptr;
    Failure failure;
};

/// "problems" for the top of the page, each with a link to its field, and the flag "has_problems".
void set_problem_list(const Work& work, web::View& view, const Refused& refused);
/// "error_<field>" of the form, if it is the one that was refused; "" for those of `fields` without a problem.
void set_field_errors(const Work& work, web::View& view, const Refused* refused, std::initializer_list<std::string_view> fields);
std::string shown_value(const Refused* refused, std::string_view field, const std::string& stored);

/// "Cần làm" and its tag.
void set_state(const Work& work, web::View& view, TaskState state);
/// What a card, a row and the line's panel show of it.
web::View card_view(const Work& work, const Task& task);
/// A text as its lines, each a `line`.
std::vector<web::View> line_views(const std::string& text);
web::View choice(const std::string& id, const std::string& name, bool chosen);

}  // namespace loa::tasks
