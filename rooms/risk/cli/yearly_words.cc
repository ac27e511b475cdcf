#include "rooms/risk/cli/yearly_words.h"

#include <fmt/format.h>

#include "rooms/risk/risk.h"

namespace tiebeam::risk {

std::string yearly_words(double p10, double p90, const Currency& currency) {
  if (p10 == 0 && p90 == 0) return "in at least 8 of 10 years it avoids nothing";
  if (p10 == 0)
    return fmt::format("1 year in 10 it avoids more than {}", money_words(p90, currency));
  return fmt::format("8 of 10 years it avoids {} to {}", money_words(p10, currency),
                     money_words(p90, currency));
}

}  // namespace tiebeam::risk
