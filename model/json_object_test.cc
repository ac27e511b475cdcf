// An object that people wrote: looked up in no time however large it is, and its faults bounded.
#include "model/json_object.h"

#include <gtest/gtest.h>

#include "base/faults.h"

namespace tiebeam {
namespace {

Json many_members(int count) {
  Json::Object out;
  for (int i = 0; i < count; ++i) out.emplace_back("name-" + std::to_string(i), 0.5);
  return out;
}

TEST(JsonObject, LooksUpManyMembersInOnePass) {
  // One by one that would be 2.5e11 comparisons, beyond the test's time limit.
  const Json json = many_members(500'000);
  std::vector<Error> faults;
  JsonObject object(json, "/drivers", faults);
  for (const auto& [name, value] : *json.if_object()) {
    const auto number = object.number(name, -1, 1);
    ASSERT_TRUE(number);
  }
  EXPECT_FALSE(object.has("another"));
  object.refuse_others();
  EXPECT_TRUE(faults.empty());
}

TEST(JsonObject, SuggestsForTheFirstUnknownNamesOnly) {
  const Json json = many_members(1000);
  std::vector<Error> faults;
  JsonObject object(json, "", faults);
  static_cast<void>(object.number("name-x", 0, 1));
  object.refuse_others();
  ASSERT_EQ(faults.size(), 1000u);
  std::size_t suggested = 0;
  for (const Error& fault : faults) suggested += fault.expected.contains("did you mean") ? 1U : 0U;
  EXPECT_EQ(suggested, kMostSuggestions);
  const Error all = all_as_one("some.code", std::move(faults));
  EXPECT_LT(all.detail.size(), 30'000u);
  EXPECT_TRUE(all.detail.ends_with("900 more faults are not told")) << all.detail;
}

}  // namespace
}  // namespace tiebeam
