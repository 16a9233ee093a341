// Which part of an office document belongs to which (ECMA-376 part 2, 9.3).
#pragma once

#include <string>
#include <vector>

#include "archive.h"

namespace loa::formats {

struct Relation {
    std::string id;
    std::string type;    // a URI; its namespace differs between the transitional and the strict form of the standard
    std::string target;  // the name of the part, whether it was given as absolute or relative
};

/// Of a part, or of the package where `part` is "". None where there is no list, or one that can't be read.
std::vector<Relation> relations_of(Archive& archive, const std::string& part);

/// "xl/" of "xl/workbook.xml".
std::string folder_of(std::string_view part);

}  // namespace loa::formats
