// All cases as JSON.
#include "rooms/investment/cases_json.h"

#include <algorithm>

#include "model/figure_json.h"
#include "rooms/investment/case_parts.h"
#include "rooms/investment/engine/figures.h"

namespace tiebeam::investment {
namespace {

template <class E>
Json name_of(E value) {
  return Names<E>::values[static_cast<std::size_t>(value)];
}

Json signed_json(const FigureBook& book, const Standing& standing) {
  const Signature* speaks = standing.speaks();
  return Json::object(
      {{"state", signed_name(standing.state)},
       {"by", speaks ? named_json(book.snapshot(), "person", speaks->record.by.str()) : Json()},
       {"at", speaks && speaks->record.at ? Json(format_instant(*speaks->record.at)) : Json()},
       {"why", speaks ? text_json(speaks->why) : Json()}});
}

// `usual`: with the draws that signatures are for.
Json row_json(const FigureBook& book, const Portfolio& portfolio, const Portfolio& usual,
              const RecordCase& one, const std::vector<Finding>& findings) {
  const Snapshot& snapshot = book.snapshot();
  const Initiative& record = portfolio.initiative(one.id);
  const auto figures = figures_of(portfolio, one);
  const auto figure = [&](std::string_view name) {
    return figures.empty() ? Json() : to_json(figure_named(figures, name));
  };
  const auto own = std::ranges::count_if(findings, [&](const Finding& finding) {
    return finding.subject.type == "initiative" && finding.subject.id == one.id;
  });
  return Json::object(
      {{"id", one.id},
       {"name", one.name},
       {"stage", name_of(record.stage)},
       {"kind", name_of(record.kind)},
       {"lever", record.lever ? name_of(*record.lever) : Json()},
       {"priority", named_json(snapshot, "priority", record.priority.str())},
       {"sponsor", named_json(snapshot, "person", record.sponsor.str())},
       {"business_owner", named_json(snapshot, "person", record.business_owner.str())},
       {"it_owner", named_json(snapshot, "person", record.it_owner.str())},
       {"is_valued", one.at.has_value()},
       {"is_counted", one.at && is_open(record.stage)},
       {"npv", figure("npv")},
       {"loss", figure("npv.p_loss")},
       {"payback", figure("payback_years.p50")},
       {"cost", figure("one_off_cost.p50")},
       {"delay_month", figure("delay_month")},
       {"signed", signed_json(book, standing_of(book, usual, *usual.find(one.id)))},
       {"missing", Json::array(one.missing)},
       {"findings", std::int64_t{own}}});
}

}  // namespace

Json cases_json(const FigureBook& book, const Portfolio& portfolio, const KeepPtr& keep,
                const std::vector<Finding>& findings) {
  std::vector<const RecordCase*> order;
  for (const RecordCase& one : portfolio.of.each) order.push_back(&one);
  std::ranges::sort(order, [&](const RecordCase* a, const RecordCase* b) {
    if (a->at.has_value() != b->at.has_value()) return a->at.has_value();
    if (a->at) {
      const double left = portfolio.value_of(*a)->npv.summary.p50,
                   right = portfolio.value_of(*b)->npv.summary.p50;
      if (left != right) return left > right;
    }
    return a->id < b->id;
  });
  Json rows = Json::Array{}, figures = Json::Array{}, found = Json::Array{};
  const auto usual = portfolio_of(book, keep);
  for (const RecordCase* one : order) rows.push(row_json(book, portfolio, *usual, *one, findings));
  for (const Figure& figure : room_figures(book, portfolio, keep)) figures.push(to_json(figure));
  for (const Finding& finding : findings) {
    if (finding.rule.starts_with("investment.")) found.push(to_json(finding));
  }
  const Policy& policy = portfolio.of.policy;
  return Json::object({{"as_of", format_instant(portfolio.of.cases.as_of)},
                       {"currency", portfolio.of.cases.currency.code()},
                       {"trials", static_cast<std::int64_t>(portfolio.draws.trials)},
                       {"seed", static_cast<std::int64_t>(portfolio.draws.seed)},
                       {"policy", Json::object({{"id", text_json(policy.id)},
                                                {"discount_rate", policy.discount_rate},
                                                {"horizon_years", policy.horizon_years},
                                                {"mid_year", policy.mid_year},
                                                {"presumed", Json::array(policy.presumed)}})},
                       {"counted", Json::object({{"portfolio", portfolio.counted},
                                                 {"funded", portfolio.funded_count},
                                                 {"open", portfolio.open_count}})},
                       {"figures", std::move(figures)},
                       {"cases", std::move(rows)},
                       {"findings", std::move(found)},
                       {"warnings", Json::array(portfolio.valuation.warnings)}});
}

}  // namespace tiebeam::investment
