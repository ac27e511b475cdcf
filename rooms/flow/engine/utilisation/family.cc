#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "base/id.h"
#include "base/text.h"
#include "rooms/flow/engine/sheet.h"
#include "rooms/flow/engine/utilisation/utilisation.h"

namespace tiebeam::flow {
namespace {

const std::vector<FigureSpec>& specs() {
  static const std::vector<FigureSpec> all = {
      {"flow.utilisation",
       "Share of their time in which teams have active work",
       "share",
       "ratio of sums of time with at least one active item / time of the weeks seen, over the "
       "people of each team and the last full weeks",
       "docs/method/bottlenecks.md",
       1,
       {}}};
  return all;
}

std::vector<Figure> compute(const FigureBook& book) {
  const FlowReport& report = *report_of(book);
  const Utilisation& found = *utilisation_of(book);
  FigureSheet sheet(report, specs());
  std::vector<double> busy, seen;
  std::size_t teams = 0;
  for (const TeamRow& row : found.rows) {
    if (!row.utilisation) continue;
    ++teams;
    for (const TeamWeek& week : row.weeks)
      busy.push_back(days_of(week.busy)), seen.push_back(days_of(week.seen));
  }
  Figure& figure = sheet.FigureSet::rests_on(
      "flow.utilisation", "team_week", busy.size(),
      "one for each team of at least 3 people and each of the last full weeks it was seen in");
  figure.trail.notes.emplace_back(
      "time by the clock, nights and weekends too: it tells how seldom nothing lies with them, not "
      "how hard anyone works");
  if (teams > 0) {
    set_spread(figure, *quant::ratio_of_sums(busy, seen), 0, 1);
  } else if (!found.has_people && report.quality.from_lists == 0 && report.events > 0) {
    say(figure, Status::not_measurable,
        "the rows of the last full weeks do not name both a team and a person: add the "
        "columns team and assignee to the file");
  } else if (!found.has_people && report.quality.from_lists > 0) {
    say(figure, Status::not_measurable, std::string(kNoHistory));
  } else {
    say(figure, Status::too_few,
        fmt::format("no team of at least {} people was seen in at least {} full weeks",
                    kLeastPeople, kLeastWeeks));
  }
  return sheet.take();
}

Evidence tell_weeks(const FlowReport& report, const ToldWeeks& each) {
  Evidence out;
  const bool is_one = !each.team.empty();
  out.subject = is_one ? "team/" + slugify(each.team) : std::string("several teams");
  out.value = static_cast<double>(each.sums.busy) / static_cast<double>(each.sums.seen);
  out.what = fmt::format("part={} whole={} person-days with active work, of those seen, ",
                         shortest(days_of(each.sums.busy)), shortest(days_of(each.sums.seen)));
  if (is_one) {
    out.what += fmt::format("{} in the week of {}, {} people", each.team,
                            format_day(report.week_periods[each.sums.week].start),
                            each.sums.persons.size());
    for (const std::uint32_t row : each.sums.rows) add_place(report.log.transitions, row, out);
  } else {
    out.what += fmt::format(
        "in {} weeks of teams put together, because single ones are of fewer than {} people",
        each.weeks, kLeastPeople);
  }
  return out;
}

std::vector<Evidence> evidence(const FigureBook& book, std::string_view /*key*/, std::size_t offset,
                               std::size_t limit) {
  const FlowReport& report = *report_of(book);
  std::vector<Evidence> all;
  for (const ToldWeeks& each : told_weeks(*utilisation_of(book)))
    all.push_back(tell_weeks(report, each));
  std::ranges::sort(all, [](const Evidence& a, const Evidence& b) {
    return std::tie(b.value, a.subject, a.what) < std::tie(a.value, b.subject, b.what);
  });
  if (offset >= all.size()) return {};
  const auto first = all.begin() + static_cast<std::ptrdiff_t>(offset);
  return {first, first + static_cast<std::ptrdiff_t>(std::min(limit, all.size() - offset))};
}

}  // namespace

FigureFamily utilisation_family() {
  return {.name = "flow.utilisation", .figures = specs(), .compute = compute, .evidence = evidence};
}

}  // namespace tiebeam::flow
