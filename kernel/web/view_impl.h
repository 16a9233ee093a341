// What a View is made of: the template library's own tree, so that nothing is converted at rendering.
#pragma once

#include <kainjow/mustache.hpp>

#include "loa/web/view.h"

namespace loa::web {

struct View::Impl {
    kainjow::mustache::data data;
};

}  // namespace loa::web
