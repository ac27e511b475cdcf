#include "rooms/flow/engine/delay_cost.h"

#include <limits>

namespace tiebeam::flow {

void DelayCost::add(const Stream& stream, std::int64_t micros) {
  const std::optional<Money> day = a_day(stream);
  if (!day) {
    ++without_;
    return;
  }
  if (!currency_) currency_ = day->currency();
  if (*currency_ != day->currency()) {
    is_mixed_ = true;
    return;
  }
  sum_ += static_cast<Wide>(micros) * day->minor();
}

std::optional<Money> DelayCost::total() const {
  if (!currency_ || is_mixed_) return std::nullopt;
  constexpr Wide kDay = 86'400'000'000;
  const Wide shifted = sum_ + kDay / 2;
  const Wide floor = shifted / kDay - (shifted % kDay < 0 ? 1 : 0);
  if (floor > std::numeric_limits<std::int64_t>::max() ||
      floor < std::numeric_limits<std::int64_t>::min())
    return std::nullopt;
  return Money(static_cast<std::int64_t>(floor), *currency_);
}

double major_units(Money money) {
  double out = static_cast<double>(money.minor());
  for (int i = 0; i < money.currency().digits(); ++i) out /= 10;
  return out;
}

std::string why_no_cost(const DelayCost& cost) {
  if (cost.is_mixed())
    return "the value streams give their cost of delay in different currencies: state them in one";
  return "no value stream says what a day's delay of one piece of its work costs (tiebeam record "
         "value_stream set ID cost_of_delay_a_day=\"EUR 120\")";
}

}  // namespace tiebeam::flow
