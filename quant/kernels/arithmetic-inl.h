// Arithmetic that gives the same bits on every target. Included once a target by kernels.cc.
#if defined(TB_ARITHMETIC_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef TB_ARITHMETIC_INL
#undef TB_ARITHMETIC_INL
#else
#define TB_ARITHMETIC_INL
#endif

#include <hwy/highway.h>

#include <cmath>
#include <cstdint>

HWY_BEFORE_NAMESPACE();
namespace tiebeam::quant::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using D = hn::CappedTag<double, 8>;
using U = hn::RebindToUnsigned<D>;
using W = hn::Repartition<std::uint32_t, D>;
using V = hn::Vec<D>;
using VU = hn::Vec<U>;
using M = hn::Mask<D>;
constexpr D d;
constexpr U du;
constexpr W dw;
constexpr std::size_t kLanes = hn::MaxLanes(d);
static_assert(8 % kLanes == 0);

// a b + c, rounded once. The portable target has no such instruction.
HWY_INLINE V fma(V a, V b, V c) {
#if HWY_TARGET == HWY_EMU128 || HWY_TARGET == HWY_SCALAR
  double x[kLanes], y[kLanes], z[kLanes];
  hn::StoreU(a, d, x);
  hn::StoreU(b, d, y);
  hn::StoreU(c, d, z);
  for (std::size_t i = 0; i < kLanes; ++i) z[i] = std::fma(x[i], y[i], z[i]);
  return hn::LoadU(d, z);
#else
  return hn::MulAdd(a, b, c);
#endif
}

// c[0] + c[1] x + ... + c[n - 1] x^(n - 1), Horner.
template <std::size_t n>
HWY_INLINE V polynomial(const double (&c)[n], V x) {
  V sum = hn::Set(d, c[n - 1]);
  for (std::size_t i = n - 1; i-- > 0;) sum = fma(sum, x, hn::Set(d, c[i]));
  return sum;
}

// e^x for -708 <= x <= 709, relative error at most 5e-12. x = k ln 2 + r; e^r = 1 + r P(r).
HWY_INLINE V exp_of(V x) {
  static constexpr double kP[] = {
      0.9999999999955784,   0.5000000000120648,    0.1666666678534183,    0.04166666595094538,
      0.008333283751398697, 0.0013888978402752505, 0.0001990745088075871, 2.480153349652121e-05};
  const V shift = hn::Set(d, 0x1.8p52);  // its last bits hold the nearest integer
  const V k = fma(x, hn::Set(d, 1.4426950408889634), shift);
  const V whole = hn::Sub(k, shift);
  V r = fma(whole, hn::Set(d, -0x1.62e42fefa39efp-1), x);
  r = fma(whole, hn::Set(d, -0x1.abc9e3b39803fp-56), r);
  const V e = fma(polynomial(kP, r), r, hn::Set(d, 1.0));
  const VU exponent = hn::ShiftLeft<52>(hn::BitCast(du, k));
  return hn::BitCast(d, hn::Add(hn::BitCast(du, e), exponent));
}

// ln x for normal x > 0: x = 2^k m, m in [sqrt(1/2), sqrt 2), s = (m - 1) / (m + 1).
HWY_INLINE V log_of(V x) {
  static constexpr double kP[] = {0.6666666666666207,  0.4000000001123831,  0.2857142412966261,
                                  0.22222863105204965, 0.18140161733837126, 0.1662225329412423};
  const VU bits = hn::BitCast(du, x);
  const VU above = hn::Sub(bits, hn::Set(du, 0x3FE6A09E667F3BCDull));  // less the bits of sqrt(1/2)
  const VU k_bits = hn::ShiftRight<52>(hn::Add(above, hn::Set(du, 1ull << 62)));
  const VU m_bits = hn::Sub(bits, hn::ShiftLeft<52>(hn::Sub(k_bits, hn::Set(du, 1024))));
  const V m = hn::BitCast(d, m_bits);
  const V k = hn::Sub(hn::BitCast(d, hn::Or(k_bits, hn::Set(du, 0x4330000000000000ull))),
                      hn::Set(d, 0x1p52 + 1024));
  const V one = hn::Set(d, 1.0);
  const V s = hn::Div(hn::Sub(m, one), hn::Add(m, one));
  const V s2 = hn::Mul(s, s);
  const V rest = hn::Mul(hn::Mul(s2, s), polynomial(kP, s2));
  const V ln_m = hn::Add(hn::Add(s, s), rest);
  return fma(k, hn::Set(d, 0.6931471805599453), ln_m);
}

