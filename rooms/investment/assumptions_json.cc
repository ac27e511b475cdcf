// What a case presumes: each estimate, who gave it, how good their guesses are, and what it is
// worth to know it before deciding.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "model/figure_kit.h"
#include "model/record_json.h"
#include "quant/calibration.h"
#include "rooms/investment/case_parts.h"
#include "rooms/investment/case_words.h"
#include "rooms/investment/facts.h"
#include "rooms/risk/calibration_records.h"

namespace tiebeam::investment {
namespace {

constexpr const char* kInformation = "docs/method/value-of-information.md";

// Who gave an estimate: the record that names the input, of the initiative or of one effect.
const Assumption* given_for(const std::vector<Assumption>& all, const Portfolio& portfolio,
                            const RecordCase& one, const std::string& input) {
  const std::size_t dot = input.rfind('.');
  const std::string kpi = dot == std::string::npos ? "" : input.substr(0, dot);
  const std::string part = dot == std::string::npos ? input : input.substr(dot + 1);
  for (const Assumption& each : all) {
    if (each.initiative.str() != one.id) continue;
    if (each.effect.empty() && (each.input == input || (kpi == kBareBenefit && each.input == kpi)))
      return &each;
    if (each.effect.empty() || each.input != part) continue;
    const auto& effects = portfolio.records.effects;
    const auto effect = std::ranges::find(effects, each.effect.str(), &InitiativeEffect::id);
    if (effect != effects.end() && effect->kpi.str() == kpi) return &each;
  }
  return nullptr;
}

// Who stands behind an estimate. What a unit of a KPI is worth is agreed at the KPI: where the case
// says nothing of it, whoever agreed to that.
struct Giver {
  std::string person;
  const Assumption* record = nullptr;
};
Giver giver_of(const std::vector<Assumption>& all, const Portfolio& portfolio,
               const RecordCase& one, const std::string& input) {
  constexpr std::string_view kWorth = ".value_per_unit";
  Giver out;
  out.record = given_for(all, portfolio, one, input);
  if (out.record) out.person = out.record->given_by.str();
  if (!out.person.empty() || !input.ends_with(kWorth)) return out;
  const std::string_view id = std::string_view(input).substr(0, input.size() - kWorth.size());
  const auto& kpis = portfolio.records.kpis;
  const auto kpi = std::ranges::find(kpis, id, &strategy::Kpi::id);
  if (kpi != kpis.end()) out.person = kpi->value_agreed_by.str();
  return out;
}

// How good the guesses of who gave it are.
Json hits_json(const FigureBook& book, const std::string& person, const std::string& recompute) {
  if (person.empty()) return {};
  std::vector<quant::RangeAnswer> answers;
  std::size_t rounds = 0;
  for (const risk::CalibrationRound& round : book.snapshot().all<risk::CalibrationRound>()) {
    if (round.person.str() != person) continue;
    ++rounds;
    for (const std::string& text : round.answers) {
      if (const auto answer = quant::parse_range_answer(text)) answers.push_back(*answer);
    }
  }
  Figure out = blank_figure({.key = fmt::format("risk.calibration.hits[{}]", person),
                             .label = "Guesses inside their 90 % range",
                             .unit = "share",
                             .formula = "answers inside the range that was given / answers",
                             .method = "docs/method/calibration.md",
                             .version = 1,
                             .reads = {}},
                            book.as_of());
  quant::set_hits(out, answers);
  const auto n = out.n;
  rest_on(out, "calibration_round", rounds, person);
  out.n = n;
  return cell_json(out, recompute);
}

// Where an estimate is written down; null: nowhere.
Json place_json(const Portfolio& portfolio, const RecordCase& one, const std::string& input) {
  const auto at = [](std::string_view type, const std::string& id, std::string_view field) {
    return Json::object({{"type", type}, {"id", id}, {"field", field}});
  };
  if (input == std::string(kBareBenefit) + ".change") return at("initiative", one.id, kBareBenefit);
  const std::size_t dot = input.rfind('.');
  if (dot == std::string::npos) return at("initiative", one.id, input);
  const std::string kpi = input.substr(0, dot), part = input.substr(dot + 1);
  if (part == "value_per_unit") return at("kpi", kpi, part);
  const auto& effects = portfolio.of.cases.initiatives[*one.at].effects;
  for (std::size_t i = 0; i < effects.size(); ++i) {
    if (portfolio.of.cases.kpis[effects[i].kpi].id == kpi)
      return at("effect", one.effects[i], part);
  }
  return {};
}

}  // namespace

Json assumptions_json(const FigureBook* book, const Portfolio& portfolio, const RecordCase& one,
                      const CaseDetail& detail, const std::string& recompute) {
  const BusinessCase& content = portfolio.of.cases.initiatives[*one.at];
  const auto given = book ? book->snapshot().all<Assumption>() : std::vector<Assumption>{};
  std::vector<NamedInput> inputs = inputs_of(portfolio.of.cases, content);
  for (const Effect& effect : content.effects) {
    const Kpi& kpi = portfolio.of.cases.kpis[effect.kpi];
    if (kpi.id == kBareBenefit) continue;
    inputs.push_back({.name = kpi.id + ".value_per_unit",
                      .pointer = {},
                      .estimate = kpi.value_per_unit,
                      .range = Range::any});
  }
  if (content.p_success < 1) {
    inputs.push_back({.name = "p_success",
                      .pointer = {},
                      .estimate = Estimate::point(content.p_success),
                      .range = Range::share});
  }
  Json out = Json::Array{};
  for (const NamedInput& input : inputs) {
    const bool matters = input.is_given || input.name == "adoption" || input.name == "duration";
    if (!matters) continue;
    const Giver giver = giver_of(given, portfolio, one, input.name);
    const Assumption* by = giver.record;
    const auto worth = std::ranges::find(detail.evppi, input.name, &InputWorth::input);
    const bool is_forecast = input.name == "duration" && one.delay == Delay::forecast;
    const bool is_unknown = input.name == "duration" && one.delay == Delay::unknown;
    Json row = Json::object(
        {{"input", input.name},
         {"label", input_label(portfolio, input.name)},
         {"unit", unit_of(portfolio, input.name)},
         {"estimate", is_forecast ? Json() : Json(format_estimate(input.estimate))},
         {"words", is_forecast  ? std::string("from the forecast of its open work")
                   : is_unknown ? std::string("not known: of use from its first day")
                                : estimate_in_words(input.estimate, input.range == Range::share)},
         {"given_by", book ? named_json(book->snapshot(), "person", giver.person) : Json()},
         {"given_on", by ? day_json(by->given_on) : Json()},
         {"basis", by ? text_json(by->basis) : Json()},
         {"assumption", by ? Json(by->id) : Json()},
         {"is_default", !input.is_given},
         {"is_forecast", is_forecast},
         {"at", place_json(portfolio, one, input.name)},
         {"raw", input.is_given && !is_forecast ? estimate_json(input.estimate) : Json()},
         {"is_stale", by != nullptr && is_stale(*by, portfolio.records.today)},
         {"hits", book ? hits_json(*book, giver.person, recompute) : Json()}});
    row.set(
        "evppi",
        worth == detail.evppi.end()
            ? Json()
            : cell_json(money_cell(portfolio, one, fmt::format("evppi[{}]", input.name),
                                   fmt::format("What it is worth to know {} before deciding",
                                               input_label(portfolio, input.name)),
                                   worth->evppi,
                                   "mean over 100 bins of the best way - the best mean of one way, "
                                   "less the same of random bins",
                                   kInformation),
                        recompute));
    out.push(std::move(row));
  }
  return out;
}

}  // namespace tiebeam::investment
