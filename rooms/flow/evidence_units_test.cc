// Evidence says what each row adds to its figure, in the figure's unit: a share is told as a share,
// a count counts one, days are days. For every figure of the room, on logs that have everything.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

#include "rooms/flow/engine/test_log.h"
#include "rooms/flow/flow.h"

namespace tiebeam::flow {
namespace {

using testing::Org;

const std::string kPartyMap = std::string(testing::kMap) + R"([party]
"Awaiting *" = "vendor"
"New" = "business decision"
"Queue" = "IT"
)";

// Two streams, one that promises and says what a day costs, several services, types and priorities,
// deployments and incidents.
Org full_org(std::mt19937_64& rng) {
  static constexpr std::string_view kServices[] = {"", "payroll", "shop", "web"};
  static constexpr std::string_view kTypes[] = {"", "incident", "feature", "Hotfix", "bug"};
  static constexpr std::string_view kPriorities[] = {"", "1 - Critical", "Low"};
  Org org;
  org.import(kPartyMap);
  WorkCalendar calendar;
  calendar.id = "office", calendar.hours = "Mon-Fri 09:00-17:00";
  ValueStream stream;
  stream.id = "orders", stream.expectation_days = 9;
  stream.calendar = Id<"calendar">("office");
  stream.cost_of_delay_a_day = *Money::parse("120.37", Currency());
  org.record(calendar).record(stream);
  std::string last;
  for (const auto& event : testing::random_events(rng, 150)) {
    testing::add(org, event);
    if (event.item == last) continue;
    last = event.item;
    org.words(event.item, event.at, kServices[rng() % 4], kTypes[rng() % 5], kPriorities[rng() % 3],
              rng() % 2 == 0 ? "orders" : "");
    org.created(event.item, event.at - std::chrono::hours{static_cast<int>(rng() % 60)});
  }
  for (int i = 0; i < 120; ++i) {
    const std::string item = "F-" + std::to_string(i);
    const Instant end =
        testing::at("2024-02-01") + std::chrono::hours{static_cast<int>(rng() % 4000)};
    const std::string team = "Team " + std::to_string(rng() % 3);
    org.event(item, end - std::chrono::hours{30}, "Active", team,
              "Person " + std::to_string(rng() % 5));
    org.event(item, end, "Closed", team).words(item, end, kServices[rng() % 4], kTypes[rng() % 5]);
    const std::string key = "d" + std::to_string(i);
    org.deployed({.key = key, .service = "shop", .environment = "production"}, end,
                 {{key, end - std::chrono::hours{static_cast<int>(rng() % 99)}}});
    if (i % 3 == 0)
      org.outage("I-" + std::to_string(i), "shop", end + std::chrono::hours{2},
                 end + std::chrono::hours{static_cast<int>(3 + rng() % 50)}, i % 2 == 0 ? key : "");
  }
  return org;
}

const FigureRegistry& registry() {
  static const FigureRegistry all = [] {
    FigureRegistry out;
    for (FigureFamily& family : flow_families()) out.add(std::move(family));
    return out;
  }();
  return all;
}

// A weighted mean lies among its values; parts add up to their whole.
bool fits_ratio(const Figure& figure, const std::vector<double>& values) {
  if (values.empty()) return true;  // told in words only
  const auto [low, high] = std::ranges::minmax(values);
  double sum = 0;
  for (const double value : values) sum += value;
  constexpr double kRounding = 1e-9;
  return (low - kRounding <= figure.number() && figure.number() <= high + kRounding) ||
         std::abs(sum - figure.number()) < 1e-6;
}

void check(const Figure& figure, const std::vector<Evidence>& rows) {
  const std::string& formula = figure.trail.formula;
  std::vector<double> values;
  for (const Evidence& row : rows) {
    if (row.value) values.push_back(*row.value);
  }
  const bool is_skill = figure.key.ends_with(".skill");  // worse than nothing is below 0
  for (const double value : values) {
    ASSERT_TRUE(std::isfinite(value));
    if (figure.unit == "share") ASSERT_LE(value, 1 + 1e-9);
    if (figure.unit == "share" && !is_skill) ASSERT_GE(value, 0);
    if (figure.unit == "days" || figure.unit == "hours") ASSERT_GE(value, 0);
    if (formula.starts_with("count of ")) ASSERT_EQ(value, 1);
    if (formula.contains(" how many ")) ASSERT_EQ(value, 1);
  }
  // The days until work is done are no days of the work that was.
  if (formula.starts_with("forecast at ") && figure.unit == "days") ASSERT_TRUE(values.empty());
  if (!figure.has_value()) return;
  if (formula.contains("ratio of sums ")) ASSERT_TRUE(fits_ratio(figure, values));
  if (formula.starts_with("survival quantile "))
    ASSERT_GE(std::ranges::max(values), figure.number());
}

TEST(EvidenceUnits, EveryRowIsInTheUnitOfItsFigure) {
  std::mt19937_64 rng(20240305);
  std::map<std::string, int> with_rows;
  for (int round = 0; round < 20; ++round) {
    Org org = full_org(rng);
    const FigureBook book(registry(), org.shared(), {});
    for (const Figure& figure : book.all("flow.")) {
      SCOPED_TRACE(figure.key + " in round " + std::to_string(round));
      const auto rows = book.evidence(figure.key, 0, 1'000'000);
      with_rows[figure.key] += rows.empty() ? 0 : 1;
      check(figure, rows);
    }
  }
  // A figure without rows anywhere would be tested of nothing.
  for (const FigureFamily& family : registry().families()) {
    for (const FigureSpec& spec : family.figures) {
      const bool needs_initiatives = spec.key == "flow.forecast.initiatives";
      if (spec.reads.empty() && !needs_initiatives) EXPECT_GT(with_rows[spec.key], 0) << spec.key;
    }
  }
}

// "8,765 %": the days of a survival curve under the share that is read off it.
TEST(EvidenceUnits, WhatWasGivenUpComesFirstUnderItsShare) {
  Org org;
  const Instant start = testing::at("2024-01-01T08:00:00Z");
  for (int i = 0; i < 20; ++i) {
    const std::string item = "A" + std::to_string(100 + i);
    org.event(item, start, "Active")
        .event(item, start + std::chrono::days{30 - i}, i % 4 == 0 ? "Dropped" : "Closed");
  }
  const FigureBook book(registry(), org.shared(), {});
  const auto rows = book.evidence("flow.cancelled.share", 0, 100);
  ASSERT_EQ(rows.size(), 20U);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(rows[i].value, i < 5 ? 1 : 0);
    EXPECT_EQ(rows[i].what.ends_with("event=cancelled"), i < 5);
  }
}

// The five pairs that wait longest add their waits, the others nothing.
TEST(EvidenceUnits, OnlyTheWorstPairsAddToTheirShare) {
  Org org;
  const Instant start = testing::at("2024-01-01T08:00:00Z");
  for (int i = 0; i < 7; ++i) {
    const std::string item = "A" + std::to_string(i), team = "Team " + std::to_string(i);
    org.event(item, start, "Active", "Desk")
        .event(item, start + std::chrono::hours{1}, "Queue", team);
    org.event(item, start + std::chrono::hours{2 + i}, "Closed", team);
  }
  const FigureBook book(registry(), org.shared(), {});
  const auto rows = book.evidence("flow.handoffs.worst5.share", 0, 100);
  ASSERT_EQ(rows.size(), 7U);
  double sum = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    sum += *rows[i].value;
    EXPECT_EQ(*rows[i].value > 0, i < 5);
    EXPECT_EQ(rows[i].what.contains("not one of the five"), i >= 5) << rows[i].what;
  }
  EXPECT_DOUBLE_EQ(sum, 25.0 / 28);  // of 1 + 2 + .. + 7 hours the five longest
}

}  // namespace
}  // namespace tiebeam::flow
