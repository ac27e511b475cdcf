// Everything the flow room computes from one snapshot: figures, the arrays of `flow metrics`, and
// the per-item results that the evidence under each figure is read from. Pure: values in, values
// out.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/figure.h"
#include "model/figures.h"
#include "quant/survival.h"
#include "rooms/flow/engine/efficiency.h"
#include "rooms/flow/engine/load.h"
#include "rooms/flow/engine/owners.h"
#include "rooms/flow/engine/states.h"

namespace tiebeam::flow {

struct WeekRow {
  Day start{};  // Monday
  bool is_full = false;
  std::int64_t arrivals = 0;       // items committed
  std::int64_t finishes = 0;       // items, by their first finish that held
  std::int64_t second_cycles = 0;  // finishes of work that came back after the grace time
  std::int64_t wip_at_end = 0;
  std::optional<double> p50_days, p85_days;  // cycle time of its finishes, when there are enough
};

struct MonthRow {
  Day start{};  // the first
  bool is_full = false;
  std::int64_t arrivals = 0;
  std::int64_t finishes = 0;
  std::optional<double> p50_days, p85_days;
  std::optional<double> efficiency;  // of its finishes
};

struct AgingRow {
  std::string item;
  std::string state;
  Meaning meaning = Meaning::unknown;
  std::string team;
  std::string value_stream;
  double age_days = 0;
  double state_age_days = 0;
  double percentile = 0;         // share of items that are done by this age
  Pace pace;                     // of its present stay, against the stays of others in that state
  bool past_state_line = false;  // in its state for longer than 85 of 100 stay there
  bool past_all_ended = false;   // no such line is reached, and no stay that ended took so long
  std::optional<double> promised_days;  // by its stream
  bool past_85 = false;     // older than the 85 % line, or than what its stream promised
  std::uint32_t index = 0;  // in FlowReport::walked.items
};

struct StreamRow {
  std::string id, name;
  std::int64_t items = 0, open = 0, now = 0;  // now: begun and not finished
  std::int64_t finished = 0;
  double arrival_a_week = 0, throughput_a_week = 0;  // over the last full weeks
  std::optional<Interval> arrival_interval, throughput_interval;
  std::optional<std::int64_t> wip_limit;
  std::optional<double> expectation_days;
  double expectation_share = 0.85;
  std::int64_t past_expectation = 0;
};

struct TypeRow {
  WorkType type = WorkType::unmapped;
  std::int64_t finished = 0;
  double share = 0;         // of what finished
  double active_share = 0;  // of the active time of what finished
};

// What was noticed about the data while computing; shown beside the figures.
struct Quality {
  std::size_t truncated = 0;      // begun before their first event
  std::size_t skipped_all = 0;    // went straight to done
  std::size_t restated = 0;       // with a finish taken back or followed by a second cycle
  std::size_t negative_lead = 0;  // finished before they were created
  std::size_t from_lists = 0;     // from a list of tickets, without history
  std::size_t superseded_rows = 0;
  std::size_t bulk_rows = 0;  // rows in minutes in which more than 50 items moved
  double unknown_share = 0;   // of the cycle time, in states that the map does not name
  std::vector<std::string> notes;
};

struct FlowReport {
  Instant as_of{}, from{}, to{};  // resolved window [from, to)
  std::vector<Figure> figures;
  std::vector<WeekRow> weeks;
  std::vector<MonthRow> months;
  std::vector<StateRow> states;
  std::vector<WaitRow> waits;
  std::vector<AgingRow> aging;  // oldest first
  std::vector<HandoverRow> handover;
  std::vector<StreamRow> streams;
  std::vector<TypeRow> types;
  std::vector<Audited> audit;
  Quality quality;

  // Kept for evidence. REQUIRES for all below: the snapshot is alive.
  FlowLog log;
  Walked walked;
  Window window;
  std::vector<Period> week_periods;
  RateWeeks rates;
  quant::Curve curve;  // ages since commit
  Owners owners;
  Efficiency efficiency;
  std::int64_t events = 0, unmapped_events = 0;
  std::vector<bool> present;  // by item: there in the window
  std::vector<Pace> pace;     // by item
};

// Cost: O(events); 59 000 events take about 10 ms. Never fails: what cannot be said is a figure's
// status.
[[nodiscard]] FlowReport compute_report(const Snapshot& snapshot, const Asked& asked);

// The report of a book, computed once. REQUIRES: the book outlives what is read from the report.
[[nodiscard]] std::shared_ptr<const FlowReport> report_of(const FigureBook& book);

// The spells behind the survival curve, with the item each belongs to.
struct ItemSpell {
  std::uint32_t item;
  quant::Spell spell;
};
[[nodiscard]] std::vector<ItemSpell> spells_of(const Walked& walked, const Window& window);

// What the item's value stream promises, for work whose clock was seen to start.
[[nodiscard]] std::optional<double> promised_days(const FlowLog& log, const ItemFlow& flow);

// Cycle time of an item's finish, zero when it was done before any work began.
[[nodiscard]] std::int64_t cycle_at(const ItemFlow& flow, std::int64_t finish);

}  // namespace tiebeam::flow
