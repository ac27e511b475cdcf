// A case in words.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "model/figure_text.h"
#include "quant/marginal.h"
#include "rooms/investment/case_words.h"
#include "rooms/investment/value_text.h"

namespace tiebeam::investment {
namespace {

const strategy::Kpi* kpi_of(const Portfolio& portfolio, std::string_view id) {
  const auto& kpis = portfolio.records.kpis;
  const auto found = std::ranges::find(kpis, id, &strategy::Kpi::id);
  return found == kpis.end() ? nullptr : &*found;
}

std::string quoted_kpi(const Portfolio& portfolio, std::string_view id) {
  const strategy::Kpi* kpi = kpi_of(portfolio, id);
  return fmt::format("\"{}\"", kpi ? std::string_view(kpi->name) : id);
}

// "brings "Calls" down": where an effect is likely to move its KPI; 0 in its middle: either way.
std::string moved(const std::string& kpi, const Estimate& change) {
  const auto marginal = quant::Marginal::create(change);
  const double middle = marginal ? marginal->quantile(0.5) : 0;
  if (middle == 0) return fmt::format("moves {} either way", kpi);
  return fmt::format("brings {} {}", kpi, middle > 0 ? "up" : "down");
}

// "a, b and c", without saying the verb again where it is that of the one before.
std::string listed(std::vector<std::string> all) {
  std::string out, verb;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::string own = all[i].substr(0, all[i].find(' ') + 1);
    if (i > 0) out += i + 1 == all.size() ? " and " : ", ";
    out += own == verb ? all[i].substr(own.size()) : all[i];
    verb = own;
  }
  return out;
}

// What the business gets, by how it creates value: "To spend less, it brings "Calls" down. "
std::string promise_of(const Portfolio& portfolio, const RecordCase& one) {
  const Initiative& initiative = portfolio.initiative(one.id);
  constexpr std::string_view kLevers[] = {"earn more", "keep customers", "stand firm", "spend less",
                                          "do more with the same people"};
  const std::string_view aim =
      initiative.lever ? kLevers[static_cast<std::size_t>(*initiative.lever)] : "";
  std::vector<std::string> moves;
  std::set<std::string> seen;  // of two effects on one KPI the first counts
  for (const InitiativeEffect& effect : portfolio.records.effects) {
    if (effect.initiative.str() != one.id || !effect.change || effect.kpi.str() == kBareBenefit)
      continue;
    if (seen.insert(effect.kpi.str()).second)
      moves.push_back(moved(quoted_kpi(portfolio, effect.kpi.str()), *effect.change));
  }
  if (moves.empty()) {
    if (aim.empty()) return "No KPI says yet what it changes. ";
    return fmt::format("It should help to {}; no KPI says how yet. ", aim);
  }
  if (aim.empty()) return fmt::format("It {}. ", listed(std::move(moves)));
  return fmt::format("To {}, it {}. ", aim, listed(std::move(moves)));
}

std::optional<double> part(const Estimate& estimate, const char* name) {
  return parameter_of(estimate, name);
}

}  // namespace

std::string input_label(const Portfolio& portfolio, std::string_view input) {
  if (input == std::string(kBareBenefit) + ".change") return "what it brings a year";
  const std::size_t dot = input.rfind('.');
  if (dot == std::string_view::npos) return input_in_words(input);
  return input_in_words(quoted_kpi(portfolio, input.substr(0, dot)) +
                        std::string(input.substr(dot)));
}

std::string estimate_in_words(const Estimate& estimate, bool is_share) {
  const auto said = [&](double x) {
    return is_share ? fmt::format("{} %", rounded(100 * x)) : rounded(x);
  };
  if (const auto value = part(estimate, "value")) return said(*value);
  const auto mode = part(estimate, "mode"), min = part(estimate, "min"),
             max = part(estimate, "max");
  if (min && max && mode)
    return fmt::format("{} to {}, most likely {}", said(*min), said(*max), said(*mode));
  if (min && max && estimate.shape == Estimate::Shape::uniform)
    return fmt::format("{} to {}, all as likely", said(*min), said(*max));
  constexpr std::tuple<const char*, const char*, const char*> kRanges[] = {
      {"p05", "p95", "9 in 10"},
      {"p10", "p90", "8 in 10"},
      {"p25", "p75", "half of the cases"},
      {"p025", "p975", "19 in 20"},
      {"p01", "p99", "98 in 100"}};
  for (const auto& [low, high, words] : kRanges) {
    const auto from = part(estimate, low), to = part(estimate, high);
    if (!from || !to) continue;
    return fmt::format("{} to {}, {}{}", said(*from), said(*to), words,
                       mode ? fmt::format(", most likely {}", said(*mode)) : "");
  }
  if (!estimate.values.empty())
    return fmt::format("{} values from {} to {}", estimate.values.size(),
                       said(std::ranges::min(estimate.values)),
                       said(std::ranges::max(estimate.values)));
  return format_estimate(estimate);
}

std::vector<CasePiece> sentence_of(const Portfolio& portfolio, const RecordCase& one,
                                   const std::vector<Figure>& figures) {
  std::vector<CasePiece> out;
  const auto text = [&](std::string words) { out.push_back({std::move(words), {}}); };
  const auto figure = [&](std::string_view name) {
    const auto key = fmt::format("investment.{}.{}", one.id, name);
    const auto found = std::ranges::find(figures, key, &Figure::key);
    if (found == figures.end() || !found->has_value()) return false;
    out.push_back({in_words(*found), key});
    return true;
  };
  const auto why_none = [&](std::string_view name) {
    const auto key = fmt::format("investment.{}.{}", one.id, name);
    const auto found = std::ranges::find(figures, key, &Figure::key);
    return found == figures.end() ? std::string("it was not counted") : found->reason;
  };
  text(promise_of(portfolio, one));
  if (!one.at) {
    text("It cannot be valued yet.");
    return out;
  }
  const CaseValue& value = *portfolio.value_of(one);
  if (value.cost.has_one_off) {
    text("It costs ");
    if (!figure("one_off_cost.p50")) text("more than can be told");
    text(" once");
    if (value.cost.has_run) {
      text(" and ");
      if (!figure("run_cost.p50")) text("more than can be told");
      text(" a year");
    }
    text(", as likely more as less. ");
  }
  text(fmt::format("Over {} years it is worth ", portfolio.of.policy.horizon_years));
  if (!figure("npv.p50")) text("what cannot be told (" + why_none("npv.p50") + ")");
  text(" in the middle case");
  const std::size_t before = out.size();
  text("; 9 in 10 lie between ");
  const bool low = figure("npv.p05");
  text(" and ");
  if (!low || !figure("npv.p95")) out.resize(before);
  text(". Chance of a loss: ");
  figure("npv.p_loss");
  text(".");
  return out;
}

std::string plain_text(const std::vector<CasePiece>& pieces) {
  std::string out;
  for (const CasePiece& piece : pieces) out += piece.text;
  return out;
}

}  // namespace tiebeam::investment
