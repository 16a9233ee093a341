#include "curl.h"

#include <mutex>

#include "loa/base/fault.h"

namespace loa::jobs {

void prepare_curl() {
    static std::once_flag once;
    std::call_once(once, [] {
        if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) throw Fault("libcurl can't be used");
    });
}

}  // namespace loa::jobs
