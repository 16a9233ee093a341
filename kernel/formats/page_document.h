// Printed lines → paragraphs, items and tables.
#pragma once

#include <vector>

#include "loa/formats/document.h"
#include "page_words.h"

namespace loa::formats {

/// One line of the result for each paragraph and each row of a table, as for a Word file.
TextDocument document_of_pages(const std::vector<Page>& pages);

}  // namespace loa::formats
