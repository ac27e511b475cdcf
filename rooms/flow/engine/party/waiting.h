// Whom finished work waited for: its waiting, blocked and put-back time split by the parties that
// the state maps name. docs/method/bottlenecks.md.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "rooms/flow/engine/delay_cost.h"
#include "rooms/flow/engine/party/kinds.h"
#include "rooms/flow/engine/report.h"

namespace tiebeam::flow {

// All waits of one finished item in one state. `touch`: the longest of them began there.
struct ItemWait {
  std::uint32_t item;
  std::uint32_t state;
  std::uint32_t party;  // in Waiting::parties
  std::uint32_t touch;  // index within the item
  std::int64_t time;
  std::int64_t longest;
};

struct PartyRow {
  std::string party;  // in the map's words; empty: not said
  PartyKind kind = PartyKind::not_said;
  std::vector<std::string> states;  // in which it is waited for, by name
  double days = 0;
  double share = 0;  // of all waiting
  std::optional<Interval> interval;
  std::size_t items = 0;  // finished items that waited for it
  std::size_t now = 0;    // items in progress that wait for it at the end of the window
  double now_days = 0;    // how long those have been in that state
  std::optional<Money> cost;
};

enum class IsIt : std::uint8_t { no, yes, not_known };

struct Waiting {
  std::vector<std::uint32_t> items;  // finished in the window with a history, in the log's order
  std::vector<ItemWait> waits;       // by item
  std::vector<PartyRow> parties;     // longest first
  std::int64_t time = 0;             // all of it
  std::size_t from_lists = 0;        // finished items without a history
  bool has_parties = false;          // some map that is used names a party
  DelayCost cost;
  IsIt is_it = IsIt::not_known;  // "is IT the bottleneck?"
  std::string sentence;
  std::string missing;  // what would let it be said; empty: nothing
};

[[nodiscard]] Waiting compute_waiting(const FlowReport& report);
[[nodiscard]] std::shared_ptr<const Waiting> waiting_of(const FigureBook& book);

// flow.waiting.*
[[nodiscard]] FigureFamily waiting_family();

// How to say whom a state waits for.
constexpr std::string_view kHowToNameParties =
    "no state map says whom its waiting states wait for: add [party] to it, one line a state, as "
    "\"Awaiting Vendor\" = \"vendor\" (docs/format/state-map.md)";

}  // namespace tiebeam::flow
