#include "rooms/flow/people.h"

#include <algorithm>
#include <tuple>

#include "rooms/flow/rules/rules.h"

namespace tiebeam::flow {
namespace {

HeroFacts hero_facts(const FigureBook& book) {
  std::vector<const Area*> single;
  for (const Area& area : concentration_of(book)->coverage.areas) {
    if (area.verdict == AreaVerdict::rests_on_one) single.push_back(&area);
  }
  std::ranges::sort(single, [](const Area* a, const Area* b) {
    return std::tie(b->at_risk, a->name) < std::tie(a->at_risk, b->name);
  });
  HeroFacts out;
  for (const Area* area : single) out.areas.push_back(area->name);
  return out;
}

std::vector<FirefightingFacts> firefighting(const FigureBook& book) {
  std::vector<FirefightingFacts> out;
  for (const UnplannedStream& row : unplanned_of(book)->streams) {
    if (row.verdict != UnplannedVerdict::above) continue;
    FirefightingFacts facts{row.id,       row.name,    row.begun, row.unplanned,
                            *row.share(), *row.target, {}};
    for (const UnplannedMonth& month : row.months) {
      if (month.is_full) facts.last_month = month.share();
    }
    out.push_back(std::move(facts));
  }
  return out;
}

template <class F>
LimitFacts over_limit(const PeopleLoad& load, std::string_view name, double limit, F value) {
  LimitFacts out{limit, {}};
  for (const TeamLoad& team : load.teams) {
    if (std::ranges::find(team.over, name) != team.over.end())
      out.teams.emplace_back(team.team, *value(team));
  }
  std::ranges::sort(out.teams, [](const auto& a, const auto& b) {
    return std::tie(b.second, a.first) < std::tie(a.second, b.first);
  });
  return out;
}

TeamLoadFacts team_load(const FigureBook& book) {
  const PeopleLoad& load = *people_load_of(book);
  TeamLoadFacts out;
  out.teams = load.teams.size();
  out.out_of_hours = over_limit(load, "out_of_hours", kOutOfHoursLimit,
                                [](const TeamLoad& team) { return team.out_of_hours(); });
  out.concurrent = over_limit(load, "concurrent", kConcurrentLimit,
                              [](const TeamLoad& team) { return team.concurrent(); });
  out.single_holder = over_limit(load, "single_holder", kSingleHolderLimit,
                                 [](const TeamLoad& team) { return team.single_holder(); });
  return out;
}

}  // namespace

std::vector<Rule> people_rules() {
  return {hero_dependency_rule(hero_facts), firefighting_rule(firefighting),
          load_on_people_rule(team_load)};
}

}  // namespace tiebeam::flow
