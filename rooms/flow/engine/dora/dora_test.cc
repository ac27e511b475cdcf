// Speed and stability: the worked examples of docs/method/dora.md, what is counted and what is not.
#include "rooms/flow/engine/dora/dora.h"

#include <gtest/gtest.h>

#include "rooms/flow/engine/test_log.h"

namespace tiebeam::flow {
namespace {

using testing::Org;

// Monday 2024-01-01 plus days.
Instant day(double offset) {
  return testing::at("2024-01-01T00:00:00Z") +
         Micros{static_cast<std::int64_t>(offset * kMicrosPerDay)};
}
struct Answer {
  Dora dora;
  std::vector<Figure> figures;
  explicit Answer(Org& org, const Asked& asked = {})
      : dora(compute_dora(org.snapshot(), asked)), figures(dora_figures(dora, org.snapshot())) {}
  [[nodiscard]] Figure at(std::string_view key) const {  // outlives an Answer that does not
    return *std::ranges::find(figures, key, &Figure::key);
  }
};

TEST(Dora, NothingImportedIsNotMeasurableAndSaysHow) {
  Org org;
  const Answer answer(org);
  for (const Figure& figure : answer.figures) {
    EXPECT_EQ(figure.status, Status::not_measurable) << figure.key;
    EXPECT_NE(figure.reason.find("tiebeam import FILE --format"), std::string::npos) << figure.key;
    EXPECT_FALSE(figure.trail.inputs.empty());
  }
}

// docs/method/dora.md, worked example: two full weeks, 4 and 2 deployments on 3 and 2 days.
TEST(Dora, FrequencyOfTheWorkedExample) {
  Org org;
  int number = 0;
  for (const double at : {0.4, 0.6, 2.5, 4.5, 7.5, 9.5})
    org.deployed({std::to_string(++number), "shop"}, day(at));
  Asked asked;
  asked.from = day(0), asked.to = day(14), asked.as_of = day(14);
  const Answer answer(org, asked);
  EXPECT_DOUBLE_EQ(answer.at("flow.dora.deployments.week").number(), 3);
  EXPECT_DOUBLE_EQ(answer.at("flow.dora.deployments.days").number(), 2.5);
}

TEST(Dora, OnlySuccessesInProductionCountOnceEach) {
  Org org;
  org.deployed({"1", "shop", "SUCCESS", "PRODUCTION"}, day(1));
  org.deployed({"1", "shop", "SUCCESS", "PRODUCTION"}, day(1));   // one row a commit
  org.deployed({"1", "web", "SUCCESS", "PRODUCTION"}, day(1.1));  // the same, another service
  org.deployed({"2", "shop", "FAILURE", "PRODUCTION"}, day(2));
  org.deployed({"3", "shop", "SUCCESS", "STAGING"}, day(3));
  org.deployed({"4", "shop", "SUCCESS", "non-prod"}, day(3));
  org.deployed({"5", "shop", "cancelled", "PRODUCTION"}, day(4));
  const Answer answer(org);
  ASSERT_EQ(answer.dora.shipped.size(), 1U);
  EXPECT_EQ(answer.dora.log.unsuccessful, 2U);
  EXPECT_EQ(answer.dora.log.elsewhere, 2U);
  EXPECT_EQ(answer.dora.services.size(), 2U);
}

TEST(Dora, WithoutANameForProductionEveryEnvironmentCounts) {
  Org org;
  org.deployed({"1", "shop", "success", "eu-1"}, day(1));
  const Answer answer(org);
  EXPECT_EQ(answer.dora.shipped.size(), 1U);
  const auto& notes = answer.at("flow.dora.deployments.week").trail.notes;
  EXPECT_EQ(notes.at(0), "no environment is called production: all of them count");
}

TEST(Dora, ALaterExportReplacesAnEarlierOne) {
  Org org;
  org.deployed({"1", "shop", "running"}, day(1));
  org.import().deployed({"1", "shop", "success"}, day(1.5));
  EXPECT_EQ(Answer(org).dora.shipped.size(), 1U);
  Asked before;
  before.as_of = day(1.2);  // the later export tells of what came later
  EXPECT_EQ(Answer(org, before).dora.shipped.size(), 0U);
}

// docs/method/dora.md, worked example: ten changes are in use after 1 to 10 days, ten wait for 30.
TEST(Dora, ChangesThatAreNotInUseCount) {
  Org org;
  for (int i = 1; i <= 10; ++i)
    org.deployed({std::to_string(i), "shop"}, day(i), {{"c" + std::to_string(i), day(0)}});
  const Answer fast(org);
  EXPECT_EQ(fast.at("flow.dora.lead_time.p50").number(), 5);
  for (int i = 1; i <= 10; ++i) org.changed("w" + std::to_string(i), day(0), "shop");
  Asked asked;
  asked.as_of = day(30);
  const Answer honest(org, asked);
  EXPECT_EQ(honest.at("flow.dora.lead_time.p50").number(), 10);
  const Figure& p85 = honest.at("flow.dora.lead_time.p85");
  EXPECT_EQ(p85.status, Status::not_reached);
  EXPECT_EQ(p85.low, 30);
}

TEST(Dora, AChangeIsInUseWithItsFirstDeploymentThatCounts) {
  Org org;
  org.deployed({"1", "shop", "failed", "prod"}, day(2), {{"c", day(1)}});
  org.deployed({"2", "shop", "success", "staging"}, day(3), {{"c", day(1)}});
  org.deployed({"3", "shop", "success", "prod"}, day(4), {{"c", day(1)}});
  org.deployed({"4", "shop", "success", "prod"}, day(9), {{"c", day(1)}});
  const Answer answer(org);
  ASSERT_EQ(answer.dora.lead.size(), 1U);
  EXPECT_EQ(days_of(answer.dora.lead[0].spell.exit), 3);
}

TEST(Dora, WhatAFailedDeploymentBroughtComesWithTheNextOfItsService) {
  Org org;
  org.deployed({"1", "shop", "failed"}, day(2), {{"c", day(1)}});
  org.deployed({"2", "web"}, day(3)).deployed({"3", "shop"}, day(5), {{"d", day(4)}});
  org.changed("e", day(4), "mail", "1");  // of a service that nothing followed for
  const Dora dora = Answer(org).dora;
  EXPECT_EQ(dora.log.inferred_changes, 1U);
  EXPECT_EQ(days_of(dora.lead[0].spell.exit), 4);
  EXPECT_TRUE(dora.log.changed[0].is_inferred);
}

TEST(Dora, AnIncidentIsTiedToWhatTheSourceNamesElseToTheLastDayOfItsService) {
  Org org;
  org.deployed({"1", "shop"}, day(1)).deployed({"2", "web"}, day(1.5));
  org.deployed({"3", "shop"}, day(3));
  org.outage("named", "shop", day(9), day(9.5), "1");       // whatever the time between
  org.outage("inferred", "shop", day(3.5), day(4));         // 12 hours after 3
  org.outage("too late", "shop", day(4.5), day(5));         // 36 hours after 3
  org.outage("other", "mail", day(3.2), day(3.3));          // nothing of mail was deployed
  org.outage("unknown", "shop", day(3.1), day(3.3), "77");  // names what nobody imported
  const Answer answer(org);
  const Figure failure = answer.at("flow.dora.change_failure.share");
  EXPECT_EQ(failure.n, 3);
  EXPECT_DOUBLE_EQ(failure.number(), 2.0 / 3);
  EXPECT_TRUE(failure.interval.has_value());
  EXPECT_DOUBLE_EQ(answer.at("flow.dora.change_failure.inferred.share").number(), 0.5);
  EXPECT_TRUE(answer.at("flow.dora.change_failure.inferred.share").interval.has_value());
  EXPECT_EQ(answer.dora.log.unknown_causes, 1U);
}

// DevLake ties an incident to the last deployment however long ago; that makes old changes fail.
TEST(Dora, AnIncidentLongAfterADeploymentIsNotItsFailure) {
  Org org;
  org.deployed({"1", "shop"}, day(1)).outage("I", "shop", day(40), day(41));
  EXPECT_EQ(Answer(org).at("flow.dora.change_failure.share").number(), 0);
}

TEST(Dora, OpenIncidentsCountInRecovery) {
  Org org;
  for (int i = 0; i < 6; ++i) org.outage("I" + std::to_string(i), "shop", day(i), day(i + 0.5));
  EXPECT_EQ(Answer(org).at("flow.dora.recovery.p50").number(), 0.5);
  for (int i = 0; i < 8; ++i) org.outage("O" + std::to_string(i), "shop", day(i));
  Asked asked;
  asked.as_of = day(60);
  const Figure recovery = Answer(org, asked).at("flow.dora.recovery.p50");
  EXPECT_EQ(recovery.status, Status::not_reached);  // 6 of 14 are over
  EXPECT_EQ(Answer(org).at("flow.dora.recovery_from_deploy.p50").status, Status::not_measurable);
}

TEST(Dora, RecoveryFromTheDeploymentIsLonger) {
  Org org;
  for (int i = 0; i < 8; ++i) {
    org.deployed({std::to_string(i), "shop"}, day(2 * i));
    org.outage("I" + std::to_string(i), "shop", day(2 * i + 0.25), day(2 * i + 1));
  }
  const Answer answer(org);
  EXPECT_EQ(answer.at("flow.dora.recovery.p50").number(), 0.75);
  EXPECT_EQ(answer.at("flow.dora.recovery_from_deploy.p50").number(), 1);
}

TEST(Dora, ReworkNeedsASourceThatTellsIt) {
  Org org;
  org.deployed({"1", "shop"}, day(1)).deployed({"2", "shop"}, day(2));
  EXPECT_EQ(Answer(org).at("flow.dora.rework.share").status, Status::not_measurable);
  org.deployed({.key = "3", .service = "shop", .fixes = "I-1"}, day(3));
  org.deployed({.key = "4", .service = "shop", .unplanned = "yes"}, day(4));
  EXPECT_DOUBLE_EQ(Answer(org).at("flow.dora.rework.share").number(), 0.5);
}

TEST(Dora, WithoutIncidentsFailureIsNotZeroButNotKnown) {
  Org org;
  org.deployed({"1", "shop"}, day(1));
  const Figure failure = Answer(org).at("flow.dora.change_failure.share");
  EXPECT_EQ(failure.status, Status::not_measurable);
  EXPECT_NE(failure.reason.find("--format incidents"), std::string::npos);
}

TEST(Dora, NothingIsSeenBeforeItHappened) {
  Org org;
  for (int i = 0; i < 20; ++i) {
    org.deployed({std::to_string(i), "shop"}, day(i), {{"c" + std::to_string(i), day(i - 0.5)}});
    org.outage("I" + std::to_string(i), "shop", day(i + 0.1), day(i + 5));
  }
  Asked asked;
  asked.as_of = day(9.05);
  const Dora dora = Answer(org, asked).dora;
  EXPECT_EQ(dora.shipped.size(), 10U);
  EXPECT_EQ(dora.log.outages.size(), 9U);
  EXPECT_EQ(std::ranges::count(dora.log.outages, kMissing, &Outage::ended), 4);
}

TEST(Dora, WordsOfResultsAndEnvironments) {
  for (const char* word : {"SUCCESS", "succeeded", "", "passed", "inactive", "True"})
    EXPECT_EQ(outcome_of(word), Outcome::success) << word;
  for (const char* word : {"FAILURE", "failed", "error", "timed out", "false"})
    EXPECT_EQ(outcome_of(word), Outcome::failure) << word;
  for (const char* word : {"cancelled", "in_progress", "queued", "skipped"})
    EXPECT_EQ(outcome_of(word), Outcome::other) << word;
  for (const char* name : {"PRODUCTION", "prod", "eu/prod", "production-us", "live"})
    EXPECT_TRUE(is_production(name)) << name;
  for (const char* name : {"staging", "pre-prod", "preprod", "non-prod", "test", "product-demo"})
    EXPECT_FALSE(is_production(name)) << name;
}

}  // namespace
}  // namespace tiebeam::flow
