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
  tell("flow.demand.net.week", 10, "items a week", Interval{-3, 23, 0.9});
  EXPECT_TRUE(said().empty());
  figures_.back().interval = Interval{4, 16, 0.9};
  const auto lines = said();
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0],
            "bad: More work is begun than comes to an end: what is in progress grows by 10 items a "
            "week.");
  EXPECT_TRUE(lines[1].starts_with("ask: Decide together what to stop"));
}

TEST_F(Told, WorkThatWasGivenUpIsNotCalledOpen) {
  tell("flow.items", 400, "items");
  tell("flow.finished", 280, "items");
  tell("flow.open", 0, "items");
  tell("flow.cancelled", 120, "items");
  tell("flow.cancelled.share", 0.3, "share");
  tell("flow.cycle_time.km.p50", 3, "days");
  tell_nothing("flow.cycle_time.km.p85", Status::not_reached);
  tell_nothing("flow.cycle_time.km.p95", Status::not_reached);
  tell("flow.net_flow.week", 3, "items a week", Interval{2, 4, 0.9});  // given up, not piled up
  tell("flow.demand.net.week", 0.1, "items a week", Interval{-1, 1.2, 0.9});
  const auto lines = said();
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0],
            "answer: Half of the work is finished within 3 days; 30 % of what is begun is given "
            "up.");
  EXPECT_EQ(lines[1],
            "volume: Of 400 items asked for: 280 items finished, 120 items given up, 0 items still "
            "open.");
}

TEST_F(Told, WhatHidesTheSlowPartIsNamed) {
  tell("flow.cycle_time.p95", 3, "days");
  tell("flow.cycle_time.km.p95", 20, "days");
  ASSERT_EQ(said().size(), 1u);
  EXPECT_TRUE(said()[0].contains("with the open work counted it is 20 days")) << said()[0];
  tell("flow.cancelled.share", 0.045, "share");
  EXPECT_TRUE(said()[0].contains("with what is open or was given up it is 20 days")) << said()[0];
}

TEST_F(Told, EfficiencyIsGoodNewsOnlyByEveryReadingOfTheEvents) {
  tell("flow.efficiency", 0.967, "share");
  tell("flow.efficiency.band", 0.967, "share", Interval{0, 0.967, 1});
  EXPECT_TRUE(said().empty());
  figures_.back().interval = Interval{0.5, 0.967, 1};
  ASSERT_EQ(said().size(), 1u);
  EXPECT_EQ(said()[0], "good: Work is in somebody's hands 96.7 % of its time.");
}

TEST_F(Told, NothingToTellOfSaysSo) {
  tell("flow.items", 0, "items");
  ASSERT_EQ(said().size(), 1u);
  EXPECT_EQ(said()[0], "answer: No work is known yet: 0 items.");
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
