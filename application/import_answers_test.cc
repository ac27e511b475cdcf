#include "application/import_answers.h"

#include <gtest/gtest.h>

#include "application/imports.h"
#include "application/rejects_csv.h"

namespace tiebeam {
namespace {

Json parsed(std::string_view text) { return *parse_json(text); }

TEST(ImportAnswers, SayNothingByThemselves) {
  const auto answers = read_answers(parsed("{}"));
  ASSERT_TRUE(answers.has_value());
  EXPECT_FALSE(says_how_to_read(*answers));
  EXPECT_EQ(write_json(to_json(*answers)), "{}");
  ImportRequest request;
  apply(*answers, request);
  EXPECT_EQ(request.read.format, "auto");
  EXPECT_TRUE(request.use_memory);
}

TEST(ImportAnswers, ComeBackAsTheyWere) {
  const std::string text =
      R"({"format":"tickets","date_order":"day-first","delimiter":";","encoding":"windows-1252",)"
      R"("sheet":"Q1","columns":{"Notes":"","Nr":"key"},"states":{"New":"wait"},)"
      R"("parties":{"New":"vendor"},"value_stream":"desk","zone":"Europe/Berlin","skip_bad":true,)"
      R"("memory":false})";
  const auto answers = read_answers(parsed(text));
  ASSERT_TRUE(answers.has_value());
  EXPECT_EQ(write_json(to_json(*answers)), text);
  ImportRequest request;
  apply(*answers, request);
  EXPECT_EQ(request.read.delimiter, ";");
  EXPECT_EQ(request.read.columns.at("Notes"), "");
  EXPECT_EQ(request.states.at("New"), StateClass::wait);
  EXPECT_TRUE(request.read.skip_bad);
  EXPECT_FALSE(request.use_memory);
}

TEST(ImportAnswers, AllFaultsAreToldWithTheirPlaces) {
  const auto answers = read_answers(parsed(
      R"({"date":"x","states":{"A/B":"asleep"},"delimiter":"#","columns":[],"skip_bad":1})"));
  ASSERT_FALSE(answers.has_value());
  std::vector<std::string> found;
  for (const Error& fault : answers.error()) {
    found.push_back(fault.code + " " + fault.field);
    EXPECT_FALSE(fault.found.empty() || fault.expected.empty()) << fault.message;
  }
  std::ranges::sort(found);
  EXPECT_EQ(found, (std::vector<std::string>{
                       "import.bad_answer /columns", "import.bad_answer /skip_bad",
                       "import.bad_delimiter /delimiter", "import.unknown_answer /date",
                       "state_map.unknown_class /states/A~1B"}));
  EXPECT_EQ(read_answers(parsed("[]")).error().front().code, "json.not_an_object");
  EXPECT_EQ(read_answers(parsed("[]")).error().front().found, "[]");
}

TEST(ImportAnswers, ManyColumnsAndManyUnknownAnswersCostLittle) {
  ImportAnswers wide;  // compared pair by pair they would outlast the test's time limit
  for (int i = 0; i < 400'000; ++i) wide.columns.emplace("column-" + std::to_string(i), "key");
  const auto again = read_answers(to_json(wide));
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->columns, wide.columns);
  Json::Object many;
  for (int i = 0; i < 13'000; ++i) many.emplace_back("answer-" + std::to_string(i), 1);
  const auto refused = read_answers(Json(std::move(many)));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().size(), 101u);
}

TEST(ImportAnswers, WhatAnImportKeptIsRemembered) {
  EXPECT_FALSE(remembered_answers("").has_value());
  EXPECT_FALSE(remembered_answers("{}").has_value());
  EXPECT_FALSE(remembered_answers("not JSON").has_value());
  EXPECT_EQ(remembered_answers(R"({"date_order":"day-first"})")->date_order, "day-first");
}

TEST(RejectsCsv, NoCellIsAFormulaAndEveryRowHasItsReason) {
  const std::string text = rejects_csv({{3, "at", "=1+2", "a time"},
                                        {4, "", "a, \"b\"\nc", "5 fields"},
                                        {5, "@cmd", "'=x", "a time"}});
  EXPECT_EQ(text,
            "line,column,found,reason\n"
            "3,at,'=1+2,expected a time\n"
            "4,,\"a, \"\"b\"\"\nc\",expected 5 fields\n"
            "5,'@cmd,''=x,expected a time\n");
}

}  // namespace
}  // namespace tiebeam
