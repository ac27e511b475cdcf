#include "ingest/formats.h"

#include "ingest/test_support.h"

namespace tiebeam::ingest {
namespace {
constexpr std::string_view kList =
    "number,short_description,state,opened_at,resolved_at,closed_at,sys_updated_on\n";

// `different` numbers in `rows` rows of a ServiceNow table.
std::string rows_of(std::size_t rows, std::size_t different) {
  std::string out;
  for (std::size_t i = 0; i < rows; ++i)
    out += "INC" + std::to_string(i % different) + ",row " + std::to_string(i) +
           ",Closed,2026-01-02 08:00,2026-01-03 08:00,2026-01-04 08:00,2026-01-04 08:00\n";
  return out;
}

TEST(Formats, AnAuditAndAListOfServiceNowAreToldApartByTheirNumbers) {
  struct Case {
    const char* name;
    std::string text, format, statement;
  };
  const std::string audit = "number,incident_state,sys_updated_at,opened_at,closed_at";
  const Case cases[] = {
      {"list", std::string(kList) + rows_of(30, 30), "tickets",
       "each of the first 30 numbers stands once: one row a ticket"},
      {"list of more than the sample", std::string(kList) + rows_of(1500, 1500), "tickets",
       "numbers stands once: one row a ticket"},
      {"list of one", std::string(kList) + rows_of(1, 1), "tickets", "its only number stands once"},
      {"list whose pages overlap", std::string(kList) + rows_of(200, 198), "tickets",
       "the first 200 rows have 198 different numbers"},
      {"audit with the columns of a list", std::string(kList) + rows_of(200, 150),
       "servicenow-audit", "numbers repeat: 150 different numbers in the first 200 rows"},
      {"audit of one item", std::string(kList) + rows_of(5, 1), "servicenow-audit",
       "1 number in the first 5 rows"},
      {"sequence, no repeats",
       audit + ",sys_mod_count\nI1,New,2026-01-02,2026-01-01,2026-01-03,0\n"
               "I2,New,2026-01-02,2026-01-01,2026-01-03,0\n",
       "servicenow-audit", "the header has all columns it needs"},
      {"no dates of tickets", "number,state,sys_updated_on\nI1,New,2026-01-02\n",
       "servicenow-audit", "the header has all columns it needs"},
      {"no rows", std::string(kList), "servicenow-audit", "the header has all columns it needs"},
  };
  for (const Case& each : cases) {
    const Batch batch = value_of(read_text(each.text));
    EXPECT_EQ(batch.format, each.format) << each.name;
    EXPECT_TRUE(says(batch.statements, each.statement)) << each.name;
  }
}

// Headers as tools for process mining write them.
TEST(Formats, AnEventLogIsKnownByTheNamesOfOthers) {
  const std::string headers[] = {
      "case_id,activity,timestamp,resource", "Case ID,Activity,Complete Timestamp,Resource",
      "case:concept:name,concept:name,time:timestamp,org:resource",
      "CaseID,ActivityName,EventTime,Resource", "Issue Key,New Status,Transition Date,Resource"};
  for (const std::string& header : headers) {
    const Batch batch = value_of(
        read_text(header + "\nA,Open,2026-01-02T08:00:00Z,u1\nA,Done,2026-01-03T08:00:00Z,u1\n"));
    EXPECT_EQ(batch.format, "events") << header;
    EXPECT_EQ(events_of(batch), (std::vector<std::string>{"A 2026-01-02T08:00:00Z Open",
                                                          "A 2026-01-03T08:00:00Z Done"}))
        << header;
  }
}

TEST(Formats, AListOfTicketsWithTheColumnsOfEventsIsToldByItsNumbers) {
  const std::string header = "case_id,created,closed,event,timestamp\n";
  const auto row = [](const std::string& id, const std::string& event) {
    return id + ",2026-01-02,2026-01-05," + event + ",2026-01-06\n";
  };
  const Batch list = value_of(read_text(header + row("A", "mail") + row("B", "call")));
  EXPECT_EQ(list.format, "tickets");
  const Batch log = value_of(read_text(header + row("A", "Open") + row("A", "Done")));
  EXPECT_EQ(log.format, "events");
}

TEST(Formats, TheListOfServiceNowIsReadWithItsEnds) {
  for (const char* format : {"auto", "tickets"}) {
    Options options;
    options.format = format;
    EXPECT_EQ(events_of(value_of(read_text(std::string(kList) + rows_of(1, 1), options))),
              (std::vector<std::string>{"INC0 2026-01-02T08:00:00Z Created",
                                        "INC0 2026-01-03T08:00:00Z Closed"}));
  }
}

TEST(Formats, AListThatIsReadAsAnAuditIsWarnedOf) {
  Options options;
  options.format = "servicenow-audit";
  const auto warns = [&](std::size_t rows, std::size_t different) {
    return says(
        value_of(read_text(std::string(kList) + rows_of(rows, different), options)).warnings,
        "the file has one row an item");
  };
  EXPECT_TRUE(warns(20, 20));
  EXPECT_FALSE(warns(19, 19)) << "few items may have one row each";
  EXPECT_FALSE(warns(21, 20));
  const Batch batch = value_of(read_text(std::string(kList) + rows_of(1500, 1500), options));
  EXPECT_TRUE(says(batch.warnings, "each of the 1,500 rows is another item"));
  EXPECT_TRUE(says(batch.warnings, "say --format tickets"));
}
}  // namespace
}  // namespace tiebeam::ingest
