// Media's page.
#pragma once

#include <memory>

#include "loa/base/registry.h"
#include "loa/media/store.h"

namespace loa::media {

void join_storage_page(Registry& registry, const std::shared_ptr<FileStore>& store);

}  // namespace loa::media
