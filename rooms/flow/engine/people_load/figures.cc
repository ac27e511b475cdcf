#include <fmt/format.h>

#include "base/text.h"
#include "rooms/flow/engine/figure_set.h"
#include "rooms/flow/engine/people_load/people_load.h"

namespace tiebeam::flow {
namespace {

constexpr const char* kMethod = "docs/method/load-on-people.md";
constexpr const char* kOutside = "flow.people.out_of_hours.share";
constexpr const char* kConcurrent = "flow.people.concurrent";
constexpr const char* kSingle = "flow.people.single_holder.share";

std::vector<FigureSpec> all_specs() {
  std::vector<FigureSpec> out;
  out.push_back(figure_spec(kOutside, "Share of events outside working hours", "share",
                            "ratio of sums of events outside the working hours of the value stream "
                            "/ events over items",
                            kMethod));
  out.push_back(figure_spec(kConcurrent, "Pieces of work a person has in hand at once",
                            "items a person",
                            "ratio of sums of active time held by known people / time in which "
                            "they held any, over items",
                            kMethod));
  out.push_back(figure_spec(kSingle, "Finished work in areas that rest on one person", "share",
                            "mean of 1 (its area rests on one person) or 0 over items finished in "
                            "the last 26 weeks",
                            kMethod));
  return out;
}

class Maker {
 public:
  Maker(const FlowReport& report, const PeopleLoad& load)
      : report_(report),
        load_(load),
        set_(people_load_specs(), report.as_of, sources_behind(report.log)) {}

  std::vector<Figure> all() {
    out_of_hours();
    concurrent();
    single_holder();
    return set_.take();
  }

 private:
  // False when it cannot have a value, for a reason that all of them share.
  bool begin(std::string_view key, std::size_t count, std::string filter) {
    Figure& figure = set_.rests_on(key, "work_item", count, std::move(filter));
    figure.trail.notes.push_back(
        fmt::format("of groups of a team and a month with at least {} people; smaller ones are "
                    "counted together, or left out",
                    kLeastPeople));
    if (report_.log.items.empty()) {
      say(figure, Status::too_few, "there is no work in the window");
      return false;
    }
    if (std::ranges::all_of(report_.walked.items, &ItemFlow::is_ticket) && key != kSingle) {
      say(figure, Status::not_measurable,
          "a list of tickets has no events of work: import their history (tiebeam import FILE "
          "--format events with item,at,state,assignee,team)");
      return false;
    }
    if (!load_.any_person) {
      say(figure, Status::not_measurable,
          "the source names no person, so nobody can tell which groups are too small to be shown: "
          "add the column assignee to the file (people become pseudonyms on import)");
      return false;
    }
    if (load_.all.people < kLeastPeople) {
      say(figure, Status::too_few,
          fmt::format("fewer than {} people in any month: nothing is told of single people",
                      kLeastPeople));
      return false;
    }
    return true;
  }

  void out_of_hours() {
    std::vector<double> outside, events;
    for (const ItemLoad& item : load_.items) {
      if (item.events == 0) continue;
      outside.push_back(static_cast<double>(item.outside));
      events.push_back(static_cast<double>(item.events));
    }
    if (!begin(kOutside, events.size(), "with events in the window that somebody or a team holds"))
      return;
    Figure& figure = set_.at(kOutside);
    for (const std::string& hours : load_.hours)
      figure.trail.notes.push_back("working hours: " + hours);
    if (load_.bulk_rows > 0)
      figure.trail.notes.push_back(fmt::format(
          "{} rows in minutes in which more than 50 items moved are left out: a script made them",
          load_.bulk_rows));
    const auto spread = quant::ratio_of_sums(outside, events);
    if (!spread) return say(figure, Status::too_few, "no event that counts lies in the window");
    figure.n = load_.all.events;
    set_spread(figure, *spread, 0, 1);
  }

  void concurrent() {
    std::vector<double> held, attention;
    for (const ItemLoad& item : load_.items) {
      if (item.attention <= 0) continue;
      held.push_back(item.held);
      attention.push_back(item.attention);
    }
    if (!begin(kConcurrent, held.size(), "held by a known person in an active state in the window"))
      return;
    Figure& figure = set_.at(kConcurrent);
    if (load_.all.attention <= 0)
      return say(figure, Status::not_measurable,
                 "no known person held work in an active state: check what the state map calls "
                 "active, and that events name their assignee");
    figure.value = load_.all.held / load_.all.attention;
    // At most one piece a time of attention: the ratio turned over is a share.
    const auto turned = quant::ratio_of_sums(attention, held);
    if (turned && turned->low > 0 && held.size() > 1)
      figure.interval = Interval{1 / turned->high, 1 / turned->low, quant::kLevel};
    figure.trail.notes.emplace_back(
        "time counts for whom the item is assigned to, worked on or not at that moment");
  }

  void single_holder() {
    if (!begin(kSingle, load_.finished.size(), "finished in the last 26 weeks, a person is known"))
      return;
    set_share(set_.at(kSingle), static_cast<std::size_t>(load_.single_held), load_.finished.size(),
              1, "nothing was finished in the last 26 weeks by a known person");
  }

  const FlowReport& report_;
  const PeopleLoad& load_;
  FigureSet set_;
};

}  // namespace

const std::vector<FigureSpec>& people_load_specs() {
  static const std::vector<FigureSpec> all = all_specs();
  return all;
}

std::vector<Figure> people_load_figures(const FlowReport& report, const PeopleLoad& load) {
  return Maker(report, load).all();
}

FigureFamily people_load_family() {
  FigureFamily family;
  family.name = "flow.people";
  family.figures = people_load_specs();
  family.compute = [](const FigureBook& book) {
    return people_load_figures(*report_of(book), *people_load_of(book));
  };
  family.evidence = [](const FigureBook& book, std::string_view key, std::size_t offset,
                       std::size_t limit) {
    return people_load_evidence(*report_of(book), *concentration_of(book), *people_load_of(book),
                                key, offset, limit);
  };
  return family;
}

}  // namespace tiebeam::flow
