// The parts that answers in JSON are made of again and again.
#pragma once

#include <optional>
#include <string_view>

#include "base/time.h"
#include "model/json.h"

namespace tiebeam {

// Every row of a list through `one`.
template <class Rows, class F>
[[nodiscard]] Json each(const Rows& rows, F one) {
  Json out = Json::Array{};
  for (const auto& row : rows) out.push(one(row));
  return out;
}

// What may be missing, and an empty text, as null.
[[nodiscard]] inline Json or_null(std::string_view text) {
  return text.empty() ? Json() : Json(text);
}
[[nodiscard]] inline Json or_null(const std::optional<double>& number) {
  return number ? Json(*number) : Json();
}
[[nodiscard]] inline Json or_null(const std::optional<Money>& money) {
  return money ? Json(*money) : Json();
}
[[nodiscard]] inline Json or_null(const std::optional<Day>& day) {
  return day ? Json(format_day(*day)) : Json();
}

}  // namespace tiebeam
