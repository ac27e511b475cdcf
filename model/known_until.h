// How far records reach. Events say when they happened; what people write down says it by the day
// they wrote it. A room whose figures rest on records alone looks from the newer of the two.
#pragma once

#include <initializer_list>
#include <string_view>

#include "model/figures.h"

namespace tiebeam {

// The as-of that was asked for, else the organisation's fixed one, else the newest of: the newest
// event, and the last change of any record of `types`.
[[nodiscard]] Instant known_until(const FigureBook& book,
                                  std::initializer_list<std::string_view> types);

}  // namespace tiebeam
