#include "rooms/investment/initiatives_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/faults.h"
#include "base/id.h"
#include "base/json_pointer.h"
#include "base/text.h"
#include "model/json_object.h"
#include "rooms/investment/engine/faults.h"
#include "rooms/investment/engine/value.h"
#include "rooms/investment/forecast_delay.h"

namespace tiebeam::investment {
namespace {

class Reader {
 public:
  explicit Reader(const LoadJson& load) : load_(load) {}
  ReadCases read(const Json& file);

 private:
  Kpi kpi(const Json& json, const std::string& pointer);
  BusinessCase initiative(const Json& json, const std::string& pointer);
  Effect effect(const Json& json, const std::string& pointer);
  void read_settings(JsonObject& top);
  void read_drivers(JsonObject& top);
  void read_currency(JsonObject& object);
  void read_delivery(JsonObject& object, BusinessCase& out);
  void read_correlations(JsonObject& object, BusinessCase& out);
  std::vector<Loading> loadings(const Json::Object& members, const std::string& pointer);
  void add(Error fault) { out_.faults.push_back(std::move(fault)); }
  // The place of a KPI; that of none, and a fault, where there is no such.
  std::size_t kpi_of(JsonObject& effect);
  // Says where an id stands a second time.
  void note(std::map<std::string, std::string>& seen, const std::string& id,
            const std::string& pointer);

