#include "quant/draw.h"

#include <algorithm>
#include <cmath>

#include "quant/beta_nodes.h"

namespace tiebeam::quant {
namespace {
constexpr double kReach = 8.25;         // beyond the scores of 2^-53
constexpr double kClose = 1e-7;         // of the spread between the scores -3 and 3
constexpr int kCoarse = 8, kFine = 64;  // pieces a unit of z
}  // namespace

// T at twice as many scores as there are ends of pieces: the others tell how far off a piece is.
static Nodes nodes_of(const Marginal& marginal, int per_z) {
  const double step = 0.5 / per_z;
  if (const BetaLaw* beta = marginal.if_beta()) {
    if (auto nodes = beta_nodes(*beta, kReach, step)) return *std::move(nodes);
  }
  Nodes out;
  const auto count = static_cast<int>(2 * kReach / step);
  for (int i = 0; i <= count; ++i) {
    out.value.push_back(marginal.at(-kReach + i * step));
    out.slope.push_back(marginal.slope(-kReach + i * step));
  }
  return out;
}

// A cubic between neighbours from values and slopes; slopes are held to three times the chord, so
// that the cubic never falls (Fritsch and Carlson 1980).
static ZPieces pieces_of(const Nodes& nodes, int per_z) {
  ZPieces out{.low = -kReach, .per_z = static_cast<double>(per_z), .piece = {}};
  const double width = 1.0 / per_z;
  for (std::size_t i = 0; i + 2 < nodes.value.size(); i += 2) {
    const double chord = std::max(0.0, nodes.value[i + 2] - nodes.value[i]);
    const double s0 = std::clamp(nodes.slope[i] * width, 0.0, 3 * chord);
    const double s1 = std::clamp(nodes.slope[i + 2] * width, 0.0, 3 * chord);
    out.piece.insert(out.piece.end(),
                     {nodes.value[i], s0, 3 * chord - 2 * s0 - s1, s0 + s1 - 2 * chord});
  }
  return out;
}

// In the middle of pieces, where a cubic is furthest off.
static bool is_close(const ZPieces& pieces, const Nodes& nodes) {
  const auto at = [&](double z) {
    return nodes.value[static_cast<std::size_t>((z + kReach) * 2 * pieces.per_z)];
  };
  const double spread = at(3) - at(-3);
  for (std::size_t i = 0; i < pieces.piece.size() / 4; ++i) {
    const double z = pieces.low + (static_cast<double>(i) + 0.5) / pieces.per_z;
    const double* c = &pieces.piece[4 * i];
    const double off = c[0] + 0.5 * (c[1] + 0.5 * (c[2] + 0.5 * c[3])) - nodes.value[2 * i + 1];
    if (std::abs(z) < 5 &&
        std::abs(off) > kClose * std::max(spread, std::abs(nodes.value[2 * i + 1])))
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
    const Nodes nodes = nodes_of(marginal, per_z);
    pieces_ = pieces_of(nodes, per_z);
    if (is_close(pieces_, nodes)) return;
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
