// Inventories of uses of AI: recognised by their header, days kept only where they are days, and
// nothing guessed.
#include "ingest/ai_uses.h"

#include "ingest/test_support.h"

namespace tiebeam::ingest {
namespace {

constexpr const char* kHeader =
    "2_use_case_name,3_agency,3_abr,4_bureau,11_purpose_benefits,16_dev_stage,17_impact_type,"
    "18_date_initiated,20_date_implemented,29_contains_pii,40_has_ato,55_independent_eval,"
    "57_autonomous_impact\n";

TEST(AiUses, AUseWithAllThatItSays) {
  const Batch batch = value_of(read_text(
      std::string(kHeader) +
      "Meeting notes,Department of Food,DOF,Office,\"Writes\nnotes\",Operation and Maintenance,"
      "Rights-Impacting,3/14/2024,10/1/2024,Yes,Yes,Yes – by the CAIO,"
      "No - Some individual decisions require direct human oversight.\n"));
  EXPECT_EQ(batch.format, "ai-inventory");
  EXPECT_EQ(batch.accepted, 1);
  const EventTable& uses = batch.tables[0];
  EXPECT_EQ(text_at(uses, "tool", 0), "DOF Meeting notes");
  EXPECT_EQ(text_at(uses, "department", 0), "Department of Food");
  EXPECT_EQ(text_at(uses, "purpose", 0), "Writes notes");
  EXPECT_EQ(text_at(uses, "stage", 0), "in_use");
  EXPECT_EQ(text_at(uses, "risk_tier", 0), "high");
  EXPECT_EQ(text_at(uses, "data_class", 0), "personal");
  EXPECT_EQ(text_at(uses, "evaluation", 0), "examined");
  EXPECT_EQ(text_at(uses, "decision", 0), "approved");
  EXPECT_EQ(instant_at(uses, "asked_on", 0), "2024-03-14T00:00:00Z");
  EXPECT_EQ(instant_at(uses, "first_used_on", 0), "2024-10-01T00:00:00Z");
  EXPECT_EQ(instant_at(uses, "retired_on", 0), "");
}

TEST(AiUses, WhatIsNotSaidIsNotGiven) {
  const Batch batch = value_of(
      read_text(std::string(kHeader) + "Search,Food,DOF,,Finds things,,Neither,N/A,,No,No,,\n"));
  const EventTable& uses = batch.tables[0];
  for (const char* column :
       {"stage", "risk_tier", "data_class", "evaluation", "decision", "human_oversight"})
    EXPECT_EQ(text_at(uses, column, 0), "") << column;
  EXPECT_EQ(instant_at(uses, "asked_on", 0), "");
}

TEST(AiUses, WordsInPlaceOfADayAreToldInSum) {
  const Batch batch = value_of(
      read_text(std::string(kHeader) +
                "A,Food,DOF,,x,Initiated,,Ongoing,21-Aug,,,,\nB,Food,DOF,,x,Initiated,,7/15/1905,,"
                ",,,\nC,Food,DOF,,x,Initiated,,1/31/2024,,,,,\n"));
  EXPECT_EQ(batch.accepted, 3);
  EXPECT_TRUE(says(batch.warnings,
                   "in '18_date_initiated' 2 cells hold no day that can be kept, such as "
                   "'Ongoing'"));
  EXPECT_TRUE(says(batch.warnings, "in '20_date_implemented' 1 cell holds"));
}

TEST(AiUses, ADayThatIsNoneIsRefusedWithItsPlace) {
  const auto read = read_text(std::string(kHeader) + "A,F,D,,x,Initiated,,10/12023,,,,,\n");
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().error.code, "ingest.rejected");
  ASSERT_EQ(read.error().rejects.size(), 1U);
  EXPECT_EQ(read.error().rejects[0].line, 2U);
  EXPECT_EQ(read.error().rejects[0].column, "18_date_initiated");
  EXPECT_EQ(read.error().rejects[0].found, "10/12023");
}

TEST(AiUses, AUseWithoutANameIsRefused) {
  const auto read = read_text(std::string(kHeader) + ",F,D,,x,Initiated,,,,,,,\n");
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().rejects[0].column, "2_use_case_name");
}

