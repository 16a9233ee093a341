// The chain of sealed blocks. A block's hash is the SHA-256 of its head and its lines in the order of their
// ids, every part preceded by its length, so that no two different blocks give one text.
#include <limits>
#include <map>
#include <set>

#include "loa/identity/timeline.h"
#include "tokens.h"

namespace loa::identity {

namespace {
constexpr int kLinesOfBlock = 5000;
constexpr int kBlocksAtOnce = 500;
constexpr std::int64_t kLinesAtOnce = 20'000;  // unless one block alone has more

/// Collects the parts of a block.
class Sealing {
  public:
    Sealing(Id authority, std::int64_t ordinal, std::string_view previous_hash) {
        add("loa timeline block 1");
        add(to_string(authority));
        add(std::to_string(ordinal));
        add(previous_hash);
    }
    void add_line(const storage::Row& row) {
        for (const char* number : {"id", "at"}) add(std::to_string(row.number(number)));
        const auto acting_for = row.number("acting_for_id");
        add(std::to_string(row.number("person_id")) + (acting_for ? " for " + std::to_string(acting_for) : ""));
        add(row.text("event"));
        add(row.text("subject_kind"));
        for (const char* number : {"subject_authority_id", "subject_id"})
            add(std::to_string(row.number(number)));
        add(row.text("changes"));
        add(row.text("personal_digest"));
        ++lines_;
    }
    std::string hash() const { return sha256(text_); }
    std::int64_t lines() const { return lines_; }

  private:
    void add(std::string_view part) {
        text_ += std::to_string(part.size());
        text_ += ':';
        text_ += part;
    }
    std::string text_;
    std::int64_t lines_ = 0;
};

/// Walks the blocks in order and collects what does not fit.
class Verification {
  public:
    Verification(const Work& work, const std::optional<TimelineHead>& known) : work_(work), known_(known) {
        for (const auto& row : work.db.query("identity.erased_lines", {work.authority}))
            erased_.insert(row.id("subject_id"));
        addresses_erased_to_ = work.db.one("identity.addresses_erased_to", {work.authority})->optional_id("line_id").value_or(Id{});
    }

    TimelineVerdict run() {
        while (check_some_blocks()) {
        }
        check_lines(after_last(), std::numeric_limits<std::int64_t>::max(), {});
        if (known_ && known_->block > 0 && !known_seen_)
            find(TimelineFinding::Kind::HeadMissing, known_->block);
        const auto open = *work_.db.one("identity.count_of_open_lines", {work_.authority});
        verdict_.unsealed = open.number("lines");
        verdict_.unsealed_since = open.optional_instant("since");
        return std::move(verdict_);
    }

  private:
    using Blocks = std::map<std::int64_t, storage::Row>;

    /// The first block not looked at; before any, also what somebody numbered 0 or below.
    std::int64_t after_last() const {
        return verdict_.blocks == 0 ? std::numeric_limits<std::int64_t>::min() : known_last_ + 1;
    }

    void find(TimelineFinding::Kind kind, std::int64_t block, Id line = {}) {
        const bool missing = kind == TimelineFinding::Kind::BlockMissing;
        if (missing && !missing_.insert(block).second) return;
        verdict_.findings.push_back({kind, block, line});
    }

    /// False at the end of the chain.
    bool check_some_blocks() {
        Blocks blocks;
        std::int64_t lines = 0;
        for (const auto& row :
             work_.db.query("identity.blocks_after", {work_.authority, known_last_, kBlocksAtOnce})) {
            lines += row.number("line_count");
            if (lines > kLinesAtOnce && !blocks.empty()) break;
            blocks.emplace(row.number("ordinal"), row);
        }
        if (blocks.empty()) return false;
        const auto first = after_last();
        for (const auto& [ordinal, row] : blocks) check_place(ordinal, row);
        check_lines(first, known_last_, blocks);
        return true;
    }

    /// Is it the next one, and does it hold the hash of the one before?
    void check_place(std::int64_t ordinal, const storage::Row& row) {
        for (auto missing = known_last_ + 1; missing < ordinal && missing <= known_last_ + 100; ++missing)
            find(TimelineFinding::Kind::BlockMissing, missing);
        if (row.text("previous_hash") != verdict_.head.hash)
            find(TimelineFinding::Kind::ChainBroken, ordinal);
        known_last_ = ordinal;
        verdict_.head = {ordinal, row.text("hash")};
        ++verdict_.blocks;
        if (known_ && known_->block == ordinal && known_->hash == row.text("hash")) known_seen_ = true;
    }

