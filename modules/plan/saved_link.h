// The copy that is kept of a page which a piece of evidence points to: fetched by a job, with its title, time and SHA-256.
#pragma once

#include <memory>
#include <string>

#include "loa/base/registry.h"
#include "loa/media/store.h"
#include "loa/storage/work.h"

namespace loa::plan {

/// Has the page fetched, soon. What an earlier link left is forgotten.
void save_link(Work& work, Id evidence);

/// The job that fetches, within the installation's jobs::FetchLimits.
void join_saved_links(Registry& registry, const std::shared_ptr<media::FileStore>& store);

}  // namespace loa::plan
