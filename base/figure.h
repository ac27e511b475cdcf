// A Figure is a computed number as people are shown it: value, unit, interval, as-of and trail.
// No surface shows a number that is not one. JSON shape: model/figure_json.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/money.h"
#include "base/time.h"

namespace tiebeam {

struct Interval {
  double low = 0;
  double high = 0;
  double level = 0.9;  // share of repeats that would hold the truth
};

// One thing a figure was computed from. Exactly one of record_type, figure, import is set.
struct TrailInput {
  std::string record_type;  // "work_item"
  std::optional<std::int64_t> count;
  std::string filter;       // "finished in window"
  std::string figure;       // key of another figure
  std::string import_file;  // with sha256 and rows
  std::string import_id;
  std::string sha256;
  std::int64_t rows = 0;
};

struct Trail {
  std::string formula;  // one line a finance person can repeat
  std::string method;   // "docs/method/flow-time.md"
  int version = 1;      // of the formula; a change of meaning raises it
  std::optional<std::uint64_t> seed;
  std::vector<TrailInput> inputs;
  std::vector<std::string> notes;  // caveats: map version, presumed waits, restated items
};

enum class Status : std::uint8_t { ok, too_few, not_reached, stale, not_measurable };
[[nodiscard]] std::string_view status_name(Status status);

struct Figure {
  std::string key;                                    // "flow.cycle_time.p85"
  std::string label;                                  // "85 of 100 finish within"
  std::variant<std::monostate, double, Money> value;  // none unless status is ok or stale
  std::string unit;  // "days", "share", "items", "items a week", "money", "people", ...
  std::optional<Interval> interval;
  std::optional<double> low;  // not_reached: the quantile lies beyond this
  std::optional<std::int64_t> n;
  Instant as_of{};
  Status status = Status::ok;
  std::string reason;  // plain words, whenever status is not ok
  Trail trail;

  [[nodiscard]] bool has_value() const { return value.index() != 0; }
  // The number, for a figure that is not money. REQUIRES: value holds a double.
  [[nodiscard]] double number() const;
};

}  // namespace tiebeam
