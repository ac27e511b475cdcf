// One initiative in one block of trials: its inputs drawn, its cash flows computed.
#pragma once

#include <cstdint>
#include <vector>

#include "quant/kernels/cash.h"
#include "rooms/investment/engine/prepared.h"

namespace tiebeam::investment {

using Row = std::vector<double>;  // of kBlock + kPad
[[nodiscard]] Row block_row();

// Buffers of one thread, and what was drawn last.
class Workspace {
 public:
  // Draws the block's inputs. Those that are certain take no numbers.
  void draw(const PreparedCase& initiative, const Shared& shared, std::uint64_t block,
            std::size_t trials);
  // Values as they are, for questions like "what if all were at their median": values[i] has one
  // row's worth of trials for every input that is not certain.
  void set(const PreparedCase& initiative, std::size_t input, std::vector<double> values);

  // The values of an input; null where it is certain.
  [[nodiscard]] const double* row(const PreparedCase& initiative, std::size_t input) const;
  // 1 where it works, 0 where not; null: always works.
  [[nodiscard]] const double* works(const PreparedCase& initiative) const;
  [[nodiscard]] Row& works_row() { return works_; }

 private:
  void draw_together(const PreparedCase& initiative, std::uint64_t block, std::size_t trials);

  std::vector<Row> rows_;  // by input
  std::vector<Row> base_;  // independent scores of inputs that move together
  Row works_;
};

// `later` years are added to the duration. KPI values stand at `kpi_values[kpi]`, null where
// certain. REQUIRES: the workspace holds the initiative's inputs.
struct CashQuestion {
  const Settings& settings;
  const PreparedCase& initiative;
  const Workspace& inputs;
  const Shared& shared;
  std::vector<const double*> kpi_values;
  double later = 0;
  bool always_works = false;
};
void compute_cash(const CashQuestion& question, std::size_t trials, const quant::CashRows& rows);
// The KPIs' values in a block.
[[nodiscard]] std::vector<const double*> values_in(const Shared& shared, std::uint64_t block);

}  // namespace tiebeam::investment
