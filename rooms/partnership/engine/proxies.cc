#include "rooms/partnership/engine/proxies.h"

#include <fmt/format.h>

#include <string>

#include "model/figure_text.h"
#include "rooms/partnership/engine/maker.h"
#include "rooms/partnership/engine/parts.h"
#include "rooms/partnership/engine/symptom.h"

namespace tiebeam::partnership {
namespace {

struct Part {
  std::string_view id, formula;
  std::vector<std::string> reads;
  MakeFigure figure;
  MakeEvidence evidence;
};

const std::vector<Part>& parts() {
  static const std::vector<Part> all = {
      {"late_involvement",
       "mean of 1 (it_involved_at more than 30 days after idea_at) or 0 over initiatives with both "
       "dates",
       {},
       late_figure,
       late_evidence},
      {"no_purpose",
       "1 - flow.purpose.share; without any priority on record: mean of 1 (names no initiative) or "
       "0 over work asked for in the window",
       {"flow.items", "flow.purpose.share"},
       purpose_figure,
       purpose_evidence},
      {"solution_shaped",
       "mean of 1 (its title orders a solution) or 0 over requests and features with a title; the "
       "interval ends where unclear titles, too, were orders",
       {"flow.items"},
       solution_figure,
       solution_evidence},
      {"unplanned",
       "flow.unplanned.share; of lists without a history: mean of 1 (of the highest priority) or 0 "
       "over work with a priority that is no incident",
       {"flow.items", "flow.unplanned.share", "flow.distribution.incident"},
       unplanned_figure,
       unplanned_evidence},
      {"single_holders",
       "flow.truck_factor",
       {"flow.items", "flow.truck_factor", "flow.concentration.single_holder",
        "flow.concentration.people"},
       holders_figure,
       holders_evidence},
      {"bottleneck",
       "flow.demand.net.week",
       {"flow.items", "flow.demand.net.week", "flow.open", "flow.arrival.week",
        "flow.cycle_time.mean", "flow.lead_time.p85"},
       bottleneck_figure,
       bottleneck_evidence},
      {"waiting",
       "ratio of sums of waiting time for a business decision, a changed requirement or funding / "
       "waiting time over finished items",
       {"flow.items", "flow.waiting.party.business_decision",
        "flow.waiting.party.requirement_change", "flow.waiting.party.funding"},
       waiting_figure,
       waiting_evidence}};
  return all;
}

// A figure about work of a few days says nothing of a habit.
Figure of_a_habit(const FigureBook& book, Figure figure) {
  const bool says = figure.has_value() || figure.status == Status::not_reached;
  const auto from = window_start(book);
  if (!says || !from) return figure;
  const double days = days_between(*from, window_end(book));
  if (days >= kLeastDays) return figure;
  say(figure, Status::too_few,
      fmt::format("what was read spans {} {}: {:.0f} are needed to tell a habit from a week",
                  rounded(days), days == 1 ? "day" : "days", kLeastDays));
  return figure;
}

std::vector<FigureSpec> specs() {
  std::vector<FigureSpec> out;
  for (const Part& part : parts()) {
    const Symptom* symptom = find_symptom(part.id);
    out.push_back({proxy_key(*symptom), std::string(symptom->label), std::string(symptom->unit),
                   std::string(part.formula), "docs/method/diagnosis.md", 1, part.reads});
  }
  return out;
}

}  // namespace

FigureFamily symptom_family() {
  FigureFamily family;
  family.name = "partnership.symptom";
  family.figures = specs();
  family.compute = [specs = family.figures](const FigureBook& book) {
    std::vector<Figure> out;
    for (std::size_t i = 0; i < specs.size(); ++i) {
      const bool is_work = parts()[i].figure != late_figure;
      Figure figure = parts()[i].figure(book, specs[i]);
      out.push_back(is_work ? of_a_habit(book, std::move(figure)) : std::move(figure));
    }
    return out;
  };
  family.evidence = [specs = family.figures](const FigureBook& book, std::string_view key,
                                             std::size_t offset, std::size_t limit) {
    for (std::size_t i = 0; i < specs.size(); ++i) {
      if (specs[i].key == key) return parts()[i].evidence(book, offset, limit);
    }
    return std::vector<Evidence>{};
  };
  return family;
}

}  // namespace tiebeam::partnership
