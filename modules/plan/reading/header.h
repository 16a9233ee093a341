// The first page: heading, number, place and date, type and title; and the signature and recipients at the end.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loa/plan/reading.h"
#include "reading/pieces.h"

namespace loa::plan {

/// Where the parts of a plan stand among its pieces; each is [first, last).
struct Zones {
    std::size_t heading_end = 0;       // above the type
    std::size_t decision = 0;          // the piece "QUYẾT ĐỊNH", equal to heading_end; only with `attached`
    bool attached = false;             // the plan is issued with a decision
    std::size_t title = 0;             // the piece "KẾ HOẠCH"
    std::size_t title_end = 0;
    std::size_t sections = 0;          // the first section; in front of it the legal bases
    std::size_t sections_end = 0;      // the closing, or an annex in front of it
    std::size_t closing = 0;           // "Nơi nhận" or the signature
    std::size_t closing_end = 0;       // an annex behind it, or the end
    std::size_t annex = 0;             // in front of the closing or behind it
};

Zones find_zones(const std::vector<Piece>& pieces);

/// Number, symbol, issuer, place, date, type, title, decision.
ParsedHeader read_header(const std::vector<Piece>& pieces, const Zones& zones);

/// The year by which dates without one are completed: of the title, else of the date (contract 15).
std::optional<int> year_of(const ParsedHeader& header);

/// Signature and recipients among pieces [first, last).
void read_closing(const std::vector<Piece>& pieces, std::size_t first, std::size_t last, ParsedHeader& header);

bool starts_closing(const Piece& piece);
/// "Nơi nhận:", "Nơi gửi:".
bool announces_recipients(const Text& text);
/// How many words of the type line are the type: "KẾ HOẠCH", "KẾ HOẠCH PHỐI HỢP"; 0 where no type stands.
std::size_t type_words(const Text& text);

}  // namespace loa::plan
