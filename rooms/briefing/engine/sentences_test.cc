#include "rooms/briefing/engine/sentences.h"

#include <gtest/gtest.h>

namespace tiebeam::briefing {
namespace {

// A registry of one family whose figures are what the test says.
class Told : public testing::Test {
 protected:
  void tell(std::string key, double value, std::string unit,
            std::optional<Interval> interval = {}) {
    Figure figure;
    figure.key = std::move(key);
    figure.value = value;
    figure.unit = std::move(unit);
    figure.interval = interval;
    figures_.push_back(std::move(figure));
  }
  void tell_nothing(std::string key, Status status) {
    Figure figure;
    figure.key = std::move(key);
    figure.status = status;
    figures_.push_back(std::move(figure));
  }
  std::vector<std::string> said() {
    FigureFamily family{"test", {}, {}, {}};
    for (const Figure& figure : figures_) {
      family.figures.push_back({figure.key, "", figure.unit, "", "", 1, {}});
    }
    family.compute = [this](const FigureBook& /*book*/) { return figures_; };
    registry_ = FigureRegistry{};
    registry_.add(std::move(family));
    const FigureBook book(registry_, std::make_shared<Snapshot>(), {});
    std::vector<std::string> out;
    for (const Sentence& sentence : sentences_of(book)) {
      out.push_back(std::string(role_name(sentence.role)) + ": " + sentence.plain());
    }
    return out;
  }
  FigureRegistry registry_;
  std::vector<Figure> figures_;
};

TEST_F(Told, TheSlowestQuantileThatIsReachedIsTheAnswer) {
  tell("flow.cycle_time.km.p50", 3, "days");
  tell("flow.cycle_time.km.p85", 9, "days");
  tell_nothing("flow.cycle_time.km.p95", Status::not_reached);
  ASSERT_FALSE(said().empty());
  EXPECT_EQ(said()[0],
            "answer: Half of the work is finished within 3 days and 85 of 100 pieces within 9 "
            "days; how long the "
            "slowest take is not known yet.");
}

TEST_F(Told, NothingIsSaidOfWhatCannotBeShown) {
  tell_nothing("flow.purpose.share", Status::not_measurable);
  tell_nothing("flow.efficiency", Status::not_measurable);
  EXPECT_TRUE(said().empty());
}

TEST_F(Told, GrowthIsOnlySaidWhenTheWholeIntervalAgrees) {
  tell("flow.arrival.week", 110, "items a week");
  tell("flow.throughput.week", 100, "items a week");
  tell("flow.net_flow.week", 10, "items a week", Interval{-3, 23, 0.9});
  EXPECT_TRUE(said().empty());
  figures_.back().interval = Interval{4, 16, 0.9};
  const auto lines = said();
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0],
            "bad: More arrives than is finished: 110 items a week against 100 items a week, so "
            "what waits grows by "
            "10 items a week.");
  EXPECT_TRUE(lines[1].starts_with("ask: Decide together what to stop"));
}

TEST_F(Told, EachRoleSpeaksOnce) {
  tell("flow.purpose.share", 0.9, "share");
  tell("flow.efficiency", 0.5, "share");
  tell("flow.rework.share", 0.01, "share");
  const auto lines = said();
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0], "good: 90 % of the work serves a priority that the business named.");
}

TEST_F(Told, ALossBeyondTheAppetiteIsSaidOnlyWhenTheYearsDecideIt) {
  tell("flow.open", 0, "items");
  tell("risk.loss.p90", 4.1e6, "EUR");
  tell("risk.loss.tvar95", 9e6, "EUR");
  tell("risk.appetite.factor", 2.1, "times", Interval{1.9, 2.3, 0.9});
  const auto has = [this](std::string_view part) {
    return std::ranges::any_of(said(), [&](const std::string& one) { return one.contains(part); });
  };
  EXPECT_TRUE(has("bad: A loss beyond what was agreed comes 2.1 times as often as accepted"));
  EXPECT_TRUE(has("ask: Decide together what to do about the loss beyond what was agreed"));
  figures_.back().interval = Interval{0.95, 2.3, 0.9};
  EXPECT_FALSE(has("A loss beyond what was agreed"));
}

}  // namespace
}  // namespace tiebeam::briefing
