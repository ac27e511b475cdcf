#include "rooms/risk/risk_rules.h"

#include <algorithm>
#include <numeric>

#include "rooms/risk/records.h"
#include "rooms/risk/risk.h"
#include "rooms/risk/rules/rules.h"

namespace tiebeam::risk {
namespace {

bool has_any_estimate(const RiskScenario& s) {
  return s.frequency || s.contact || s.action || s.vulnerability || s.primary_loss ||
         s.productivity_loss || s.response_loss || s.replacement_loss || s.fines_loss ||
         s.competitive_loss || s.reputation_loss || s.secondary_probability || s.secondary_loss;
}

void add_appetite(const Snapshot& snapshot, const Exposed& found, Facts& out) {
  const Currency& currency = found.records->wanted.currency;
  for (std::size_t i = 0; found.simulation && i < found.simulation->appetite.size(); ++i) {
    const AppetiteResult& each = found.simulation->appetite[i];
    const auto record =
        to_struct<Appetite>(*snapshot.find("appetite", found.records->appetite_ids[i]));
    out.appetite.push_back({.id = record.id,
                            .loss = money_words(each.point.loss, currency),
                            .agreed = years_words(each.point.probability),
                            .comes_to = years_words(each.probability.value),
                            .factor = each.probability.value / each.point.probability,
                            .is_breached = each.verdict == quant::Verdict::breach,
                            .is_undecided = each.verdict == quant::Verdict::undecided,
                            .set_by = record.set_by.str()});
  }
}

// The scenarios that together make half of the worst years, three at most.
std::vector<std::string> chief_drivers(const Exposed& found) {
  if (!found.simulation) return {};
  const auto& all = found.simulation->scenarios;
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    return std::tuple(-all[a].tail_share.value_or(0), all[a].id) <
           std::tuple(-all[b].tail_share.value_or(0), all[b].id);
  });
  std::vector<std::string> out;
  double share = 0;
  for (const std::size_t at : order) {
    if (share >= 0.5 || out.size() == 3 || !all[at].tail_share) break;
    share += *all[at].tail_share;
    out.push_back(found.records->wanted.scenarios[at].title);
  }
  return out;
}

void add_scenarios(const Snapshot& snapshot, const Exposed& found, Facts& out) {
  for (const RiskScenario& record : snapshot.all<RiskScenario>()) {
    ScenarioFacts facts{.id = record.id,
                        .name = record.name,
                        .has_owner = !record.owner.empty(),
                        .is_accepted = record.treatment == Treatment::accept,
                        .has_acceptor = !record.accepted_by.empty(),
                        .review_on = record.review_on,
                        .estimated_on = record.estimated_on,
                        .lacks = {},
                        .has_estimate = has_any_estimate(record)};
    for (const LeftOut& left : found.records->left_out) {
      if (left.type != "scenario" || left.id != record.id) continue;
      for (const Lack& lack : left.lacks) facts.lacks.push_back(lack.what);
    }
    out.scenarios.push_back(std::move(facts));
  }
}

Facts facts_of(const FigureBook& book, const KeepPtr& keep) {
  const Snapshot& snapshot = book.snapshot();
  Facts out;
  out.today = day_of(seen_from(book), snapshot.zone(snapshot.organisation.zone));
  const auto found = usually_exposed(book, keep);
  if (!found->records) return out;
  out.finished = found->records->wanted.scenarios.size();
  add_appetite(snapshot, *found, out);
  out.chief_drivers = chief_drivers(*found);
  add_scenarios(snapshot, *found, out);
  for (const RiskControl& record : snapshot.all<RiskControl>())
    out.controls.push_back({.id = record.id,
                            .name = record.name,
                            .is_in_place = record.status == ControlStatus::in_place,
                            .tested_at = record.tested_at,
                            .test_passed = record.test_passed});
  return out;
}

}  // namespace

std::vector<Rule> risk_rules(const KeepPtr& keep) {
  // Ten rules look at the same facts: made once for a book.
  const ReadFacts read = [keep](const FigureBook& book) {
    return *book.once<Facts>("risk.facts", [&] { return facts_of(book, keep); });
  };
  return {appetite_breached_rule(read),  appetite_undecided_rule(read), appetite_not_set_rule(read),
          appetite_nobody_rule(read),    no_owner_rule(read),           review_due_rule(read),
          accepted_by_nobody_rule(read), stale_estimate_rule(read),     unfinished_rule(read),
          control_untested_rule(read)};
}

}  // namespace tiebeam::risk
