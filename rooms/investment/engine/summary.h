// What many trials of money and of payback times say, without sorting them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace tiebeam::investment {

// Amounts whose squares leave the numbers a machine holds: mean or standard_error is not finite,
// and the rest is of no meaning.
struct MoneySummary {
  double mean = 0;
  double standard_error = 0;
  double p05 = 0, p50 = 0, p95 = 0;  // inverse ECDF
  double p_loss = 0;                 // P(below 0)
  double cvar5 = 0;                  // mean of the worst 5 of 100 trials, the last one by fraction
  double shortfall = 0;              // mean of what is missing to 0, over all trials
  friend bool operator==(const MoneySummary&, const MoneySummary&) = default;
};

struct PaybackSummary {
  double p_within = 0;        // P(pays back within the horizon)
  std::optional<double> p50;  // years; none: not within the horizon in the middle case
  std::optional<double> p85;  // the same in 85 of 100
  friend bool operator==(const PaybackSummary&, const PaybackSummary&) = default;
};

// Keeps its buffers. Thread: one at a time. REQUIRES: at least one value, none NaN.
class Summariser {
 public:
  [[nodiscard]] MoneySummary money(std::span<const double> trials);
  [[nodiscard]] PaybackSummary payback(std::span<const double> years);  // infinite: never
  // The value of that rank (from 1).
  [[nodiscard]] double at_rank(std::span<const double> values, std::size_t rank);

 private:
  void count(std::span<const double> values);
  [[nodiscard]] double select(std::span<const double> values, std::size_t rank);

  static constexpr std::size_t kBins = 1024;
  std::vector<std::uint16_t> bin_;
  std::vector<std::uint32_t> below_;  // how many lie in bins before each
  std::vector<double> few_;
  double least_ = 0, most_ = 0;
};

}  // namespace tiebeam::investment
