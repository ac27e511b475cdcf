#include "model/json.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <random>

namespace tiebeam {
namespace {

TEST(Json, WhatWasWrittenReadsBackTheSame) {
  const std::string text =
      R"({"a":[1,2.5,-3],"b":{"c":"ä \" \\ \n","d":null},"e":true,"f":[],"g":{}})";
  const auto read = parse_json(text);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(write_json(*read), text);
}

TEST(Json, EveryFiniteDoubleSurvivesTheRoundTrip) {
  std::mt19937_64 rng(20261121);
  for (int round = 0; round < 20000; ++round) {
    const double value = std::bit_cast<double>(rng());
    if (!std::isfinite(value)) continue;
    const auto read = parse_json(write_json(Json(Json::Array{value})));
    ASSERT_TRUE(read.has_value());
    const auto number = (*read->if_array())[0].number();
    ASSERT_TRUE(number.has_value());
    ASSERT_EQ(std::bit_cast<std::uint64_t>(*number), std::bit_cast<std::uint64_t>(value));
  }
}

TEST(Json, ADoubledKeyIsRefusedWithItsPointer) {
  const auto read = parse_json(R"({"a":{"b":1,"b":2}})");
  ASSERT_FALSE(read.has_value());
  const Error& error = read.error();
  EXPECT_EQ(error.code, "json.doubled_key");
  EXPECT_EQ(error.field, "/a/b");
  EXPECT_EQ(parse_json(R"([0,{"":[{"c":1,"c":2}]}])").error().field, "/1//0/c");
}

TEST(Json, BrokenAndBottomlessTextIsRefused) {
  EXPECT_FALSE(parse_json("{").has_value());
  EXPECT_FALSE(parse_json("").has_value());
  EXPECT_FALSE(parse_json("{\"a\":1,}").has_value());
  const std::string deep = std::string(100, '[') + std::string(100, ']');
  ASSERT_FALSE(parse_json(deep).has_value());
  EXPECT_EQ(parse_json(deep).error().code, "json.too_deep");
}

TEST(Json, ManyItemsUnderALongKeyCostNoMoreThanTheirText) {
  std::string text = "{\"" + std::string(1'000'000, 'k') + "\":[0";
  for (int i = 0; i < 100'000; ++i) text += ",0";  // 100 GB of pointers, were they all written
  const auto read = parse_json(text + "]}");
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->if_object()->front().second.if_array()->size(), 100'001u);
}

TEST(Json, ControlCharactersAreEscaped) {
  EXPECT_EQ(write_json(Json("\x01\x1f")), "\"\\u0001\\u001f\"");
}

TEST(Json, NumbersThatAreNotFiniteBecomeNull) { EXPECT_EQ(write_json(Json(std::nan(""))), "null"); }

}  // namespace
}  // namespace tiebeam
