#include "rooms/investment/engine/sign_off.h"

#include <gtest/gtest.h>

#include <random>

#include "rooms/investment/engine/case_records_test_support.h"
#include "rooms/investment/value_test_support.h"

namespace tiebeam::investment {
namespace {

Money eur(std::int64_t whole) { return Money(100 * whole, Currency{}); }

Seen seen(std::int64_t p50, std::int64_t p90, std::int64_t run, std::int64_t npv) {
  return {eur(p50), eur(p90), eur(run), eur(npv), 0.1};
}
const Seen kSigned = seen(1000, 1200, 100, 500);

struct MovedRow {
  const char* name;
  Seen now;
  std::size_t reasons;
};
class SignatureMoves : public testing::TestWithParam<MovedRow> {};
TEST_P(SignatureMoves, BeyondItsTolerance) {
  const auto why = moved(kSigned, GetParam().now, 0.1);
  EXPECT_EQ(why.size(), GetParam().reasons) << (why.empty() ? "" : why.front());
}
INSTANTIATE_TEST_SUITE_P(
    Table, SignatureMoves,
    testing::Values(
        MovedRow{"same", kSigned, 0}, MovedRow{"at_the_edge", seen(1100, 1300, 110, 450), 0},
        MovedRow{"dearer", seen(1101, 1300, 100, 500), 1},
        MovedRow{"cheaper", seen(899, 1000, 100, 500), 1},
        MovedRow{"beyond_p90", seen(1201, 1300, 100, 500), 2},
        MovedRow{"run_cost", seen(1000, 1200, 111, 500), 1},
        MovedRow{"a_loss", seen(1000, 1200, 100, -1), 1},
        MovedRow{"worth_less_but_no_loss", seen(1000, 1200, 100, 449), 1},
        MovedRow{"worth_more", seen(1000, 1200, 100, 5000), 0},
        MovedRow{"no_cost_any_more", {std::nullopt, std::nullopt, eur(100), eur(500), 0.1}, 1}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST(SignatureMoves, NeverBackWhenTheToleranceGrows) {
  std::mt19937_64 rng(20261122);
  const auto any = [&] { return static_cast<std::int64_t>(rng() % 4000) - 500; };
  for (int round = 0; round < 2000; ++round) {
    const Seen then = seen(any(), any(), any(), any()), now = seen(any(), any(), any(), any());
    const double tolerance = static_cast<double>(rng() % 50) / 100;
    EXPECT_GE(moved(then, now, tolerance).size(), moved(then, now, tolerance + 0.3).size());
    EXPECT_TRUE(moved(then, then, tolerance).empty() ||
                then.cost_p50->minor() > then.cost_p90->minor());
  }
}

SignOff signature(std::string id, std::string_view at, const Seen& then, bool withdrawn = false) {
  SignOff out;
  out.id = std::move(id);
  out.initiative = Id<"initiative">("portal");
  out.at = *parse_instant(at);
  out.cost_p50 = then.cost_p50;
  out.cost_p90 = then.cost_p90;
  out.run_cost_p50 = then.run_cost_p50;
  out.npv_p50 = then.npv_p50;
  out.withdrawn = withdrawn;
  return out;
}

TEST(Standing, IsThatOfTheNewestUnlessAnotherHolds) {
  const Seen dear = seen(2000, 2500, 100, 500);
  EXPECT_EQ(standing_of({}, kSigned, 0.1).state, Signed::none);
  EXPECT_EQ(standing_of({signature("a", "2026-01-01", kSigned)}, kSigned, 0.1).state,
            Signed::valid);
  const auto moved_case = standing_of({signature("a", "2026-01-01", kSigned)}, dear, 0.1);
  EXPECT_EQ(moved_case.state, Signed::is_void);
  EXPECT_NE(moved_case.speaks()->why.find("more than 10 % off"), std::string::npos)
      << moved_case.speaks()->why;
  EXPECT_EQ(
      standing_of({signature("a", "2026-01-01", kSigned), signature("b", "2026-02-01", dear, true)},
                  dear, 0.1)
          .state,
      Signed::withdrawn);
  EXPECT_EQ(
      standing_of({signature("a", "2026-01-01", kSigned), signature("b", "2026-02-01", dear, true)},
                  kSigned, 0.1)
          .state,
      Signed::valid)
      << "one signature that holds is enough";
  EXPECT_EQ(standing_of({signature("a", "2026-01-01", kSigned)}, std::nullopt, 0.1).state,
            Signed::is_void);
}

TEST(CaseHash, IsOfContentAndFiguresAlone) {
  const Cases cases = cases_of(three({0, 1, 2}));
  const Valuation valuation = value(cases);
  std::set<std::string> hashes;
  for (std::size_t i = 0; i < 3; ++i) {
    const Seen now = seen_of(cases, valuation.initiatives[i]);
    hashes.insert(case_hash(cases, cases.initiatives[i], now));
    Cases turned = cases_of(three({2, 1, 0}));
    EXPECT_EQ(case_hash(turned, turned.initiatives[2 - i], now),
              case_hash(cases, cases.initiatives[i], now));
    Seen other = now;
    other.npv_p50 = Money(1, Currency{});
    EXPECT_NE(case_hash(cases, cases.initiatives[i], other),
              case_hash(cases, cases.initiatives[i], now));
    turned.discount_rate = 0.09;
    EXPECT_NE(case_hash(turned, turned.initiatives[2 - i], now),
              case_hash(cases, cases.initiatives[i], now));
  }
  EXPECT_EQ(hashes.size(), 3u);
}

}  // namespace
}  // namespace tiebeam::investment
