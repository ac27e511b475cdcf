// Where readers put what they read: events into columns, facts about items beside them. Stamps stay
// packed until the file has ended and the order of its dates is known; then resolve() turns them
// into instants and keeps of the facts those that changed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/intern_cache.h"
#include "ingest/row_buffer.h"
#include "ingest/stamp_column.h"
#include "ingest/text_column.h"
#include "model/event_table.h"

namespace tiebeam::ingest {

// One event as a source tells it, with what it says of the item. Views need to hold for the call.
struct EventText {
  std::string_view item, state, team, assignee;
  Packed at = kMissing;
  std::int64_t seq = 0;
  bool blocked = false;
  Packed created = kMissing;
  std::string_view type, title, value_stream, initiative, service, priority, status;
  std::uint32_t line = 0;
  std::uint64_t identity = 0;
};

struct ResolveOptions {
  DateOrder at_order = DateOrder::day_first;
  DateOrder created_order = DateOrder::day_first;
  const Zone* zone = nullptr;
};
// Wall clocks that the change of clocks made special.
struct ClockChanges {
  std::int64_t repeated = 0, missing = 0;
};

// Items of a list whose end lies before their creation.
struct EarlyEnds {
  std::int64_t same_day = 0;  // a day without a time, that of the creation: now the same instant
  std::int64_t earlier = 0;   // left as they are
  std::uint32_t line = 0;     // of the first of those
};

// Keys of a list that stand in several of its rows.
struct RepeatedItems {
  std::int64_t rows = 0, repeats = 0;  // all; those whose item has a row before them
  std::string item;                    // the first of them
  std::uint32_t first_line = 0, line = 0;
};

class Collector {
 public:
  Collector();
  Collector(Collector&&) = delete;  // the caches point into the tables

  void add(const EventText& event);
  // False when a row with this identity was here before: it counts as repeated, and is not to be
  // added.
  bool is_new(std::uint64_t identity);
  // Takes out rows whose identity an earlier row has: for readers that did not ask is_new() before
  // they added. REQUIRES: called after the last add().
  void drop_repeated();
  [[nodiscard]] std::int64_t repeated() const { return repeated_; }
  [[nodiscard]] std::size_t rows() const { return transitions_.identity.size(); }
  [[nodiscard]] Column& states() {
    flush();
    return *states_;
  }

  // For lists, which give of an item its creation and next its end with sequence 1, both in dates
  // of this order. REQUIRES: called once, after the last add() and before resolve().
  [[nodiscard]] EarlyEnds settle_ends(DateOrder order);
  // For the same lists. REQUIRES: called after the last add().
  [[nodiscard]] RepeatedItems repeated_items();
  // Fills the facts, too: one at first sight of an item and one whenever it changed, whatever the
  // order of the rows; of several at one instant the last. None at all when no row says anything:
  // who reads facts takes the newest of what is given, field by field. REQUIRES: called once, after
  // the last add().
  [[nodiscard]] ClockChanges resolve(const ResolveOptions& options);
  // "transition", "item_fact".
  [[nodiscard]] std::vector<EventTable> take_tables();

 private:
  static constexpr std::size_t kFactTexts = 7;
  struct Fact {
    std::array<std::uint32_t, kFactTexts> texts{};
    Packed created = kMissing;
    bool operator==(const Fact&) const = default;
  };
  [[nodiscard]] std::uint32_t fact_of(const EventText& event);
  void flush();
  void resolve_at(const ResolveOptions& options, ClockChanges& changes);
  void resolve_repeated_hours(const std::vector<std::size_t>& rows,
                              const std::vector<std::int64_t>& wall, const Zone& zone);
  [[nodiscard]] bool is_in_order() const;
  [[nodiscard]] std::vector<bool> unordered_items() const;
  [[nodiscard]] std::uint32_t merged(std::uint32_t earlier, std::uint32_t later);
  template <class Visit, class Soon>
  void for_each_row(Visit visit, Soon soon) const;
  [[nodiscard]] std::vector<bool> changing_rows();
  void fill_facts();

  EventTable transitions_, fact_table_;
  Column *items_, *at_, *seq_, *blocked_, *states_;
  TextColumn item_, state_, team_, assignee_;
  std::vector<InternCache> fact_texts_;
  std::vector<Fact> facts_ =
      std::vector<Fact>(1);  // a new one when an item's row differs from its row before
  PackedVector<std::uint32_t> fact_of_row_;  // index in facts_; 0: the row says nothing
  RowBuffer<std::uint32_t> blocked_rows_, line_rows_, fact_rows_;
  RowBuffer<std::int64_t> at_rows_, seq_rows_;
  std::vector<std::uint32_t> last_fact_of_;  // by id of the item: index + 1
  HashSet seen_;
  std::int64_t repeated_ = 0;
};

}  // namespace tiebeam::ingest
