#include "quant/draw.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace tiebeam::quant {
namespace {
constexpr double kReach = 8.25;         // beyond the scores of 2^-53
constexpr double kClose = 1e-7;         // of the spread between the scores -3 and 3
constexpr int kCoarse = 8, kFine = 64;  // pieces a unit of z
}  // namespace

// A cubic between neighbours from values and slopes; slopes are held to three times the chord, so
// that the cubic never falls (Fritsch and Carlson 1980).
static ZPieces pieces_of(const Marginal& marginal, int per_z) {
  ZPieces out{.low = -kReach, .per_z = static_cast<double>(per_z), .piece = {}};
  const auto cells = static_cast<std::size_t>(2 * kReach * per_z);
  const double width = 1.0 / per_z;
  double left = marginal.at(-kReach), slope = marginal.slope(-kReach) * width;
  for (std::size_t i = 0; i < cells; ++i) {
    const double z = -kReach + static_cast<double>(i + 1) * width;
    const double right = marginal.at(z), next = marginal.slope(z) * width;
    const double chord = right - left;
    const double s0 = std::clamp(slope, 0.0, 3 * chord), s1 = std::clamp(next, 0.0, 3 * chord);
    const double c2 = 3 * chord - 2 * s0 - s1, c3 = s0 + s1 - 2 * chord;
    out.piece.insert(out.piece.end(), {left, s0, c2, c3});
    left = right;
    slope = next;
  }
  return out;
}

// Half way between nodes, where a cubic is furthest off.
static bool is_close(const ZPieces& pieces, const Marginal& marginal) {
  const double spread = marginal.at(3) - marginal.at(-3);
  for (std::size_t i = 0; i < pieces.piece.size() / 4; ++i) {
    const double z = pieces.low + (static_cast<double>(i) + 0.5) / pieces.per_z;
    const double* c = &pieces.piece[4 * i];
    const double y = c[0] + 0.5 * (c[1] + 0.5 * (c[2] + 0.5 * c[3]));
    const double exact = marginal.at(z);
    if (std::abs(z) < 5 && std::abs(y - exact) > kClose * std::max(spread, std::abs(exact)))
      return false;
  }
  return true;
}

Draw::Draw(const Marginal& marginal) : a_(marginal.a()), b_(marginal.b()) {
  switch (marginal.kind()) {
    case Marginal::Kind::point:
      kind_ = Kind::constant;
      break;
    case Marginal::Kind::normal:
      kind_ = Kind::affine;
      break;
    case Marginal::Kind::lognormal:
      kind_ = Kind::exponential;
      break;
    case Marginal::Kind::other:
      if (marginal.continuous()) {
        build_pieces(marginal);
      } else {
        build_steps(marginal);
      }
  }
}

void Draw::build_pieces(const Marginal& marginal) {
  kind_ = Kind::pieces;
  for (int per_z = kCoarse; per_z <= kFine; per_z *= 2) {
    pieces_ = pieces_of(marginal, per_z);
    if (is_close(pieces_, marginal)) return;
  }
}

// The scores at which the next value begins, by halving: T jumps there.
void Draw::build_steps(const Marginal& marginal) {
  kind_ = Kind::steps;
  values_ = {marginal.at(-kReach)};
  while (values_.back() < marginal.at(kReach)) {
    double low = above_.empty() ? -kReach : above_.back(), high = kReach;
    while (std::nextafter(low, high) < high) {
      const double middle = low + (high - low) / 2;
      (marginal.at(middle) > values_.back() ? high : low) = middle;
    }
    above_.push_back(high);
    values_.push_back(marginal.at(high));
  }
}

void Draw::map(const double* z, std::size_t n, double* x) const {
  switch (kind_) {
    case Kind::constant:
      std::fill_n(x, n, a_);
      return;
    case Kind::affine:
      affine(z, n, a_, b_, x);
      return;
    case Kind::exponential:
      exp_affine(z, n, a_, b_, x);
      return;
    case Kind::pieces:
      map_pieces(pieces_, z, n, x);
      return;
    case Kind::steps:
      for (std::size_t i = 0; i < n; ++i) {
        const auto step = std::upper_bound(above_.begin(), above_.end(), z[i]) - above_.begin();
        x[i] = values_[static_cast<std::size_t>(step)];
      }
  }
}

}  // namespace tiebeam::quant
