// Renders a Page with what stands around it: frame, navigation, the hidden fields of its forms.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "csrf.h"
#include "exchange.h"
#include "loa/base/registry.h"
#include "loa/web/hooks.h"
#include "loa/web/templates.h"

namespace loa::web {

/// As i18n::translate.
using Translate = std::function<std::string(
    Language, std::string_view key, const std::vector<std::pair<std::string, std::string>>& arguments)>;

class PageWriter {
  public:
    PageWriter(const Registry& registry, const Templates& templates, Translate translate, const Hooks& hooks,
               const Csrf& csrf);

    /// What identity and the Registry say stands around this person's page; inside the transaction.
    View frame(Work& work, View learnt, const std::string& path) const;
    /// The HTML; a page with a form gets its token and request id, and a stranger a visit to keep.
    std::string html(Exchange& exchange, const Page& page) const;
    /// The standard page of a status; `failure` says more where there is one.
    Page error_page(const Exchange& exchange, int status, const std::optional<Failure>& failure) const;

  private:
    struct Entry {
        NavigationEntry entry;
        std::string svg;
    };
    std::vector<View> navigation(Work& work, const std::string& path) const;

    const Templates& templates_;
    Translate translate_;
    const Hooks& hooks_;
    const Csrf& csrf_;
    std::vector<Entry> entries_;  // by order
    std::string search_path_;
};

/// What a token is made from; a session and a visit can't stand for each other.
std::string token_secret(const Exchange& exchange);
inline constexpr std::string_view kVisitCookie = "loa_visit";
inline constexpr std::string_view kSignInPath = "/dang-nhap";
inline constexpr std::string_view kPreferencesPath = "/-/giao-dien";

}  // namespace loa::web
