// A log of work items as large organisations have: about 9 transitions an item, 13 states, 200
// teams of 20 people, four years, in order of time. The same seed gives the same log.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace tiebeam::bench {

constexpr std::uint64_t kSeed = 20250101;
constexpr std::uint32_t kTeams = 200, kPeopleATeam = 20, kWeeks = 208;
constexpr std::int64_t kStart = 1'609'718'400'000'000;  // Monday 2021-01-04T00:00:00Z, microseconds

struct GeneratedState {
  const char* name;
  const char* meaning;
  double median_hours;  // of a stay
};
// In order of the work; "On hold" and "Dropped" lie beside it.
constexpr std::array<GeneratedState, 13> kStates = {{{"Idea", "backlog", 60},
                                                     {"Ready", "wait", 30},
                                                     {"Analysis", "active", 9},
                                                     {"Analysed", "wait", 20},
                                                     {"Development", "active", 26},
                                                     {"Review queue", "wait", 12},
                                                     {"Review", "active", 4},
                                                     {"Test queue", "wait", 22},
                                                     {"Test", "active", 8},
                                                     {"Release queue", "wait", 40},
                                                     {"On hold", "blocked", 50},
                                                     {"Done", "done", 0},
                                                     {"Dropped", "cancelled", 0}}};

struct GeneratedRow {
  std::int64_t at;  // microseconds since 1970
  std::uint32_t item;
  std::uint16_t person;
  std::uint8_t team;
  std::uint8_t state;  // index in kStates
};
struct GeneratedLog {
  std::vector<GeneratedRow> rows;  // by time, then item, then as they happened
  std::uint32_t items = 0;
};

// Cost: about 3 s and 300 MB for 10 million events.
[[nodiscard]] GeneratedLog generate(std::size_t events, std::uint64_t seed = kSeed);
// The map of these states, as `tiebeam import --state-map` reads it.
[[nodiscard]] std::string state_map();

}  // namespace tiebeam::bench
