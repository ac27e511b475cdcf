#include "quant/kernels/cash.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <vector>

#include "quant/finance.h"

namespace tiebeam::quant {
namespace {

using Numbers = std::vector<double>;
constexpr std::size_t kTrials = 1001;

Numbers uniform_row(std::string_view name, double low, double high) {
  Numbers u(kBlock + kPad);
  uniforms(key_of(11, name), Purpose{0}, 0, u.data());
  for (double& x : u) x = low + (high - low) * x;
  return u;
}

struct Case {
  std::size_t life = 5, years = 5;
  bool deferred = false;
  Numbers discount;
  Numbers one_off = uniform_row("one-off", 50, 400), rate = uniform_row("rate", -20, 300);
  Numbers share = uniform_row("share", 0.5, 1), run = uniform_row("run", 0, 40);
  Numbers live = uniform_row("live", 0, 2500), delay = uniform_row("delay", 0, 200);
  Numbers ramp = uniform_row("ramp", 0, 900), works = uniform_row("works", 0, 1);
  bool ramps = true;

  Case() {
    for (double& w : works) w = w < 0.7 ? 1 : 0;
    for (std::size_t i = 0; i < kTrials; i += 13) one_off[i] = 0;
  }
  void look(std::size_t at_life, bool is_deferred) {
    life = at_life, deferred = is_deferred;
    years = is_deferred ? 2 * life : life;
    discount.clear();
    for (std::size_t y = 1; y <= years; ++y)
      discount.push_back(discount_factor(static_cast<int>(y), 0.08));
  }
  [[nodiscard]] std::vector<CashStream> streams() const {
    using Role = CashStream::Role;
    CashStream benefit{.role = Role::benefit, .scale = 1.5, .delay = 0.1};
    benefit.factors = {rate.data(), share.data()};
    benefit.delays = {live.data(), delay.data()};
    if (ramps) benefit.ramp_days = ramp.data();
    CashStream cost{.role = Role::cost, .scale = 1, .delay = 0.1};
    cost.factors = {run.data()};
    cost.delays = {live.data()};
    CashStream aside{.role = Role::aside, .scale = 7, .delay = 0.1};
    aside.delays = {live.data()};
    return {benefit, cost, aside};
  }
  [[nodiscard]] CashPlan plan(const std::vector<CashStream>& of) const {
    return {.discount = discount,
            .life = life,
            .deferred = deferred,
            .one_off = {0, one_off.data()},
            .exit = {30, nullptr},
            .delay = 0.1,
            .delay_days = live.data(),
            .works = works.data(),
            .streams = of};
  }
};

// Years at full rate between two points of time since the start, by the definition.
double worth(double since, double ramp, double life, bool deferred) {
  const double x = std::max(0.0, deferred ? std::min(since, life) : since);
  return x < ramp ? x * x / (2 * ramp) : x - ramp / 2;
}

struct Slow {
  Numbers flows;  // with today
  double costs, aside;
};
Slow slow_flows(const Case& c, std::size_t i) {
  Slow out{Numbers(c.years + 1), c.one_off[i], 0};
  out.flows[0] = -c.one_off[i];
  const double works = c.works[i], life = static_cast<double>(c.life);
  const double live = 0.1 + c.live[i] / 365, start = live + c.delay[i] / 365;
  const double ramp = c.ramps ? c.ramp[i] / 365 : 0;
  for (std::size_t y = 0; y < c.years; ++y) {
    const auto active = [&](double from, double by) {
      const double t = static_cast<double>(y);
      return worth(t + 1 - from, by, life, c.deferred) - worth(t - from, by, life, c.deferred);
    };
    const double run = works * c.run[i] * active(live, 0);
    out.flows[y + 1] = works * 1.5 * c.rate[i] * c.share[i] * active(start, ramp) - run;
    out.costs += run * c.discount[y];
    out.aside += works * 7 * active(live, 0) * c.discount[y];
  }
  double end = works > 0 ? (c.deferred ? live + life : life - 1) : live;
  end = std::min(std::floor(end), static_cast<double>(c.years - 1));
  const auto year = static_cast<std::size_t>(end);
  out.flows[year + 1] -= 30;
  out.costs += 30 * c.discount[year];
  return out;
}

TEST(CashFlows, AreThoseOfTheSlowWayTrialByTrial) {
  Case c;
  for (const bool deferred : {false, true}) {
    for (const bool ramps : {false, true}) {
      for (const std::size_t life : {1u, 5u, 30u}) {
        c.look(life, deferred);
        c.ramps = ramps;
        const auto streams = c.streams();
        Numbers npv(kBlock + kPad), costs = npv, aside = npv, back = npv, later = npv;
        Numbers flows(c.years * (kBlock + kPad));
        cash_flows(
            c.plan(streams), kTrials,
            {npv.data(), costs.data(), aside.data(), back.data(), later.data(), flows.data()});
        for (std::size_t i = 0; i < kTrials; ++i) {
          const Slow slow = slow_flows(c, i);
          ASSERT_NEAR(npv[i], quant::npv(slow.flows, 0.08), 1e-9) << i << ' ' << life;
          ASSERT_NEAR(costs[i], slow.costs, 1e-9);
          ASSERT_NEAR(aside[i], slow.aside, 1e-9);
          Numbers horizon = slow.flows, discounted = slow.flows;
          horizon.resize(life + 1);
          discounted.resize(life + 1);
          const auto expected = payback(horizon),
                     expected_later = discounted_payback(discounted, 0.08);
          ASSERT_EQ(std::isfinite(back[i]), expected.has_value()) << i;
          if (expected) {
            ASSERT_NEAR(back[i], *expected, 1e-6) << i;
          }
          ASSERT_EQ(std::isfinite(later[i]), expected_later.has_value()) << i;
          if (expected_later) {
            ASSERT_NEAR(later[i], *expected_later, 1e-6) << i;
          }
          for (std::size_t y = 0; y < c.years; ++y)
            ASSERT_NEAR(flows[y * (kBlock + kPad) + i], slow.flows[y + 1], 1e-9);
        }
      }
    }
  }
}

TEST(CashFlows, GiveTheSameBitsOnEveryWidth) {
  Case c;
  std::vector<Mix> seen;
  for (const char* widest : {"none", "avx2", "neon", "avx512"}) {
    if (!limit_vectors(widest)) continue;
    Mix mix;
    for (const bool deferred : {false, true}) {
      c.look(5, deferred);
      const auto streams = c.streams();
      Numbers npv(kBlock + kPad), costs = npv, aside = npv, back = npv, later = npv;
      cash_flows(c.plan(streams), kTrials,
                 {npv.data(), costs.data(), aside.data(), back.data(), later.data(), nullptr});
      for (const Numbers* row : {&npv, &costs, &aside, &back, &later})
        mix = combine(mix, mix_of(row->data(), kTrials));
    }
    seen.push_back(mix);
  }
  for (const Mix& mix : seen) EXPECT_EQ(mix, seen.front());
}

// Reference value npv_basic.
TEST(CashFlows, GiveTheReferenceOfOneCertainInvestment) {
  Numbers discount;
  for (int y = 1; y <= 5; ++y) discount.push_back(discount_factor(y, 0.1));
  const std::vector<CashStream> streams{{.scale = 300}};
  const CashPlan plan{
      .discount = discount, .life = 5, .one_off = {1000}, .exit = {}, .streams = streams};
  Numbers npv(1 + kPad), back = npv, later = npv;
  cash_flows(plan, 1,
             {.npv = npv.data(), .payback = back.data(), .discounted_payback = later.data()});
  EXPECT_NEAR(npv[0], 137.2360308225343, 1e-9);
  EXPECT_NEAR(back[0], 3.3333333333333335, 1e-12);
  EXPECT_NEAR(later[0], 4.263266666666667, 1e-9);
}

}  // namespace
}  // namespace tiebeam::quant
