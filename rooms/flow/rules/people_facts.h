// What the rules about people's load look at: plain numbers of areas, streams and teams, never of a
// person.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/figures.h"

namespace tiebeam::flow {

// Areas that rest on one person, the one with most work a month first.
struct HeroFacts {
  std::vector<std::string> areas;
};
using ReadHeroFacts = std::function<HeroFacts(const FigureBook& book)>;

// A stream with more unplanned work than it plans for.
struct FirefightingFacts {
  std::string id, name;
  std::int64_t begun = 0, unplanned = 0;
  double share = 0, target = 0;
  std::optional<double> last_month;  // share of the last full month
};
using ReadFirefighting = std::function<std::vector<FirefightingFacts>(const FigureBook& book)>;

// Teams over one limit, the one furthest over it first.
struct LimitFacts {
  double limit = 0;
  std::vector<std::pair<std::string, double>> teams;  // name and value
};
struct TeamLoadFacts {
  std::size_t teams = 0;  // that are large enough to be looked at
  LimitFacts out_of_hours, concurrent, single_holder;
};
using ReadTeamLoad = std::function<TeamLoadFacts(const FigureBook& book)>;

}  // namespace tiebeam::flow
