#include "rooms/flow/engine/forecast/initiatives.h"

#include <gtest/gtest.h>

#include "rooms/flow/engine/forecast/forecast.h"
#include "rooms/flow/engine/test_log.h"
#include "rooms/investment/records.h"

namespace tiebeam::flow {
namespace {

using std::chrono::days;
using testing::Org;

constexpr Instant kFirst{std::chrono::sys_days{std::chrono::year{2026} / 1 / 5}};  // a Monday

Catalog catalog() {
  Catalog out;
  out.add(describe_record<investment::Initiative>("investment"));
  out.add(describe_record<WorkItem>("flow"));
  return out;
}

// 30 weeks of the stream "sales": so many of the portal and so many others finished in each, and
// then open ones of the portal.
class Sales {
 public:
  Sales() { org.snapshot().catalog = &catalog_; }
  Sales& weeks(int count, int own, int others) {
    for (int week = 0; week < count; ++week, ++week_) {
      for (int n = 0; n < own + others; ++n) {
        const std::string item = "W-" + std::to_string(next_++);
        const Instant monday = kFirst + days{7 * week_};
        org.event(item, monday + std::chrono::hours{n}, "Active");
        org.event(item, monday + days{3} + std::chrono::hours{n}, "Closed");
        org.created(item, monday, {}, "sales", n < own ? "portal" : "");
      }
    }
    return *this;
  }
  Sales& open(int own, int others = 0) {
    for (int n = 0; n < own + others; ++n) {
      const std::string item = "W-" + std::to_string(next_++);
      const Instant begun = kFirst + days{7 * week_ - 2} + std::chrono::minutes{3 * n};
      org.event(item, begun, "Active");
      org.created(item, begun, {}, "sales", n < own ? "portal" : "");
    }
    return *this;
  }
  Sales& initiative(const std::string& id, const std::string& stream = {},
                    investment::Stage stage = investment::Stage::funded) {
    investment::Initiative record;
    record.id = id;
    record.name = id;
    record.stage = stage;
    record.value_stream = Id<"value_stream">(stream);
    org.record(record);
    return *this;
  }
  InitiativeForecasts forecasts() {
    Asked asked;
    asked.as_of = kFirst + days{7 * week_};
    report_ = compute_report(org.snapshot(), asked);
    return compute_initiative_forecasts(report_);
  }
  [[nodiscard]] const FlowReport& report() const { return report_; }

  Org org;

