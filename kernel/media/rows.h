// A row of media_file, as the statements of files give it.
#pragma once

#include "loa/media/file.h"
#include "loa/storage/value.h"

namespace loa::media {

File file_from(const storage::Row& row, Id authority);

}  // namespace loa::media
