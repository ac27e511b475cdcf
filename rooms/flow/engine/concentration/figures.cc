#include <fmt/format.h>

#include "rooms/flow/engine/concentration/concentration.h"
#include "rooms/flow/engine/figure_set.h"

namespace tiebeam::flow {
namespace {

constexpr const char* kMethod = "docs/method/concentration.md";
constexpr std::size_t kLeastFinished = 5;  // fewer say nothing about how work is divided
constexpr const char* kNoPeople =
    "the source names no person: add the column assignee to the file (people become pseudonyms on "
    "import)";

std::vector<FigureSpec> all_specs() {
  const auto spec = [](std::string key, std::string label, std::string unit, std::string formula) {
    return figure_spec(std::move(key), std::move(label), std::move(unit), std::move(formula),
                       kMethod);
  };
  std::vector<FigureSpec> out;
  out.push_back(
      spec("flow.concentration.people", "People who finished work", "people",
           "sum of 1 / (items that its finisher finished) over finished items; the finisher is "
           "the last known assignee"));
  out.push_back(
      spec("flow.concentration.hhi", "How far work rests on few people", "share",
           "mean of (items that its finisher finished - 1) / (items - 1) over finished items "
           "(Herfindahl-Hirschman, bias-corrected)"));
  out.push_back(spec("flow.concentration.effective_people", "People the work really rests on",
                     "people",
                     "ratio of sums of 1 / ((items that its finisher finished - 1) / (items - 1)) "
                     "over finished items, which is 1 / flow.concentration.hhi"));
  out.push_back(spec("flow.concentration.top1_share", "Finished by the one who finished most",
                     "share",
                     "mean of 1 (finished by the one who finished most) or 0 over finished items"));
  out.push_back(spec("flow.concentration.top10_share", "Finished by the ten who finished most",
                     "share",
                     "mean of 1 (finished by one of the ten who finished most) or 0 over finished "
                     "items"));
  out.push_back(spec("flow.concentration.areas", "Areas of work", "areas",
                     "count of areas (service x type, else value stream x type) with enough "
                     "finished in the last 26 weeks to say who covers them"));
  out.push_back(spec("flow.concentration.single_holder", "Areas that rest on one person", "areas",
                     "count of areas that one person alone covers (decayed finishes of at least "
                     "max(2, 10 %)) and who did more than half of it"));
  out.push_back(spec("flow.concentration.single_holder.month",
                     "Work a month that waits if those people are away", "items a month",
                     "sum of 1/M for each item that the only holder of its area finished in the "
                     "last M months, 26 weeks at most"));
  out.push_back(spec("flow.truck_factor", "People who must be away until most areas stand still",
                     "people",
                     "count of people taken out, each time the one who covers most of the areas "
                     "left, until more than half of the areas have nobody who covers them"));
  out.push_back(spec("flow.concentration.hero_index", "Dependency on single people", "share",
                     "flow.concentration.single_holder / flow.concentration.areas x "
                     "flow.concentration.top1_share"));
  out.back().reads = {"flow.concentration.single_holder", "flow.concentration.areas",
                      "flow.concentration.top1_share"};
  out.push_back(
      spec("flow.concentration.escalation_pull",
           "Stuck work that goes to the one person most asked", "share",
           "mean of 1 (to the one person most asked) or 0 over handoffs between people of "
           "work that was blocked or late"));
  return out;
}

class Maker {
 public:
  Maker(const FlowReport& report, const Concentration& found)
      : report_(report),
        found_(found),
        set_(concentration_specs(), report.as_of, sources_behind(report.log)) {}

  std::vector<Figure> all() {
    shares();
    areas();
    truck();
    hero_index();
    escalation();
    return set_.take();
  }

 private:
  // A figure over what was finished by known people; false when it cannot have a value.
  bool begin(std::string_view key) {
    const FinishedWork& work = found_.work;
    Figure& figure = set_.rests_on(key, "work_item", work.known.size(),
                                   "finished in the window, a person is known");
    if (work.unknown > 0) {
      figure.trail.notes.push_back(
          fmt::format("{} {} no person and {} left out", counted_of(work.unknown, "finished items"),
                      work.unknown == 1 ? "names" : "name", work.unknown == 1 ? "is" : "are"));
    }
    if (!work.any_person && !report_.log.items.empty()) {
      say(figure, Status::not_measurable, kNoPeople);
      return false;
    }
    if (work.known.size() < kLeastFinished) {
      say(figure, Status::too_few,
          fmt::format("{} {} a person: {} are needed",
                      counted_of(work.known.size(), "finished items"),
                      work.known.size() == 1 ? "names" : "name", kLeastFinished));
      return false;
    }
    return true;
  }

  void shares() {
    const Division& work = found_.by_person;
    if (begin("flow.concentration.people"))
      set_.at("flow.concentration.people").value = static_cast<double>(work.counts.size());
    if (begin("flow.concentration.hhi"))
      set_spread(set_.at("flow.concentration.hhi"), work.repeat_share(), 0, 1);
    if (begin("flow.concentration.effective_people")) effective();
    for (const auto& [key, holders] : {std::pair{"flow.concentration.top1_share", 1U},
                                       std::pair{"flow.concentration.top10_share", 10U}}) {
      if (!begin(key)) continue;
      set_share(set_.at(key), static_cast<std::size_t>(work.of_largest(holders)),
                static_cast<std::size_t>(work.total), kLeastFinished, "");
      set_.at(key).trail.notes.emplace_back(
          "the largest shares are found in the data themselves: with few items they come out high");
      if (work.counts.size() <= holders)
        set_.at(key).trail.notes.push_back(
            work.counts.size() == 1
                ? std::string("only one person finished work")
                : fmt::format("only {} people finished work", work.counts.size()));
    }
  }

