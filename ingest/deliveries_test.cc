// Tables of deployments and incidents: recognised by their header, read by the names that tools
// give their columns, refused with line, column, found and expected.
#include "ingest/deliveries.h"

#include "ingest/test_support.h"

namespace tiebeam::ingest {
namespace {

const EventTable& table_of(const Batch& batch, std::string_view name) {
  return *std::ranges::find(batch.tables, name,
                            [](const EventTable& table) { return table.type->name; });
}
bool has_table(const Batch& batch, std::string_view name) {
  return std::ranges::any_of(batch.tables,
                             [&](const EventTable& table) { return table.type->name == name; });
}
Options asked(std::string format) {
  Options options;
  options.format = std::move(format);
  return options;
}

TEST(Deliveries, ADeploymentWithItsCommits) {
  const Batch batch = value_of(read_text(
      "deployment,service,environment,started,finished,result,commits,commit_times,is_unplanned\n"
      "d1,shop,production,2026-01-05T10:00:00Z,2026-01-05T10:20:00Z,SUCCESS,a1;b2,"
      "2026-01-04T09:00:00Z;2026-01-05T08:00:00Z,no\n"
      "d2,shop,production,2026-01-06T10:00:00Z,,running,,,\n"));
  EXPECT_EQ(batch.format, "deployments");
  EXPECT_TRUE(batch.is_delivery);
  EXPECT_EQ(batch.accepted, 4);  // two deployments, two commits
  const EventTable& deployments = table_of(batch, "deployment");
  EXPECT_EQ(instant_at(deployments, "at", 0), "2026-01-05T10:20:00Z");
  EXPECT_EQ(instant_at(deployments, "at", 1), "2026-01-06T10:00:00Z");
  EXPECT_EQ(text_at(deployments, "unplanned", 0), "no");
  EXPECT_EQ(text_at(deployments, "unplanned", 1), "");
  const EventTable& changes = table_of(batch, "code_change");
  EXPECT_EQ(text_at(changes, "change", 1), "b2");
  EXPECT_EQ(instant_at(changes, "at", 1), "2026-01-05T08:00:00Z");
  EXPECT_EQ(text_at(changes, "deployment", 1), "d1");
  EXPECT_EQ(changes.line[1], 2U);
}

TEST(Deliveries, CommitsThatAreNotDeployedYet) {
  const Batch batch =
      value_of(read_text("deployment,service,finished,commits,commit_times\n"
                         ",shop,,c3,2026-01-07 08:00\n"
                         "d9,shop,,d4,2026-01-07 09:00\n"));
  EXPECT_FALSE(has_table(batch, "deployment"));
  const EventTable& changes = table_of(batch, "code_change");
  ASSERT_EQ(changes.rows(), 2U);
  EXPECT_EQ(text_at(changes, "deployment", 0), "");
  EXPECT_EQ(text_at(changes, "deployment", 1), "");  // announced, not deployed
}

// The names of DevLake's table cicd_deployment_commits; its duration gives the end.
TEST(Deliveries, ColumnsOfDevLake) {
  const Batch batch = value_of(
      read_text("id,created_at,cicd_scope_id,cicd_deployment_id,name,result,status,environment,"
                "started_date,duration_sec,commit_sha,repo_url\n"
                "x:1,2023-04-13 08:56:48.427,s1,x,deploy,SUCCESS,DONE,PRODUCTION,"
                "2023-04-13 07:31:52.000,90,621bf05,https://example.org/shop\n"));
  EXPECT_EQ(batch.format, "deployments");
  const EventTable& deployments = table_of(batch, "deployment");
  EXPECT_EQ(text_at(deployments, "deployment", 0), "x");
  EXPECT_EQ(text_at(deployments, "result", 0), "SUCCESS");
  EXPECT_EQ(text_at(deployments, "service", 0), "https://example.org/shop");
  EXPECT_EQ(instant_at(deployments, "finished", 0), "2023-04-13T07:33:22Z");
  EXPECT_TRUE(says(batch.warnings, "commit_times"));
}

// GitHub's deployments API, flattened.
TEST(Deliveries, ColumnsOfGitHub) {
  const Batch batch = value_of(read_text(
      "id,sha,ref,task,environment,created_at,updated_at,state\n"
      "42,9f1c,main,deploy,production,2026-01-05T10:00:00Z,2026-02-05T10:00:00Z,inactive\n"));
  EXPECT_EQ(batch.format, "deployments");
  EXPECT_EQ(instant_at(table_of(batch, "deployment"), "at", 0), "2026-01-05T10:00:00Z");
}

TEST(Deliveries, Incidents) {
  const Batch batch = value_of(
      read_text("incident,service,opened,restored,resolved,deployment,severity\n"
                "I-1,shop,2026-01-05T11:00:00Z,2026-01-05T12:00:00Z,2026-01-06T12:00:00Z,d1,high\n"
                "I-2,shop,2026-01-07T11:00:00Z,,,,\n"));
  EXPECT_EQ(batch.format, "incidents");
  const EventTable& incidents = table_of(batch, "incident_event");
  EXPECT_EQ(instant_at(incidents, "restored", 0), "2026-01-05T12:00:00Z");
  EXPECT_EQ(instant_at(incidents, "restored", 1), "");
  EXPECT_EQ(text_at(incidents, "deployment", 0), "d1");
}

TEST(Deliveries, ColumnsOfPagerDuty) {
  const Batch batch = value_of(
      read_text("id,incident_number,description,service_name,created_on,resolved_on,"
                "seconds_to_first_ack,seconds_to_resolve,urgency\n"
                "PT4,4,Crash,Mail,2022-11-03T06:23:06Z,2022-11-03T07:02:36Z,30,2370,high\n"));
  EXPECT_EQ(batch.format, "incidents");
  EXPECT_EQ(text_at(table_of(batch, "incident_event"), "incident", 0), "4");
  EXPECT_EQ(text_at(table_of(batch, "incident_event"), "service", 0), "Mail");
}

TEST(Deliveries, AnIncidentListOfAHelpDeskStaysAListOfTickets) {
  for (const char* text :
       {"Incident Number,Created on,Resolved "
        "on,Status,Priority\nI1,2026-01-02,2026-01-03,Closed,2\n",
        "number,short_description,state,opened_at,resolved_at\nINC1,x,Closed,2026-01-02,2026-01-"
        "03\n",
        "key,created,resolved,status,environment\nA-1,2026-01-02,2026-01-03,Done,production\n",
        "id,created,status,environment,revision\n1,2026-01-02,Open,production,1.4\n",
        "key,created,status,deployment\nA-1,2026-01-02,Open,in the cloud\n"})
    EXPECT_EQ(value_of(read_text(text)).format, "tickets") << text;
  const Batch said = value_of(read_text(
      "Incident Number,Created on,Resolved on\nI1,2026-01-02,2026-01-03\n", asked("incidents")));
  EXPECT_EQ(said.format, "incidents");
}

TEST(Deliveries, DatesThatCannotBeDecidedNameTheirColumns) {
  const Batch batch = value_of(
      read_text("deployment_id,service,result,start_time,end_time\nd1,a,ok,1/2/2026,3/2/2026\n"));
  EXPECT_TRUE(says(batch.warnings,
                   "'start_time' and 'end_time' have 2 dates that can be read both "
                   "ways"));
  EXPECT_FALSE(says(batch.warnings, "'created'"));
}

TEST(Deliveries, AnEventFileStaysAnEventFile) {
  EXPECT_EQ(value_of(read_text("item,at,state,service\nA,2026-01-02,Active,shop\n")).format,
            "events");
}

struct Bad {
  const char* name;
  const char* text;
  const char* column;
  const char* found;
  const char* expected;
};
TEST(Deliveries, BadRowsSayLineColumnFoundAndExpected) {
  const Bad cases[] = {
      {"no key", "deployment,finished\n,2026-01-05\n", "deployment", "", "key of the deployment"},
      {"no time", "deployment,finished\nd1,\n", "finished", "", "started or finished"},
      {"no date", "deployment,finished\nd1,yesterday\n", "finished", "yesterday", "date"},
      {"no length", "deployment,started,duration_sec\nd1,2026-01-05,long\n", "duration_sec", "long",
       "seconds"},
      {"no flag", "deployment,finished,rollback\nd1,2026-01-05,perhaps\n", "rollback", "perhaps",
       "true or false"},
      {"times", "deployment,finished,commits,commit_times\nd1,2026-01-05,a;b,2026-01-04\n",
       "commit_times", "1 times", "one for each of the 2 commits"},
      {"width", "deployment,finished\nd1,2026-01-05,more\n", "", "3 fields", "2 fields"},
      {"no incident", "incident,opened,restored\n,2026-01-05,\n", "incident", "", "key"},
      {"not opened", "incident,opened,restored\nI1,,\n", "opened", "", "date"},
  };
  for (const Bad& each : cases) {
    const auto read = read_text(each.text);
    ASSERT_FALSE(read.has_value()) << each.name;
    EXPECT_EQ(read.error().error.code, "ingest.rejected") << each.name;
    ASSERT_EQ(read.error().rejects.size(), 1U) << each.name;
    const Reject& reject = read.error().rejects[0];
    EXPECT_EQ(reject.line, 2U) << each.name;
    EXPECT_EQ(reject.column, each.column) << each.name;
    EXPECT_EQ(reject.found, each.found) << each.name;
    EXPECT_NE(reject.expected.find(each.expected), std::string::npos)
        << each.name << ": " << reject.expected;
    EXPECT_FALSE(read.error().error.hint.empty());
  }
}

TEST(Deliveries, WhatIsMissingAltogetherIsNamed) {
  const auto no_time = read_text("deployment,service\nd1,shop\n", asked("deployments"));
  EXPECT_EQ(code_of(no_time), "ingest.missing_column");
  EXPECT_NE(no_time.error().error.hint.find("finished"), std::string::npos);
  EXPECT_EQ(code_of(read_text("service,finished\nshop,2026-01-05\n", asked("deployments"))),
            "ingest.missing_column");
  EXPECT_EQ(code_of(read_text("incident,restored\nI1,2026-01-05\n", asked("incidents"))),
            "ingest.missing_column");
}

TEST(Deliveries, LocalStampsAreReadInTheZone) {
  Options options = asked("auto");
  options.zone = berlin();
  options.zone_is_assumed = false;
  const Batch batch = value_of(read_text(
      "deployment,finished,commit_times\nd1,05.07.2026 10:00,04.07.2026 10:00\n", options));
  EXPECT_EQ(instant_at(table_of(batch, "deployment"), "at", 0), "2026-07-05T08:00:00Z");
  EXPECT_EQ(instant_at(table_of(batch, "code_change"), "at", 0), "2026-07-04T08:00:00Z");
}

TEST(Deliveries, RepeatedRowsCountOnce) {
  const Batch batch = value_of(read_text(
      "deployment,finished,commit_times\nd1,2026-01-05,2026-01-04\nd1,2026-01-05,2026-01-04\n"));
  EXPECT_EQ(batch.accepted, 2);
  EXPECT_EQ(batch.repeated, 1);
}

}  // namespace
}  // namespace tiebeam::ingest
