// What came of a case's promises, as JSON.
#include <fmt/format.h>

#include <algorithm>

#include "model/figure_json.h"
#include "model/figure_kit.h"
#include "rooms/investment/benefits.h"
#include "rooms/investment/case_parts.h"

namespace tiebeam::investment {
namespace {

using std::chrono::sys_days;
constexpr const char* kMethod = "docs/method/benefits.md";
constexpr int kFanSteps = 40;

Json fan_json(const Portfolio& portfolio, const RecordCase& one, std::size_t place,
              const KeepPtr& keep) {
  const Initiative& initiative = portfolio.initiative(one.id);
  const sys_days first{initiative.starts.value_or(portfolio.records.today)};
  const int last = 365 * portfolio.of.policy.horizon_years;
  std::vector<double> days;
  Json on = Json::Array{};
  for (int i = 0; i <= kFanSteps; ++i) {
    const int day = last * i / kFanSteps;
    days.push_back(day);
    on.push(format_day(Day{first + std::chrono::days{day}}));
  }
  const auto promises = promised(portfolio, one, place, days, keep);
  const auto column = [&](double Promise::* part) {
    Json out = Json::Array{};
    for (const Promise& each : *promises) out.push(each.*part);
    return out;
  };
  return Json::object({{"day", std::move(on)},
                       {"p05", column(&Promise::p05)},
                       {"p10", column(&Promise::p10)},
                       {"p50", column(&Promise::p50)},
                       {"p90", column(&Promise::p90)},
                       {"p95", column(&Promise::p95)},
                       {"mean", column(&Promise::mean)}});
}

}  // namespace

Json benefits_json(const FigureBook& book, const Portfolio& portfolio, const RecordCase& one,
                   const CaseBenefits& benefits, const KeepPtr& keep) {
  Json out = Json::Array{};
  if (!one.at) return out;
  for (const EffectBenefit& effect : benefits.effects) {
    const auto place = static_cast<std::size_t>(std::ranges::find(one.effects, effect.effect) -
                                                one.effects.begin());
    const auto& kpis = portfolio.records.kpis;
    const auto kpi = std::ranges::find(kpis, effect.kpi, &strategy::Kpi::id);
    Json readings = Json::Array{};
    for (const Realised& each : effect.readings) {
      readings.push(Json::object(
          {{"id", each.record.id},
           {"on", day_json(each.record.on)},
           {"change", each.record.change.value_or(0)},
           {"promised", each.promise.p50},
           {"p10", each.promise.p10},
           {"p90", each.promise.p90},
           {"inside", each.is_inside()},
           {"agreed_by", named_json(book.snapshot(), "person", each.record.agreed_by.str())}}));
    }
    const auto figures = realised_figures(
        portfolio, fmt::format("{}.effect[{}].", one.id, effect.effect), realisation_of({effect}),
        benefits.why.empty() ? "nobody has read this effect yet" : benefits.why);
    out.push(
        Json::object({{"effect", effect.effect},
                      {"kpi", Json::object({{"id", effect.kpi},
                                            {"name", kpi == kpis.end() ? effect.kpi : kpi->name},
                                            {"unit", kpi == kpis.end() ? "" : kpi->unit}})},
                      {"worth_of_unit", effect.worth},
                      {"fan", fan_json(portfolio, one, place, keep)},
                      {"readings", std::move(readings)},
                      {"too_early", effect.too_early},
                      {"too_late", effect.too_late},
                      {"promised", to_json(figures[0])},
                      {"realised", to_json(figures[1])},
                      {"ratio", to_json(figures[2])},
                      {"inside", to_json(figures[3])}}));
  }
  return out;
}

Json adoption_json(const Portfolio& portfolio, const RecordCase& one,
                   const CaseBenefits& benefits) {
  Json groups = Json::Array{};
  for (const AdoptionGroup& group : benefits.groups) {
    Json readings = Json::Array{};
    std::vector<AdoptionReading> own;
    for (const AdoptionReading& each : benefits.active) {
      if (each.group.str() == group.id) own.push_back(each);
    }
    std::ranges::sort(own, {}, &AdoptionReading::on);
    for (const AdoptionReading& each : own) {
      readings.push(Json::object({{"id", each.id},
                                  {"on", day_json(each.on)},
                                  {"active", each.active ? Json(*each.active) : Json()}}));
    }
    Figure share = cell(portfolio, one, fmt::format("adoption.group[{}]", group.id),
                        fmt::format("Share of {} that uses it now", group.name), "share",
                        "active / eligible, by the newest count", kMethod);
    const AdoptionShare now = adoption_after({group}, own, std::nullopt, portfolio.records.today);
    share.trail.seed.reset();
    share.n = now.eligible;
    if (now.share) {
      share.value = *now.share;
    } else {
      say(share, Status::too_few, now.why);
    }
    groups.push(Json::object({{"id", group.id},
                              {"name", group.name},
                              {"eligible", group.eligible ? Json(*group.eligible) : Json()},
                              {"barriers", text_json(group.barriers)},
                              {"actions", text_json(group.actions)},
                              {"readings", std::move(readings)},
                              {"share", to_json(share)}}));
  }
  const auto figures = adoption_figures(portfolio, one, benefits);
  return Json::object({{"groups", std::move(groups)},
                       {"promised", to_json(figures[0])},
                       {"share", to_json(figures[1])},
                       {"day30", to_json(figures[2])},
                       {"day90", to_json(figures[3])}});
}

}  // namespace tiebeam::investment
