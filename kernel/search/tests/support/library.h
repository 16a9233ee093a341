// A town whose documents can be found.
#pragma once

#include <gtest/gtest.h>

#include "loa/identity/join.h"
#include "loa/identity/testing.h"
#include "loa/search/search.h"
#include "loa/storage/testing.h"

namespace loa::search {

class Library : public ::testing::TestWithParam<storage::Engine> {
  protected:
    void SetUp() override {
        database_ = storage::testing::fresh_database(GetParam());
        if (!database_) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
        town_.emplace(*database_);
        office_ = town_->office("Phòng Văn hóa và Thông tin");
        reader_ = town_->person("Phan Thị Ngọc Diễm", office_, identity::Role::Clerk);
    }

    /// Titles are what tests tell documents by.
    Ref put(std::string title, std::string body = "", Visibility visibility = Visibility::authority()) {
        const Ref ref{"test.document", town_->authority(), town_->ids().next()};
        put_as(ref, std::move(title), std::move(body), visibility);
        return ref;
    }
    void put_as(const Ref& ref, std::string title, std::string body, Visibility visibility = Visibility::authority()) {
        town_->write({}, [&](Work& work) {
            index(work, {.ref = ref, .kind_label = "search.title", .title = std::move(title), .body = std::move(body),
                         .path = "/tai-lieu/" + to_string(ref.id), .visibility = visibility});
        });
    }
    Hits hits(std::string_view query, int limit = 20, int offset = 0) { return hits_of(reader_, query, limit, offset); }
    Hits hits_of(Id person, std::string_view query, int limit = 20, int offset = 0) {
        return town_->read(person, [&](Work& work) { return find(work, registry_, query, limit, offset); });
    }
    std::vector<std::string> titles(std::string_view query) { return titles_of(reader_, query); }
    std::vector<std::string> titles_of(Id person, std::string_view query) {
        std::vector<std::string> list;
        for (const auto& hit : hits_of(person, query).hits) list.push_back(hit.title);
        return list;
    }

    std::unique_ptr<storage::Database> database_;
    std::optional<identity::testing::Town> town_;
    Registry registry_;
    Id office_, reader_;
};

}  // namespace loa::search
