// The desk of somebody who brings a table of what was done: what the page says of it, and what became of it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/support/commune.h"

namespace loa::app {

/// What stands between the first `begin` and the next `end`; "" where there is none.
std::string inside(const std::string& text, const std::string& begin, const std::string& end);

class ProgressDesk {
  public:
    /// Nothing where there is no such database server. The line on which the clerk's own unit and others lead has 18 articles to do.
    static std::unique_ptr<ProgressDesk> on(storage::Engine engine);

    Commune& commune() { return *commune_; }
    /// Line 2 of the plan, the clerk's unit's: "ít nhất 18 bài".
    Id own_line() const { return own_line_; }
    Id line_of(Id unit, std::string_view title_begins);
    static std::string own_title();

    /// The answer to the form.
    web::Browser::Answer bring(const std::string& visitor, const std::string& file_name, const std::string& bytes);
    /// Its page; Fault when the file is refused.
    std::string brought(const std::string& visitor, const std::string& file_name, const std::string& bytes);
    web::Browser::Answer shown(const std::string& visitor, const std::string& path);
    /// Sends a form of the page as it is shown now, with its version.
    web::Browser::Answer say(const std::string& visitor, const std::string& path, const std::string& act, Form form = {});
    /// What stands in the part of that id, without tags; "" where there is none.
    std::string part(const std::string& visitor, const std::string& path, const std::string& id);
    /// Takes it over; the answer.
    web::Browser::Answer record(const std::string& visitor, const std::string& path);

    std::size_t pieces(Id line);
    /// What waits of the line's target, in thousandths.
    std::int64_t waiting(Id line);

  private:
    explicit ProgressDesk(std::unique_ptr<Commune> commune);
    std::unique_ptr<Commune> commune_;
    Id own_line_;
};

}  // namespace loa::app
