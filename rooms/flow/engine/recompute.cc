#include "rooms/flow/engine/recompute.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "base/text.h"
#include "base/time.h"
#include "quant/quantile.h"
#include "quant/survival.h"

namespace tiebeam::flow {
namespace {

// The text after "name=" up to the next blank.
std::string_view named(std::string_view what, std::string_view name) {
  for (const std::string_view word : split_at(what, ' ')) {
    if (word.size() > name.size() && word.starts_with(name) && word[name.size()] == '=') {
      return word.substr(name.size() + 1);
    }
  }
  return {};
}
double number(std::string_view what, std::string_view name) {
  return parse_number(named(what, name)).value_or(0);
}

// "inverse ECDF at 0.85 of ..." -> 0.85
double share_in(std::string_view formula) {
  const auto words = split_at(formula, ' ');
  const auto at = std::ranges::find(words, "at");
  return at == words.end() || at + 1 == words.end() ? 0 : parse_number(*(at + 1)).value_or(0);
}

std::vector<double> values_of(const std::vector<Evidence>& evidence) {
  std::vector<double> out;
  for (const Evidence& each : evidence) out.push_back(each.value.value_or(0));
  std::ranges::sort(out);
  return out;
}

quant::Curve curve_of(const std::vector<Evidence>& evidence) {
  const auto micros = [](double days) { return std::llround(days * kMicrosPerDay); };
  std::vector<quant::Spell> spells;
  for (const Evidence& each : evidence) {
    const std::string_view event = named(each.what, "event");
    const auto ending = event == "done"        ? quant::Ending::done
                        : event == "cancelled" ? quant::Ending::cancelled
                                               : quant::Ending::open;
    spells.push_back(
        {micros(number(each.what, "entry_days")), micros(number(each.what, "exit_days")), ending});
  }
  return quant::survival_curve(spells);
}

double ratio(const std::vector<Evidence>& evidence, std::string_view part) {
  double parts = 0, wholes = 0;
  for (const Evidence& each : evidence) {
    parts += number(each.what, part);
    wholes += number(each.what, "whole");
  }
  return wholes > 0 ? parts / wholes : 0;
}

Recomputed only(double value) { return {value, std::nullopt, std::nullopt}; }

}  // namespace

std::optional<Recomputed> recompute(std::string_view formula,
                                    const std::vector<Evidence>& evidence) {
  if (formula.starts_with("count of ")) return only(static_cast<double>(evidence.size()));
  if (formula.starts_with("competing-risk share "))
    return only(curve_of(evidence).share_cancelled());
  if (formula.starts_with("survival quantile ")) {
    const auto age = quant::survival_value(curve_of(evidence), share_in(formula));
    if (!age) return Recomputed{};
    return only(to_days(Micros{*age}));
  }
  if (formula.starts_with("ratio of sums ")) return only(ratio(evidence, "part"));
  if (formula.starts_with("lowest and highest ratio of sums ")) {
    const double declared = ratio(evidence, "part");
    const double owner = ratio(evidence, "owner_part");
    const double touch = ratio(evidence, "touch_part");
    return Recomputed{declared, std::min({declared, owner, touch}),
                      std::max({declared, owner, touch})};
  }
  const std::vector<double> values = values_of(evidence);
  double sum = 0;
  for (const double value : values) sum += value;
  if (formula.starts_with("sum of ")) return only(sum);
  if (values.empty()) return std::nullopt;
  if (formula.starts_with("mean of ")) return only(sum / static_cast<double>(values.size()));
  if (formula.starts_with("max of ")) return only(values.back());
  if (formula.starts_with("inverse ECDF ")) {
    return only(quant::inverse_ecdf(std::span<const double>(values), share_in(formula)));
  }
  return std::nullopt;
}

}  // namespace tiebeam::flow
