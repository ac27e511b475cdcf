#include "rooms/risk/register_json.h"

#include "model/record_json.h"

namespace tiebeam::risk {
namespace {

// A plain number where it is one.
Json estimate(const Estimate& from) {
  const auto value =
      from.shape == Estimate::Shape::point ? parameter_of(from, "value") : std::nullopt;
  return value ? Json(*value) : estimate_json(from);
}

Json frequency(const Frequency& from) {
  switch (from.law) {
    case CountLaw::negative_binomial:
      return Json::object({{"kind", "negative_binomial"}, {"mean", from.mean}, {"k", from.size}});
    case CountLaw::fixed:
      return Json::object({{"kind", "fixed"}, {"count", static_cast<std::int64_t>(from.count)}});
    case CountLaw::poisson:
    case CountLaw::bernoulli:
      break;
  }
  Json out = Json::object({{"kind", from.law == CountLaw::poisson ? "poisson" : "bernoulli"}});
  for (std::size_t i = 0; i < from.factors.size(); ++i)
    out.set(from.factor_fields[i].substr(1), estimate(from.factors[i]));
  return out;
}

Json loss(const std::vector<LossForm>& forms) {
  if (forms.size() == 1 && forms.front().name.empty()) return estimate(forms.front().amount);
  Json out = Json::Object{};
  for (const LossForm& each : forms) out.set(each.name, estimate(each.amount));
  return out;
}

void set_loadings(Json& out, const char* key, const std::vector<Loading>& loadings) {
  if (loadings.empty()) return;
  Json all = Json::Object{};
  for (const Loading& each : loadings) all.set(each.driver, each.weight);
  out.set(key, std::move(all));
}

void set_text(Json& out, const char* key, const std::string& text) {
  if (!text.empty()) out.set(key, text);
}

Json scenario(const Scenario& from) {
  Json out = Json::object({{"id", from.id}});
  set_text(out, "title", from.title);
  if (from.frequency) out.set("frequency", frequency(*from.frequency));
  out.set("primary_loss", loss(from.primary));
  if (from.secondary_probability) {
    out.set("secondary_probability", estimate(*from.secondary_probability));
    out.set("secondary_loss", loss(from.secondary));
  }
  if (!from.insurance.empty()) {
    Json layers = Json::Array{};
    for (const InsuranceLayer& each : from.insurance)
      layers.push(Json::object({{"deductible", each.deductible}, {"limit", each.limit}}));
    out.set("insurance", std::move(layers));
  }
  set_text(out, "common_cause", from.common_cause);
  set_loadings(out, "drivers", from.drivers);
  set_loadings(out, "severity_drivers", from.severity_drivers);
  set_text(out, "asset", from.asset);
  if (!from.goals.empty()) out.set("goals", Json::array(from.goals));
  return out;
}

Json common_cause(const CommonCause& from) {
  Json out = Json::object({{"id", from.id}, {"frequency", frequency(from.frequency)}});
  set_loadings(out, "drivers", from.drivers);
  return out;
}

Json control(const Register& all, const Control& from) {
  Json out = Json::object({{"id", from.id}});
  set_text(out, "title", from.title);
  if (!from.has_no_price) out.set("cost_a_year", estimate(from.cost_a_year));
  if (from.in_place) out.set("in_place", true);
  Json reduces = Json::Array{};
  for (const Reduction& each : from.reduces) {
    reduces.push(
        Json::object({{"scenario", all.scenarios[each.scenario].id},
                      {"factor", each.factor == Factor::frequency ? "frequency" : "magnitude"},
                      {"by", estimate(each.by)}}));
  }
  out.set("reduces", std::move(reduces));
  return out;
}

template <class Rows, class F>
void set_list(Json& out, const char* key, const Rows& rows, F one) {
  if (rows.empty()) return;
  Json list = Json::Array{};
  for (const auto& row : rows) list.push(one(row));
  out.set(key, std::move(list));
}

}  // namespace

Json register_json(const Register& wanted) {
  Json out = Json::object(
      {{"currency", wanted.currency.code()}, {"trials", static_cast<std::int64_t>(wanted.trials)}});
  set_list(out, "common_causes", wanted.common_causes, common_cause);
  Json scenarios = Json::Array{};
  for (const Scenario& each : wanted.scenarios) scenarios.push(scenario(each));
  out.set("scenarios", std::move(scenarios));
  set_list(out, "controls", wanted.controls,
           [&](const Control& each) { return control(wanted, each); });
  set_list(out, "appetite", wanted.appetite, [](const quant::AppetitePoint& each) {
    return Json::object({{"probability", each.probability}, {"loss", each.loss}});
  });
  if (wanted.control_budget) out.set("control_budget", *wanted.control_budget);
  return out;
}

}  // namespace tiebeam::risk
