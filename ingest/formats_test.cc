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

TEST(Formats, ADoubledRowMakesNoLog) {
  const std::string header = "case_id,created,closed,event,timestamp\n";
  const auto row = [](int id, const std::string& event) {
    return std::to_string(id) + ",2026-01-02,2026-01-05," + event + ",2026-01-06\n";
  };
  std::string list = header;
  for (int id = 1; id <= 60; ++id) list += row(id, "mail");
  EXPECT_EQ(value_of(read_text(list + row(1, "mail") + row(2, "mail") + row(3, "mail"))).format,
            "tickets")
      << "rows that are alike to the letter";
  EXPECT_EQ(value_of(read_text(list + row(1, "call"))).format, "tickets") << "one with a change";
  EXPECT_EQ(value_of(read_text(list + row(1, "call") + row(2, "call"))).format, "events");
}

TEST(Formats, NamesThatNoListHasMakeALogWithoutRepeats) {
  for (const std::string header :
       {"Issue Key,Created,To Status,Transition Date",
        "Issue Key,Created,New Status,Transition Date",
        "case:concept:name,Created,concept:name,time:timestamp,Issue Key"}) {
    const auto fields = static_cast<std::size_t>(std::ranges::count(header, ',')) + 1;
    const std::string row = "A,2026-01-02,Open,2026-01-03";
    const Batch batch = value_of(read_text(header + "\n" + row + (fields > 4 ? ",A\n" : "\n")));
    EXPECT_EQ(batch.format, "events") << header;
  }
}

TEST(Formats, ALogThatRepeatsBehindTheSampleIsRefusedAsAList) {
  std::string text = "case_id,created,event,timestamp\n";
  for (const char* event : {"Open", "Done"})
    for (int id = 0; id < 2000; ++id)
      text += std::to_string(id) + ",2026-01-02 08:00," + event + ",2026-01-03 08:00\n";
  const auto read = read_text(text);
  ASSERT_EQ(code_of(read), "ingest.repeated_keys");
  EXPECT_TRUE(read.error().error.hint.contains("--format events"));
  Options options;
  options.format = "events";
  EXPECT_EQ(value_of(read_text(text, options)).accepted, 4000);
}

TEST(Formats, ABracketAloneIsNoJson) {
  for (const char* header : {"[ID],[Created]", "[ ID ],Created"})
    EXPECT_EQ(value_of(read_text(std::string(header) + "\n1,2026-01-02\n")).format, "tickets")
        << header;
  for (const char* json : {"[{\"item\":\"A\"}]", "[]", "[", " [ [1,2]]", "[\"item\"]", "[1, 2]",
                           "[-1]", "[true]", "[null, 1]"})
    EXPECT_EQ(code_of(read_text(json)), "ingest.unknown_format") << json;
  EXPECT_TRUE(read_text("[]").error().error.message.contains("one JSON array"));
}

TEST(Formats, AWebPageIsNoData) {
  for (const char* page :
       {"<!DOCTYPE html>\n<html><head><title>Log in</title></head></html>", "<html lang=\"en\">",
        "\n <!-- saved from url -->\n<HTML><body/></HTML>",
        "<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0\" \"x\"><html/>"})
    for (const char* format : {"auto", "tickets", "xes"}) {
      Options options;
      options.format = format;
      const auto read = read_text(page, options);
      ASSERT_EQ(code_of(read), "ingest.unknown_format") << page;
      EXPECT_TRUE(read.error().error.message.contains("is a web page, often a log-in page"));
      EXPECT_TRUE(read.error().error.hint.contains("log in again and export the file"));
    }
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
