#include "rooms/risk/preview.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "rooms/risk/alone.h"
#include "rooms/risk/engine/draws.h"
#include "rooms/risk/exposure_figures.h"
#include "rooms/risk/records.h"

namespace tiebeam::risk {
namespace {

// Records that a register is made of, without all others.
Snapshot of_risk(const Snapshot& from) {
  Snapshot out;
  out.catalog = from.catalog;
  out.organisation = from.organisation;
  out.zones = from.zones;
  for (const char* type : {"scenario", "common_cause", "driver", "driver_loading",
                           "insurance_layer", "control", "reduction"})
    out.records[type] = from.of(type);
  return out;
}

Json fault_json(std::string_view field, std::string_view found, std::string_view hint) {
  return Json::object({{"field", field}, {"found", found}, {"hint", hint}});
}

bool has_fault(const Json& errors, std::string_view field) {
  return std::ranges::any_of(*errors.if_array(), [&](const Json& each) {
    return *each.find("field")->if_string() == field;
  });
}

// What was typed, over what is on record under its id.
struct Typed {
  Record record;
  Json errors = Json::Array{};
};
Typed typed_record(const Snapshot& snapshot, const RecordType& type, const Options& typed) {
  const auto said = [&](const std::string& name) {
    const auto found = typed.find(name);
    return found == typed.end() ? std::string{} : found->second;
  };
  Typed out{.record = fresh(type)};
  if (const Record* held = snapshot.find("scenario", said("id"))) out.record = *held;
  for (const std::string& name : preview_fields()) {
    const auto found = typed.find(name);
    if (found == typed.end()) continue;
    const std::size_t at = type.index_of(name);
    auto value = parse_value(type.fields[at], found->second);
    if (value) {
      out.record.values[at] = *std::move(value);
    } else {
      out.errors.push(fault_json(name, value.error().message, value.error().hint));
    }
  }
  if (out.record.id().empty()) {
    const std::string slug = slugify(said("name"));
    out.record.values[kIdField] = slug.empty() ? std::string("preview") : slug;
  }
  if (out.record.name().empty()) out.record.values[kNameField] = said("name");
  return out;
}

void put(std::vector<Record>& records, Record record) {
  const auto at = std::ranges::lower_bound(records, record.id(), {}, &Record::id);
  if (at != records.end() && at->id() == record.id()) {
    *at = std::move(record);
  } else {
    records.insert(at, std::move(record));
  }
}

Json figures_json(const Exposed& alone, Instant as_of, const std::string& recompute) {
  const Measures& m = alone.simulation->scenarios[0].measures;
  const std::string& id = alone.records->wanted.scenarios[0].id;
  const RowFigures rows(as_of, alone.records->wanted.currency, &alone);
  Json out = Json::Array{};
  const auto push = [&](const Figure& figure) { out.push(cell_json(figure, recompute)); };
  push(rows.mean({"risk.preview.mean", "Loss a year on average", "money",
                  "mean of all simulated years of the scenario"},
                 "scenario", id, m));
  push(rows.percentile({"risk.preview.p90", "Loss in a bad year (1 in 10)", "money",
                        "x of rank ceil(0.9 n) of the simulated years"},
                       "scenario", id, m.quantiles[2]));
  push(rows.percentile({"risk.preview.p99", "Loss in the worst year of a century (1 in 100)",
                        "money", "x of rank ceil(0.99 n) of the simulated years"},
                       "scenario", id, m.quantiles[4]));
  push(RowFigures::number(rows.blank({"risk.preview.none", "Chance of a year without any loss",
                                      "share", "years without a loss / all simulated years"},
                                     "scenario", id),
                          m.p_zero));
  return out;
}

// Five significant digits: finer than a quick look is, and a third of the bytes.
Json rounded_list(const std::vector<double>& values) {
  Json out = Json::Array{};
  for (const double value : values) {
    if (value == 0) {
      out.push(0);
      continue;
    }
    const double places = 4 - std::floor(std::log10(std::abs(value)));
    const double scale = std::pow(10, std::abs(places));
    out.push(places > 0 ? std::round(value * scale) / scale : std::round(value / scale) * scale);
  }
  return out;
}

// No uniform becomes 1 by rounding: an event that no control prevents would be lost.
std::vector<double> below_one(std::vector<double> uniforms) {
  for (double& each : uniforms) each = std::min(each, 0.99999);
  return uniforms;
}

Json scenario_draws(const Register& wanted, const ScenarioDraws& each) {
  Json out = Json::object({{"id", wanted.scenarios[each.scenario].id}});
  if (each.is_sum) {
    out.set("events", Json());
    out.set("rest", rounded_list(each.sum));
    out.set("is_sum", true);
    return out;
  }
  Json draw = Json::Array{};
  for (const std::uint32_t at : each.draw) draw.push(static_cast<std::int64_t>(at));
  out.set("events", Json::object({{"draw", std::move(draw)},
                                  {"loss", rounded_list(each.loss)},
                                  {"u", rounded_list(below_one(each.prevented))}}));
  out.set("rest", Json());
  return out;
}

// The shares of the years in which the scenario has an event; 0 in the others, of which nothing can
// be taken away.
Json shares_of(const ReductionDraws& reduction, const Draws& draws) {
  const auto scenario =
      std::ranges::find(draws.scenarios, reduction.scenario, &ScenarioDraws::scenario);
  std::vector<double> all = reduction.by;
  all.resize(draws.count, all.front());
  if (scenario == draws.scenarios.end() || scenario->is_sum) return rounded_list(all);
  std::vector<double> needed(draws.count, 0);
  for (const std::uint32_t year : scenario->draw) needed[year] = all[year];
  return rounded_list(needed);
}

Json control_draws(const Exposed& found, const Draws& draws, std::size_t at) {
  const Control& control = found.records->wanted.controls[at];
  Json reduces = Json::Array{};
  for (const ReductionDraws& each : draws.reductions) {
    if (each.control != at) continue;
    reduces.push(
        Json::object({{"scenario", found.records->wanted.scenarios[each.scenario].id},
                      {"factor", each.factor == Factor::frequency ? "frequency" : "magnitude"},
                      {"by", shares_of(each, draws)}}));
  }
  return Json::object({{"id", control.id},
                       {"on", control.in_place},
                       {"cost", found.simulation->controls[at].cost},
                       {"reduces", std::move(reduces)}});
}

}  // namespace

const std::vector<std::string>& preview_fields() {
  static const std::vector<std::string> all = {"law",
                                               "frequency",
                                               "dispersion",
                                               "contact",
                                               "action",
                                               "vulnerability",
                                               "primary_loss",
                                               "productivity_loss",
                                               "response_loss",
                                               "replacement_loss",
                                               "fines_loss",
                                               "competitive_loss",
                                               "reputation_loss",
                                               "secondary_probability",
                                               "secondary_loss",
                                               "common_cause"};
  return all;
}

Result<Json> preview_json(const FigureBook& book, SimulationKeep& keep, const Options& typed,
                          const ExposureWish& wanted) {
  const Snapshot& snapshot = book.snapshot();
  Typed said = typed_record(snapshot, *snapshot.catalog->find("scenario"), typed);
  const std::string id = said.record.id();
  Snapshot with = of_risk(snapshot);
  put(with.records["scenario"], std::move(said.record));
  TB_TRY(const RecordRegister records, register_of(with));
  for (const LeftOut& left : records.left_out) {
    if (left.type != "scenario" || left.id != id) continue;
    for (const Lack& lack : left.lacks) {
      if (!has_fault(said.errors, lack.field))  // not understood, and hence missing, is said once
        said.errors.push(fault_json(lack.field, lack.what, lack.hint));
    }
  }
  const auto& all = records.wanted.scenarios;
  const auto at = std::ranges::find(all, id, &Scenario::id);
  const bool is_sound = at != all.end() && said.errors.if_array()->empty();
  Json out = Json::object({{"as_of", format_instant(seen_from(book))},
                           {"currency", records.wanted.currency.code()},
                           {"figures", Json::Array{}},
                           {"sentence", ""},
                           {"curve", Json()},
                           {"errors", std::move(said.errors)}});
  if (!is_sound) return out;
  TB_TRY(const Exposed alone,
         alone_exposed(records, static_cast<std::size_t>(at - all.begin()), keep, wanted.wish));
  const std::string recompute = recompute_of("tiebeam risk simulate", wanted);
  out.set("figures", figures_json(alone, seen_from(book), recompute));
  out.set("sentence",
          chance_sentence(alone.simulation->scenarios[0].measures, records.wanted.currency));
  out.set("curve", curve_json("today", "Today", alone.simulation->even));
  return out;
}

Result<Json> draws_json(const FigureBook& book, SimulationKeep& keep, const ExposureWish& wanted) {
  TB_TRY(const Exposed found, exposed(book, keep, wanted.wish));
  const Register& of = found.records->wanted;
  Json out = Json::object({{"draws", std::int64_t{0}},
                           {"seed", static_cast<std::int64_t>(found.seed)},
                           {"currency", of.currency.code()},
                           {"scenarios", Json::Array{}},
                           {"controls", Json::Array{}},
                           {"insurance", Json::Object{}}});
  if (!found.simulation) return out;
  const Draws draws =
      paired_draws(of, found.simulation->kept->prepared, std::min(kDraws, found.trials));
  Json scenarios = Json::Array{}, controls = Json::Array{}, insurance = Json::Object{};
  scenarios.push(
      Json::object({{"id", ""}, {"events", Json()}, {"rest", rounded_list(draws.rest)}}));
  for (const ScenarioDraws& each : draws.scenarios) {
    scenarios.push(scenario_draws(of, each));
    Json layers = Json::Array{};
    for (const InsuranceLayer& layer : of.scenarios[each.scenario].insurance)
      layers.push(Json::object({{"deductible", layer.deductible}, {"limit", layer.limit}}));
    if (!layers.if_array()->empty())
      insurance.set(of.scenarios[each.scenario].id, std::move(layers));
  }
  for (std::size_t i = 0; i < of.controls.size(); ++i)
    controls.push(control_draws(found, draws, i));
  out.set("draws", static_cast<std::int64_t>(draws.count));
  out.set("scenarios", std::move(scenarios));
  out.set("controls", std::move(controls));
  out.set("insurance", std::move(insurance));
  return out;
}

}  // namespace tiebeam::risk
