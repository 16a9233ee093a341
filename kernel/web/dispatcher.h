// The dispatcher and what it is made of; tests give it templates and texts of their own.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "answer.h"
#include "exchange.h"
#include "feed.h"
#include "loa/web/server.h"
#include "loa/web/templates.h"
#include "metrics.h"
#include "page_cache.h"
#include "page_writer.h"

namespace loa::web {

struct DispatcherParts {
    std::shared_ptr<const Assets> assets;
    std::shared_ptr<const Templates> templates;
    Translate translate;  // for handlers' problems and labels: filled in
};

class LiveDispatcher final : public Dispatcher {
  public:
    LiveDispatcher(const Registry& registry, Services services, Hooks hooks, const ServerSettings& settings,
                   DispatcherParts parts);

    Response handle(Request request) override;
    Response refuse(Request request, int status) override;
    std::shared_ptr<const Ready> at_once(const Glance& glance) override;
    BodyLimits body_limits(Method method, std::string_view target) const override;
    std::optional<Response> refusal_of_files(Request head, std::uint64_t bytes) override;
    void forget_pages() override { cache_.clear(); }
    Figures& figures() override { return figures_; }

  private:
    // In the order of a request.
    Exchange open(Request request) const;
    static std::string cache_key(const Request& request);  // "" where the cache does not apply
    Response answer(Exchange& exchange);
    Response answer_unmatched(const Exchange& exchange, bool other_method) const;
    Response run_endpoint(Exchange& exchange, const Endpoint& endpoint);
    Response run_route(Exchange& exchange, const Route& route);
    std::optional<Response> refusal_before_work(Exchange& exchange, const Route& route);
    Response run_in(storage::Transaction& transaction, Exchange& exchange, const Route& route);
    Work work_of(storage::Transaction& transaction, Exchange& exchange) const;
    Response run_allowed(Work& work, Exchange& exchange, const Route& route);
    std::optional<Response> refusal_of(const Work& work, const Exchange& exchange, const Route& route) const;
    std::optional<Response> refusal_of_access(const Work& work, const Exchange& exchange,
                                              const Route& route) const;
    bool is_own_form(const Exchange& exchange) const;
    void note_outcome(Work& work, Exchange& exchange, const Response& response) const;
    void learn_session(Work& work, Exchange& exchange) const;
    Response close(Exchange& exchange, Response response);
    Keeping keeping(const Exchange& exchange, const Response& response) const;
    Response broken(Exchange& exchange, std::string_view what);
    void report(const Exchange& exchange, const Response& response, double seconds);

    /// Nothing where nobody gives stamps, or so many listen that others would find no connection.
    std::shared_ptr<const Listener> listener(const Events& events);
    std::vector<Endpoint> own_endpoints();
    void make_assets_ready();
    std::optional<Response> asset(std::string_view path) const;

    ServerSettings settings_;
    Services services_;
    Hooks hooks_;
    std::vector<ReadyCheck> ready_checks_;
    std::shared_ptr<const Assets> assets_;
    std::shared_ptr<const Templates> templates_;
    Csrf csrf_;
    PageWriter writer_;
    RouteTable routes_;
    Metrics metrics_;
    PageCache cache_;
    Figures figures_;
    std::vector<ChangeStamp> change_stamps_;
    std::mutex feed_guard_;
    std::shared_ptr<Feed> feed_;  // once somebody has listened
    struct Hasher {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    std::unordered_map<std::string, ReadyForms, Hasher, std::equal_to<>> ready_;  // by path
};

}  // namespace loa::web
