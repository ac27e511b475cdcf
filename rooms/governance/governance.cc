#include "rooms/governance/governance.h"

#include "model/known_until.h"
#include "rooms/governance/engine/figures.h"
#include "rooms/governance/rules/rules.h"

namespace tiebeam::governance {
namespace {

Day today_of(const FigureBook& book) {
  const Snapshot& snapshot = book.snapshot();
  return day_of(seen_from(book), snapshot.zone(snapshot.organisation.zone));
}

Facts facts_of(const FigureBook& book) {
  Facts out;
  out.today = today_of(book);
  for (const Promise& promise : say_do_of(book)->promises) {
    out.promises.push_back({.id = promise.record.id,
                            .name = promise.record.name,
                            .due = promise.record.due,
                            .is_overdue = promise.fate == Fate::overdue,
                            .is_open = !is_settled(days_of(promise.record), out.today),
                            .has_receiver = !promise.record.to.empty()});
  }
  for (const WaitingDecision& one : decisions_of(book)->waiting) {
    out.waiting.push_back({.id = one.record.id,
                           .name = one.record.name,
                           .needed_by = one.record.needed_by,
                           .cost_a_week = one.record.cost_of_delay_a_week,
                           .is_late = one.is_past_needed,
                           .has_decider = !one.record.decider.empty()});
  }
  return out;
}

}  // namespace

Instant seen_from(const FigureBook& book) {
  return known_until(book, {"commitment", "decision", "meeting", "engagement", "action"});
}

std::shared_ptr<const SayDo> say_do_of(const FigureBook& book) {
  return book.once<SayDo>("governance.saydo", [&] {
    return compute_say_do(book.snapshot().all<Commitment>(), book.snapshot().all<Person>(),
                          today_of(book));
  });
}

std::shared_ptr<const Decisions> decisions_of(const FigureBook& book) {
  return book.once<Decisions>("governance.decisions", [&] {
    const auto currency = Currency::create(book.snapshot().organisation.currency);
    return compute_decisions(book.snapshot().all<Decision>(), currency.value_or(Currency{}),
                             today_of(book));
  });
}

std::vector<FigureFamily> governance_families() {
  FigureFamily say_do;
  say_do.name = "governance.saydo";
  say_do.figures = say_do_specs();
  say_do.compute = [](const FigureBook& book) {
    return say_do_figures(*say_do_of(book), seen_from(book));
  };
  say_do.evidence = [](const FigureBook& book, std::string_view key, std::size_t offset,
                       std::size_t limit) {
    return say_do_evidence(*say_do_of(book), key, offset, limit);
  };
  FigureFamily decisions;
  decisions.name = "governance.decisions";
  decisions.figures = decision_specs();
  decisions.compute = [](const FigureBook& book) {
    return decision_figures(*decisions_of(book), seen_from(book));
  };
  decisions.evidence = [](const FigureBook& book, std::string_view key, std::size_t offset,
                          std::size_t limit) {
    return decision_evidence(*decisions_of(book), key, offset, limit);
  };
  return {std::move(say_do), std::move(decisions)};
}

std::vector<Rule> governance_rules() {
  return {promise_overdue_rule(facts_of), promise_undated_rule(facts_of),
          decision_late_rule(facts_of), decision_no_decider_rule(facts_of)};
}

}  // namespace tiebeam::governance
