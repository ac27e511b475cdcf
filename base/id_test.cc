#include "base/id.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <type_traits>

namespace tiebeam {
namespace {

// That ids of two kinds do not compare is proved by tests/compile_fail/id_kinds.cc.
static_assert(!std::is_convertible_v<Id<"service">, Id<"person">>);
static_assert(!std::is_constructible_v<Id<"service">, Id<"person">>);
static_assert(!std::is_convertible_v<std::string, Id<"service">>);

TEST(Id, KnowsItsTypeAndItsSlug) {
  const Id<"value_stream"> id("order-to-cash");
  EXPECT_EQ(id.type(), "value_stream");
  EXPECT_EQ(id.str(), "order-to-cash");
  EXPECT_FALSE(id.empty());
  EXPECT_TRUE(Id<"service">().empty());
}

TEST(Id, ComparesBySlug) {
  EXPECT_EQ(Id<"service">("payroll"), Id<"service">("payroll"));
  EXPECT_LT(Id<"service">("mail"), Id<"service">("payroll"));
}

TEST(IsSlug, FollowsTheHeader) {
  for (const std::string text : {"a", "7", "payroll", "a-b_c.d", "2016.q1", "a--b", "a."}) {
    EXPECT_TRUE(is_slug(text)) << text;
  }
  for (const std::string text : {"", "-a", "_a", ".a", "A", "a b", "a/b", "\xc3\xa4", "a\n"}) {
    EXPECT_FALSE(is_slug(text)) << text;
  }
  EXPECT_TRUE(is_slug(std::string(kMaxSlug, 'a')));
  EXPECT_FALSE(is_slug(std::string(kMaxSlug + 1, 'a')));
  EXPECT_FALSE(is_slug(std::string_view("a\0b", 3)));
}

TEST(Slugify, KeepsWhatCanBeKept) {
  const struct {
    const char *text, *slug;
  } rows[] = {{"Order to cash!", "order-to-cash"},
              {"  Pay   roll ", "pay-roll"},
              {"INC0000045", "inc0000045"},
              {"a/b\\c", "a-b-c"},
              {"--a--", "a"},
              {"2016.Q1", "2016.q1"},
              {"", ""},
              {"!?", ""},
              {"\xe6\x97\xa5", ""}};
  for (const auto& row : rows) EXPECT_EQ(slugify(row.text), row.slug) << row.text;
}

TEST(Slugify, GivesASlugOrNothingAndIsStable) {
  std::mt19937_64 rng(20240404);  // fixed: a failure must reproduce
  for (int round = 0; round < 5000; ++round) {
    std::string text(rng() % 200, ' ');
    const bool any_byte = round % 2 != 0;
    for (char& c : text) c = any_byte ? static_cast<char>(rng() % 256) : "aZ9-_. !"[rng() % 8];
    const std::string slug = slugify(text);
    ASSERT_TRUE(slug.empty() || is_slug(slug)) << slug;
    ASSERT_EQ(slugify(slug), slug);
  }
}

}  // namespace
}  // namespace tiebeam
