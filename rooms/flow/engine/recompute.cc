#include "rooms/flow/engine/recompute.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>
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

// How many pieces each holder has, most first: "by=3".
std::vector<double> holdings(const std::vector<Evidence>& evidence) {
  std::map<std::string_view, double> counts;
  for (const Evidence& each : evidence) ++counts[named(each.what, "by")];
  std::vector<double> out;
  for (const auto& [holder, count] : counts) out.push_back(count);
  std::ranges::sort(out, std::greater<>());
  return out;
}
double repeat_share(const std::vector<Evidence>& evidence) {
  double pairs = 0;
  for (const double count : holdings(evidence)) pairs += count * (count - 1);
  const auto n = static_cast<double>(evidence.size());
  return pairs / (n * (n - 1));
}
// "share of the 10 largest ..." -> 10
double largest_share(std::string_view formula, const std::vector<Evidence>& evidence) {
  const auto words = split_at(formula, ' ');
  const auto holders = static_cast<std::size_t>(parse_integer(words[3]).value_or(0));
  const std::vector<double> counts = holdings(evidence);
  double sum = 0;
  for (std::size_t i = 0; i < std::min(holders, counts.size()); ++i) sum += counts[i];
  return sum / static_cast<double>(evidence.size());
}

// People taken out, the one who covers most areas first (ties: the lower number), until more than
// half of the areas have nobody: "covers=1|4"; an area without any is never lost.
Recomputed greedy_count(const std::vector<Evidence>& evidence) {
  std::vector<std::set<std::int64_t>> left;
  for (const Evidence& each : evidence) {
    std::set<std::int64_t> people;
    for (const std::string_view person : split_at(named(each.what, "covers"), '|')) {
      if (const auto number = parse_integer(person)) people.insert(*number);
    }
    if (!people.empty()) left.push_back(std::move(people));
  }
  double removed = 0;
  std::size_t lost = 0;
  while (!left.empty()) {
    std::map<std::int64_t, int> counts;
    for (const auto& area : left) {
      for (const std::int64_t person : area) ++counts[person];
    }
    std::int64_t most = counts.begin()->first;
    for (const auto& [person, count] : counts) most = count > counts[most] ? person : most;
    for (auto& area : left) area.erase(most);
    lost += std::erase_if(left, [](const auto& area) { return area.empty(); });
    ++removed;
    if (2 * lost > evidence.size()) return {removed, std::nullopt, std::nullopt};
  }
  return {};
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
  if (formula.starts_with("greedy count of ")) return greedy_count(evidence);
  if (formula.starts_with("number of different "))
    return only(static_cast<double>(holdings(evidence).size()));
  if (formula.starts_with("repeat share of ")) return only(repeat_share(evidence));
  if (formula.starts_with("inverse repeat share of ")) return only(1 / repeat_share(evidence));
  if (formula.starts_with("share of the ")) return only(largest_share(formula, evidence));
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
