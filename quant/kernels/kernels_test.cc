#include "quant/kernels/kernels.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "quant/event_counts.h"
#include "quant/special.h"

namespace tiebeam::quant {
namespace {

using Numbers = std::vector<double>;
Numbers room(std::size_t n = kBlock) { return Numbers(n + kPad); }

// Runs `claim` with every kind of vectors this machine has, the widest last.
template <class F>
void with_all_vectors(F claim) {
  for (const char* widest : {"none", "avx2", "neon", "avx512"}) {
    if (!limit_vectors(widest)) continue;
    SCOPED_TRACE(widest);
    claim();
  }
}

TEST(Philox, GivesTheKnownAnswersOfItsAuthors) {
  using Words = std::array<std::uint32_t, 4>;
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}), (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  const std::uint32_t all = 0xffffffff;
  EXPECT_EQ(philox({all, all, all, all}, {all, all}),
            (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Philox, UniformsAreOpenAtBothEndsAndSymmetric) {
  EXPECT_EQ(uniform_of(0, 0), 0x1p-53);
  EXPECT_EQ(uniform_of(0xffffffff, 0xffffffff), 1 - 0x1p-53);
  EXPECT_EQ(uniform_of(0, 0x80000000), 0.5 + 0x1p-53);
}

TEST(Kernels, DrawWhatTheCounterSays) {
  with_all_vectors([] {
    const Key key = key_of(7, "ransomware");
    for (const std::uint64_t block : {std::uint64_t{0}, std::uint64_t{3}, std::uint64_t{1} << 34}) {
      Numbers u = room();
      uniforms(key, Purpose{5}, block, u.data());
      for (const std::size_t trial : {0u, 1u, 1023u, 1024u, 2047u}) {
        const std::uint64_t at = block * (kBlock / 2) + trial % (kBlock / 2);
        const auto w = philox(
            {static_cast<std::uint32_t>(at), 0, 5, static_cast<std::uint32_t>(at >> 32)}, key);
        const bool first = trial < kBlock / 2;
        EXPECT_EQ(u[trial], uniform_of(w[first ? 0 : 2], w[first ? 1 : 3]))
            << block << ' ' << trial;
      }
    }
  });
}

TEST(Kernels, DrawSomeTrialsAsAllOfThem) {
  with_all_vectors([] {
    const Key key = key_of(7, "ransomware");
    std::vector<std::uint32_t> trials;
    for (std::uint32_t trial = 0; trial < kBlock; trial += 1 + trial % 37) trials.push_back(trial);
    trials.push_back(kBlock / 2 - 1);
    trials.push_back(kBlock - 1);
    const std::size_t n = trials.size();
    trials.resize(n + kPad);
    for (const std::uint64_t block : {std::uint64_t{0}, std::uint64_t{3}, std::uint64_t{1} << 34}) {
      Numbers all = room(), some = room();
      uniforms(key, Purpose{5}, block, all.data());
      uniforms_at(key, Purpose{5}, block, {trials.data(), n}, some.data());
      for (std::size_t i = 0; i < n; ++i) ASSERT_EQ(some[i], all[trials[i]]) << trials[i];
    }
  });
}

TEST(Kernels, DrawEventsByTrialAndPlaceInTheYear) {
  with_all_vectors([] {
    const Key key = key_of(7, "outage");
    std::vector<std::uint32_t> trials = {3, 700, 2047};
    trials.resize(3 + kPad);
    Numbers first = room(), second = room();
    const std::uint64_t block = (std::uint64_t{1} << 32) + 9;
    event_uniforms({key, Purpose{16}, block, 4}, {trials.data(), 3}, first.data(), second.data());
    for (std::size_t i = 0; i < 3; ++i) {
      const std::uint64_t at = block * kBlock + trials[i];
      const auto w = philox(
          {static_cast<std::uint32_t>(at), 4, 16, static_cast<std::uint32_t>(at >> 32)}, key);
      EXPECT_EQ(first[i], uniform_of(w[0], w[1]));
      EXPECT_EQ(second[i], uniform_of(w[2], w[3]));
    }
  });
}

TEST(Kernels, NormalQuantileIsWithinItsBoundFromTailToTail) {
  with_all_vectors([] {
    Numbers u = room(), z = room();
    for (std::size_t i = 0; i < kBlock; ++i) {
      const double p = std::exp2(-53.0 + 52.0 * static_cast<double>(i) / kBlock);
      u[i] = i % 2 == 0 ? p : 1 - p;
    }
    normals(u.data(), kBlock, z.data());
    for (std::size_t i = 0; i < kBlock; ++i) {
      const double exact = normal_quantile(u[i]);
      ASSERT_NEAR(z[i], exact, 1e-11 * std::max(1.0, std::abs(exact))) << u[i];
    }
    u.assign(kBlock + kPad, 0.5);
    normals(u.data(), 1, z.data());
    EXPECT_EQ(z[0], 0);
  });
}

TEST(Kernels, ExponentialIsWithinItsBound) {
  with_all_vectors([] {
    Numbers z = room(), x = room();
    for (std::size_t i = 0; i < kBlock; ++i) z[i] = -8 + 16.0 * static_cast<double>(i) / kBlock;
    for (const double b : {0.0, 0.7, 3.0, 40.0}) {
      exp_affine(z.data(), kBlock, 12.6, b, x.data());
      for (std::size_t i = 0; i < kBlock; ++i)
        ASSERT_NEAR(x[i] / std::exp(12.6 + b * z[i]), 1, 5e-12 + 1e-14 * b) << b << ' ' << z[i];
    }
    exp_affine(z.data(), kBlock, 1e6, 0, x.data());
    EXPECT_TRUE(std::isfinite(x[0]));
  });
}

TEST(Kernels, LogarithmIsWithinItsBound) {
  with_all_vectors([] {
    Numbers z = room(), x = room();
    for (std::size_t i = 0; i < kBlock; ++i)
      z[i] = std::exp(-40 + 80.0 * static_cast<double>(i) / kBlock);
    for (const auto& [a, b] : {std::pair{0.0, 1.0}, {1.0, 1.0}, {1.0, 13.0}, {3.0, 1e-3}}) {
      log_affine(z.data(), kBlock, a, b, x.data());
      for (std::size_t i = 0; i < kBlock; ++i) {
        const double expected = std::log(a + b * z[i]);
        ASSERT_NEAR(x[i], expected, 5e-12 * std::abs(expected) + 3e-16)
            << a << ' ' << b << ' ' << z[i];
      }
    }
  });
}

TEST(Kernels, CountsFollowTheirLaw) {
  with_all_vectors([] {
    Numbers u = room(), rate = room();
    std::vector<std::uint32_t> by_table(kBlock + kPad), by_rate(kBlock + kPad);
    for (const double mean : {0.0, 1e-9, 0.02, 0.743, 4.0, 31.5}) {
      const CountThresholds law = poisson_thresholds(mean);
      double found = 0;
      for (std::uint64_t block = 0; block < 50; ++block) {
        uniforms(key_of(1, "n"), Purpose{1}, block, u.data());
        std::ranges::fill(rate, mean);
        counts_by_thresholds(u.data(), kBlock, law.above, law.usual, law.least, by_table.data());
        poisson_counts(u.data(), rate.data(), kBlock, by_rate.data());
        for (std::size_t i = 0; i < kBlock; ++i) {
          ASSERT_EQ(by_table[i], by_rate[i]) << mean << ' ' << u[i];
          if (block == 0) {
            ASSERT_EQ(by_table[i], poisson_draw(u[i], mean)) << mean << ' ' << u[i];
          }
          found += by_table[i];
        }
      }
      EXPECT_NEAR(found / (50 * kBlock), mean, 5 * std::sqrt(mean / (50 * kBlock)));
    }
  });
}

TEST(Kernels, PoissonInversionEndsAtTheLargestUniform) {
  with_all_vectors([] {
    Numbers u(kBlock + kPad, 1 - 0x1p-53), rate = room();
    std::vector<std::uint32_t> counts(kBlock + kPad);
    for (std::size_t i = 0; i < kBlock; ++i) rate[i] = kSmallRate * static_cast<double>(i) / kBlock;
    poisson_counts(u.data(), rate.data(), kBlock, counts.data());
    EXPECT_LE(*std::ranges::max_element(counts), 120u);
  });
}

TEST(Kernels, ListTheTrialsWithMoreEvents) {
  with_all_vectors([] {
    std::vector<std::uint32_t> counts(kBlock + kPad, 3), trials(kBlock + kPad), held(kBlock + kPad);
    for (std::uint32_t i = 0; i < kBlock; ++i) counts[i] = i * 2654435761u >> 30;
    for (const std::size_t n : {std::size_t{2048}, std::size_t{2041}, std::size_t{1}}) {
      std::size_t found = first_events(counts.data(), n, trials.data(), held.data());
      for (std::uint32_t level = 0; level < 4; ++level) {
        std::vector<std::uint32_t> expected;
        for (std::uint32_t i = 0; i < n; ++i) {
          if (counts[i] > level) expected.push_back(i);
        }
        EXPECT_EQ(std::vector<std::uint32_t>(trials.begin(),
                                             trials.begin() + static_cast<std::ptrdiff_t>(found)),
                  expected);
        found = next_events(level + 1, found, trials.data(), held.data());
      }
    }
  });
}

TEST(Kernels, KeepWhatIsAboveZero) {
  with_all_vectors([] {
    Numbers x = room(), out = room();
    Numbers expected;
    for (std::size_t i = 0; i < kBlock - 5; ++i) {
      x[i] = i % 3 == 0 ? 0 : static_cast<double>(i);
      if (x[i] > 0) expected.push_back(x[i]);
    }
    out.resize(above_zero(x.data(), kBlock - 5, out.data()));
    EXPECT_EQ(out, expected);
  });
}

TEST(Kernels, InsuranceLeavesTheDeductibleAndWhatIsAboveTheLimit) {
  with_all_vectors([] {
    Numbers x = {50, 100, 150, 1100, 5000};
    x.resize(5 + kPad);
    insure(100, 1000, 5, x.data());
    EXPECT_EQ(Numbers(x.begin(), x.begin() + 5), (Numbers{50, 100, 100, 100, 4000}));
  });
}

TEST(Kernels, SumsAndMixesAreTheSameForEveryWidth) {
  Numbers x = room();
  for (std::size_t i = 0; i < kBlock; ++i) x[i] = std::exp(std::sin(static_cast<double>(i)) * 20);
  std::vector<Moments> sums;
  std::vector<Mix> mixes;
  with_all_vectors([&] {
    for (const std::size_t n : {1u, 7u, 2047u, 2048u}) {
      sums.push_back(moments(x.data(), n, 3));
      const Above tail = above(x.data(), n, 100);
      sums.push_back({tail.sum, static_cast<double>(tail.count)});
      mixes.push_back(mix_of(x.data(), n));
    }
  });
  for (std::size_t i = 8; i < sums.size(); ++i) {
    EXPECT_EQ(sums[i].sum, sums[i % 8].sum);
    EXPECT_EQ(sums[i].square, sums[i % 8].square);
  }
  for (std::size_t i = 4; i < mixes.size(); ++i) EXPECT_EQ(mixes[i], mixes[i % 4]);
}

TEST(Kernels, AMixMovesWithEveryValueAndPlace) {
  Numbers x(64 + kPad, 0);
  const Mix zeros = mix_of(x.data(), 64);
  x[5] = 1;
  const Mix one = mix_of(x.data(), 64);
  std::swap(x[5], x[13]);
  const Mix moved = mix_of(x.data(), 64);
  EXPECT_NE(zeros, one);
  EXPECT_NE(one, moved);
  EXPECT_NE(zeros, mix_of(x.data(), 63));
  EXPECT_NE(combine(one, moved), combine(moved, one));
}

}  // namespace
}  // namespace tiebeam::quant
