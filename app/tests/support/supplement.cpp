#include "tests/support/supplement.h"

namespace loa::app {

void give_supplement(Commune& commune) {
    auto leader = commune.sign_in_again("leader");
    sent(leader, "/ke-hoach/" + to_string(commune.issued()) + "/nhiem-vu-bo-sung/" + to_string(commune.supplement()) + "/giao", {{"version", "1"}});
}

}  // namespace loa::app
