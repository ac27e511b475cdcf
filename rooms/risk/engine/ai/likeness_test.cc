#include "rooms/risk/engine/ai/likeness.h"

#include <gtest/gtest.h>

#include <random>

namespace tiebeam::risk {
namespace {

TEST(Likeness, OnePurposeInOtherWords) {
  const auto pairs = alike({"Otter\ntranscribes meetings", "Fireflies\nMeeting transcription.",
                            "Copilot\nwrites code", "Jasper\nwrites advertisements"},
                           kSamePurpose);
  ASSERT_EQ(pairs.size(), 1U);
  EXPECT_EQ(pairs[0].a, 0U);
  EXPECT_EQ(pairs[0].b, 1U);
}

// By hand: two stems shared of three each, n = 200; weight of a stem in two texts ln(201 / 2.5) =
// 4.387014, in one ln(201 / 1.5) = 4.897840; 2 x 4.387014^2 / (2 x 4.387014^2 + 4.897840^2) =
// 0.616060.
TEST(Likeness, TheAngleByHand) {
  const auto pairs = alike({"alpha\nbravos charlie", "delta\nbravos charlie",
                            "echoes\nfoxtrot golf", "hotels\nindia juliet"},
                           0.1);
  ASSERT_EQ(pairs.size(), 1U);
  EXPECT_NEAR(pairs[0].cosine, 0.616060, 1e-6);
}

TEST(Likeness, ASentenceThatMostShareSaysNothing) {
  const std::string shared = "Improves the efficiency of our staff and saves time for customers.";
  std::vector<std::string> texts;
  for (const char* name : {"Alpha radiology", "Bravo payroll", "Charlie forests", "Delta taxes"})
    texts.push_back(std::string(name) + "\n" + shared);
  EXPECT_TRUE(alike(texts, 0.3).empty());
}

TEST(Likeness, TooFewWordsAreLikeNone) {
  EXPECT_TRUE(alike({"X\nbetter", "Y\nbetter", "Z\nbetter"}, 0.01).empty());
}

TEST(Likeness, EqualTextsAreOne) {
  const auto pairs =
      alike({"Network alerts\nfinds intrusions in network traffic",
             "Network alerts\nfinds intrusions in network traffic", "Other\nthing a b"},
            kSamePurpose);
  ASSERT_EQ(pairs.size(), 1U);
  EXPECT_NEAR(pairs[0].cosine, 1.0, 1e-12);
}

TEST(Likeness, DoesNotDependOnTheOrderOfTexts) {
  std::mt19937_64 rng(20261122);
  const std::vector<std::string> words = {"invoice", "forecast", "meeting", "customer", "recipe",
                                          "quality", "language", "picture", "safety",   "order"};
  for (int round = 0; round < 50; ++round) {
    std::vector<std::string> texts;
    for (int i = 0; i < 12; ++i) {
      std::string text = words[rng() % words.size()] + "\n";
      for (int w = 0; w < 5; ++w) text += words[rng() % words.size()] + " ";
      texts.push_back(text);
    }
    std::vector<std::string> turned(texts.rbegin(), texts.rend());
    const auto pairs = alike(texts, 0.4), other = alike(turned, 0.4);
    ASSERT_EQ(pairs.size(), other.size());
    for (std::size_t i = 0; i < pairs.size(); ++i)
      EXPECT_NEAR(pairs[i].cosine, other[i].cosine, 1e-9);
  }
}

TEST(Likeness, GroupsShareNoTextAndHaveAHead) {
  const std::vector<Likeness> pairs = {{0, 1, 0.9}, {1, 2, 0.8}, {3, 4, 0.7}};
  const auto groups = groups_of(pairs, 6);
  ASSERT_EQ(groups.size(), 2U);
  EXPECT_EQ(groups[0], (std::vector<std::size_t>{1, 0, 2}));
  EXPECT_EQ(groups[1], (std::vector<std::size_t>{3, 4}));
}

}  // namespace
}  // namespace tiebeam::risk
