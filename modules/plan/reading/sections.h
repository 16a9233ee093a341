// What the sections of a plan are for, by the sense of their headings and by what stands in them.
#pragma once

#include <optional>

#include "reading/activities.h"

namespace loa::plan {

enum class SectionKind { Objectives, Requirements, Aims, Themes, Channels, ThemesAndChannels, Tasks, Budget, Organisation, Reporting, Nowhere };

/// Reads every section of the outline into the plan; `place` stands in front of the ordinals of an annex.
void read_sections(const Surroundings& surroundings, const Outline& outline, ParsedPlan& plan);

/// "Trên đây là Kế hoạch …", "Yêu cầu các cơ quan … nghiêm túc thực hiện./.": what closes a plan, no item.
bool is_closing_paragraph(const Text& text);

}  // namespace loa::plan
