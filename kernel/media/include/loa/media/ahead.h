// A large file that comes ahead of the form it goes with, in chunks, so that what arrived is not sent again when the
// line breaks. Between a script of ours and us; what tus (tus.io, 1.0) calls creation, offset and checksum, with the
// two methods that browsers' forms and our dispatcher know.
//
//   POST /-/tai-len                 name, size (of a form)        → 200 {"id", "received": 0, "chunk": most bytes of one}
//   GET  /-/tai-len/{id}                                          → 200 {"id", "received", "size", "finished"}
//   POST /-/tai-len/{id}            the bytes from Upload-Offset  → 200 {…, "received": offset of the next}
//        Upload-Offset: where they begin; Upload-Sha256: of these bytes, hexadecimal; X-Csrf-Token: the form's
//   POST /-/tai-len/{id}/xong       (a form)                      → 200 {…, "finished": true}
//   POST /-/tai-len/{id}/bo         (a form)                      → 200 {}
//
// Refused: 404 not (any more) this person's; 409 not at that offset, {"received"} says which; 422 {"problem"}, for
// people: no room, too large, an unknown type; 400 a damaged chunk, to be sent again.
// The form then has <input type="hidden" name="<field>-sent" value="<id>"> for each such file. An upload belongs to one
// person acting for one authority, is good for one form, counts towards the quota from its start, and ends a day after
// its last chunk.
#pragma once

#include <memory>

#include "loa/base/registry.h"
#include "loa/media/store.h"
#include "loa/storage/work.h"
#include "loa/web/http.h"

namespace loa::media {

/// Bytes of a chunk, at the most: it is in memory whole, and what is lost when the line breaks.
inline constexpr std::size_t kChunk = std::size_t{4} << 20;
/// From this size on our script sends a file ahead.
inline constexpr std::int64_t kSentAheadFrom = std::int64_t{8} << 20;

/// For web::Route::look of each route that takes files: puts what was sent ahead among the request's uploads, and
/// refuses what the authority has no room for.
std::function<void(web::Request&, Work&)> look_at_uploads(std::shared_ptr<FileStore> store);

/// The routes above.
void join_sending_ahead(Registry& registry, const std::shared_ptr<FileStore>& store);

/// What nobody has gone on with: deletes the records (in a transaction that writes); the sweep takes the bytes.
int remove_expired_uploads(Work& work);

}  // namespace loa::media
