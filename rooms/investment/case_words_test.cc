// What a case says of itself: what it moves and why, and who stands behind each estimate.
#include "rooms/investment/case_words.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "rooms/investment/benefits.h"
#include "rooms/investment/cases_json.h"
#include "rooms/investment/engine/case_records_test_support.h"

namespace tiebeam::investment {
namespace {

class Records {
 public:
  template <class T>
  Records& add(const T& record) {
    auto& list = snapshot_->records[std::string(Describe<T>::name)];
    list.push_back(to_record(record));
    std::ranges::sort(list, {}, [](const Record& each) { return each.id(); });
    return *this;
  }
  // The case of the initiative "portal" as the page asks for it.
  [[nodiscard]] Json asked() const {
    Asked asked;
    asked.as_of = *parse_instant("2026-11-02");
    const FigureBook book{registry_, snapshot_, asked};
    const KeepPtr keep = std::make_shared<CaseKeep>();
    const auto portfolio = portfolio_of(book, keep);
    return case_json(book, *portfolio, *portfolio->find("portal"), keep, {}, "recompute");
  }
  [[nodiscard]] std::string sentence() const {
    const Json all = asked();
    return *all.find("sentence")->if_string();
  }

 private:
  FigureRegistry registry_;
  std::shared_ptr<Snapshot> snapshot_ = std::make_shared<Snapshot>();
};

Initiative portal(std::optional<Lever> lever) {
  Initiative out = initiative("portal", "1000..3000");
  out.lever = lever;
  return out;
}
Records with(std::optional<Lever> lever) {
  Records out;
  out.add(policy()).add(portal(lever)).add(kpi("orders", "22 EUR"));
  return out;
}
void expect_begins(const std::string& text, const std::string& start) {
  EXPECT_TRUE(text.starts_with(start)) << text;
}

TEST(CaseWords, SayWhyAndWhichWayEachKpiMoves) {
  const struct {
    Lever lever;
    const char* aim;
  } rows[] = {{Lever::growth, "To earn more, it brings \"orders\" up. "},
              {Lever::customer_experience, "To keep customers, it brings \"orders\" up. "},
              {Lever::resilience, "To stand firm, it brings \"orders\" up. "},
              {Lever::cost_avoidance, "To spend less, it brings \"orders\" up. "},
              {Lever::productivity, "To do more with the same people, it brings \"orders\" up. "}};
  for (const auto& row : rows) {
    Records one = with(row.lever);
    expect_begins(one.add(effect("portal", "orders", "20..90")).sentence(), row.aim);
  }
  Records none = with(std::nullopt);
  expect_begins(none.add(effect("portal", "orders", "20..90")).sentence(),
                "It brings \"orders\" up. It costs ");
}

TEST(CaseWords, SayTheVerbOnceForSeveral) {
  Records three = with(Lever::cost_avoidance);
  three.add(kpi("calls", "3 EUR", strategy::Direction::down)).add(kpi("noise", "3 EUR"));
  three.add(effect("portal", "calls", "-9..-2")).add(effect("portal", "orders", "20..90"));
  expect_begins(three.sentence(),
                "To spend less, it brings \"calls\" down and \"orders\" up. It costs ");
  three.add(effect("portal", "noise", "0"));
  expect_begins(three.sentence(),
                "To spend less, it brings \"calls\" down, moves \"noise\" either way and brings "
                "\"orders\" up. ");
}

TEST(CaseWords, SayWhereNoKpiTells) {
  expect_begins(with(Lever::resilience).sentence(),
                "It should help to stand firm; no KPI says how yet. ");
  expect_begins(with(std::nullopt).sentence(), "No KPI says yet what it changes. ");
}

const Json& row_of(const Json& asked, std::string_view input) {
  for (const Json& row : *asked.find("assumptions")->if_array()) {
    if (*row.find("input")->if_string() == input) return row;
  }
  ADD_FAILURE() << input;
  return asked;
}

TEST(Assumptions, WorthOfAUnitIsOfWhoAgreedUntilTheCaseSaysOther) {
  Records all = with(Lever::growth);
  all.add(effect("portal", "orders", "20..90"));
  const Json agreed = all.asked();
  EXPECT_EQ(*row_of(agreed, "orders.value_per_unit").find("given_by")->find("id")->if_string(),
            "cfo");
  Assumption said;
  said.id = "worth";
  said.initiative = Id<"initiative">("portal");
  said.input = "orders.value_per_unit";
  said.given_by = Id<"person">("ann");
  said.basis = "last year's orders";
  all.add(said);
  const Json told = all.asked();
  const Json& row = row_of(told, "orders.value_per_unit");
  EXPECT_EQ(*row.find("given_by")->find("id")->if_string(), "ann");
  EXPECT_EQ(*row.find("basis")->if_string(), "last year's orders");
  EXPECT_EQ(*row.find("assumption")->if_string(), "worth");
}

TEST(CaseWords, ARangeOfNineInTenKeepsWhatIsLikely) {
  EXPECT_EQ(estimate_in_words(estimate("pert p05=165 mode=220 p95=390"), false),
            "165 to 390, 9 in 10, most likely 220");
}

}  // namespace
}  // namespace tiebeam::investment
