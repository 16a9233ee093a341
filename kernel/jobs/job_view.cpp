#include "job_view.h"

#include <fmt/format.h>

#include <algorithm>

#include "loa/i18n/catalogue.h"
#include "loa/i18n/format.h"

namespace loa::jobs {

namespace {

using web::View;

/// Why it did not succeed: a sentence for every reason, and the problem's own where there is one. The text of an
/// exception is no sentence; it stands under the details.
void set_reason(View& view, const JobLine& line, Language language) {
    if (line.reason.empty()) return;
    const auto& texts = i18n::Catalogue::embedded();
    view.set("reason", i18n::translate(language, fmt::format("jobs.reason_{}", line.reason)));
    const auto sentence = texts.text(language, line.problem);
    const bool whole = sentence && sentence->find('{') == std::string::npos;  // its arguments were not kept
    if (whole && line.reason != "crashed") view.set("problem", *sentence);
    if (!whole) view.set("technical", line.problem);
}

void set_progress(View& view, const Progress& far, Language language) {
    if (far.key.empty()) return;
    view.flag("reported");
    view.set("progress", i18n::translate(language, far.key, {{"done", i18n::number(language, far.done)},
                                                             {"total", i18n::number(language, far.total)}}));
    if (far.total > 0) view.set("done", std::to_string(std::clamp<std::int64_t>(far.done, 0, far.total))).set("total", std::to_string(far.total));
}

bool can_cancel(const Registry& registry, const std::string& name) {
    const auto& kinds = registry.all<JobKind>();
    return std::any_of(kinds.begin(), kinds.end(),
                       [&](const JobKind& kind) { return kind.name == name && kind.cancelled != nullptr; });
}

}  // namespace

View job_view(const JobLine& line, Language language, const Registry& registry) {
    View view;
    view.set("id", to_string(line.id)).set("kind", line.kind).set("what", kind_text(language, line.kind));
    view.flag("is_" + line.state);
    view.set("created_at", line.created_at.vietnamese()).set("created_at_iso", line.created_at.iso());
    view.set("attempts", line.attempts);
    if (line.started_at) view.set("started_at", line.started_at->vietnamese()).set("started_at_iso", line.started_at->iso());
    if (line.state == "waiting" || line.state == "retrying") view.set("due_at", line.due_at.vietnamese()).set("due_at_iso", line.due_at.iso());
    if (line.died_at) view.set("died_at", line.died_at->vietnamese()).set("died_at_iso", line.died_at->iso());
    view.set("worker", line.worker).flag("stopping", line.cancelled && line.state == "running");
    view.flag("can_cancel", line.state != "dead" && !line.cancelled && can_cancel(registry, line.kind));
    set_progress(view, line.progress, language);
    set_reason(view, line, language);
    return view;
}

}  // namespace loa::jobs