TEST(AiUses, TwoOfOneNameAreTwo) {
  const Batch batch =
      value_of(read_text(std::string(kHeader) + "Chatbot,F,D,,one,Initiated,,,,,,,\n"
                                                "Chatbot,F,D,,two,Initiated,,,,,,,\n"
                                                "Chatbot,F,D,,two,Initiated,,,,,,,\n"
                                                "Chatbot,F,D,,three,Initiated,,,,,,,\n"));
  EXPECT_EQ(batch.accepted, 3);
  EXPECT_EQ(batch.repeated, 1);
  EXPECT_EQ(text_at(batch.tables[0], "tool", 1), "D Chatbot 2");
  EXPECT_EQ(text_at(batch.tables[0], "tool", 2), "D Chatbot 3") << "a repeated row counts nothing";
}

TEST(AiUses, AnInventoryOf2023) {
  const Batch batch = value_of(
      read_text("Use_Case_ID,Department_Code,Agency,Office,Title,Summary,Development_Stage,"
                "Techniques,Source_Code,Department\n"
                "DHS-0000-2023,DHS,Customs,,Synthetic data,Makes data,In-use,,,Homeland\n"));
  EXPECT_EQ(batch.format, "ai-inventory");
  EXPECT_EQ(text_at(batch.tables[0], "tool", 0), "DHS-0000-2023");
  EXPECT_EQ(text_at(batch.tables[0], "stage", 0), "in_use");
  EXPECT_EQ(text_at(batch.tables[0], "department", 0), "Homeland");
  EXPECT_EQ(text_at(batch.tables[0], "unit", 0), "Customs");
}

TEST(AiUses, StagesInTheSourcesWords) {
  const std::pair<const char*, const char*> cases[] = {
      {"Operation and Maintenance", "in_use"},
      {"Operation and Management", "in_use"},
      {"In production: more than 1 year", "in_use"},
      {"Development (not in production)", "building"},
      {"Planned (not in production)", "asked"},
      {"Implementation and Assessment", "introducing"},
      {"Acquisition and/or Development", "building"},
      {"Development and Acquisition", "building"},
      {"Initiated", "asked"},
      {"Retired", "retired"},
      {"Pre-deployment", "building"},
      {"", ""},
      {"OPC runs in a pseudo-operational capacity via a webpage maintained elsewhere", ""}};
  for (const auto& [text, stage] : cases) EXPECT_EQ(stage_of(text), stage) << text;
}

TEST(AiUses, ImpactSaysOnlyWhatIsHigh) {
  for (const char* text : {"Both", "Rights-Impacting\n", "Safety-impacting", "High-impact"})
    EXPECT_EQ(risk_tier_of(text), "high") << text;
  for (const char* text : {"Neither", "", "Not high-impact", "Presumed"})
    EXPECT_EQ(risk_tier_of(text), "") << text;
}

TEST(AiUses, AListOfTicketsIsNone) {
  EXPECT_FALSE(is_ai_inventory({"key", "created", "status", "title", "description"}));
  EXPECT_FALSE(is_ai_inventory({"title", "summary", "stage"}));
  EXPECT_FALSE(is_ai_inventory({"id", "title", "description", "stage", "created"}));
  EXPECT_FALSE(is_ai_inventory({"Unique ID", "Name", "Purpose", "Stage"}));
  EXPECT_TRUE(is_ai_inventory({"Use Case Name", "Purpose", "Stage"}));
  EXPECT_EQ(value_of(read_text("id,title,description,stage,created\n1,a,b,c,2026-01-02\n")).format,
            "tickets");
}

TEST(AiUses, TwoOrdersOfDatesNameTheColumnsAndTheFile) {
  const auto read =
      read_text(std::string(kHeader) +
                "A,F,D,,x,Initiated,,13/1/2024,,,,,\nB,F,D,,x,Initiated,,,1/14/2024,,,,\n");
  ASSERT_EQ(code_of(read), "ingest.two_date_orders");
  EXPECT_EQ(read.error().error.message,
            "'file.csv', columns '18_date_initiated' and '20_date_implemented' have dates in two "
            "orders: '13/1/2024' ('18_date_initiated', line 2) puts the day first, '1/14/2024' "
            "('20_date_implemented', line 3) the month");
  EXPECT_EQ(read.error().error.field, "20_date_implemented");
}

}  // namespace
}  // namespace tiebeam::ingest
