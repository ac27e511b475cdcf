// How each symptom moves: its figure in the later half of what was read less that in the earlier
// half; and how many symptoms are visible, for the headline.
#pragma once

#include <string_view>

#include "model/figures.h"
#include "rooms/partnership/engine/symptom.h"

namespace tiebeam::partnership {

enum class Course : std::uint8_t { too_few, rises, falls, steady };
[[nodiscard]] std::string_view course_name(Course course);  // "too_few"
// As the change figure says; steady when chance alone explains it.
[[nodiscard]] Course course_of(const Figure& change);
// "rises by 12 percentage points (9 in 10: 3 to 21)", or why that cannot be said.
[[nodiscard]] std::string course_words(const Figure& change);

// partnership.symptom.ID.change. Cost: the figures of two halves, so a family of its own.
// The interval of a difference from those of its terms: Zou and Donner 2008 (MOVER).
[[nodiscard]] FigureFamily change_family();

// partnership.symptoms.{visible,unknown,looked_for}.
[[nodiscard]] FigureFamily count_family();

}  // namespace tiebeam::partnership
