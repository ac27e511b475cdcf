// The flow of an organisation kept up to date event by event: built in one pass over the columns,
// then O(1) an event; an event that comes late puts its own item on the clock again, no other.
// Equal to a report over the same events, and to itself built anew, bit for bit.
// docs/method/live.md.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "base/error.h"
#include "rooms/flow/engine/live/clock.h"
#include "rooms/flow/engine/live/columns.h"

namespace tiebeam::flow::live {

struct LiveWeek {
  Day start{};  // Monday
  std::int64_t arrivals = 0, finishes = 0, second_cycles = 0;
  std::int64_t measured = 0;  // of its finishes, those whose beginning is known
  Percentiles cycle{};        // of these, exact
  bool operator==(const LiveWeek&) const = default;
};
struct LiveState {
  std::int64_t stays = 0;  // completed; those left in the instant they were entered do not count
  Wide sum = 0;            // of their lengths, microseconds
  Percentiles length{};    // within 0.8 %; exact where LiveFlow::exact_stays gives them
  bool operator==(const LiveState&) const = default;
};
// Occupancy of states at the end of each local day.
struct LiveDays {
  std::int32_t first = 0;  // days since 1970-01-01
  std::size_t states = 0;
  std::vector<std::int32_t> items;  // days x states; state 0: asked for, not seen in a state yet
  [[nodiscard]] std::size_t days() const { return states ? items.size() / states : 0; }
  bool operator==(const LiveDays&) const = default;
};
struct Summary {
  Totals totals;
  std::vector<LiveWeek> weeks;    // from the first with an event on, none left out
  LiveDays days;                  // likewise
  std::vector<LiveState> states;  // by state id
  bool operator==(const Summary&) const = default;
};

// What the events are read with.
struct Reading {
  std::vector<MapRules> maps;  // at least one
  Zone zone;                   // days and weeks are counted in it
  std::int64_t as_of = std::numeric_limits<std::int64_t>::max();  // later events are not known yet
  std::vector<ItemFacts> facts;  // by item id; items beyond its end: the default
  std::vector<bool> left_out;    // by row: superseded; rows beyond its end count
};
struct BuildOptions {
  unsigned threads = 1;      // 1 or 2; the result is the same
  bool exact_stays = false;  // keep the lengths of stays until exact_stays() was asked
};

class LiveFlow {
 public:
  // Cost: one pass over the rows where each item's rows are in order, else once more over those of
  // the items that are not. Memory: 52 bytes an item, 8 a finish.
  // Errors: flow.too_many_ids (more states, teams or people than fit item_state.h).
  [[nodiscard]] static Result<LiveFlow> build(const EventColumns& columns, Reading reading,
                                              BuildOptions options = {});
  LiveFlow(LiveFlow&&) noexcept;
  LiveFlow& operator=(LiveFlow&&) noexcept;
  ~LiveFlow();

  // Takes in a row that was added to the columns. Cost: O(1); late: the rows between the item's
  // first and now are searched. REQUIRES: rows are appended in order, each once.
  void append(const EventColumns& columns, std::uint32_t row);
  [[nodiscard]] static bool fits(const EventColumns& columns);
  // Makes room for states, teams and items that the columns have got since, read with `maps`.
  // REQUIRES: called before a row with such an id is appended; `maps` say the same of known states.
  void set_maps(const EventColumns& columns, std::vector<MapRules> maps);
  // Puts one item on the clock again with other facts.
  void set_facts(const EventColumns& columns, std::uint32_t item, const ItemFacts& facts);

  // Everything, up to date. Cost: what changed since the last call, and the days since.
  const Summary& refresh();
  // Exact percentiles of stays by state id. REQUIRES: built with exact_stays, nothing appended
  // since; asked once. threads: 1 or 2.
  [[nodiscard]] std::vector<Percentiles> exact_stays(unsigned threads = 1);
  [[nodiscard]] std::size_t bytes() const;        // all that it holds
  [[nodiscard]] std::size_t late_events() const;  // since it was built

  struct Parts;  // parts.h

 private:
  explicit LiveFlow(std::unique_ptr<Parts> parts);
  void append_late(const EventColumns& columns, const Event& event);
  std::unique_ptr<Parts> parts_;
};

}  // namespace tiebeam::flow::live
