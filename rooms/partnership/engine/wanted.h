// Which way a figure is wanted to move, so that a change can be called good or bad.
// docs/method/review.md lists the keys.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/figure.h"

namespace tiebeam::partnership {

enum class Wanted : std::uint8_t { neither, up, down };
[[nodiscard]] Wanted wanted_of(std::string_view key);
[[nodiscard]] std::string_view wanted_name(Wanted wanted);

enum class Trend : std::uint8_t { unknown, same, unclear, better, worse, moved };
[[nodiscard]] std::string_view trend_name(Trend trend);
// unclear: each value lies within the other's interval, so that chance alone could make the
// difference. moved: it changed, and nobody said which way is good.
[[nodiscard]] Trend trend_of(const Figure& now, const std::optional<Figure>& before, Wanted wanted);

}  // namespace tiebeam::partnership
