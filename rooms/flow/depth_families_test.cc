// What must hold for every figure of every family of the room, on random logs.
#include <gtest/gtest.h>

#include <bit>
#include <cmath>

#include "base/text.h"
#include "rooms/flow/engine/delay_cost.h"
#include "rooms/flow/engine/recompute.h"
#include "rooms/flow/engine/test_log.h"
#include "rooms/flow/flow.h"

namespace tiebeam::flow {
namespace {

using testing::Org;
using testing::RandomEvent;

// The map of the logs, with those whom its waiting states wait for.
const std::string kPartyMap = std::string(testing::kMap) + R"([party]
"Awaiting *" = "vendor"
"New" = "business decision"
"Queue" = "IT"
)";

const FigureRegistry& registry() {
  static const FigureRegistry all = [] {
    FigureRegistry out;
    for (FigureFamily& family : flow_families()) out.add(std::move(family));
    return out;
  }();
  return all;
}
// The logs below have no deployments, services or people in numbers: families_test.cc has them.
bool is_of_these_logs(std::string_view family) {
  static constexpr std::string_view kFed[] = {"flow.bottleneck", "flow.waiting",
                                              "flow.ask_today",  "flow.handovers",
                                              "flow.demand",     "flow.utilisation"};
  return std::ranges::find(kFed, family) != std::end(kFed);
}
FigureBook book_of(Org& org, const Asked& asked) { return {registry(), org.shared(), asked}; }

// Half of the items flow in a stream that promises something and says what a day's delay costs.
Org org_of(const std::vector<RandomEvent>& events, bool with_parties) {
  Org org;
  org.import(with_parties ? std::string_view(kPartyMap) : testing::kMap);
  for (const RandomEvent& event : events) testing::add(org, event);
  ValueStream stream;
  stream.id = "orders", stream.expectation_days = 9;
  stream.cost_of_delay_a_day = *Money::parse("120.37", Currency());
  org.record(stream);
  for (const RandomEvent& event : events) {
    if (event.seq == 0 && event.item.back() % 2 == 0)
      org.created(event.item, event.at, "Bug", "orders");
  }
  return org;
}

template <class F>
void for_random_logs(F check) {
  std::mt19937_64 rng(20240302);  // fixed: a failure must reproduce
  for (int round = 0; round < 50; ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    const auto events = testing::random_events(rng, 1 + static_cast<int>(rng() % 120));
    Asked asked;
    if (rng() % 2) asked.as_of = testing::at("2024-01-03") + std::chrono::hours{1 + rng() % 7000};
    if (rng() % 3 == 0) asked.from = testing::at("2024-01-03") + std::chrono::hours{rng() % 3000};
    check(events, asked, rng);
    if (::testing::Test::HasFatalFailure()) return;
  }
}

double number_of(const Figure& figure) {
  const Money* money = std::get_if<Money>(&figure.value);
  return money ? major_units(*money) : figure.number();
}

TEST(DepthFamilies, EveryFigureFollowsFromItsFormulaAndItsEvidence) {
  std::map<std::string, int> checked;
  for_random_logs([&](const auto& events, const Asked& asked, auto& rng) {
    Org org = org_of(events, rng() % 4 != 0);
    const FigureBook book = book_of(org, asked);
    for (const Figure& each : metric_figures(book)) {
      const FigureSpec& spec = *registry().find(each.key);
      ASSERT_EQ(each.has_value(), each.status == Status::ok) << each.key;
      ASSERT_TRUE(each.has_value() || !each.reason.empty()) << each.key;
      if (!each.has_value() || !spec.reads.empty()) continue;
      const auto evidence = book.evidence(each.key, 0, 1'000'000);
      const auto again = recompute(each.trail.formula, evidence);
      ASSERT_TRUE(again && again->value) << each.key;
      const double cent = each.unit == "money" ? 0.005 : 0;
      ASSERT_NEAR(*again->value, number_of(each),
                  cent + 1e-9 * std::max(1.0, std::abs(number_of(each))))
          << each.key;
      ++checked[each.key];
    }
  });
  for (const FigureFamily& family : registry().families()) {
    if (!is_of_these_logs(family.name)) continue;
    for (const FigureSpec& spec : family.figures) {
      if (!spec.reads.empty()) continue;
      EXPECT_GT(checked[spec.key], 0) << spec.key << " had a value in no log";
    }
  }
}

// "A - B" of two other figures.
TEST(DepthFamilies, AFigureOfOtherFiguresIsWhatItsFormulaSays) {
  int checked = 0;
  for_random_logs([&](const auto& events, const Asked& asked, auto&) {
    Org org = org_of(events, true);
    const FigureBook book = book_of(org, asked);
    const Figure& saved = *book.find("flow.bottleneck.p85_saved");
    if (!saved.has_value()) return;
    EXPECT_NEAR(saved.number(),
                book.find("flow.cycle_time.p85")->number() -
                    book.find("flow.bottleneck.p85_without")->number(),
                1e-9);
    EXPECT_GE(saved.number(), 0);
    ++checked;
  });
  EXPECT_GT(checked, 5);
}

TEST(DepthFamilies, EvidencePagesJoinToTheWhole) {
  std::mt19937_64 rng(5);
  Org org = org_of(testing::random_events(rng, 50), true);
  const FigureBook book = book_of(org, {});
  for (const Figure& each : metric_figures(book)) {
    const auto whole = book.evidence(each.key, 0, 1'000'000);
    std::vector<Evidence> joined;
    while (true) {
      const auto page = book.evidence(each.key, joined.size(), 7);
      joined.insert(joined.end(), page.begin(), page.end());
      if (page.empty()) break;
    }
    ASSERT_EQ(joined.size(), whole.size()) << each.key;
    for (std::size_t i = 0; i < whole.size(); ++i) {
      EXPECT_EQ(joined[i].subject, whole[i].subject);
      EXPECT_EQ(joined[i].what, whole[i].what);
    }
  }
}

std::string printed(const FigureBook& book) {
  std::string out;
  for (const Figure& each : metric_figures(book)) {
    if (each.key.starts_with("flow.people.")) continue;  // by calendar month: not the same later
    const bool has_date = each.key.starts_with("flow.forecast.");  // in its reason
    out += each.key + "=" + each.label + (has_date ? "" : each.reason);
    if (each.has_value()) out += std::to_string(std::bit_cast<std::uint64_t>(number_of(each)));
    if (each.interval) out += std::to_string(std::bit_cast<std::uint64_t>(each.interval->high));
    out += "\n";
  }
  return out;
}

TEST(DepthFamilies, PermutingRowsChangesNothing) {
  for_random_logs([](const auto& events, const Asked& asked, auto& rng) {
    Org org = org_of(events, true);
    auto shuffled = events;
    std::ranges::shuffle(shuffled, rng);
    Org other = org_of(shuffled, true);
    EXPECT_EQ(printed(book_of(org, asked)), printed(book_of(other, asked)));
  });
}

TEST(DepthFamilies, ShiftingAllStampsByWeeksChangesNothing) {
  for_random_logs([](const auto& events, const Asked&, auto&) {
    auto shifted = events;
    for (RandomEvent& event : shifted) event.at += std::chrono::weeks{11};
    Org org = org_of(events, true);
    Org later = org_of(shifted, true);
    EXPECT_EQ(printed(book_of(org, {})), printed(book_of(later, {})));
  });
}

}  // namespace
}  // namespace tiebeam::flow
