#include "model/state_map_toml.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace tiebeam {
namespace {

constexpr std::string_view kWhole = R"(
order = ["New", "Active", "Closed"]
[states]
"New" = "wait"
Active = "active"
"Awaiting *" = "blocked"
"Closed" = "done"
[policy]
finish = "first_done"
reopen_grace_days = 14
[party]
"Awaiting Vendor" = "vendor"
)";

TEST(StateMapToml, ReadsEveryPart) {
  const auto map = parse_state_map(kWhole);
  ASSERT_TRUE(map.has_value());
  EXPECT_EQ(map->class_of("Awaiting User"), StateClass::blocked);
  EXPECT_EQ(map->class_of("Active"), StateClass::active);
  EXPECT_EQ(map->class_of("Other"), std::nullopt);
  EXPECT_EQ(map->stage_of("Closed"), 2);
  EXPECT_EQ(map->finish, FinishPolicy::first_done);
  EXPECT_EQ(map->reopen_grace_days, 14);
  ASSERT_EQ(map->party.size(), 1u);
  EXPECT_EQ(map->party[0].second, "vendor");
  EXPECT_EQ(map->version.size(), 12u);
}

TEST(StateMapToml, CanonicalTextComesBackAndIsStable) {
  auto map = parse_state_map(kWhole);
  ASSERT_TRUE(map.has_value());
  const std::string text = to_toml(*map);
  const auto again = parse_state_map(text);
  ASSERT_TRUE(again.has_value()) << text;
  EXPECT_EQ(to_toml(*again), text);
  EXPECT_EQ(again->version, map->version);
  std::ranges::reverse(map->states);
  EXPECT_EQ(to_toml(*map), text) << "the order of states does not matter";
  map->states.back().second = StateClass::cancelled;
  EXPECT_NE(state_map_version(*map), again->version);
}

TEST(StateMapToml, OddNamesSurvive) {
  StateMap map;
  map.states = {{"a \"b\" \\ c", StateClass::wait},
                {"tab\there", StateClass::done},
                {"Pr\xC3\xBC"
                 "fung = 1",
                 StateClass::active}};
  std::ranges::sort(map.states);
  const auto again = parse_state_map(to_toml(map));
  ASSERT_TRUE(again.has_value()) << to_toml(map);
  EXPECT_EQ(again->states, map.states);
}

TEST(StateMapToml, AFaultSaysWhatWasFoundAndExpectedAtAPointer) {
  const auto map = parse_state_map("[states]\n\"A/B\" = \"asleep\"\n[policy]\n\"x~y\" = 1\n");
  ASSERT_FALSE(map.has_value());
  ASSERT_EQ(map.error().size(), 2u);
  EXPECT_EQ(map.error()[0].field, "/states/A~1B");
  EXPECT_EQ(map.error()[0].found, "'asleep'");
  EXPECT_EQ(map.error()[1].field, "/policy/x~0y");
  for (const auto& text : {"[states", "order = 3", "[states]\nA = 1", "", "[policy]\nfinish = 3"}) {
    const auto bad = parse_state_map(text);
    ASSERT_FALSE(bad.has_value()) << text;
    for (const Error& fault : bad.error())
      EXPECT_FALSE(fault.found.empty() || fault.expected.empty()) << fault.message;
  }
}

TEST(StateMapToml, TellsAllFaultsAtOnceWithTheirLines) {
  const auto map = parse_state_map(
      "order = [\"A\", \"A\", 3]\n[states]\nA = \"actve\"\nB = 4\n[policy]\nfinish = "
      "\"last\"\nreopen_grace_days = -1\nx = 1\n[partys]\n");
  ASSERT_FALSE(map.has_value());
  std::vector<std::string> told;
  for (const Error& fault : map.error()) told.push_back(fault.code + " " + fault.message);
  EXPECT_EQ(told, (std::vector<std::string>{
                      "state_map.bad_value line 1: 'A' stands twice in 'order'",
                      "state_map.bad_value line 1: a stage in 'order' is not text",
                      "state_map.unknown_class line 3: 'actve' is not a class of states; did you "
                      "mean 'active'?",
                      "state_map.bad_value line 4: the class of 'B' is not text",
                      "state_map.bad_value line 6: 'last' is not a finish policy",
                      "state_map.bad_value line 7: 'reopen_grace_days' is not a whole number of "
                      "days from 0 to 3650",
                      "state_map.unknown_key line 8: 'x' is not part of a state map",
                      "state_map.unknown_key line 9: 'partys' is not part of a state map; did you "
                      "mean 'party'?"}));
  EXPECT_EQ(map.error()[2].field, "/states/A");
  EXPECT_NE(map.error()[2].hint.find("blocked"), std::string::npos);
}

TEST(StateMapToml, RefusesWhatIsNoStateMap) {
  struct Case {
    const char* name;
    std::string_view text;
    std::string_view code;
  };
  for (const Case& each :
       {Case{"not TOML", "[states\n", "state_map.not_toml"},
        Case{"no key in a header", "[=", "state_map.not_toml"},
        Case{"no key in the header of a list", "[[[a]]]", "state_map.not_toml"},
        Case{"a letter of Arabic for a key", "\xEF\xB2\xBF=$[", "state_map.not_toml"},
        Case{"doubled", "[states]\nA=\"wait\"\nA=\"done\"\n", "state_map.not_toml"},
        Case{"empty", "", "state_map.no_states"},
        Case{"not a table", "states = 3\n", "state_map.bad_value"}}) {
    const auto map = parse_state_map(each.text);
    ASSERT_FALSE(map.has_value()) << each.name;
    EXPECT_EQ(map.error()[0].code, each.code) << each.name;
    EXPECT_FALSE(map.error()[0].hint.empty()) << each.name;
  }
}
TEST(StateMapToml, ANameOfManyPartsIsRefusedBeforeItIsParsed) {
  std::string deep = "a";
  for (int i = 0; i < 200'000; ++i) deep += ".a";
  for (const std::string& text : {deep + " = 1", "[" + deep + "]"}) {
    const auto read = parse_state_map("[states]\n" + text);
    ASSERT_FALSE(read.has_value());
    EXPECT_EQ(read.error().front().code, "state_map.not_toml");
    EXPECT_TRUE(read.error().front().message.starts_with("line 2: a name of 200001 parts"));
  }
  EXPECT_TRUE(parse_state_map(
      "[states]\n\"a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a\" = \"done\" # ......................\n"));
}

}  // namespace
}  // namespace tiebeam
