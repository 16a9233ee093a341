#include "stored_problem.h"

#include <boost/json.hpp>

namespace loa::plan {

namespace json = boost::json;

std::string stored(const Problem& problem) {
    json::object args;
    for (const auto& [name, value] : problem.args) args[name] = value;
    return json::serialize(json::object{{"key", problem.key}, {"args", std::move(args)}});
}

Problem problem_from(const std::string& text, std::string field) {
    const auto parsed = json::parse(text);
    Problem problem{std::move(field), std::string(parsed.at("key").as_string()), {}};
    for (const auto& [name, value] : parsed.at("args").as_object()) problem.args.emplace_back(name, value.as_string());
    return problem;
}

}  // namespace loa::plan
