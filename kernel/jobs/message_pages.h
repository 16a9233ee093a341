// The pages of messages, by their files: pages_preferences.cpp, pages_mail.cpp, pages_outbox.cpp; notices.cpp.
#pragma once

#include <string>
#include <vector>

#include "loa/base/language.h"
#include "loa/base/registry.h"
#include "loa/base/result.h"
#include "loa/web/view.h"

namespace loa::jobs {

/// Who sets up mail and looks after the outbox. identity registers the verb and says which roles hold it.
inline constexpr std::string_view kManageSettings = "identity.manage_settings";

void join_preference_page(Registry& registry);
void join_mail_pages(Registry& registry);
void join_outbox_page(Registry& registry);
/// Each night, what is long over.
void join_forgetting(Registry& registry);

/// `has_problems` and `problems` of a refused form.
void set_problems(web::View& view, Language language, const std::vector<Problem>& problems);

struct Choice {
    std::string value, text;
};
std::vector<web::View> choice_views(const std::vector<Choice>& choices, std::string_view chosen);

}  // namespace loa::jobs