    void check_lines(std::int64_t first, std::int64_t last, const Blocks& blocks) {
        std::map<std::int64_t, Sealing> sealings;
        for (const auto& [ordinal, row] : blocks)
            sealings.emplace(ordinal, Sealing(work_.authority, ordinal, row.text("previous_hash")));
        for (const auto& row : work_.db.query("identity.lines_of_blocks", {work_.authority, first, last})) {
            check_personal(row);
            const auto block = row.number("block");
            const auto sealing = sealings.find(block);
            if (sealing != sealings.end()) {
                sealing->second.add_line(row);
            } else {
                find(TimelineFinding::Kind::BlockMissing, block);
            }
        }
        for (const auto& [ordinal, sealing] : sealings) compare(ordinal, sealing, blocks.at(ordinal));
    }

    void compare(std::int64_t ordinal, const Sealing& sealing, const storage::Row& block) {
        verdict_.lines += sealing.lines();
        if (sealing.lines() < block.number("line_count")) {
            find(TimelineFinding::Kind::LineMissing, ordinal);
        } else if (sealing.hash() != block.text("hash")) {
            find(TimelineFinding::Kind::LineChanged, ordinal);
        }
    }

    /// By one line for all of them (erase_sign_in_addresses()).
    bool is_erased_address(const storage::Row& row) const {
        const auto& event = row.text("event");
        const bool signs_in = event == "identity.signed_in" || event == "identity.sign_in_refused" || event == "identity.code_refused";
        return signs_in && row.id("id") <= addresses_erased_to_;
    }

    void check_personal(const storage::Row& row) {
        const auto& digest = row.text("personal_digest");
        const auto content = row.optional_text("content");
        const bool fits = content ? sha256(row.text("salt") + *content) == digest
                                  : digest.empty() || erased_.contains(row.id("id")) || is_erased_address(row);
        if (!fits) find(TimelineFinding::Kind::PersonalChanged, row.number("block"), row.id("id"));
    }

    const Work& work_;
    const std::optional<TimelineHead>& known_;
    std::set<Id> erased_;
    Id addresses_erased_to_;
    std::set<std::int64_t> missing_;
    std::int64_t known_last_ = 0;
    bool known_seen_ = false;
    TimelineVerdict verdict_;
};
}  // namespace

bool seal_timeline(Work& work) {
    const TimelineHead head = timeline_head(work);
    auto rows = work.db.query("identity.take_open_lines", {work.authority, head.block + 1, kLinesOfBlock});
    if (rows.empty()) return false;
    std::map<Id, const storage::Row*> in_order;
    for (const auto& row : rows) in_order.emplace(row.id("id"), &row);
    Sealing sealing(work.authority, head.block + 1, head.hash);
    for (const auto& [id, row] : in_order) sealing.add_line(*row);
    work.db.run("identity.add_block",
                {work.authority, head.block + 1, head.hash, sealing.hash(), sealing.lines(), work.now});
    return true;
}

TimelineHead timeline_head(const Work& work) {
    const auto row = work.db.one("identity.last_block", {work.authority});
    return row ? TimelineHead{row->number("ordinal"), row->text("hash")} : TimelineHead{};
}

std::string_view code(TimelineFinding::Kind kind) {
    switch (kind) {
        case TimelineFinding::Kind::LineChanged: return "line_changed";
        case TimelineFinding::Kind::LineMissing: return "line_missing";
        case TimelineFinding::Kind::BlockMissing: return "block_missing";
        case TimelineFinding::Kind::ChainBroken: return "chain_broken";
        case TimelineFinding::Kind::PersonalChanged: return "personal_changed";
        case TimelineFinding::Kind::HeadMissing: return "head_missing";
    }
    return "line_changed";
}

std::vector<Id> authorities_with_timeline(const Work& work) {
    std::vector<Id> authorities;
    for (const auto& row : work.db.query("identity.authorities_with_timeline")) authorities.push_back(row.id("authority_id"));
    return authorities;
}

std::vector<std::pair<Id, TimelineHead>> timeline_heads(storage::Transaction& transaction) {
    std::vector<std::pair<Id, TimelineHead>> heads;
    for (const auto& row : transaction.query("identity.timeline_heads"))
        heads.emplace_back(row.id("authority_id"), TimelineHead{row.number("ordinal"), row.text("hash")});
    return heads;
}

TimelineVerdict verify_timeline(const Work& work, const std::optional<TimelineHead>& known) {
    return Verification(work, known).run();
}

std::int64_t change_stamp(storage::Transaction& db, Id authority) {
    const auto row = db.one("identity.last_block", {authority});
    return row ? row->number("ordinal") + 1 : 1;
}

}  // namespace loa::identity
