// Văn bản hướng dẫn, chỉ đạo: what a committee or office sends to those below it (Decree 30; source plan, III).
#include "kinds/kinds.h"

namespace loa::plan {

ActivityKind guidance_document() {
    return {.name = "guidance_document",
            .label = "plan.kind_guidance_document",
            .fields = {{"document_number", "plan.guidance_document_number", KindField::Type::Text},
                       {"issued_on", "plan.guidance_issued_on", KindField::Type::Date},
                       {"signer", "plan.guidance_signer", KindField::Type::Text},
                       {"recipients", "plan.guidance_recipients", KindField::Type::Text}},
            .measures = {{"plan.documents_issued", "plan.measure_documents_issued"}, {"plan.units_guided", "plan.measure_units_guided"}}};
}

}  // namespace loa::plan
