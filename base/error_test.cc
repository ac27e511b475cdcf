#include "base/error.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace tiebeam {
namespace {

Result<int> half(int number) {
  if (number % 2 != 0) return invalid("test.odd", "the number is odd", "take an even one");
  return number / 2;
}
Result<int> quarter(int number) {
  TB_TRY(const int once, half(number));
  TB_TRY(const int twice, half(once));
  return twice;
}
Result<void> require_even(int number) {
  TB_TRY([[maybe_unused]] const int unused, half(number));
  return {};
}
Result<std::string> two_checks(int a, int b) {
  TB_DO(require_even(a));
  TB_DO(require_even(b));
  return std::string("both");
}
Result<std::unique_ptr<int>> boxed(int number) {
  TB_TRY(const int value, half(number));
  TB_TRY(auto box, Result<std::unique_ptr<int>>(std::make_unique<int>(value)));
  return box;
}

TEST(Fail, CarriesKindCodeMessageAndHint) {
  const auto failed = Result<int>(fail(Kind::conflict, "test.moved", "it moved", "read it again"));
  EXPECT_EQ(failed.error().kind, Kind::conflict);
  EXPECT_EQ(failed.error().code, "test.moved");
  EXPECT_EQ(failed.error().message, "it moved");
  EXPECT_EQ(failed.error().hint, "read it again");
  EXPECT_TRUE(failed.error().field.empty());
  EXPECT_EQ(half(3).error().kind, Kind::invalid);
}

TEST(Try, ReturnsTheFirstError) {
  EXPECT_EQ(quarter(8).value(), 2);
  EXPECT_EQ(quarter(6).error().code, "test.odd");
  EXPECT_EQ(quarter(7).error().code, "test.odd");
  EXPECT_EQ(two_checks(2, 4).value(), "both");
  EXPECT_FALSE(two_checks(1, 4).has_value());
  EXPECT_FALSE(two_checks(2, 3).has_value());
}

TEST(Try, MovesValuesThatCannotBeCopied) { EXPECT_EQ(*boxed(4).value(), 2); }

TEST(ExitStatus, TwoForTheCallerThreeForUs) {
  for (const Kind kind : {Kind::invalid, Kind::not_found, Kind::conflict, Kind::forbidden}) {
    EXPECT_EQ(exit_status(kind), 2);
  }
  EXPECT_EQ(exit_status(Kind::unavailable), 3);
  EXPECT_EQ(exit_status(Kind::internal), 3);
}

TEST(Check, ThrowsABugThatSaysWhereAndWhy) {
  EXPECT_NO_THROW(TB_CHECK(1 + 1 == 2, "arithmetic"));
  try {
    TB_CHECK(1 + 1 == 3, "the sum was counted twice");
    FAIL() << "no Bug";
  } catch (const Bug& bug) {
    const std::string what = bug.what();
    EXPECT_TRUE(what.contains("1 + 1 == 3")) << what;
    EXPECT_TRUE(what.contains("the sum was counted twice")) << what;
    EXPECT_TRUE(what.contains("error_test.cc")) << what;
  }
}

TEST(NearMiss, FindsAtMostAThirdOfTheLength) {
  const std::vector<std::string_view> services = {"payroll", "mail", "warehouse"};
  const struct {
    const char *given, *near;
  } rows[] = {{"payrol", "payroll"},
              {"payroll", "payroll"},
              {"Payroll", "payroll"},
              {"pyaroll", "payroll"},
              {"wharehouse", "warehouse"},
              {"mial", "mail"},  // a swap is one edit
              {"maill", "mail"},
              {"zebra", ""},
              {"", ""},
              {"x", ""},
              {"ma", ""}};
  for (const auto& row : rows) EXPECT_EQ(near_miss(row.given, services), row.near) << row.given;
  EXPECT_EQ(near_miss("a", {"b"}), "") << "one edit of one letter is more than a third";
  EXPECT_EQ(near_miss("payroll", {}), "");
  EXPECT_EQ(near_miss(std::string(100000, 'a'), services), "");
}

TEST(NearMiss, TakesTheNearestThenTheFirst) {
  EXPECT_EQ(near_miss("abcdef", {"abcdxy", "abcdex"}), "abcdex");
  EXPECT_EQ(near_miss("abcdef", {"abcdex", "abcdey"}), "abcdex");
}

TEST(DidYouMean, IsAClauseOrNothing) {
  EXPECT_EQ(did_you_mean("payrol", {"payroll"}), "; did you mean 'payroll'?");
  EXPECT_EQ(did_you_mean("zebra", {"payroll"}), "");
}

}  // namespace
}  // namespace tiebeam
