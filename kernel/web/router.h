// Which route answers a path. Built once at start, read by all workers.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loa/web/http.h"

namespace loa::web {

class Router {
  public:
    Router();
    ~Router();

    /// `pattern` as in Route::pattern; `route` is the number that matches give back. Throws Fault for a
    /// pattern that is no path, or that another one of the same method also matches at every address
    /// ("/a/{id}" and
    /// "/a/{plan}"), or that puts {id} where another has {name:text}, so that "5" would be both.
    void add(Method method, std::string_view pattern, int route);

    struct Match {
        std::optional<int> route;  // none: nobody answers this path with this method
        Fields parameters;
        bool other_method = false;  // but somebody does with another: 405
    };
    /// `segments` decoded, as Target has them. HEAD goes where GET does. A literal goes before a parameter.
    Match match(Method method, const std::vector<std::string>& segments) const;

  private:
    struct Node;
    std::unique_ptr<Node> root_;
};

}  // namespace loa::web
