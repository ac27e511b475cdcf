// How something creates value. One list for KPIs and initiatives, so that both can be compared.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/describe.h"

namespace tiebeam {

enum class Lever : std::uint8_t {
  growth,
  customer_experience,
  resilience,
  cost_avoidance,
  productivity
};

template <>
struct Names<Lever> {
  static constexpr std::array<std::string_view, 5> values = {
      "growth", "customer_experience", "resilience", "cost_avoidance", "productivity"};
};

}  // namespace tiebeam
