#include "migration_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "loa/base/fault.h"
#include "loa/base/secrets.h"
#include "loa/base/text.h"
#include "owned_files.h"
#include "sql_text.h"

namespace loa::storage {

namespace {

constexpr std::size_t kDigits = 4;

/// 12 for "0012_name.sql", else 0.
int number_of(std::string_view name) {
    if (name.size() <= kDigits || name[kDigits] != '_' || name.find_first_not_of("0123456789") != kDigits) return 0;
    return std::stoi(std::string(name.substr(0, kDigits)));
}

bool is_placement(std::string_view comment) {
    return comment == "reference" || comment == "local" || comment.starts_with("distributed by ");
}

/// Collects the tokens of one statement after the other.
class Splitter {
  public:
    Splitter(std::string_view text, Engine engine) : engine_(engine) {
        for (const auto& token : tokens_of(text)) take(token);
        if (!tokens_.empty()) throw Fault(fmt::format("line {}: the statement has no \";\"", tokens_.front().line));
    }
    std::vector<MigrationStatement> statements;

  private:
    void take(const Token& token) {
        if (token.kind == Token::Kind::Comment) {
            if (tokens_.empty()) last_comment_ = trimmed(token.text.substr(2));
        } else if (token.is_symbol(';')) {
            finish();
        } else {
            tokens_.push_back(token);
        }
    }

    void finish() {
        if (tokens_.empty()) return;
        MigrationStatement statement{.text = {}, .line = tokens_.front().line, .placement = {}, .table = {}};
        const bool creates = begins("create", "table");
        if (creates && tokens_.size() > 2) {
            statement.table = lower_ascii(tokens_[2].text);
            if (is_placement(last_comment_)) statement.placement = last_comment_;
        }
        statement.text = text_of(creates || begins("alter", "table"));
        if (creates && engine_ == Engine::Sqlite) statement.text += " strict";
        statements.push_back(std::move(statement));
        tokens_.clear();
        last_comment_ = {};
    }

    bool begins(std::string_view first, std::string_view second) const {
        return tokens_.size() > 1 && tokens_[0].is(first) && tokens_[1].is(second);
    }

    std::string text_of(bool has_types) const {
        const std::string_view here = engine_ == Engine::Sqlite ? "integer" : "bigint";
        std::string text;
        const char* copied = tokens_.front().text.data();
        for (const auto& token : tokens_) {
            // What lies between two tokens is white space, or a comment up to the end of its line.
            text += without_comments({copied, static_cast<std::size_t>(token.text.data() - copied)}).empty() &&
                            copied != token.text.data()
                        ? " "
                        : "";
            text += has_types && (token.is("bigint") || token.is("integer")) ? here : token.text;
            copied = token.text.data() + token.text.size();
        }
        return text;
    }

    Engine engine_;
    std::vector<Token> tokens_;
    std::string_view last_comment_;
};

}  // namespace

std::string MigrationFile::checksum() const { return sha256(text); }

std::vector<MigrationFile> migration_files(const std::vector<EmbeddedFile>& files, Engine engine) {
    std::vector<std::pair<int, MigrationFile>> ranked;
    for (const auto& file : files) {
        const auto owner = owner_of(file.path);
        const auto name = file_name(file.path);
        if (owner.empty() || !is_for(file.path, engine)) continue;
        if (name != "public.sql" && number_of(name) == 0) continue;
        ranked.emplace_back(rank_of_owner(file.path), MigrationFile{std::string(owner), std::string(name), file.bytes});
    }
    std::sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
        const auto key = [](const auto& entry) {
            return std::tuple(entry.first, entry.second.owner, entry.second.is_public(), entry.second.name);
        };
        return key(a) < key(b);
    });
    std::vector<MigrationFile> sorted;
    int expected = 1;
    for (auto& [rank, file] : ranked) {
        if (sorted.empty() || sorted.back().owner != file.owner) expected = 1;
        if (!file.is_public() && number_of(file.name) != expected++)
            throw Fault(fmt::format("{}: number {:04} is missing or there twice", file.path(), expected - 1));
        sorted.push_back(std::move(file));
    }
    return sorted;
}

std::vector<MigrationStatement> migration_statements(std::string_view text, Engine engine) {
    return Splitter(text, engine).statements;
}

}  // namespace loa::storage
