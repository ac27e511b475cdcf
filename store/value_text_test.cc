#include "store/value_text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace tiebeam::store {
namespace {

Money euros(std::int64_t minor) { return {minor, *Currency::create("EUR")}; }

struct Row {
  const char* name;
  Value value;
  const char* text;
};

TEST(ValueText, EveryKindHasOneTextThatReadsBack) {
  const Estimate pert{Estimate::Shape::pert, {{"min", 20}, {"mode", 40.5}, {"max", 90}}, {}, {}};
  const Estimate discrete{Estimate::Shape::discrete, {}, {1, 2}, {0.25, 0.75}};
  const Row rows[] = {
      {"nothing", Value{}, "-"},
      {"yes", true, "b1"},
      {"no", false, "b0"},
      {"integer", std::int64_t{-42}, "i-42"},
      {"smallest integer", std::numeric_limits<std::int64_t>::min(), "i-9223372036854775808"},
      {"number", 0.1, "f0.1"},
      {"tiny number", 5e-324, "f5e-324"},
      {"text", std::string("Zürich; 3:4"), "sZürich; 3:4"},
      {"money", euros(-125000), "m-125000 EUR"},
      {"instant", Instant{Micros{-1}}, "t-1"},
      {"day", Day{std::chrono::year{2016} / 5 / 1}, "d2016-05-01"},
      {"day long ago", Day{std::chrono::year{987} / 12 / 31}, "d0987-12-31"},
      {"estimate", pert, "epert min=20 mode=40.5 max=90"},
      {"discrete estimate", discrete, "ediscrete 1*0.25 2*0.75"},
      {"observed values", Estimate{Estimate::Shape::empirical, {}, {1, 2.5}, {}},
       "eempirical 1 2.5"},
      // Written before weights had to sum to 1: still read, and told when it is next changed.
      {"weights of old", Estimate{Estimate::Shape::discrete, {}, {1, 2}, {3, 5}},
       "ediscrete 1*3 2*5"},
      {"empty list", std::vector<std::string>{}, "l"},
      {"list", std::vector<std::string>{"abc", "", "1:x"}, "l3:abc0:3:1:x"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(to_text(row.value), row.text) << row.name;
    const auto back = value_from_text(row.text);
    ASSERT_TRUE(back) << row.name;
    EXPECT_EQ(*back, row.value) << row.name;
  }
}

TEST(ValueText, DamagedTextIsAnErrorNotAValue) {
  for (const char* text :
       {"", "i", "i1x", "fnan", "m1", "m1 ???", "d2016-5-1", "d2026-00-00", "d2026-02-30",
        "d2026-13-01", "t", "l3:ab", "l:", "l99999999999999999999:a", "eunknown a=1", "epert min=x",
        "epert 5", "eempirical 1 x", "q"}) {
    EXPECT_FALSE(value_from_text(text)) << text;
  }
}

TEST(ValueText, NormalValuesHaveOneForm) {
  FieldInfo text, list, number;
  list.kind = FieldKind::list;
  number.kind = FieldKind::number;
  number.name = "size";
  EXPECT_EQ(*normal(text, std::string()), Value{});
  EXPECT_EQ(*normal(list, {}), Value{std::vector<std::string>{}});
  EXPECT_FALSE(std::signbit(std::get<double>(*normal(number, -0.0))));
  EXPECT_EQ(*normal(number, std::int64_t{3}), Value{3.0});
  EXPECT_EQ(normal(number, std::nan("")).error().code, "store.bad_value");
  EXPECT_EQ(normal(number, std::string("x")).error().field, "/size");
}

}  // namespace
}  // namespace tiebeam::store
