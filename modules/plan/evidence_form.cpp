#include "evidence_form.h"

namespace loa::plan {

EvidenceWords evidence_words(const web::Fields& form, const ActivityKind& kind) {
    EvidenceWords words;
    words.what = form.raw("what");
    words.done_on = form.text("done_on");
    words.place = form.text("place");
    words.topics = form.ids("topics");
    words.channel = form.id("channel");
    words.link = form.text("link");
    words.number_source = form.text("number_source");
    words.record = form.text("record");
    words.explanation = form.raw("explanation");
    words.sent_as = form.text("sent_as");
    for (const auto& [name, text] : form.items())
        if (name.starts_with(kQuantity))
            if (const auto target = parse_id(std::string_view(name).substr(kQuantity.size())))
                words.quantities.emplace_back(*target, text);
    for (const auto& measure : kind.measures) words.measures.emplace_back(measure, form.text(kMeasure + measure.name));
    return words;
}

}  // namespace loa::plan
