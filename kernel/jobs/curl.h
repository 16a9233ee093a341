// What every use of libcurl begins with.
#pragma once

#include <curl/curl.h>

namespace loa::jobs {

/// Once for the process, before the first use; Fault where it can't be used.
void prepare_curl();

struct CloseTalk {
    void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
};

}  // namespace loa::jobs
