// Sums of rows in pairs, pairs of pairs and so on, so that a sum can be brought up to date along
// one path and still equals the sum made anew, bit for bit.
#pragma once

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace tiebeam::investment {

// All partial sums of `leaves` rows. A row without a partner goes up as it is. The rows themselves
// are the caller's; a null row counts as zeros.
class SumTree {
 public:
  SumTree(std::size_t leaves, std::size_t length);
  // The row of leaf i, until it is set anew. It is read when a sum over it is made.
  void set_leaf(std::size_t i, const double* row) { leaf_[i] = row; }
  // Makes the sums above leaf i whose right half ends with it: called for every leaf in turn, it
  // makes them all while their parts are still near.
  void finish_leaf(std::size_t i);
  // Makes every sum above leaf i anew.
  void update(std::size_t i);
  // The sum of all leaves.
  [[nodiscard]] std::span<const double> total() const;

 private:
  [[nodiscard]] const double* row(std::size_t level, std::size_t i) const;
  [[nodiscard]] std::size_t width(std::size_t level) const { return widths_[level]; }
  void make(std::size_t level, std::size_t i);

  std::size_t length_;
  std::vector<const double*> leaf_;
  std::vector<std::size_t> widths_;        // of levels, leaves first
  std::vector<std::vector<double>> sums_;  // of each level above: its rows, one after the other
  std::vector<double> zeros_;
};

// The same total, row by row in order, holding one row a level.
class PairwiseSum {
 public:
  void add(std::vector<double> row);
  [[nodiscard]] std::vector<double> take();  // empty: nothing was added

 private:
  std::vector<std::pair<std::size_t, std::vector<double>>> partial_;  // level, sum
};

}  // namespace tiebeam::investment
