// Two administrators and a clerk behind identity's pages, and spreadsheets that they send.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "loa/identity/join.h"
#include "loa/identity/people.h"
#include "loa/web/testing.h"
#include "on_engine.h"

namespace loa::identity {

class SheetPages : public OnEngine {
  protected:
    void SetUp() override {
        OnEngine::SetUp();
        if (IsSkipped()) return;
        office_ = town().office("Phòng Văn hóa và Thông tin", "Phòng VH&TT");
        static const PasswordHash hash = testing::weak_hash("một câu dễ nhớ 2024");
        for (const auto& account : {std::pair("quan.tri", Role::Administrator), std::pair("quan.tri.hai", Role::Administrator), std::pair("can.bo", Role::Clerk)})
            people_[account.first] = town().write(Id{}, [&](Work& work) {
                return create_person(work, {.name = "Trần Thị Lan", .sign_in_name = account.first, .password = hash, .unit = town().root(), .role = account.second, .valid_from = day(2024, 1, 1)}).value();
            });
        registry_.add(town().keys());
        join(registry_);
        dispatcher_ = web::make_dispatcher(registry_, {database(), town().clock(), town().ids()}, web_hooks(registry_), {});
    }
    web::Browser signed_in(const std::string& name) {
        web::Browser browser(*dispatcher_);
        browser.get("/dang-nhap");
        EXPECT_EQ(browser.post("/dang-nhap", {{"sign_in_name", name}, {"password", "một câu dễ nhớ 2024"}, {"ve", "/don-vi"}, {"language", "vi"}}).status, 303);
        if (name.starts_with("quan.tri")) town().second_factor(people_.at(name));  // without it an administrator's keys rest
        return browser;
    }
    /// To the page of an import, which is opened first.
    static web::Browser::Answer send_sheet(web::Browser& browser, const std::string& path, const std::string& csv) {
        browser.get(path);
        return browser.post(path, {}, {{"file", "bang.csv", csv}});
    }
    /// What stands in a hidden field of the page.
    static std::string field(const std::string& page, const std::string& name) {
        const std::string mark = "name=\"" + name + "\" value=\"";
        const std::size_t at = page.find(mark);
        return at == page.npos ? "" : page.substr(at + mark.size(), page.find('"', at + mark.size()) - at - mark.size());
    }

    Registry registry_;
    std::unique_ptr<web::Dispatcher> dispatcher_;
    std::map<std::string, Id> people_;
    Id office_;
};

}  // namespace loa::identity
