#include "base/faults.h"

#include <gtest/gtest.h>

#include "base/json_pointer.h"

namespace tiebeam {
namespace {

TEST(Faults, OfManyOnlyTheFirstAreToldAndHowManyMoreThereAre) {
  std::vector<Error> few(kMostFaults), many(250);
  for (Error& each : many) each.code = "some.code";
  keep_first_faults(few);
  EXPECT_EQ(few.size(), kMostFaults);
  keep_first_faults(many);
  ASSERT_EQ(many.size(), kMostFaults + 1);
  EXPECT_EQ(many.back().code, "file.more_faults");
  EXPECT_EQ(many.back().message, "150 more faults are not told");
  EXPECT_EQ(many.back().found, "250 faults");
  keep_first_faults(many);
  EXPECT_EQ(many.back().message, "150 more faults are not told") << "asked twice, told once";
  many.resize(many.size() + 2);
  keep_first_faults(many);
  EXPECT_EQ(many.back().message, "152 more faults are not told");
  EXPECT_EQ(many.size(), kMostFaults + 1);
}

TEST(Faults, TheFirstUnknownNamesGetASuggestion) {
  Suggestions suggest;
  std::size_t asked = 0;
  const auto known = [&] {
    ++asked;
    return std::vector<std::string_view>{"payroll"};
  };
  for (std::size_t i = 0; i < kMostSuggestions; ++i)
    EXPECT_EQ(suggest("payrol", known), "; did you mean 'payroll'?");
  EXPECT_EQ(suggest("payrol", known), "");
  EXPECT_EQ(asked, kMostSuggestions);
}

TEST(Faults, OfManyNamesOnlySomeAreListed) {
  EXPECT_EQ(some_of({}), "");
  EXPECT_EQ(some_of({"a", "b"}), "a, b");
  const std::string many = some_of(std::vector<std::string_view>(31, "n"));
  EXPECT_TRUE(many.ends_with("n, n and 1 more")) << many;
}

TEST(JsonPointer, WritesANameAsAPartOfIt) {
  EXPECT_EQ(pointer_part("plain"), "plain");
  EXPECT_EQ(pointer_part("a/b~c~1"), "a~1b~0c~01");
  EXPECT_EQ(pointer_part(""), "");
}

}  // namespace
}  // namespace tiebeam
