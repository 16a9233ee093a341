// Who does what: leads, partners and those who are asked, from a labelled field or from sentences.
#pragma once

#include <string>
#include <vector>

#include "reading/agencies.h"
#include "reading/lexicon.h"

namespace loa::plan {

struct Parties {
    std::vector<std::string> leads;
    std::vector<std::string> partners;
    std::vector<std::string> requested;
};

/// The value of a field "Cơ quan chủ trì:", "Cơ quan phối hợp:" or "Cơ quan thực hiện:". A request inside it
/// ("Đề nghị X phối hợp") lasts to the end of its clause (contract 10).
void read_party_field(const AgencyReader& agencies, Label label, const Text& text, std::size_t first, std::size_t last,
                      Parties& parties);

/// "Giao X chủ trì, phối hợp với Y", "X là đầu mối", "đề nghị Z đưa tin". A body that is merely mentioned is none.
Parties read_parties(const AgencyReader& agencies, const Text& text, std::size_t first, std::size_t last);

}  // namespace loa::plan