 private:
  Catalog catalog_ = catalog();
  FlowReport report_;
  int week_ = 0, next_ = 1;
};

TEST(InitiativeForecast, IsThatOfItsScopeInItsStream) {
  Sales sales;
  sales.weeks(30, 4, 0).open(12).initiative("portal");
  const auto found = sales.forecasts();
  ASSERT_EQ(found.each.size(), 1u);
  const InitiativeForecast& portal = found.each[0];
  EXPECT_TRUE(portal.has_own_items);
  EXPECT_EQ(portal.open, 12u);
  EXPECT_EQ(portal.finished, 120u);
  EXPECT_EQ(portal.scope, 12u) << "all the stream finishes is its own";
  ForecastQuestion question;
  question.scopes = {{.low = 12, .high = 12}};
  const auto& streams = sales.report().log.streams;
  question.streams = {static_cast<std::uint32_t>(std::ranges::find(streams, "sales", &Stream::id) -
                                                 streams.begin())};
  const Forecast asked = compute_forecast(sales.report(), question);
  ASSERT_EQ(portal.done_by_week.size(), asked.steps.size());
  for (std::size_t i = 0; i < asked.steps.size(); ++i)
    EXPECT_EQ(portal.done_by_week[i], *asked.steps[i].done);
  EXPECT_TRUE(std::ranges::is_sorted(portal.done_by_week));
}

TEST(InitiativeForecast, WaitsForTheWorkOfOthersInTheSameStream) {
  Sales alone, shared;
  alone.weeks(30, 4, 0).open(12).initiative("portal");
  shared.weeks(30, 1, 3).open(12).initiative("portal");
  const auto quick = alone.forecasts(), slow = shared.forecasts();
  EXPECT_EQ(slow.each[0].scope, 48u) << "for each of its own the stream finishes three others";
  EXPECT_DOUBLE_EQ(slow.each[0].own_share, 0.25);
  EXPECT_LT(slow.each[0].done_by_week[5], quick.each[0].done_by_week[5]);
}

TEST(InitiativeForecast, SlipsWhenTheStreamSlows) {
  Sales steady, slowed;
  steady.weeks(40, 4, 0).open(12).initiative("portal");
  slowed.weeks(30, 4, 0).weeks(10, 1, 0).open(12).initiative("portal");
  EXPECT_LT(slowed.forecasts().each[0].done_by_week[3], steady.forecasts().each[0].done_by_week[3]);
}

TEST(InitiativeForecast, TakesAllOpenWorkOfItsStreamWhereNoItemNamesIt) {
  Sales sales;
  sales.weeks(30, 0, 4).open(0, 9).initiative("portal", "sales").initiative("other", "nowhere");
  sales.initiative("none").initiative("over", "sales", investment::Stage::done);
  const auto found = sales.forecasts();
  ASSERT_EQ(found.each.size(), 3u) << "one names no stream";
  EXPECT_EQ(found.each[0].initiative, "other");
  EXPECT_EQ(found.each[0].status, Status::too_few);
  EXPECT_FALSE(found.each[0].reason.empty());
  EXPECT_EQ(found.each[1].initiative, "over");
  EXPECT_TRUE(found.each[1].is_over);
  EXPECT_EQ(found.each[1].open, 0u) << "what is open in the stream is not waited for";
  EXPECT_EQ(found.each[1].status, Status::too_few) << "nothing says since when it is of use";
  EXPECT_FALSE(found.each[2].has_own_items);
  EXPECT_EQ(found.each[2].open, 9u);
}

TEST(InitiativeForecast, SaysWhyThereIsNone) {
  Sales sales;
  sales.weeks(3, 2, 0).open(5).initiative("portal");
  const auto found = sales.forecasts();
  ASSERT_EQ(found.each.size(), 1u);
  EXPECT_EQ(found.each[0].status, Status::too_few);
  EXPECT_NE(found.each[0].reason.find("full weeks"), std::string::npos) << found.each[0].reason;
  EXPECT_TRUE(found.each[0].done_by_week.empty());
}

TEST(InitiativeForecast, IsOverOnceAllItsWorkIsDone) {
  Sales sales;
  sales.weeks(30, 2, 2).initiative("portal");
  const auto found = sales.forecasts();
  ASSERT_EQ(found.each.size(), 1u);
  EXPECT_EQ(found.each[0].open, 0u);
  EXPECT_EQ(found.each[0].finished, 60u);
  EXPECT_EQ(found.each[0].status, Status::ok);
  EXPECT_EQ(found.each[0].streams, std::vector<std::string>{"sales"});
  // The Thursday of the last of 30 weeks; others going on changes nothing.
  EXPECT_EQ(found.each[0].finished_on, parse_day("2026-07-30").value());
  EXPECT_EQ(sales.weeks(14, 0, 1).forecasts().each[0].finished_on, parse_day("2026-07-30").value());
}

TEST(InitiativeForecast, GoesOnAtItsPaceBeyondWhatHistoryLetsItSee) {
  double last = 0;
  for (const int open : {200, 300, 400, 800}) {
    Sales sales;
    sales.weeks(30, 4, 0).open(open).initiative("portal");
    const InitiativeForecast found = sales.forecasts().each[0];
    EXPECT_EQ(found.done_by_week.size(), 60u);
    ASSERT_FALSE(found.later_by_week.empty()) << open;
    EXPECT_TRUE(std::ranges::is_sorted(found.later_by_week));
    EXPECT_GE(found.later_by_week.front(), found.done_by_week.back());
    std::vector<double> all = found.done_by_week;
    all.insert(all.end(), found.later_by_week.begin(), found.later_by_week.end());
    const auto half = week_reaching(all, 0.5);
    ASSERT_TRUE(half) << open;
    EXPECT_NEAR(static_cast<double>(*half), open / 4.0, 0.15 * open / 4) << "four a week";
    EXPECT_GT(static_cast<double>(*half), last);
    last = static_cast<double>(*half);
  }
  Sales soon;
  soon.weeks(30, 4, 0).open(12).initiative("portal");
  EXPECT_TRUE(soon.forecasts().each[0].later_by_week.empty());
}

TEST(InitiativeForecast, OfAnInitiativeThatIsDoneWaitsForNothing) {
  Sales sales;
  sales.weeks(30, 2, 2).open(7).initiative("portal", {}, investment::Stage::done);
  const auto found = sales.forecasts();
  ASSERT_EQ(found.each.size(), 1u);
  EXPECT_TRUE(found.each[0].is_over);
  EXPECT_EQ(found.each[0].open, 0u);
  EXPECT_EQ(found.each[0].status, Status::ok);
  EXPECT_EQ(found.each[0].finished_on, parse_day("2026-07-30").value());
  Sales stopped;
  stopped.weeks(30, 2, 2).initiative("portal", {}, investment::Stage::stopped);
  EXPECT_TRUE(stopped.forecasts().each.empty());
}

TEST(InitiativeOfItems, IsWhatPeopleSayBeforeLinksBeforeSources) {
  Sales sales;
  sales.weeks(1, 3, 1);
  WorkItem said;
  said.id = "w-1";
  said.name = "w-1";
  said.initiative = Id<"initiative">("by-record");
  sales.org.record(said);
  const auto link = [&](const char* id, const char* from) {
    Link out;
    out.id = id;
    out.from = from;
    out.kind = "serves";
    out.to = "initiative/by-link";
    sales.org.record(out);
  };
  link("l1", "work_item/w-1");
  link("l2", "work_item/w-2");
  const auto found = (sales.forecasts(), initiative_of_items(sales.report().log));
  EXPECT_EQ(found, (std::vector<std::string>{"by-record", "by-link", "portal", ""}));
}

}  // namespace
}  // namespace tiebeam::flow
