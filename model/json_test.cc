#include "model/json.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <random>
#include <tuple>

#include "model/json_fault.h"

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

TEST(Json, SaysWhereItStopsBeingJson) {
  const std::tuple<const char*, std::size_t, std::string_view> cases[] = {
      {"", 0, "line 1, column 1: found the end of the text, expected a value"},
      {"scenarios: []", 0, "found 's', expected a value"},
      {"{\"a\": 1,\n \"b\": [1, 2,]}", 21, "line 2, column 13: found ']', expected a value"},
      {"{\"a\": 1,}", 8, "expected a name in quotes"},
      {"{\"a\" 1}", 5, "found '1', expected ':'"},
      {"[1 2]", 3, "expected ',' or ']'"},
      {"[1.]", 3, "expected a digit"},
      {"[01]", 1, "without a leading 0"},
      {"[\"a", 3, "found the end of the text, expected the closing quote"},
      {"[\"\\x\"]", 2, "hex digits"},
      {"[] x", 3, "expected the end of the text"},
      {"[NaN]", 1, "found 'N'"},
      {"[ä]", 1, "found 'ä'"},
      {"[1e400]", 1, "found '1e400', expected a number from -1.797e308"},
      {"{\"a\": -99999999999999999999}", 6,
       "found '-99999999999999999999', expected a whole number"},
      {"[\"a\xff\"]", 3, "found the byte 0xff, expected text in UTF-8"},
      {"[\"\\ud83d\"]", 2, "expected both halves of a character"},
      {"[\"\\ude00\"]", 2, "expected both halves of a character"}};
  for (const auto& [text, offset, says] : cases) {
    const auto read = parse_json(text);
    ASSERT_FALSE(read.has_value()) << text;
    EXPECT_EQ(read.error().code, "json.syntax");
    EXPECT_EQ(read.error().detail, "byte " + std::to_string(offset)) << text;
    EXPECT_TRUE(read.error().message.contains(says)) << read.error().message;
    EXPECT_FALSE(read.error().found.empty());
    EXPECT_FALSE(read.error().expected.empty());
  }
}

TEST(Json, AByteOrderMarkIsLeftOut) {
  EXPECT_EQ(write_json(parse_json("\xEF\xBB\xBF{\"a\":1}").value()), "{\"a\":1}");
}

TEST(Json, TakesBothHalvesOfACharacter) {
  EXPECT_EQ(*parse_json("\"\\ud83d\\ude00\"").value().if_string(), "\xF0\x9F\x98\x80");
}

// Cut anywhere, a text lacks something at its end; with one byte spoilt it is told at or before
// what a parser reads next, and never where the text is still fine.
TEST(Json, NamesThePlaceOfWhateverIsSpoilt) {
  const std::string whole = R"({"a":[1,-2.5e3,{"b":"x\u00e4\n"}],"c":true,"d":null,"e":[[],{}]})";
  for (std::size_t cut = 1; cut < whole.size(); ++cut) {
    const JsonFault fault = json_fault(std::string_view(whole).substr(0, cut));
    EXPECT_LE(fault.offset, cut);
    EXPECT_GE(fault.offset + 6, cut) << cut;  // within the escape, the word or the number it ends
  }
  std::mt19937_64 rng(20261122);
  for (int round = 0; round < 3000; ++round) {
    std::string spoilt = whole;
    spoilt[rng() % spoilt.size()] = static_cast<char>(32 + rng() % 95);
    const auto read = parse_json(spoilt);
    const JsonFault fault = json_fault(spoilt);
    if (read || read.error().code != "json.syntax") {
      EXPECT_EQ(fault.offset, spoilt.size()) << spoilt;
    } else {
      EXPECT_LT(fault.offset, spoilt.size() + 1);
      EXPECT_FALSE(fault.expected == "the end of the text" && fault.offset == spoilt.size())
          << spoilt;
    }
  }
}

TEST(Json, ADoubledKeyIsRefusedWithItsPointer) {
  const auto read = parse_json(R"({"a":{"b":1,"b":2}})");
  ASSERT_FALSE(read.has_value());
  const Error& error = read.error();
  EXPECT_EQ(error.code, "json.doubled_key");
  EXPECT_EQ(error.field, "/a/b");
  EXPECT_EQ(parse_json(R"([0,{"":[{"c":1,"c":2}]}])").error().field, "/1//0/c");
  EXPECT_EQ(parse_json(R"({"a/b":{"c~d":1,"c~d":2}})").error().field, "/a~1b/c~0d");
}

TEST(Json, BrokenAndBottomlessTextIsRefused) {
  EXPECT_FALSE(parse_json("{").has_value());
  EXPECT_FALSE(parse_json("").has_value());
  EXPECT_FALSE(parse_json("{\"a\":1,}").has_value());
  const std::string deep = std::string(100, '[') + std::string(100, ']');
  ASSERT_FALSE(parse_json(deep).has_value());
  EXPECT_EQ(parse_json(deep).error().code, "json.too_deep");
  EXPECT_EQ(parse_json(deep).error().detail, "byte 65");
  EXPECT_EQ(parse_json(deep).error().expected, "no value within more than 64 lists and objects");
  EXPECT_EQ(parse_json(std::string(2'000'000, '[')).error().code, "json.too_deep");
  EXPECT_TRUE(parse_json(std::string(64, '[') + "1" + std::string(64, ']')).has_value());
  EXPECT_FALSE(parse_json(std::string(65, '[') + "1" + std::string(65, ']')).has_value());
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
