#include "rooms/investment/engine/sum_tree.h"

#include "base/error.h"

namespace tiebeam::investment {
namespace {
void add_rows(const double* a, const double* b, std::size_t n, double* sum) {
  for (std::size_t i = 0; i < n; ++i) sum[i] = a[i] + b[i];
}
}  // namespace

SumTree::SumTree(std::size_t leaves, std::size_t length)
    : length_(length), leaf_(leaves, nullptr), zeros_(length, 0.0) {
  TB_CHECK(leaves > 0, "something is summed");
  widths_.push_back(leaves);
  while (widths_.back() > 1) {
    const std::size_t below = widths_.back();
    widths_.push_back((below + 1) / 2);
    sums_.emplace_back((below / 2) * length);  // one without a partner needs no row
  }
}

const double* SumTree::row(std::size_t level, std::size_t i) const {
  while (level > 0 && 2 * i + 1 >= widths_[level - 1]) {  // without a partner
    --level;
    i *= 2;
  }
  if (level > 0) return sums_[level - 1].data() + i * length_;
  return leaf_[i] != nullptr ? leaf_[i] : zeros_.data();
}

void SumTree::make(std::size_t level, std::size_t i) {
  if (2 * i + 1 >= widths_[level - 1]) return;
  add_rows(row(level - 1, 2 * i), row(level - 1, 2 * i + 1), length_,
           sums_[level - 1].data() + i * length_);
}

void SumTree::finish_leaf(std::size_t i) {
  std::size_t at = i;
  for (std::size_t level = 1; level < widths_.size(); ++level) {
    const bool is_last = at + 1 == widths_[level - 1];
    if (at % 2 == 0 && !is_last) return;
    at /= 2;
    make(level, at);
  }
}

void SumTree::update(std::size_t i) {
  for (std::size_t level = 1; level < widths_.size(); ++level) {
    i /= 2;
    make(level, i);
  }
}

std::span<const double> SumTree::total() const { return {row(widths_.size() - 1, 0), length_}; }

void PairwiseSum::add(std::vector<double> row) {
  std::size_t level = 0;
  while (!partial_.empty() && partial_.back().first == level) {
    add_rows(partial_.back().second.data(), row.data(), row.size(), row.data());
    partial_.pop_back();
    ++level;
  }
  partial_.emplace_back(level, std::move(row));
}

std::vector<double> PairwiseSum::take() {
  while (partial_.size() > 1) {
    auto last = std::move(partial_.back().second);
    partial_.pop_back();
    auto& sum = partial_.back().second;
    add_rows(sum.data(), last.data(), sum.size(), sum.data());
  }
  if (partial_.empty()) return {};
  auto out = std::move(partial_.front().second);
  partial_.clear();
  return out;
}

}  // namespace tiebeam::investment