  void effective() {
    Figure& figure = set_.at("flow.concentration.effective_people");
    const quant::Spread hhi = found_.by_person.repeat_share();
    if (hhi.value <= 0)
      return say(figure, Status::too_few,
                 "nobody finished two items, so the number of people cannot be told");
    figure.value = 1 / hhi.value;
    if (hhi.low > 0 && hhi.low < hhi.high)
      figure.interval = Interval{1 / hhi.high, 1 / hhi.low, quant::kLevel};
  }

  // The same for figures about areas.
  bool begin_areas(std::string_view key) {
    if (!begin(key)) return false;
    Figure& figure = set_.at(key);
    const Coverage& coverage = found_.coverage;
    std::size_t thin = 0;
    for (const Area& area : coverage.areas) thin += area.verdict == AreaVerdict::thin ? 1 : 0;
    figure.n = static_cast<std::int64_t>(found_.truck.areas);
    figure.trail.notes.emplace_back(
        "of what was finished in the last 26 weeks of the window, half-life 13 weeks");
    if (coverage.without_service > 0)
      figure.trail.notes.push_back(
          fmt::format("{} of these items name no service: their area is value stream x type",
                      coverage.without_service));
    if (thin > 0)
      figure.trail.notes.push_back(fmt::format("{} {} with too little finished {} left out", thin,
                                               thin == 1 ? "area" : "areas",
                                               thin == 1 ? "is" : "are"));
    if (found_.truck.areas > 0) return true;
    say(figure, Status::too_few,
        "in no area did anybody finish enough in the last 26 weeks to say who covers it");
    return false;
  }

  void areas() {
    if (begin_areas("flow.concentration.areas"))
      set_.at("flow.concentration.areas").value = static_cast<double>(found_.truck.areas);
    std::int64_t single = 0;
    std::int64_t at_risk = 0;
    for (const Area& area : found_.coverage.areas) {
      single += area.verdict == AreaVerdict::rests_on_one ? 1 : 0;
      at_risk += area.at_risk;
    }
    if (begin_areas("flow.concentration.single_holder"))
      set_.at("flow.concentration.single_holder").value = static_cast<double>(single);
    if (!begin_areas("flow.concentration.single_holder.month")) return;
    Figure& month = set_.at("flow.concentration.single_holder.month");
    if (found_.coverage.months <= 0)
      return say(month, Status::too_few, "the window is shorter than a week");
    month.n = at_risk;
    month.value = static_cast<double>(at_risk) / found_.coverage.months;
    month.trail.formula = fmt::format(
        "sum of 1/{0:.4g} for each item that the only holder of its area finished in the last "
        "{0:.4g} months",
        found_.coverage.months);
  }

  void truck() {
    if (!begin_areas("flow.truck_factor")) return;
    Figure& figure = set_.at("flow.truck_factor");
    if (found_.truck.people) {
      figure.value = static_cast<double>(*found_.truck.people);
      return;
    }
    const std::string spread = fmt::format(
        "in at least half of {} the work is spread over so many that no few people leave them "
        "uncovered",
        found_.truck.areas == 1 ? "1 area" : fmt::format("{} areas", found_.truck.areas));
    if (found_.truck.removed == 0) return say(figure, Status::not_reached, spread);
    say(figure, Status::not_reached, fmt::format("more than {}: {}", found_.truck.removed, spread));
    figure.low = static_cast<double>(found_.truck.removed);
  }

  void hero_index() {
    if (!begin_areas("flow.concentration.hero_index")) return;
    const double single = set_.at("flow.concentration.single_holder").number();
    const double areas = set_.at("flow.concentration.areas").number();
    const double top = set_.at("flow.concentration.top1_share").number();
    set_.at("flow.concentration.hero_index").value = single / areas * top;
  }

  void escalation() {
    constexpr const char* kKey = "flow.concentration.escalation_pull";
    Figure& figure =
        set_.rests_on(kKey, "work_item", found_.escalations.size(),
                      "handoffs between people while the work was blocked or late, in the window");
    if (!found_.work.any_person && !report_.log.items.empty())
      return say(figure, Status::not_measurable, kNoPeople);
    set_share(figure, static_cast<std::size_t>(found_.escalated.of_largest(1)),
              found_.escalations.size(), kLeastFinished,
              fmt::format("{} of blocked or late work: {} are needed",
                          counted_of(found_.escalations.size(), "handoffs"), kLeastFinished));
    if (found_.late_days)
      figure.trail.notes.push_back(fmt::format(
          "late: older than its value stream promised, else than {:.4g} days, in which 85 of 100 "
          "finish",
          *found_.late_days));
  }

  const FlowReport& report_;
  const Concentration& found_;
  FigureSet set_;
};

}  // namespace

const std::vector<FigureSpec>& concentration_specs() {
  static const std::vector<FigureSpec> all = all_specs();
  return all;
}

std::vector<Figure> concentration_figures(const FlowReport& report, const Concentration& found) {
  return Maker(report, found).all();
}

FigureFamily concentration_family() {
  FigureFamily family;
  family.name = "flow.concentration";
  family.figures = concentration_specs();
  family.compute = [](const FigureBook& book) {
    return concentration_figures(*report_of(book), *concentration_of(book));
  };
  family.evidence = [](const FigureBook& book, std::string_view key, std::size_t offset,
                       std::size_t limit) {
    return concentration_evidence(*report_of(book), *concentration_of(book), key, offset, limit);
  };
  return family;
}

}  // namespace tiebeam::flow
