#include "loa/storage/node.h"

#include <random>
#include <set>

#include "loa/base/fault.h"
#include "loa/base/log.h"

namespace loa::storage {

namespace {
constexpr int kNodes = 1024;
constexpr std::int64_t kLeaseSeconds = 600;
constexpr auto kRenewal = std::chrono::seconds(60);

std::int64_t random_number() {
    std::random_device device;
    return static_cast<std::int64_t>((std::uint64_t{device()} << 31) ^ device()) & INT64_MAX;
}
}  // namespace

NodeLease::NodeLease(Database& database, Clock& clock) : database_(database), clock_(clock), holder_(random_number()) {
    const Instant now = clock_.now();
    until_ = now.plus_seconds(kLeaseSeconds).milliseconds;
    number_ = database_.write([&](Transaction& transaction) {
        std::set<std::int64_t> taken;
        for (const auto& row : transaction.query("storage.leased_nodes", {now})) taken.insert(row.number("node"));
        // Starting at a random place, two processes that start together seldom try the same number.
        const auto start = holder_ % kNodes;
        for (int i = 0; i < kNodes; ++i) {
            const auto node = (start + i) % kNodes;
            if (taken.contains(node)) continue;
            if (!transaction.query("storage.lease_node", {node, holder_, now.plus_seconds(kLeaseSeconds), now}).empty())
                return static_cast<int>(node);
        }
        throw Fault("all node numbers are taken; stop processes that are no longer needed");
    });
    renewing_ = std::thread([this] { renew_each_minute(); });
}

bool NodeLease::held() const { return clock_.now().milliseconds < until_; }

NodeLease::~NodeLease() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    stop_.notify_all();
    renewing_.join();
    try {
        database_.write([&](Transaction& transaction) { transaction.run("storage.return_node", {number_, holder_}); });
    } catch (const std::exception& error) {
        // The lease runs out by itself.
        log(Level::Warning, "storage.node_not_returned", {{"why", error.what()}});
    }
}

void NodeLease::renew_each_minute() {
    std::unique_lock lock(mutex_);
    while (!stop_.wait_for(lock, kRenewal, [&] { return stopping_; })) {
        lock.unlock();
        renew();
        lock.lock();
    }
}

void NodeLease::renew() {
    try {
        const Instant until = clock_.now().plus_seconds(kLeaseSeconds);
        const auto renewed = database_.write(
            [&](Transaction& transaction) { return transaction.run("storage.renew_node", {number_, holder_, until}); });
        until_ = renewed == 1 ? until.milliseconds : 0;
        if (renewed == 0) log(Level::Error, "storage.node_lost", {{"node", std::to_string(number_)}});
    } catch (const std::exception& error) {
        log(Level::Warning, "storage.node_not_renewed", {{"why", error.what()}});
    }
}

}  // namespace loa::storage
