// The fields that lists are filtered with, and the ways of filtering that a person keeps.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loa/storage/work.h"
#include "loa/web/http.h"
#include "loa/web/view.h"
#include "matrix_view.h"
#include "types.h"

namespace loa::monitoring {

/// Takes the value of one filter out of an address and adds it, as "&name=value", to `query`, which leads back to the list.
std::optional<Id> take_id(const web::Request& request, const char* name, std::string& query);
/// The same of a day; `typed` is what stood there, whether it is a day or not.
std::optional<Date> take_day(const web::Request& request, const char* name, std::string& typed, std::string& query);

/// {id, name, chosen}.
web::View choice(Id id, const std::string& name, std::optional<Id> chosen);
/// "plans" and "units", choices of the plans in force and of the units there are today.
void set_choices(Work& work, web::View& view, const std::vector<RunningPlan>& plans, std::optional<Id> plan, std::optional<Id> unit);
/// `name`: choices of a catalogue.
void set_catalogue(web::View& view, const char* name, const std::vector<Entry>& entries, std::optional<Id> chosen);
/// "saved": the person's ways of filtering the list that `path` leads to, {name, path, chosen}; "list_path": `path`.
void set_saved_views(Work& work, web::View& view, const std::string& path);

}  // namespace loa::monitoring
