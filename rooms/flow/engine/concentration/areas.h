// On whom each area of work rests: who finished its pieces lately, which areas nobody else could
// carry on, and how many people have to be away until more than half of the areas stand still.
// docs/method/concentration.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rooms/flow/engine/item_texts.h"
#include "rooms/flow/engine/report.h"

namespace tiebeam::flow {

// Coverage looks at the last weeks of the window, the newest weighing most.
// Source: ours, see docs/method/concentration.md.
constexpr std::int64_t kAMicrosWeek = 7LL * 86'400 * 1'000'000;
constexpr std::int64_t kCoverageWindow = 26 * kAMicrosWeek;
constexpr std::int64_t kHalfLife = 13 * kAMicrosWeek;
// A person covers an area with decayed finishes of at least max(kLeastFinishes, kLeastShare of the
// area's).
constexpr double kLeastFinishes = 2;
constexpr double kLeastShare = 0.1;

// A piece of work that was finished in the window by a person who is known.
struct Finished {
  std::uint32_t item = 0;
  std::uint32_t person = 0;    // id in the assignee column
  std::uint32_t row = kNone;   // of the event that names the person
  std::uint32_t area = kNone;  // index in the areas; kNone: before the weeks of coverage
  double weight = 0;           // 0.5 ^ (age / half-life), of those in the weeks of coverage
};

// thin: nobody covers it, because too little was finished. spread: no few people carry it.
enum class AreaVerdict : std::uint8_t { thin, rests_on_one, shared, spread };
[[nodiscard]] std::string_view area_verdict_name(AreaVerdict verdict);

struct Holder {
  std::uint32_t person = 0;
  double weight = 0;  // decayed finishes
  std::int64_t items = 0;
  bool covers = false;
};

struct Area {
  std::string name;     // "payroll / incident"
  std::string service;  // empty: no service is named, and the stream stands for it
  std::string value_stream;
  WorkType type = WorkType::unmapped;
  std::int64_t items = 0;
  double weight = 0;
  std::vector<Holder> holders;  // by weight, heaviest first; never shown
  std::size_t covering = 0;
  std::size_t bus_factor = 0;  // fewest people who together did more than half
  double top_share = 0;        // of the weight
  AreaVerdict verdict = AreaVerdict::thin;
  // Finished by its only holder; 0 unless it rests on one.
  std::int64_t at_risk = 0;
};

struct Coverage {
  std::vector<Area> areas;          // by name
  double months = 0;                // length of the weeks of coverage; 0: less than a week
  std::size_t without_service = 0;  // finished in them, of no named service
};

// The pieces finished in the window by a known person, and those without.
struct FinishedWork {
  std::vector<Finished> known;  // in the order of the items
  std::size_t unknown = 0;
  bool any_person = false;  // the log names people at all
};
// Who finished it: the last person that an event named, up to the event that finished it.
[[nodiscard]] FinishedWork finished_work(const FlowReport& report);

// Fills `area` and `weight` of the finished work, too.
[[nodiscard]] Coverage coverage_of(const FlowReport& report, const ItemTexts& texts,
                                   FinishedWork& work);

// How many people, taken out one by one, leave more than half of the areas with nobody who covers
// them. Each time the one who still covers most areas goes; ties: the lower number. Areas that are
// spread are never lost, thin ones do not count. Source: greedy removal as in Avelino et al. 2016,
// "A novel approach for estimating truck factors".
struct TruckFactor {
  // Somebody was taken out: of how many areas left, and which have nobody now.
  struct Step {
    std::size_t covered = 0;
    std::vector<std::size_t> lost;  // index in the covers
  };
  std::optional<std::size_t> people;  // none: more than half is never lost
  std::size_t removed = 0;            // when nothing more could be lost
  std::size_t areas = 0;              // that count
  std::vector<Step> steps;            // one for each who was taken out
};
// `covers`: who covers each area that counts; nobody where it is spread.
using Covers = std::vector<std::vector<std::uint32_t>>;
[[nodiscard]] TruckFactor truck_factor(const Covers& covers);
// By numbers that say nothing of a person: 1, 2, ... in the order of the names. Thin areas are left
// out.
[[nodiscard]] Covers covers_of(const FlowLog& log, const Coverage& coverage);

}  // namespace tiebeam::flow
