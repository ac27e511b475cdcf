#include "rooms/flow/engine/live/order_statistics.h"

#include <algorithm>
#include <bitset>
#include <cmath>

#include "quant/quantile.h"

namespace tiebeam::flow::live {
namespace {

double between(std::int64_t low, std::int64_t high, double weight) {
  return static_cast<double>(low) + weight * static_cast<double>(high - low);
}

constexpr std::size_t kHashes = 4096;
std::size_t hash_of(std::int64_t value) {
  return static_cast<std::size_t>((static_cast<std::uint64_t>(value) * 0x9e3779b97f4a7c15U) >> 52U);
}

// Stretches of neighbouring buckets that hold wanted ranks, in order.
struct Stretch {
  std::int64_t from = 0, to = 0;  // values [from, to)
  std::size_t below = 0;          // values before it
  std::vector<std::int64_t> held;
};

std::vector<Stretch> stretches_of(const Histogram& counts, std::span<const std::size_t> ranks) {
  std::vector<Stretch> out;
  std::size_t seen = 0, next = 0;
  for (std::size_t bucket = 0; bucket < kBuckets && next < ranks.size(); ++bucket) {
    const std::size_t here = counts.in(bucket);
    if (ranks[next] < seen + here) {
      const std::int64_t from = bucket_start(bucket);
      if (out.empty() || out.back().to != from) {
        out.emplace_back();
        out.back().from = from;
        out.back().below = seen;
      }
      const bool is_last = bucket + 1 == kBuckets;
      out.back().to = is_last ? std::numeric_limits<std::int64_t>::max() : bucket_start(bucket + 1);
      while (next < ranks.size() && ranks[next] < seen + here) ++next;
    }
    seen += here;
  }
  return out;
}

// Values that lie in [from, from + width), appended without a branch.
void gather(std::span<const std::int64_t> values, Stretch& into) {
  const auto from = static_cast<std::uint64_t>(into.from);
  const std::uint64_t width = static_cast<std::uint64_t>(into.to) - from;
  for (const std::int64_t value : values) {
    if (static_cast<std::uint64_t>(value) - from < width) into.held.push_back(value);
  }
}

}  // namespace

Ranks ranks_of(std::size_t n, double p) {
  const double place = static_cast<double>(n - 1) * p;
  const auto low = static_cast<std::size_t>(place);
  return {low, std::min(low + 1, n - 1), quant::rank_of(n, p) - 1,
          place - static_cast<double>(low)};
}

Percentiles percentiles_of(std::span<std::int64_t> values) {
  Percentiles out;
  if (values.empty()) return out;
  auto from = values.begin();
  for (std::size_t i = 0; i < kShares.size(); ++i) {
    const Ranks ranks = ranks_of(values.size(), kShares[i]);
    const auto low = values.begin() + static_cast<std::ptrdiff_t>(ranks.low);
    std::nth_element(from, low, values.end());
    const bool has_next = ranks.high > ranks.low;
    const std::int64_t high = has_next ? *std::min_element(low + 1, values.end()) : *low;
    out[i] = {ranks.observed == ranks.low ? *low : high, between(*low, high, ranks.weight)};
    from = low;
  }
  return out;
}

void take_out(std::vector<std::int64_t>& values, std::vector<std::int64_t>& removed) {
  if (removed.empty()) return;
  std::ranges::sort(removed);
  std::bitset<kHashes> is_candidate;
  std::vector<std::int64_t> distinct;
  std::vector<std::size_t> times;  // each is still to be taken out
  for (const std::int64_t value : removed) {
    is_candidate.set(hash_of(value));
    if (distinct.empty() || distinct.back() != value) distinct.push_back(value), times.push_back(0);
    ++times.back();
  }
  std::erase_if(values, [&](std::int64_t value) {
    if (!is_candidate[hash_of(value)]) return false;
    const auto found = std::ranges::lower_bound(distinct, value);
    if (found == distinct.end() || *found != value) return false;
    std::size_t& left = times[static_cast<std::size_t>(found - distinct.begin())];
    if (left == 0) return false;
    --left;
    return true;
  });
  removed.clear();
}

void Histogram::grow() { counts_ = std::make_unique<Counts>(); }

void Histogram::merge(const Histogram& other) {
  if (!other.counts_) return;
  if (!counts_) grow();
  for (std::size_t i = 0; i < kBuckets; ++i) (*counts_)[i] += (*other.counts_)[i];
  count_ += other.count_;
}

bool Histogram::operator==(const Histogram& other) const {
  if (count_ != other.count_) return false;
  for (std::size_t i = 0; i < kBuckets; ++i) {
    if (in(i) != other.in(i)) return false;
  }
  return true;
}

Percentiles Histogram::percentiles() const {
  Percentiles out;
  if (count_ == 0) return out;
  const auto n = static_cast<std::size_t>(count_);
  std::size_t seen = 0, share = 0;
  for (std::size_t bucket = 0; bucket < kBuckets && share < out.size(); ++bucket) {
    seen += (*counts_)[bucket];
    while (share < out.size() && quant::rank_of(n, kShares[share]) <= seen) {
      const std::int64_t low = bucket_start(bucket);
      const std::int64_t width = bucket + 1 < kBuckets ? bucket_start(bucket + 1) - low : 1;
      const std::int64_t middle = low + (width - 1) / 2;
      out[share++] = {middle, static_cast<double>(middle)};
    }
  }
  return out;
}

void Values::grow() {
  chunks_.push_back(std::make_unique_for_overwrite<std::int64_t[]>(kChunk));
  next_ = chunks_.back().get();
  end_ = next_ + kChunk;
}

Percentiles select(const Histogram& counts, std::span<const Values* const> values,
                   std::span<const std::vector<std::int64_t>* const> removed) {
  Percentiles out;
  if (counts.count() == 0) return out;
  const auto n = static_cast<std::size_t>(counts.count());
  std::vector<std::size_t> ranks;
  for (const double p : kShares) {
    const Ranks each = ranks_of(n, p);
    ranks.push_back(each.low), ranks.push_back(each.high);
  }
  std::vector<Stretch> stretches = stretches_of(counts, ranks);
  for (const Values* each : values) {
    each->each_piece([&](std::span<const std::int64_t> chunk) {
      for (Stretch& stretch : stretches) gather(chunk, stretch);
    });
  }
  for (Stretch& stretch : stretches) {
    std::vector<std::int64_t> gone;
    for (const auto* each : removed) {
      for (const std::int64_t value : *each) {
        if (value >= stretch.from && value < stretch.to) gone.push_back(value);
      }
    }
    take_out(stretch.held, gone);
    std::ranges::sort(stretch.held);
  }
  const auto at = [&](std::size_t rank) {
    const auto after = std::ranges::upper_bound(stretches, rank, {}, &Stretch::below);
    const Stretch& stretch = *std::prev(after);
    return stretch.held[rank - stretch.below];
  };
  for (std::size_t i = 0; i < kShares.size(); ++i) {
    const Ranks each = ranks_of(n, kShares[i]);
    const std::int64_t low = at(each.low), high = at(each.high);
    out[i] = {each.observed == each.low ? low : high, between(low, high, each.weight)};
  }
  return out;
}

}  // namespace tiebeam::flow::live
