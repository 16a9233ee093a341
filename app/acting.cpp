#include "acting.h"

namespace loa::app {

const jobs::Parameter& authority_parameter() {
    static const jobs::Parameter parameter{"--authority", jobs::Parameter::Kind::Option,
                                           "Its name, short name or id; needed where there are several"};
    return parameter;
}

std::optional<Date> day_of(const jobs::Invocation& invocation, const std::string& option, Date otherwise) {
    const std::string typed = invocation.text(option);
    return typed.empty() ? std::optional(otherwise) : Date::parse_vietnamese(typed);
}

}  // namespace loa::app
