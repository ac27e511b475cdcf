#include "rooms/flow/cli/people_arrays.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "cli/text_table.h"
#include "model/figure_text.h"

namespace tiebeam::flow {
namespace {

constexpr std::size_t kShown = 5;

std::string titled(std::string_view title, const cli::TextTable& table, std::size_t of,
                   std::string_view note = {}) {
  if (table.empty()) return {};
  const std::string more = of > kShown ? fmt::format(" ({} of {})", kShown, of) : std::string{};
  return fmt::format("{}{}\n{}{}\n", title, more, table.text(), note);
}
std::string share(const std::optional<double>& value) {
  return value ? in_words(*value, "share") : "not told";
}

// Those that rest on one person first.
std::string areas_text(const Coverage& coverage) {
  std::vector<const Area*> sorted;
  for (const Area& area : coverage.areas) {
    if (area.verdict != AreaVerdict::thin) sorted.push_back(&area);
  }
  std::ranges::sort(sorted, [](const Area* a, const Area* b) {
    return std::tie(b->at_risk, b->items, a->name) < std::tie(a->at_risk, a->items, b->name);
  });
  cli::TextTable table(
      {"area", ">finished", ">people", ">for half of it", ">most by one", "rests on"});
  for (std::size_t i = 0; i < std::min(kShown, sorted.size()); ++i) {
    const Area& area = *sorted[i];
    table.add({cli::fit(area.name, 36), counted(area.items),
               counted(static_cast<std::int64_t>(area.holders.size())),
               counted(static_cast<std::int64_t>(area.bus_factor)),
               in_words(area.top_share, "share"),
               area.verdict == AreaVerdict::rests_on_one ? "one person"
               : area.verdict == AreaVerdict::spread     ? "many"
                                                         : "a few"});
  }
  return titled("On how many people the work rests, last 26 weeks", table, sorted.size());
}

std::string unplanned_text(const Unplanned& found) {
  cli::TextTable table(
      {"value stream", ">begun", ">not planned", ">share", ">planned for", "verdict"});
  for (std::size_t i = 0; i < std::min(kShown, found.streams.size()); ++i) {
    const UnplannedStream& row = found.streams[i];
    const bool known = row.verdict != UnplannedVerdict::not_measurable;
    table.add({cli::fit(row.name.empty() ? "(none)" : row.name, 32), counted(row.begun),
               known ? counted(row.unplanned) : "not known",
               known ? share(row.share()) : "not known",
               row.target ? "at most " + in_words(*row.target, "share") : "made for incidents",
               std::string(unplanned_verdict_name(row.verdict))});
  }
  return titled("Urgent work that nobody had planned", table, found.streams.size());
}

std::string teams_text(const PeopleLoad& load) {
  std::vector<const TeamLoad*> sorted;
  for (const TeamLoad& team : load.teams) sorted.push_back(&team);
  std::ranges::sort(sorted, [](const TeamLoad* a, const TeamLoad* b) {
    return std::tuple(b->over.size(), b->events, std::string_view(a->team)) <
           std::tuple(a->over.size(), a->events, std::string_view(b->team));
  });
  cli::TextTable table(
      {"team", ">people", ">events", ">outside hours", ">at once", ">one can carry"});
  for (std::size_t i = 0; i < std::min(kShown, sorted.size()); ++i) {
    const TeamLoad& team = *sorted[i];
    const auto at_once = team.concurrent();
    table.add({cli::fit(team.team, 32), counted(static_cast<std::int64_t>(team.people)),
               counted(team.events), share(team.out_of_hours()),
               at_once ? rounded(*at_once, 2) : "not told", share(team.single_holder())});
  }
  const std::string hidden =
      load.hidden_teams == 0
          ? std::string{}
          : fmt::format("{} {} fewer than {} people in every month: not shown\n", load.hidden_teams,
                        load.hidden_teams == 1 ? "team has" : "teams have", kLeastPeople);
  return titled("Load of teams", table, sorted.size(), hidden);
}

}  // namespace

std::string people_text(const FigureBook& book) {
  return areas_text(concentration_of(book)->coverage) + unplanned_text(*unplanned_of(book)) +
         teams_text(*people_load_of(book));
}

}  // namespace tiebeam::flow
