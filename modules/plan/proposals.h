// Which Topics and Channels a text speaks of, by the words of the catalogue: a proposal, never an answer.
#pragma once

#include <string_view>
#include <vector>

#include "types.h"

namespace loa::plan {

/// The entries whose key words stand in the text, best first, at most three. Key words of the shipped entries
/// are in data/topics.tsv and data/channels.tsv; of others, their names.
std::vector<Id> proposed_topics(std::string_view text, const std::vector<Topic>& topics);
std::vector<Id> proposed_channels(std::string_view text, const std::vector<Channel>& channels);

/// The shipped catalogues.
struct CatalogueEntry {
    std::string code;
    std::string name;
    std::vector<std::string> words;  // in lower case, marks kept; "-tầng lớp" is no place for the word "lớp"
};
const std::vector<CatalogueEntry>& shipped_topics();
const std::vector<CatalogueEntry>& shipped_channels();

}  // namespace loa::plan
