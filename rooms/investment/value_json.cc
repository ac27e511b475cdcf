#include "rooms/investment/value_json.h"

#include <fmt/format.h>

#include "model/figure_json.h"
#include "model/json_parts.h"
#include "rooms/investment/engine/figures.h"
#include "rooms/investment/engine/findings.h"

namespace tiebeam::investment {
namespace {

// A number that needs trials beyond it, or null.
Json told(double value, double beyond, std::uint64_t trials) {
  return too_few_for(beyond, trials).empty() ? Json(value) : Json();
}

Json money_json(const MoneySummary& s, std::uint64_t trials) {
  Json out = Json::object({{"mean", s.mean},
                           {"se", s.standard_error},
                           {"p05", told(s.p05, 0.05, trials)},
                           {"p50", told(s.p50, 0.5, trials)},
                           {"p95", told(s.p95, 0.05, trials)},
                           {"p_loss", s.p_loss},
                           {"cvar5", told(s.cvar5, 0.05, trials)},
                           {"shortfall", s.shortfall}});
  const bool few = !too_few_for(0.05, trials).empty();
  out.set("status", few ? "too_few" : "ok");
  return out;
}

Json payback_json(const PaybackSummary& payback) {
  return Json::object({{"p_within", payback.p_within}, {"p50_years", or_null(payback.p50)}});
}

Json tornado_json(const TornadoRow& row) {
  return Json::object({{"input", row.input},
                       {"low_input", row.low_input},
                       {"high_input", row.high_input},
                       {"low", row.low},
                       {"high", row.high}});
}
Json swing_json(const SwingRow& row) {
  return Json::object({{"input", row.input},
                       {"low_mean", row.low_mean},
                       {"high_mean", row.high_mean},
                       {"swing", row.swing()}});
}

Json case_json(const CaseValue& value, std::uint64_t trials) {
  Json npv = money_json(value.npv.summary, trials);
  npv.set("exact", or_null(value.exact.value));
  npv.set("exact_reason", value.exact.reason.empty() ? Json() : Json(value.exact.reason));
  const auto quantile = [&](const std::optional<double>& x, double beyond) {
    return x ? told(*x, beyond, trials) : Json();
  };
  const DelayCost& late = value.month_late;
  Json out =
      Json::object({{"id", value.id},
                    {"title", value.title},
                    {"kind", Names<InitiativeKind>::values[static_cast<std::size_t>(value.kind)]},
                    {"npv", std::move(npv)},
                    {"roi", Json::object({{"p05", quantile(value.roi.p05, 0.05)},
                                          {"p50", quantile(value.roi.p50, 0.5)},
                                          {"p95", quantile(value.roi.p95, 0.05)},
                                          {"of_means", or_null(value.roi.of_means)}})},
                    {"payback", payback_json(value.payback)},
                    {"discounted_payback", payback_json(value.discounted_payback)},
                    {"irr", or_null(value.irr.rate)},
                    {"irr_reason", value.irr.reason.empty() ? Json() : Json(value.irr.reason)},
                    {"mean_flows", Json::array(value.mean_flows)},
                    {"delay_month", Json::object({{"mean", late.mean},
                                                  {"se", late.standard_error},
                                                  {"p05", told(late.p05, 0.05, trials)},
                                                  {"p95", told(late.p95, 0.05, trials)}})}});
  if (value.do_nothing) {
    out.set("do_nothing",
            Json::object({{"npv", value.do_nothing->npv},
                          {"advantage", money_json(value.do_nothing->advantage, trials)}}));
  } else {
    out.set("do_nothing", Json());
  }
  out.set("tornado", each(value.tornado, tornado_json));
  out.set("swing", each(value.swing, swing_json));
  out.set("digest", hex_of(value.digest));
  out.set("warnings", Json::array(value.warnings));
  return out;
}

}  // namespace

std::string hex_of(const quant::Mix& digest) {
  return fmt::format("{:016x}{:016x}", digest.high, digest.low);
}

Json value_json(const Cases& cases, const Valuation& valuation,
                const std::vector<std::string>& warnings) {
  std::vector<std::string> all = warnings;
  all.insert(all.end(), valuation.warnings.begin(), valuation.warnings.end());
  const bool deferred = cases.late_benefits == quant::Delayed::deferred;
  Json portfolio;
  if (!valuation.initiatives.empty()) {
    portfolio = Json::object({{"npv", money_json(valuation.portfolio.summary, valuation.trials)},
                              {"digest", hex_of(valuation.portfolio_digest)}});
  }
  return Json::object(
      {{"figures",
        each(value_figures(cases, valuation), [](const Figure& f) { return to_json(f); })},
       {"findings",
        each(value_findings(cases, valuation), [](const Finding& f) { return to_json(f); })},
       {"warnings", Json::array(all)},
       {"initiatives", each(valuation.initiatives,
                            [&](const CaseValue& v) { return case_json(v, valuation.trials); })},
       {"portfolio", std::move(portfolio)},
       {"currency", cases.currency.code()},
       {"discount_rate", cases.discount_rate},
       {"horizon_years", cases.horizon_years},
       {"mid_year", cases.timing == quant::Timing::mid_year},
       {"late_benefits", deferred ? "deferred" : "lost"},
       {"seed", static_cast<std::size_t>(valuation.seed)},
       {"trials", static_cast<std::size_t>(valuation.trials)},
       {"digest", hex_of(valuation.digest)}});
}

}  // namespace tiebeam::investment
