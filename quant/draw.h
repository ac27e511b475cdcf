// How a marginal is drawn from normal scores in a simulation: by its closed map where it has one,
// else by cubic pieces (docs/method/simulation.md says how far off they are).
#pragma once

#include <cstddef>
#include <vector>

#include "quant/kernels/kernels.h"
#include "quant/marginal.h"

namespace tiebeam::quant {

class Draw {
 public:
  Draw() = default;  // certainly 0
  explicit Draw(const Marginal& marginal);
  // x[i] = T(z[i]), never falling in z. REQUIRES: room for kPad more.
  void map(const double* z, std::size_t n, double* x) const;
  [[nodiscard]] bool constant() const { return kind_ == Kind::constant; }
  [[nodiscard]] double value() const { return a_; }  // of a constant

 private:
  enum class Kind : std::uint8_t { constant, affine, exponential, pieces, steps };
  void build_pieces(const Marginal& marginal);
  void build_steps(const Marginal& marginal);

  Kind kind_ = Kind::constant;
  double a_ = 0;
  double b_ = 0;
  ZPieces pieces_;
  std::vector<double> above_, values_;  // steps: values_[how many of above_ are <= z]
};

}  // namespace tiebeam::quant
