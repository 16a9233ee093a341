#include "router.h"

#include <fmt/format.h>

#include <array>

#include "loa/base/fault.h"
#include "loa/base/text.h"

namespace loa::web {

namespace {
constexpr std::size_t kMethods = 2;
std::size_t slot(Method method) {
    return method == Method::Post ? 1 : 0;
}
}  // namespace

struct Router::Node {
    enum class Takes { Id, Text };
    std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
    std::unique_ptr<Node> parameter;
    Takes takes = Takes::Id;
    struct End {
        int route = 0;
        std::vector<std::string> names;  // of the parameters on the way
    };
    std::array<std::optional<End>, kMethods> ends;

    /// The deepest literal match first; `values` holds the parameters on the way and is restored on failure.
    const Node* find(const std::vector<std::string>& segments, std::size_t at, Method method,
                     std::vector<std::string_view>& values, bool& other_method) const {
        if (at == segments.size()) {
            if (ends[slot(method)]) return this;
            other_method = other_method || ends[1 - slot(method)];
            return nullptr;
        }
        if (const auto literal = literals.find(segments[at]); literal != literals.end())
            if (const Node* found = literal->second->find(segments, at + 1, method, values, other_method))
                return found;
        if (!parameter || (takes == Takes::Id && !parse_id(segments[at]))) return nullptr;
        values.push_back(segments[at]);
        if (const Node* found = parameter->find(segments, at + 1, method, values, other_method)) return found;
        values.pop_back();
        return nullptr;
    }
};

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;

void Router::add(Method method, std::string_view pattern, int route) {
    if (!pattern.starts_with('/'))
        throw Fault(fmt::format("web: the pattern \"{}\" does not start with /", pattern));
    Node* node = root_.get();
    Node::End end{route, {}};
    const auto segments = pattern == "/" ? std::vector<std::string_view>() : split(pattern.substr(1), '/');
    for (const auto segment : segments) {
        if (segment.empty())
            throw Fault(fmt::format("web: the pattern \"{}\" has an empty component", pattern));
        if (!segment.starts_with('{')) {
            auto& next = node->literals[std::string(segment)];
            if (!next) next = std::make_unique<Node>();
            node = next.get();
            continue;
        }
        if (!segment.ends_with('}'))
            throw Fault(fmt::format("web: the pattern \"{}\" has an open brace", pattern));
        auto name = segment.substr(1, segment.size() - 2);
        const auto takes = name.ends_with(":text") ? Node::Takes::Text : Node::Takes::Id;
        if (takes == Node::Takes::Text) name.remove_suffix(5);
        if (name.empty() || name.find_first_of("{}:") != std::string_view::npos)
            throw Fault(
                fmt::format("web: the pattern \"{}\" has a parameter without a proper name", pattern));
        if (!node->parameter) {
            node->parameter = std::make_unique<Node>();
            node->takes = takes;
        } else if (node->takes != takes) {
            throw Fault(fmt::format("web: \"{}\" takes {} where another pattern takes {}", pattern,
                                    takes == Node::Takes::Text ? "any text" : "an id",
                                    takes == Node::Takes::Text ? "an id" : "any text"));
        }
        end.names.emplace_back(name);
        node = node->parameter.get();
    }
    auto& place = node->ends[slot(method)];
    if (place)
        throw Fault(fmt::format("web: two routes answer {} \"{}\"", method == Method::Post ? "POST" : "GET",
                                pattern));
    place = std::move(end);
}

Router::Match Router::match(Method method, const std::vector<std::string>& segments) const {
    Match match;
    std::vector<std::string_view> values;
    const Node* node = root_->find(segments, 0, method, values, match.other_method);
    if (!node) return match;
    const auto& end = *node->ends[slot(method)];
    match.route = end.route;
    for (std::size_t at = 0; at < values.size(); ++at)
        match.parameters.add(end.names[at], std::string(values[at]));
    return match;
}

}  // namespace loa::web
