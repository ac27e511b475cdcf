// Percentiles of many durations: exact from the values, or from a histogram that forgets them.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace tiebeam::flow::live {

constexpr std::array<double, 3> kShares = {0.5, 0.85, 0.95};

// Of durations in microseconds. `observed`: the least value that a share p does not exceed, as
// quant/quantile.h (Hyndman and Fan 1996, type 1). `between`: type 7, which other tools show.
struct Percentile {
  std::int64_t observed = 0;
  double between = 0;
  bool operator==(const Percentile&) const = default;
};
using Percentiles = std::array<Percentile, kShares.size()>;  // in order of kShares

// 0-based ranks among n sorted values: type 7 lies between `low` and the next, `weight` of the way;
// type 1 is one of the two.
struct Ranks {
  std::size_t low, high, observed;
  double weight;
};
[[nodiscard]] Ranks ranks_of(std::size_t n, double p);  // REQUIRES: n >= 1

// Exact. Reorders the values. Zeros when there are none. Cost: O(n).
[[nodiscard]] Percentiles percentiles_of(std::span<std::int64_t> values);

// Removes one value of `values` for each of `removed`. REQUIRES: it is there.
void take_out(std::vector<std::int64_t>& values, std::vector<std::int64_t>& removed);

// Log-linear buckets: values below 64 have their own, then 64 to each doubling, so that the middle
// of a bucket is within 1/128 (0.79 %) of what lies in it.
constexpr unsigned kBucketBits = 6;
constexpr std::size_t kBuckets = (64 - kBucketBits) << kBucketBits;
[[nodiscard]] constexpr std::size_t bucket_of(std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value) | 1;
  const int top = 63 - __builtin_clzll(bits | (1U << kBucketBits));
  const auto octave = static_cast<std::size_t>(top) - kBucketBits;
  return (octave << kBucketBits) + (static_cast<std::uint64_t>(value) >> octave);
}
[[nodiscard]] constexpr std::int64_t bucket_start(std::size_t bucket) {
  if (bucket < (2U << kBucketBits)) return static_cast<std::int64_t>(bucket);
  const std::size_t octave = (bucket >> kBucketBits) - 1;
  return static_cast<std::int64_t>((bucket - (octave << kBucketBits)) << octave);
}

// How many values lie in each bucket. REQUIRES: values >= 0.
class Histogram {
 public:
  void add(std::int64_t value, std::int32_t times) {
    if (!counts_) grow();
    (*counts_)[bucket_of(value)] += static_cast<std::uint32_t>(times);
    count_ += times;
  }
  void add_all(std::span<const std::int64_t> values) {
    if (values.empty()) return;
    if (!counts_) grow();
    Counts& counts = *counts_;
    for (const std::int64_t value : values) ++counts[bucket_of(value)];
    count_ += static_cast<std::int64_t>(values.size());
  }
  void merge(const Histogram& other);
  [[nodiscard]] std::int64_t count() const { return count_; }
  [[nodiscard]] std::uint32_t in(std::size_t bucket) const {
    return counts_ ? (*counts_)[bucket] : 0;
  }
  // Within 1/128 of the exact ones; `observed` and `between` are the same here.
  [[nodiscard]] Percentiles percentiles() const;
  [[nodiscard]] std::size_t bytes() const { return counts_ ? sizeof(*counts_) : 0; }
  bool operator==(const Histogram& other) const;

 private:
  using Counts = std::array<std::uint32_t, kBuckets>;
  void grow();
  std::unique_ptr<Counts> counts_;  // none until the first value
  std::int64_t count_ = 0;
};

// Values in blocks that never move: cheap to fill, read once.
class Values {
 public:
  static constexpr std::size_t kChunk =
      131072;  // a mebibyte: mapped, so that its pages cost nothing until used
  void push(std::int64_t value) {
    if (next_ == end_) [[unlikely]]
      grow();
    *next_++ = value;
  }
  // In pieces that stay in the first cache while they are looked at more than once.
  template <class F>
  void each_piece(F visit) const {
    for (std::size_t i = 0; i < chunks_.size(); ++i) {
      const auto open = kChunk - static_cast<std::size_t>(end_ - next_);
      const std::size_t size = i + 1 == chunks_.size() ? open : kChunk;
      for (std::size_t from = 0; from < size; from += kPiece) {
        visit(
            std::span<const std::int64_t>(chunks_[i].get() + from, std::min(kPiece, size - from)));
      }
    }
  }
  [[nodiscard]] std::size_t bytes() const { return chunks_.size() * kChunk * sizeof(std::int64_t); }

 private:
  static constexpr std::size_t kPiece = 2048;
  void grow();
  std::vector<std::unique_ptr<std::int64_t[]>> chunks_;
  std::int64_t *next_ = nullptr, *end_ = nullptr;  // of the last chunk
};

// Exact percentiles of what `counts` counted, whose values lie in `values` and, taken back again,
// in `removed`: finds the buckets that hold the ranks, then selects among the values in those
// alone. Cost: one pass over the values.
[[nodiscard]] Percentiles select(const Histogram& counts, std::span<const Values* const> values,
                                 std::span<const std::vector<std::int64_t>* const> removed);

}  // namespace tiebeam::flow::live
