// The world broke: database, disk, our own SQL. Thrown in the kernel only, caught in three places:
// the web dispatcher, the job runner and main. The person sees an incident number, the log the text.
#pragma once

#include <stdexcept>
#include <string>

namespace loa {

class Fault : public std::runtime_error {
  public:
    explicit Fault(const std::string& what) : std::runtime_error(what) {}
};

}  // namespace loa