// The normal quantile in the centre, |u - 1/2| <= 15/32: q P(q^2) / Q(q^2).
constexpr double kCentre = 15.0 / 32;
HWY_INLINE V central_normal(V q, V q2) {
  static constexpr double kP[] = {2.5066282746460105, -36.22591305140858, 203.96531897389826,
                                  -558.025298755513,  746.0493637538193,  -414.89399006000787,
                                  50.12923062335515};
  static constexpr double kQ[] = {1.0,
                                  -15.499245909703816,
                                  95.29825370502417,
                                  -292.9731019956424,
                                  463.08082220504537,
                                  -340.355223649721,
                                  81.3822596131519};
  return hn::Div(hn::Mul(q, polynomial(kP, q2)), polynomial(kQ, q2));
}

// The upper quantile z of p = P(Z > z), 2^-53 <= p <= 1/32, in t = sqrt(-2 ln p).
HWY_INLINE V upper_normal(V p) {
  static constexpr double kP[] = {-3.1724484838464067, -7.920906700058633, 2.2708749933296715,
                                  4.498877373250989,   0.9866847139389033, 0.0491210100447149};
  static constexpr double kQ[] = {1.0,
                                  5.39206119131538,
                                  4.736025858614577,
                                  0.9879401633086111,
                                  0.04910555095966885,
                                  1.4178648067450964e-07};
  const V t = hn::Sqrt(hn::Mul(hn::Set(d, -2.0), log_of(p)));
  return hn::Div(polynomial(kP, t), polynomial(kQ, t));
}

// Ten rounds over one counter a lane; words sit in the low halves of 64-bit lanes.
struct Words {
  VU w0, w1, w2, w3;
};
// The 64-bit product of the low halves.
HWY_INLINE VU product(VU a, VU b) {
#if HWY_TARGET == HWY_SCALAR
  return hn::Set(du, (hn::GetLane(a) & 0xFFFFFFFF) * (hn::GetLane(b) & 0xFFFFFFFF));
#else
  return hn::BitCast(du, hn::MulEven(hn::BitCast(dw, a), hn::BitCast(dw, b)));
#endif
}
// `n` vectors of counters at once, so that their multiplications overlap.
template <std::size_t n>
HWY_INLINE void philox_rounds(Words (&w)[n], std::uint32_t key0, std::uint32_t key1) {
  const VU m0 = hn::Set(du, 0xD2511F53), m1 = hn::Set(du, 0xCD9E8D57);
  for (int round = 0; round < 10; ++round) {
    const VU k0 = hn::Set(du, key0), k1 = hn::Set(du, key1);
    for (Words& at : w) {
      const VU p0 = product(at.w0, m0), p1 = product(at.w2, m1);
      at = {hn::Xor(hn::Xor(hn::ShiftRight<32>(p1), at.w1), k0), p1,
            hn::Xor(hn::Xor(hn::ShiftRight<32>(p0), at.w3), k1), p0};
    }
    key0 += 0x9E3779B9;
    key1 += 0xBB67AE85;
  }
}
// (k + 1/2) 2^-52 with the upper 52 bits of high:low, as uniform_of.
HWY_INLINE V uniform_from(VU low, VU high) {
  const VU bits = hn::Or(hn::ShiftLeft<32>(high), hn::And(low, hn::Set(du, 0xFFFFFFFF)));
  const VU mantissa = hn::Or(hn::ShiftRight<12>(bits), hn::Set(du, 0x3FF0000000000000ull));
  return hn::Sub(hn::BitCast(d, mantissa), hn::Set(d, 1 - 0x1p-53));
}

}  // namespace tiebeam::quant::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
