// Small parts that identity's pages share.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "loa/identity/units.h"
#include "loa/storage/work.h"
#include "loa/web/form_view.h"
#include "loa/web/http.h"
#include "loa/web/route.h"

namespace loa::identity {

using Arguments = std::vector<std::pair<std::string, std::string>>;
std::string tr(const Work& work, std::string_view key, const Arguments& arguments = {});

/// The form says in which language it was shown: an endpoint has no Work that knows it.
Language language_of(const web::Request& request);

/// Where a person wanted to go: a path of our own, else "/". "//host" and "/\host" are other sites to a
/// browser.
std::string own_path(const std::string& asked);
/// For a value in a query.
std::string query_encoded(std::string_view text);
/// The day that "ngay" or another field names, in either form; nothing for anything else.
std::optional<Date> day_of(const web::Fields& fields, std::string_view name);

using PageHandler = std::function<web::Response(const web::Request&, Work&)>;
/// A page below /nguoi-dung/, for who manages people.
web::Route route_of_people(web::Method method, std::string_view below, PageHandler handler);

/// Everybody who works here today but the one, by name: "Phan Thị Ngọc Diễm, Phòng Văn hóa – Xã hội"; first of all the
/// choice of nobody.
std::vector<web::FormView::Option> people_options(const Work& work, Id but);

/// Adds a cookie that scripts and other sites' forms can't reach, nor an open line once the browser speaks TLS; an empty
/// value takes it away.
void set_cookie(const web::Request& request, web::Response& response, std::string_view name, std::string_view value,
                std::int64_t seconds);

/// The cookie of a browser that is known for somebody, by the token that signing in or a link gave.
inline constexpr std::string_view kDeviceCookie = "loa_device";
void remember_browser(const web::Request& request, web::Response& response, std::string_view device);

}  // namespace loa::identity
