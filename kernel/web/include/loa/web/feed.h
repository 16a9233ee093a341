// Pages that stay open hear that something changed, by server-sent events (HTML Standard, 9.2), and ask again for what they
// show. What is told is only that, never what: whoever asks again is let in, or not, like anybody.
//
// Each process asks once a second, for each authority that somebody listens to here, for a stamp: a number that is another
// once something changed (house.md §5: no NOTIFY, so that it works across nodes and on both databases).
#pragma once

#include <cstdint>
#include <functional>

#include "loa/base/id.h"
#include "loa/storage/transaction.h"
#include "loa/web/http.h"

namespace loa::web {

/// The stamp of an authority; quick. registry.add(ChangeStamp{…}), once.
struct ChangeStamp {
    std::function<std::int64_t(storage::Transaction&, Id authority)> of;
};

/// An answer that goes on: "data: <stamp>" as soon as the stamp is no more the one the page was made with, and at each change
/// after it. It ends after some minutes; the browser comes again, and is asked again who it is.
Response events(Id authority, std::int64_t seen);

}  // namespace loa::web
