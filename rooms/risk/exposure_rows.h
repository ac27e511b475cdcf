// The rows of an exposure as JSON: scenarios, controls, services and priorities, with their
// figures.
#pragma once

#include "model/json.h"
#include "rooms/risk/exposure.h"
#include "rooms/risk/exposure_figures.h"

namespace tiebeam::risk {

// REQUIRES: `found` has records; for all but `rows` and `cell` a simulation.
class ExposureRows {
 public:
  ExposureRows(const FigureBook& book, const Exposed& found, std::string recompute);
  [[nodiscard]] Json scenarios() const;  // by mean loss, largest first
  [[nodiscard]] Json controls(const ControlSet& on) const;
  [[nodiscard]] Json groups(std::string_view type) const;  // "service", "priority"
  [[nodiscard]] Json best() const;                         // null where no budget was given
  [[nodiscard]] Json chosen(const Chosen& chosen) const;
  [[nodiscard]] Json appetite(const std::vector<AppetiteResult>& results) const;
  [[nodiscard]] Json cell(const Figure& figure) const;
  [[nodiscard]] const RowFigures& rows() const { return rows_; }

 private:
  [[nodiscard]] Json scenario(std::size_t at) const;
  [[nodiscard]] Figure no_tail(Figure share) const;
  [[nodiscard]] std::int64_t days_since(Day day) const;
  void worth(std::size_t at, Json& row) const;
  [[nodiscard]] Json rests_on(const Control& control) const;
  [[nodiscard]] Json reduced_by(const Control& control) const;
  [[nodiscard]] Json group(std::size_t g) const;
  void disruption(const Record* record, const std::string& key, Json& out) const;

  const Snapshot& snapshot_;
  const Exposed& found_;
  const Register& wanted_;
  Instant as_of_;
  RowFigures rows_;
  std::string recompute_;
  Day today_{};
};

}  // namespace tiebeam::risk
