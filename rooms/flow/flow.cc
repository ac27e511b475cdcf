#include "rooms/flow/flow.h"

#include <algorithm>

#include "rooms/flow/delivery.h"
#include "rooms/flow/engine/ageing/ask_today.h"
#include "rooms/flow/engine/bottleneck/bottleneck.h"
#include "rooms/flow/engine/demand/demand.h"
#include "rooms/flow/engine/evidence.h"
#include "rooms/flow/engine/figures.h"
#include "rooms/flow/engine/forecast/figures.h"
#include "rooms/flow/engine/forecast/initiatives.h"
#include "rooms/flow/engine/handovers/worst.h"
#include "rooms/flow/engine/party/waiting.h"
#include "rooms/flow/engine/utilisation/utilisation.h"
#include "rooms/flow/people.h"
#include "rooms/flow/rules/rules.h"

namespace tiebeam::flow {

namespace {

FigureFamily report_family() {
  FigureFamily family;
  family.name = "flow";
  family.figures = figure_specs();
  family.compute = [](const FigureBook& book) { return report_of(book)->figures; };
  family.evidence = [](const FigureBook& book, std::string_view key, std::size_t offset,
                       std::size_t limit) {
    return evidence_of(*report_of(book), key, offset, limit);
  };
  return family;
}

std::shared_ptr<const StandingForecast> standing_of(const FigureBook& book) {
  return *book.once<std::shared_ptr<const StandingForecast>>(
      "flow.forecast", [&] { return standing_forecast(*report_of(book)); });
}

FigureFamily forecast_family() {
  FigureFamily family;
  family.name = "flow.forecast";
  family.figures = forecast_specs();
  family.compute = [](const FigureBook& book) {
    return forecast_figures(*report_of(book), *standing_of(book));
  };
  family.evidence = [](const FigureBook& book, std::string_view key, std::size_t offset,
                       std::size_t limit) {
    return forecast_evidence(*report_of(book), *standing_of(book), key, offset, limit);
  };
  return family;
}

StreamFacts facts_of(const StreamRow& row, const FlowReport& report) {
  StreamFacts facts;
  facts.id = row.id;
  facts.name = row.name;
  facts.now = row.now;
  facts.past_expectation = row.past_expectation;
  facts.expectation_days = row.expectation_days;
  facts.expectation_share = row.expectation_share;
  facts.wip_limit = row.wip_limit;
  for (const AgingRow& aging : report.aging) {
    if (facts.oldest.size() == 3) break;
    if (aging.past_85 && aging.value_stream == row.id) {
      facts.oldest.emplace_back(aging.item, aging.age_days);
    }
  }
  return facts;
}

std::optional<Growth> growth_of(const DemandRow& row) {
  if (row.trend != Trend::grows) return std::nullopt;
  return Growth{.begun = row.arrival->value,
                .finished = row.throughput->value,
                .given_up = row.given_up_a_week,
                .net = row.net->value,
                .low = row.net->low,
                .high = row.net->high,
                .weeks = row.weeks};
}

FlowFacts read_facts(const FigureBook& book) {
  const FlowReport& report = *report_of(book);
  FlowFacts facts;
  facts.as_of = report.as_of;
  facts.line_days = days_of(quant::survival_value(report.curve, 0.85).value_or(0));
  const Demand& demand = *demand_of(book);
  for (const StreamRow& row : report.streams) {
    facts.streams.push_back(facts_of(row, report));
    const auto rates = std::ranges::find(demand.rows, row.id, &DemandRow::id);
    if (rates != demand.rows.end()) facts.streams.back().growth = growth_of(*rates);
  }
  for (const StateRow& row : report.states) {
    if (row.meaning == Meaning::unknown && row.events > 0)
      facts.unmapped.emplace_back(row.state, row.events);
  }
  std::ranges::sort(facts.unmapped, [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  facts.events = report.events;
  facts.unmapped_events = report.unmapped_events;
  return facts;
}

}  // namespace

std::vector<FigureFamily> flow_families() {
  return {report_family(),
          bottleneck_family(),
          waiting_family(),
          ask_today_family(),
          handover_family(),
          demand_family(),
          utilisation_family(),
          concentration_family(),
          unplanned_family(),
          people_load_family(),
          dora_family(),
          forecast_family(),
          initiative_forecast_family()};
}

std::vector<Figure> metric_figures(const FigureBook& book) {
  std::vector<Figure> out;
  for (const FigureFamily& family : flow_families()) {
    for (const FigureSpec& spec : family.figures) {
      if (const Figure* figure = book.find(spec.key)) out.push_back(*figure);
    }
  }
  return out;
}

std::vector<Rule> flow_rules() {
  std::vector<Rule> out{past_expectation_rule(read_facts),
                        load_above_capacity_rule(read_facts),
                        unmapped_states_rule(read_facts),
                        efficiency_not_measurable_rule(),
                        little_audit_failed_rule(),
                        no_purpose_rule(),
                        waits_outside_rule()};
  std::ranges::move(people_rules(), std::back_inserter(out));
  std::ranges::move(delivery_rules(), std::back_inserter(out));
  return out;
}

}  // namespace tiebeam::flow
