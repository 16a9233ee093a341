// Whose work a page is about: the person's own units, or everybody's; the address chooses, her role where it does not.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "loa/base/registry.h"
#include "loa/storage/work.h"
#include "loa/web/http.h"
#include "loa/web/view.h"
#include "types.h"

namespace loa::monitoring {

/// "pham-vi": "don-vi" her units and those below, "tat-ca" everybody. Without it: everybody for leaders, auditors and the
/// office that puts a running plan's work together; her own units for the rest.
Scope scope_of(const web::Request& request, Work& work);
/// The same for a form, which says the code itself.
Scope scope_named(std::string_view code, Work& work);
/// What the address says for it.
std::string code_of(const Scope& scope);

/// Whose lines open for her: her own units', those units' whose reports she may read, every unit's where she may read anybody's, or
/// where her office drafted that plan or puts its work together: as plan's own page of a line has it. The others are named, but
/// lead nowhere.
class Reader {
  public:
    Reader(Work& work, const Registry& registry, const std::vector<RunningPlan>& plans);
    bool opens(Id plan, Id unit) const;
    bool opens_every_line() const { return every_line_; }
    /// Where not every line opens: the units whose lines do, and the plans of which all do.
    const std::vector<Id>& units() const { return units_; }
    const std::vector<Id>& plans() const { return plans_; }

  private:
    bool every_line_;
    std::vector<Id> units_, plans_;
};

/// Links to the same page for the other scope: `scope_links`, each {label, path, chosen}.
void set_scope(Work& work, const Scope& scope, std::string_view path, web::View& view);

}  // namespace loa::monitoring
