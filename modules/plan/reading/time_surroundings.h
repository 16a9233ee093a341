// What stands around a time in a sentence. Above all dates that belong to a document, not to a work: "Quyết định số … ngày …", "thông qua ngày …", "tính đến ngày …".
#pragma once

#include "reading/words.h"

namespace loa::plan {

/// "Quyết định số 12/QĐ-UBND ngày 05/01/2024": the date at word `at` of the time that begins at `begin`.
bool is_document_date(const Text& text, std::size_t begin, std::size_t at, std::size_t end);
/// "Đề án … đến năm 2030", "tầm nhìn đến năm 2045": how far a document reaches.
bool names_document(const Text& text, std::size_t at, std::size_t end);
/// "ban hành ngày 05/01/2026", "có hiệu lực từ ngày …", "Tính đến ngày …": in a sentence the time that begins at
/// `begin` says when something came to be, or how things stood.
bool tells_of_document(const Text& text, std::size_t begin, std::size_t end);

/// Whether a bracket that opened stands open at word `at`.
bool in_brackets(const Text& text, std::size_t at);

}  // namespace loa::plan
