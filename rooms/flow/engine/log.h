// What the engine reads: the events and item facts of a snapshot that were known at an as-of,
// grouped by item in their total order (at, seq, row), with the meaning of every state resolved.
// Next: walk.h, which puts the clock rules on one item.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/money.h"
#include "base/state_map.h"
#include "model/snapshot.h"
#include "rooms/flow/records.h"

namespace tiebeam::flow {

// A StateClass, or unknown for a state that its map does not name: never guessed.
enum class Meaning : std::uint8_t { backlog, wait, active, blocked, done, cancelled, unknown };
constexpr std::size_t kMeanings = 7;
[[nodiscard]] std::string_view meaning_name(Meaning meaning);
[[nodiscard]] constexpr bool starts_clock(Meaning meaning) {
  return meaning == Meaning::wait || meaning == Meaning::active || meaning == Meaning::blocked;
}

constexpr std::uint32_t kNone = 0xffff'ffff;

// One event row of an item. state, team and person are ids in the columns of the event table, 0:
// none.
struct Touch {
  std::int64_t at;  // microseconds since 1970, UTC
  std::uint32_t row;
  std::uint32_t state;
  std::uint32_t team;
  std::uint32_t person;
  bool is_flagged;  // flagged as blocked
};

// A state map resolved against the states of the log.
struct ResolvedMap {
  StateMap map;
  std::vector<Meaning> meaning;  // by state id
  std::vector<int> stage;        // by state id; -1: no stage (not in `order`, or blocked)
  bool has_order = false;
  bool has_wait_stage_inside = false;  // `order` has a waiting stage between two active ones
};

struct Stream {
  std::string id;  // slug; empty for work in no stream
  std::string name;
  std::string zone;  // IANA name that its days and weeks are counted in
  std::optional<Calendar> calendar;
  std::string calendar_id;
  std::optional<double> expectation_days;
  double expectation_share = 0.85;
  std::optional<std::int64_t> wip_limit;
  std::optional<Money> cost_of_delay_a_day;  // of one item
};

struct Item {
  std::uint32_t key = 0;               // id in the item column
  std::uint32_t first = 0, count = 0;  // its touches
  std::uint32_t map = 0;               // index in maps
  std::uint32_t stream = 0;            // index in streams
  std::uint32_t import = 0;            // index in the snapshot's imports
  std::uint32_t fact_row = kNone;      // row of the item fact that gave `created`
  std::int64_t created = kMissing;
  WorkType type = WorkType::unmapped;
  bool is_ticket = false;     // from a ticket list: created and done, no history between
  bool is_truncated = false;  // its first events are missing
  bool is_tied = false;       // a path leads from it to a priority
};

struct FlowLog {
  const Snapshot* snapshot = nullptr;
  const EventTable* transitions = nullptr;  // null: none
  const EventTable* facts = nullptr;        // null: none
  Instant as_of{};
  std::vector<Touch> touches;
  std::vector<Item> items;  // sorted by key
  std::vector<ResolvedMap> maps;
  std::vector<Stream> streams;
  std::size_t superseded_rows = 0;  // rows of older ticket lists
  std::vector<std::string> faults;  // what could not be read, as sentences

  [[nodiscard]] std::string_view key_of(const Item& item) const;
  [[nodiscard]] std::string_view state_name(std::uint32_t state) const;
  [[nodiscard]] std::string_view team_name(std::uint32_t team) const;
  [[nodiscard]] std::string_view person_name(std::uint32_t person) const;
};

// The as-of that was asked for, else the organisation's, else the newest transition's time, else
// that of any event.
[[nodiscard]] Instant resolve_as_of(const Snapshot& snapshot, std::optional<Instant> asked);

// Cost: O(rows); per-item sorting only where rows are out of order.
[[nodiscard]] FlowLog read_log(const Snapshot& snapshot, Instant as_of);

// A type in the source's words as one of ours: "Bug" is a defect, "Story" a feature; else unmapped.
[[nodiscard]] WorkType work_type_of(std::string_view text);

}  // namespace tiebeam::flow
