#include "first_run.h"

#include <memory>

#include "loa/base/check.h"
#include "loa/base/secrets.h"
#include "loa/base/text.h"
#include "loa/identity/first_run.h"
#include "loa/identity/people.h"
#include "loa/identity/units.h"
#include "throttle.h"

namespace loa::identity {

namespace {
constexpr std::string_view kLetters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";  // 32: nothing that looks like another
constexpr std::size_t kCodeLetters = 8;
constexpr int kMostWrong = 10;        // from one address, in a minute
constexpr int kMostWrongOfAll = 300;  // of 32^8 codes: nobody guesses one at this pace

std::string bare(std::string_view typed) {
    std::string letters;
    for (const char each : upper(typed))
        if (each != '-' && each != ' ') letters += each;
    return letters;
}
}  // namespace

FirstRun::FirstRun() {
    for (const char random : random_bytes(kCodeLetters)) {
        if (code_.size() == kCodeLetters / 2) code_ += '-';
        code_ += kLetters[static_cast<unsigned char>(random) % kLetters.size()];
    }
}

FirstRun::Answer FirstRun::answer_to(const std::string& typed, std::string_view address, Instant now) {
    const std::lock_guard lock(mutex_);
    const auto minute = now.milliseconds / 60'000;
    if (minute != minute_) {
        wrong_ = 0;
        wrong_from_.clear();
    }
    minute_ = minute;
    const auto from = counted_address(address);
    const auto counted = wrong_from_.find(from);
    if (wrong_ >= kMostWrongOfAll || (counted != wrong_from_.end() && counted->second >= kMostWrong)) return Answer::Wait;
    if (same_secret(bare(typed), bare(code_))) return Answer::Right;
    ++wrong_;
    ++wrong_from_[from];
    return Answer::Wrong;
}

bool needs_first_run(const Work& work) {
    return work.db.one("identity.any_administrator", {work.today()})->number("administrators") == 0;
}

std::string first_run_code(const Registry& registry) {
    const auto& all = registry.all<std::shared_ptr<FirstRun>>();
    LOA_CHECK(all.size() == 1);  // join() put it there
    return all.front()->code();
}

Result<Id> set_up_first_office(Work& work, const FirstOffice& input, const PasswordHash& password) {
    if (!work.actor.system) return forbidden();
    if (!needs_first_run(work)) return conflict("identity.first_run_done");
    const auto authority = create_authority(work, input.authority);
    if (!authority) return authority.failure();
    work.authority = *authority;
    const auto person = create_person(work, {.name = input.person_name,
                                             .sign_in_name = input.sign_in_name,
                                             .email = input.email,
                                             .password = password,
                                             .unit = root_unit(work),
                                             .role = Role::Administrator,
                                             .valid_from = work.today()});
    if (person) return *authority;
    Failure failure = person.failure();
    for (Problem& problem : failure.problems)
        if (problem.field == "name") problem.field = "person_name";
    return failure;
}

}  // namespace loa::identity
