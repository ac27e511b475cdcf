#include "rooms/risk/engine/ai/register.h"

#include <gtest/gtest.h>

#include "rooms/risk/engine/ai/figures.h"

namespace tiebeam::risk {
namespace {

Day day(const char* text) { return parse_day(text).value(); }

const WorkingDays& mon_to_fri() {
  static const WorkingDays days =
      working_days({true, true, true, true, true, false, false}, {day("2026-12-25")});
  return days;
}

struct Made {
  AiTool tool;
  Made(const char* id, const char* department) {
    tool.id = id;
    tool.name = id;
    tool.department = department;
  }
  Made& used(const char* on) { return tool.first_used_on = day(on), *this; }
  Made& approved(const char* on) {
    tool.approved_on = day(on);
    tool.decision = AiDecision::approved;
    return *this;
  }
  Made& asked(const char* on) { return tool.asked_on = day(on), *this; }
  Made& decided(const char* on, AiDecision as) {
    tool.decided_on = day(on);
    tool.decision = as;
    return *this;
  }
};

AiRegister judged(std::vector<Made> made, const char* today = "2026-11-20") {
  std::vector<ListedTool> tools;
  for (Made& one : made) tools.push_back({one.tool, true});
  return judge(std::move(tools), Currency{}, mon_to_fri(), day(today));
}

const Figure& named(const std::vector<Figure>& figures, std::string_view name) {
  return *std::ranges::find(figures, "risk.ai." + std::string(name), &Figure::key);
}
std::vector<Figure> figures_of(const AiRegister& ai) { return ai_figures(ai, Instant{}); }

TEST(AiRegister, WorkingDaysLeaveOutWeekendsAndHolidays) {
  EXPECT_EQ(mon_to_fri()(day("2026-11-20"), day("2026-11-20")), 0);
  EXPECT_EQ(mon_to_fri()(day("2026-11-20"), day("2026-11-23")), 1);  // Friday to Monday
  EXPECT_EQ(mon_to_fri()(day("2026-12-18"), day("2027-01-01")), 9);  // without Christmas day
  EXPECT_EQ(mon_to_fri()(day("2026-11-20"), day("2026-11-01")), 0);
}

TEST(AiRegister, LagIsFromFirstUseToApproval) {
  const AiRegister ai = judged({Made("a", "Sales").used("2026-10-01").approved("2026-10-31"),
                                Made("b", "Sales").used("2026-10-01").approved("2026-09-01"),
                                Made("c", "Sales").used("2026-11-01")});
  EXPECT_EQ(ai.tools[0].lag->days, 30);
  EXPECT_EQ(ai.tools[1].lag->days, 0);
  EXPECT_EQ(ai.tools[2].lag->days, 19);
  EXPECT_EQ(ai.tools[2].lag->ending, quant::Ending::open);
  EXPECT_EQ(ai.tools[0].was_approved_first, false);
  EXPECT_EQ(ai.tools[1].was_approved_first, true);
  EXPECT_EQ(ai.tools[2].was_approved_first, false);
}

// Five spells: 0, 10, 20 ended, 30 and 40 open: S falls to 0.8, 0.6, 0.4, so half is reached at 20.
TEST(AiRegister, TheMedianLagCountsWhatIsNotApprovedYet) {
  const AiRegister ai =
      judged({Made("a", "S").used("2026-09-01").approved("2026-08-01"),
              Made("b", "S").used("2026-09-01").approved("2026-09-11"),
              Made("c", "S").used("2026-09-01").approved("2026-09-21"),
              Made("d", "S").used("2026-10-21"), Made("e", "S").used("2026-10-11")});
  const Figure p50 = named(figures_of(ai), "governance_lag.p50");
  EXPECT_EQ(p50.status, Status::ok);
  EXPECT_EQ(p50.number(), 20);
  EXPECT_EQ(*p50.n, 5);
}

TEST(AiRegister, AFewAreTooFewToSay) {
  const AiRegister ai = judged({Made("a", "S").used("2026-09-01").approved("2026-09-11")});
  EXPECT_EQ(named(figures_of(ai), "governance_lag.p50").status, Status::too_few);
  EXPECT_EQ(named(figures_of(ai), "approved_first").status, Status::too_few);
}

std::vector<Made> months(std::vector<std::pair<int, int>> lags) {
  std::vector<Made> out;
  for (const auto& [month, lag] : lags) {
    for (int i = 0; i < 3; ++i) {
      const auto first = std::chrono::year{2026} / month / 1;
      Made one(("m" + std::to_string(month) + std::to_string(i)).c_str(), "S");
      one.tool.first_used_on = Day{first};
      if (lag >= 0)
        one.tool.approved_on = Day{std::chrono::sys_days{first} + std::chrono::days{lag}};
      out.push_back(one);
    }
  }
  return out;
}

TEST(AiRegister, TheLagGrowsTwoMonthsRunning) {
  const AiRegister ai = judged(months({{6, 9}, {7, 5}, {8, 12}, {9, 30}}));
  EXPECT_EQ(ai.months_growing, 2);
  EXPECT_EQ(*ai.months.back().p50, 30);
}

TEST(AiRegister, AMonthThatIsNotApprovedYetHasGrownOnceItWasWatchedForLonger) {
  EXPECT_EQ(judged(months({{8, 5}, {9, 12}, {10, -1}})).months_growing, 2);  // 50 days, open
  // In use for 19 days only, and September's were approved within 30: nobody can tell yet.
  EXPECT_EQ(judged(months({{7, 5}, {8, 12}, {9, 30}, {11, -1}})).months_growing, 2);
}

TEST(AiRegister, ALagThatFellDoesNotGrow) {
  EXPECT_EQ(judged(months({{7, 5}, {8, 30}, {9, 12}})).months_growing, 0);
  EXPECT_EQ(judged(months({{1, 5}, {2, 12}, {3, 30}})).months_growing, 0);  // long ago
}

TEST(AiRegister, DecisionsWithinTenWorkingDays) {
  const AiRegister ai =
      judged({Made("a", "S").asked("2026-11-02").decided("2026-11-06", AiDecision::approved),
              Made("b", "S").asked("2026-10-01").decided("2026-10-30", AiDecision::blocked),
              Made("c", "S").asked("2026-11-16"), Made("d", "S").asked("2026-09-01"),
              Made("e", "S").asked("2026-09-07").decided("2026-09-11", AiDecision::approved),
              Made("f", "S").asked("2026-09-07").decided("2026-09-18", AiDecision::approved)});
  EXPECT_EQ(ai.tools[0].decision->days, 4);
  EXPECT_EQ(ai.tools[1].decision->days, 21);
  EXPECT_EQ(ai.tools[2].decision->days, 4);  // may still be decided in time: it does not count
  const Figure share = named(figures_of(ai), "decided_in_time");
  EXPECT_EQ(*share.n, 5);
  EXPECT_DOUBLE_EQ(share.number(), 0.6);  // a, e and f of a, b, d, e, f
}

TEST(AiRegister, WhatAnInventoryDoesNotSayIsLeftOut) {
  ListedTool listed{Made("a", "S").used("2026-01-01").tool, false};
  const AiRegister ai = judge({listed}, Currency{}, mon_to_fri(), day("2026-11-20"));
  EXPECT_FALSE(ai.tools[0].lag);
  EXPECT_FALSE(ai.tools[0].was_approved_first);
  EXPECT_EQ(named(figures_of(ai), "governance_lag.p50").status, Status::not_measurable);
  EXPECT_EQ(named(figures_of(ai), "unapproved").number(), 1);
}

TEST(AiRegister, BlockedOnesNeedAnAlternative) {
  Made blocked = Made("chatter", "Sales").decided("2026-06-01", AiDecision::blocked);
  blocked.tool.purpose = "drafts answers to customers";
  Made other = Made("house", "IT").approved("2026-01-01");
  other.tool.purpose = "drafts answers to customers and colleagues";
  const AiRegister ai = judged({blocked, other});
  EXPECT_EQ(ai.tools[0].needs(), (std::vector<std::string_view>{"alternative"}));
  ASSERT_TRUE(ai.suggested.contains("chatter"));
  EXPECT_EQ(ai.suggested.at("chatter"), "house");
  EXPECT_EQ(named(figures_of(ai), "blocked.no_alternative").number(), 1);
}

TEST(AiRegister, SpendIsExactAndByDepartment) {
  std::vector<Made> made = {Made("a", "Sales"), Made("b", "Sales"), Made("c", "IT")};
  made[0].tool.cost_a_year = Money(10, Currency{});  // EUR 0.10
  made[1].tool.cost_a_year = Money(20, Currency{});
  made[2].tool.cost_a_year = Money(100, Currency::create("USD").value());
  const AiRegister ai = judged(made);
  EXPECT_EQ(ai.spend->minor(), 30);
  EXPECT_EQ(ai.other_currency, 1U);
  EXPECT_EQ(ai.departments[1].name, "Sales");
  EXPECT_EQ(ai.departments[1].spend->minor(), 30);
}

TEST(AiRegister, EvidenceAddsUpToTheFigure) {
  Made secret = Made("a", "Sales").used("2026-10-01");
  secret.tool.data_class = DataClass::confidential;
  secret.tool.review_on = day("2026-11-01");
  const AiRegister ai =
      judged({secret, Made("b", "Sales").used("2026-09-01").approved("2026-08-01"),
              Made("c", "IT").used("2026-09-01").approved("2026-10-01"), Made("d", "IT"),
              Made("e", "IT").decided("2026-06-01", AiDecision::blocked)});
  for (const Figure& figure : figures_of(ai)) {
    if (figure.unit != "tools") continue;
    double sum = 0;
    for (const Evidence& row : ai_evidence(ai, figure.key, 0, 100)) sum += *row.value;
    EXPECT_EQ(sum, figure.number()) << figure.key;
  }
  EXPECT_EQ(ai_evidence(ai, "risk.ai.tools", 3, 10).size(), 2U);
  EXPECT_EQ(named(figures_of(ai), "unevaluated").number(), 1);
  EXPECT_EQ(named(figures_of(ai), "reviews_overdue").number(), 1);
}

TEST(AiRegister, ADayAfterTodayHasNotCome) {
  const AiRegister ai =
      judged({Made("a", "S").used("2026-12-01").approved("2026-12-05")}, "2026-11-20");
  EXPECT_FALSE(ai.tools[0].is_in_use);
  EXPECT_FALSE(ai.tools[0].is_approved);
  EXPECT_FALSE(ai.tools[0].lag);
}

}  // namespace
}  // namespace tiebeam::risk
