#include "model/dictionary.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace tiebeam {
namespace {

TEST(Dictionary, GivesEachTextOneIdInOrderOfFirstAppearance) {
  Dictionary names;
  EXPECT_EQ(names.size(), 1u);
  EXPECT_EQ(names.name(0), "");
  EXPECT_EQ(names.intern(""), 0u);
  EXPECT_EQ(names.intern("Done"), 1u);
  EXPECT_EQ(names.intern("done"), 2u);
  EXPECT_EQ(names.intern("Done"), 1u);
  EXPECT_EQ(names.find("done"), 2u);
  EXPECT_EQ(names.find("Review"), 0u);
  EXPECT_EQ(Dictionary().find("Done"), 0u);
}

TEST(Dictionary, HoldsWhatAMapWouldHold) {
  std::mt19937_64 rng(20261122);
  for (unsigned round = 0; round < 20; ++round) {
    Dictionary names;
    std::map<std::string, std::uint32_t> plain;
    std::vector<std::string> by_id{""};
    if (round % 2 == 0) names.reserve(rng() % 500, rng() % 5000);
    for (int i = 0; i < 4000; ++i) {
      std::string text(rng() % 4 == 0 ? rng() % 40 : 3, 'x');
      for (char& c : text) c = static_cast<char>(rng() % (round + 2));
      const auto known = plain.find(text);
      const std::uint32_t wanted = text.empty()           ? 0
                                   : known == plain.end() ? static_cast<std::uint32_t>(by_id.size())
                                                          : known->second;
      ASSERT_EQ(names.find(text), known == plain.end() ? 0u : known->second);
      ASSERT_EQ(names.intern(text), wanted);
      if (wanted == by_id.size()) plain[text] = wanted, by_id.push_back(text);
    }
    const Dictionary copy = names;
    ASSERT_TRUE(std::equal(by_id.begin(), by_id.end(), copy.names().begin(), copy.names().end()));
  }
}

TEST(Dictionary, InternsManyAtOnceAsOneByOne) {
  std::mt19937_64 rng(20261122);
  Dictionary together, one_by_one;
  for (int round = 0; round < 300; ++round) {
    std::vector<std::string> texts(rng() % 200);
    for (std::string& text : texts) text = rng() % 20 == 0 ? "" : std::to_string(rng() % 20'000);
    const std::vector<std::string_view> views(texts.begin(), texts.end());
    std::vector<std::uint32_t> ids(texts.size()), wanted;
    for (const std::string& text : texts) wanted.push_back(one_by_one.intern(text));
    together.intern(views, ids);
    ASSERT_EQ(ids, wanted);
  }
  EXPECT_TRUE(std::ranges::equal(together.names(), one_by_one.names()));
}

TEST(Dictionary, RenamingMergesWhatBecomesEqual) {
  Dictionary names;
  for (const char* text : {"Ada", "Grace", "ADA"}) names.intern(text);
  std::vector<std::uint32_t> ids;
  const Dictionary renamed = names.renamed(
      [](std::string_view name) { return std::string(1, static_cast<char>(name[0])); }, ids);
  EXPECT_EQ(ids, (std::vector<std::uint32_t>{0, 1, 2, 1}));
  EXPECT_EQ(renamed.name(2), "G");
}

}  // namespace
}  // namespace tiebeam