  const LoadJson& load_;
  ReadCases out_;
  std::map<std::string, std::string> kpis_, initiatives_, drivers_;
  std::map<std::string, std::size_t, std::less<>> kpi_places_;
  Suggestions suggest_;
};

void Reader::note(std::map<std::string, std::string>& seen, const std::string& id,
                  const std::string& pointer) {
  if (id.empty()) return;
  const auto [at, is_new] = seen.emplace(id, pointer);
  if (is_new) return;
  add(unexpected_at("investment.doubled_id", pointer + "/id", fmt::format("'{}' again", id),
                    fmt::format("an id that {} does not have", at->second), "give it another id"));
}

std::vector<Loading> Reader::loadings(const Json::Object& members, const std::string& pointer) {
  std::vector<Loading> out;
  for (const auto& [driver, weight] : members) {
    const auto number = weight.number();
    if (number && *number >= -1 && *number <= 1) {
      out.push_back({driver, *number});
      continue;
    }
    add(unexpected_at("investment.bad_loading", pointer + "/" + pointer_part(driver),
                      shown(write_json(weight)), "a loading from -1 to 1"));
  }
  return out;
}

// Amounts are numbers in the file's currency; who names another has to convert them first.
void Reader::read_currency(JsonObject& object) {
  const std::string code = object.text("currency");
  if (code.empty() || code == out_.cases.currency.code()) return;
  add(unexpected_at("money.currency_mismatch", object.at("currency"), code,
                    fmt::format("{}, the currency of the file", out_.cases.currency.code()),
                    "convert its amounts at a dated rate, and say the rate in the title"));
}

Kpi Reader::kpi(const Json& json, const std::string& pointer) {
  JsonObject object(json, pointer, out_.faults);
  Kpi out;
  out.id = object.id();
  note(kpis_, out.id, pointer);
  out.unit = object.text("unit");
  object.need("value_per_unit", "what one unit more is worth a year");
  out.value_per_unit = object.estimate("value_per_unit").value_or(Estimate::point(0));
  out.drivers = loadings(object.object("drivers"), object.at("drivers"));
  read_currency(object);
  object.refuse_others();
  return out;
}

std::size_t Reader::kpi_of(JsonObject& effect) {
  effect.need("kpi", "the id of a KPI of the file");
  const std::string id = effect.text("kpi");
  const auto found = kpi_places_.find(id);
  if (found != kpi_places_.end()) return found->second;
  const auto& kpis = out_.cases.kpis;
  if (!effect.has("kpi")) return 0;
  const auto known = [&] {
    std::vector<std::string_view> out;
    for (const Kpi& each : kpis) out.push_back(each.id);
    return out;
  };
  add(unexpected_at("investment.unknown_kpi", effect.at("kpi"), fmt::format("'{}'", shown(id)),
                    "the id of one of kpis[]" + suggest_(id, known),
                    "describe the KPI in kpis[] of the file"));
  return kpis.size();
}

Effect Reader::effect(const Json& json, const std::string& pointer) {
  JsonObject object(json, pointer, out_.faults);
  Effect out;
  out.kpi = kpi_of(object);
  object.need("change", "by how much the KPI changes");
  out.change = object.estimate("change").value_or(Estimate::point(0));
  out.delay = object.estimate("delay");
  out.ramp = object.estimate("ramp");
  out.share = object.estimate("share");
  object.refuse_others();
  return out;
}

void Reader::read_delivery(JsonObject& object, BusinessCase& out) {
  out.duration = object.estimate("duration");
  if (!object.has("delivery")) return;
  const std::string pointer = object.at("delivery");
  const Json members = Json(object.object("delivery"));
  JsonObject delivery(members, pointer, out_.faults);
  delivery.need("forecast", "the path of a forecast");
  const std::string path = delivery.text("forecast");
  delivery.refuse_others();
  if (out.duration) {
    add(unexpected_at("investment.two_durations", pointer, "a forecast beside a duration",
                      "one of the two", "take out the duration"));
  }
  if (path.empty()) return;
  auto forecast = load_(path);
  auto delay = forecast ? delay_from_forecast(*forecast)
                        : Result<ForecastDelay>(std::unexpected(std::move(forecast).error()));
  if (!delay) {
    Error error = std::move(delay).error();
    error.message = fmt::format("{}/forecast: {}: {}", pointer, shown(path, 200), error.message);
    error.field = pointer + "/forecast";
    return add(std::move(error));
  }
  out.duration = std::move(delay->days);
  out.is_forecast = true;
  out_.cases.as_of = std::max(out_.cases.as_of, delay->as_of);
  if (!delay->note.empty())
    out_.warnings.push_back(fmt::format("{}, delivery: {}", out.id, delay->note));
}

void Reader::read_correlations(JsonObject& object, BusinessCase& out) {
  const Json::Array& list = object.list("correlations");
  for (std::size_t i = 0; i < list.size(); ++i) {
    JsonObject each(list[i], fmt::format("{}/{}", object.at("correlations"), i), out_.faults);
    each.need("inputs", "the names of two inputs");
    each.need("rank", "a rank correlation from -1 to 1");
    RankCorrelation pair;
    pair.rank = each.number("rank", -1, 1).value_or(0);
    const Json::Array& inputs = each.list("inputs");
    if (inputs.size() == 2 && inputs[0].if_string() && inputs[1].if_string()) {
      pair.first = *inputs[0].if_string();
      pair.second = *inputs[1].if_string();
      out.correlations.push_back(std::move(pair));
    } else if (each.has("inputs")) {
      add(unexpected_at("investment.bad_correlation", each.at("inputs"),
                        fmt::format("a list of {}", inputs.size()), "the names of two inputs"));
    }
    each.refuse_others();
  }
}

BusinessCase Reader::initiative(const Json& json, const std::string& pointer) {
  JsonObject object(json, pointer, out_.faults);
  BusinessCase out;
  out.id = object.id();
  note(initiatives_, out.id, pointer);
  if (out.id == "portfolio") {
    add(unexpected_at("investment.doubled_id", pointer + "/id", "'portfolio'",
                      "another id: figures of all together go by this name", "give it another id"));
  }
  out.title = object.text("title", out.id);
  const auto& kinds = Names<InitiativeKind>::values;
  out.kind = static_cast<InitiativeKind>(
      object.choice("kind", {kinds.begin(), kinds.end()}, static_cast<std::size_t>(out.kind)));
  out.one_off_cost = object.estimate("one_off_cost");
  out.run_cost_a_year = object.estimate("run_cost_a_year");
  out.exit_cost = object.estimate("exit_cost");
  read_delivery(object, out);
  out.p_success = object.number("p_success", 0, 1).value_or(1);
  out.adoption = object.estimate("adoption");
  out.adoption_ramp = object.estimate("adoption_ramp");
  out.do_nothing_cost_a_year = object.estimate("do_nothing_cost_a_year");
  read_currency(object);
  std::map<std::string, std::string> moved;
  const Json::Array& effects = object.list("effects");
  for (std::size_t i = 0; i < effects.size(); ++i) {
    const std::string at = fmt::format("{}/{}", object.at("effects"), i);
    Effect read = effect(effects[i], at);
    if (read.kpi < out_.cases.kpis.size()) {
      const auto [first, is_new] = moved.emplace(out_.cases.kpis[read.kpi].id, at);
      if (!is_new) {
        add(unexpected_at("investment.doubled_id", at + "/kpi",
                          fmt::format("'{}' again", first->first),
                          fmt::format("a KPI that {} does not move", first->second),
                          "say the whole change of a KPI in one effect"));
      }
      out.effects.push_back(std::move(read));
    }
  }
  for (const auto& [of, members] : object.object("drivers")) {
    const std::string at = fmt::format("{}/{}", object.at("drivers"), pointer_part(of));
    const auto* loaded = members.if_object();
    if (loaded != nullptr) {
      out.drivers.push_back({of, loadings(*loaded, at)});
    } else {
      add(unexpected_at("json.wrong_kind", at, shown(write_json(members)),
                        "an object of drivers and loadings"));
    }
  }
  read_correlations(object, out);
  object.refuse_others();
  return out;
}

void Reader::read_settings(JsonObject& top) {
  Cases& cases = out_.cases;
  top.need("currency", "a currency code like \"EUR\"");
  if (const std::string code = top.text("currency"); !code.empty()) {
    auto currency = Currency::create(code);
    if (currency) {
      cases.currency = *currency;
    } else {
      Error error = std::move(currency).error();
      error.message = fmt::format("/currency: {}", error.message);
      error.field = "/currency";
      add(std::move(error));
    }
  }
  top.need("discount_rate", "the organisation's rate a year, as in 0.08");
  cases.discount_rate = top.number("discount_rate", 0, 1).value_or(0);
  top.need("horizon_years", "how many years are counted");
  cases.horizon_years =
      static_cast<int>(top.whole("horizon_years", 1, kMostHorizonYears).value_or(1));
  if (const auto trials = top.whole("trials", 1, static_cast<std::int64_t>(kMostTrials)))
    cases.trials = static_cast<std::uint64_t>(*trials);
  cases.timing = top.flag("mid_year", false) ? quant::Timing::mid_year : quant::Timing::end_of_year;
  cases.late_benefits = top.choice("late_benefits", {"lost", "deferred"}, 0) == 0
                            ? quant::Delayed::lost
                            : quant::Delayed::deferred;
}

void Reader::read_drivers(JsonObject& top) {
  const Json::Array& list = top.list("drivers");
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string pointer = fmt::format("/drivers/{}", i);
    const auto* id = list[i].if_string();
    if (id == nullptr || !is_slug(*id)) {
      add(unexpected_at("json.wrong_kind", pointer, shown(write_json(list[i])),
                        "an id of a-z, 0-9, '-', '_', '.'"));
      continue;
    }
    note(drivers_, *id, pointer);
    out_.cases.drivers.push_back(*id);
  }
}

ReadCases Reader::read(const Json& file) {
  JsonObject top(file, "", out_.faults);
  read_settings(top);
  read_drivers(top);
  std::optional<Instant> as_of;
  if (const std::string text = top.text("as_of"); !text.empty()) {
    auto at = parse_instant(text);
    if (at) as_of = *at;
    if (!at) {
      add(unexpected_at("json.wrong_kind", "/as_of", fmt::format("'{}'", shown(text)),
                        "a day like \"2026-01-31\""));
    }
  }
  const Json::Array& kpis = top.list("kpis");
  for (std::size_t i = 0; i < kpis.size(); ++i) {
    out_.cases.kpis.push_back(kpi(kpis[i], fmt::format("/kpis/{}", i)));
    kpi_places_.emplace(out_.cases.kpis.back().id, i);
  }
  top.need("initiatives", "a list of initiatives");
  const Json::Array& list = top.list("initiatives");
  for (std::size_t i = 0; i < list.size(); ++i)
    out_.cases.initiatives.push_back(initiative(list[i], fmt::format("/initiatives/{}", i)));
  top.refuse_others();
  if (as_of) out_.cases.as_of = *as_of;
  for (Error& error : faults_of(out_.cases)) add(std::move(error));
  keep_first_faults(out_.faults);
  return std::move(out_);
}

}  // namespace

ReadCases read_cases(const Json& file, const LoadJson& load) { return Reader(load).read(file); }

}  // namespace tiebeam::investment
