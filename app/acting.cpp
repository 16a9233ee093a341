#include "acting.h"

namespace loa::app {

const jobs::Parameter& authority_parameter() {
    static const jobs::Parameter parameter{"--authority", jobs::Parameter::Kind::Option,
                                           "Its name, short name or id; needed where there are several"};
    return parameter;
}

}  // namespace loa::app
