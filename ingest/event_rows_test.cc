#include "ingest/event_rows.h"

#include <random>
#include <set>

#include "ingest/test_support.h"

namespace tiebeam::ingest {
namespace {
constexpr std::string_view kServiceNowHeader =
    "number,incident_state,sys_updated_at,opened_at,assignment_group,assigned_to,sys_mod_count,"
    "closed_at\n";

std::string rejects_of(const Failure& failure) {
  std::string out;
  for (const Reject& each : failure.rejects)
    out += std::to_string(each.line) + " " + each.column + " '" + each.found + "' " +
           each.expected + "\n";
  return out;
}

TEST(Events, EveryColumnFindsItsPlace) {
  const Batch batch =
      value_of(read_text("Item,AT,State,created,type,assignee,team,title,value_stream,initiative,"
                         "service,priority,blocked,seq,other\n"
                         "A-1,2026-03-04T05:06:07Z,Open,2026-03-01T00:00:00Z,Bug,Ann,Red,\"A, "
                         "B\",orders,churn,shop,high,true,3,x\n"));
  const EventTable &events = batch.tables[0], &facts = batch.tables[1];
  EXPECT_EQ(events_of(batch), (std::vector<std::string>{"A-1 2026-03-04T05:06:07Z Open"}));
  EXPECT_EQ(text_at(events, "team", 0), "Red");
  EXPECT_EQ(text_at(events, "assignee", 0), "Ann");
  EXPECT_EQ(events.column("seq").wide[0], 3);
  EXPECT_EQ(events.column("blocked").narrow[0], 1u);
  EXPECT_EQ(events.line[0], 2u);
  EXPECT_EQ(instant_at(facts, "created", 0), "2026-03-01T00:00:00Z");
  for (const auto& [column, value] :
       {std::pair("type", "Bug"), std::pair("title", "A, B"), std::pair("value_stream", "orders"),
        std::pair("initiative", "churn"), std::pair("service", "shop"),
        std::pair("priority", "high"), std::pair("status", "")})
    EXPECT_EQ(text_at(facts, column, 0), value) << column;
  EXPECT_EQ(batch.accepted, 1);
  EXPECT_EQ(batch.warnings.size(), 1u) << "only the guessed state";
}

TEST(Events, FactsAreKeptWhenTheyChangeAndAtTheEnd) {
  const Batch batch = value_of(read_text(
      "item,at,state,priority\nA,2026-01-01T00:00Z,x,low\nA,2026-01-02T00:00Z,y,low\nB,2026-01-"
      "02T00:00Z,y,low\nA,2026-01-03T00:00Z,y,high\nA,2026-01-04T00:00Z,z,high\n"));
  EXPECT_EQ(batch.tables[1].line, (std::vector<std::uint32_t>{2, 4, 5, 6}));
}

TEST(Events, FactsOfOneInstantAreOne) {
  const Batch batch =
      value_of(read_text("item,at,state,seq,priority,type\nA,2026-01-01T00:00Z,x,0,low,bug\nA,2026-"
                         "01-01T00:00Z,y,1,,\n"));
  ASSERT_EQ(batch.tables[1].rows(), 1u);
  EXPECT_EQ(text_at(batch.tables[1], "priority", 0), "low");
  EXPECT_EQ(text_at(batch.tables[1], "type", 0), "bug");
}

TEST(Events, AFileThatSaysNothingOfItemsHasNoFacts) {
  const Batch batch =
      value_of(read_text("item,at,state,team,assignee,type,created\n"
                         "A,2026-01-01T00:00Z,x,Blue,Ada,,\n"
                         "A,2026-01-02T00:00Z,y,Blue,Ada, ,\n"));
  EXPECT_EQ(batch.tables[0].rows(), 2u);
  EXPECT_EQ(batch.tables[1].rows(), 0u);
}

TEST(Events, FactsDoNotDependOnTheOrderOfRows) {
  std::vector<std::string> rows = {"A,2026-01-01T00:00Z,x,low",  "A,2026-01-02T00:00Z,x,high",
                                   "A,2026-01-03T00:00Z,x,low",  "A,2026-01-04T00:00Z,x,low",
                                   "A,2026-01-05T00:00Z,x,high", "B,2026-01-01T00:00Z,x,"};
  std::mt19937_64 rng(7);
  for (int round = 0; round < 50; ++round) {
    std::string text = "item,at,state,priority\n";
    for (const auto& row : rows) text += row + "\n";
    const Batch batch = value_of(read_text(text));
    std::set<std::string> facts;
    for (std::size_t i = 0; i < batch.tables[1].rows(); ++i)
      facts.insert(text_at(batch.tables[1], "item", i) + instant_at(batch.tables[1], "at", i) +
                   text_at(batch.tables[1], "priority", i));
    EXPECT_EQ(facts, (std::set<std::string>{"A2026-01-01T00:00:00Zlow", "A2026-01-02T00:00:00Zhigh",
                                            "A2026-01-03T00:00:00Zlow", "A2026-01-05T00:00:00Zhigh",
                                            "B2026-01-01T00:00:00Z"}))
        << text;
    for (std::size_t i = rows.size() - 1; i > 0; --i) std::swap(rows[i], rows[rng() % (i + 1)]);
  }
}

TEST(Events, ABadRowIsToldWithLineColumnFoundAndExpected) {
  const std::string text =
      "item,at,state,seq,blocked,created\n"
      "A,2026-01-01,Open,,,\n"
      ",2026-01-01,Open,,,\n"
      "B,soon,,,,\n"
      "C,1969-12-31,Open,,,\n"
      "D,9999-12-31,Open,,,\n"
      "E,2026-01-01,Open,two,maybe,never\n"
      "F,2026-01-01,Open\n"
      "G,2026-01-01,Open,,,,,more\n"
      "H,2026-01-01,Open,,,,,\n";
  const auto read = read_text(text);
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().error.code, "ingest.rejected");
  EXPECT_EQ(read.error().rejected, 7);
  EXPECT_EQ(rejects_of(read.error()),
            "3 item '' the key of the work item\n"
            "4 state '' a state\n"
            "4 at 'soon' a date and time such as 2026-11-21T08:30:00Z\n"
            "5 at '1969-12-31' a date from 1990 to 2100\n"
            "6 at '9999-12-31' a date from 1990 to 2100\n"
            "7 created 'never' a date and time such as 2026-11-21T08:30:00Z\n"
            "7 seq 'two' a whole number\n"
            "7 blocked 'maybe' true or false\n"
            "8  '3 fields' 6 fields, as in the header\n"
            "9  '8 fields' 6 fields, as in the header\n");
  EXPECT_TRUE(read.error().error.detail.contains(
      "line 5, at: found '1969-12-31', expected a date from 1990 to 2100"));
  Options skip;
  skip.skip_bad = true;
  skip.reject_limit = 2;
  const Batch batch = value_of(read_text(text, skip));
  EXPECT_EQ(events_of(batch), (std::vector<std::string>{"A 2026-01-01T00:00:00Z Open",
                                                        "H 2026-01-01T00:00:00Z Open"}));
  EXPECT_EQ(batch.rejected, 7);
  EXPECT_EQ(batch.rejects.size(), 2u) << "kept in detail up to the limit";
  EXPECT_TRUE(says(batch.warnings, "7 rows that cannot be read are left out"));
}

TEST(Events, RowsThatRepeatAnotherAreDroppedAndCounted) {
  const Batch batch = value_of(read_text(
      "item,at,state\nA,2026-01-01,x\nA,2026-01-01,x\n\"A\",2026-01-01,x\nA,2026-01-01,y\n"));
  EXPECT_EQ(batch.accepted, 2);
  EXPECT_EQ(batch.repeated, 2);
  EXPECT_TRUE(says(batch.statements, "2 rows repeat others to the letter"));
}

TEST(Events, IdentityIsOfTheRowNotOfItsWriting) {
  const auto identities = [](std::string_view text) {
    return value_of(read_text(text)).tables[0].identity;
  };
  const auto plain = identities("item,at,state\nA,2026-01-01,x\n");
  EXPECT_EQ(identities("item;at;state\r\nA;2026-01-01;\"x\"\r\n"), plain);
  EXPECT_NE(identities("item,at,state\nA,2026-01-01,y\n"), plain);
}

TEST(Events, ManyEventsAtOneInstantKeepTheirOrder) {
  EXPECT_EQ(events_of(value_of(read_text("item,at,state\nA,2026-01-01T00:00Z,x\nA,2026-01-01T00:"
                                         "00Z,y\nA,2026-01-01T00:00Z,x \n"))),
            (std::vector<std::string>{"A 2026-01-01T00:00:00Z x", "A 2026-01-01T00:00:00Z y",
                                      "A 2026-01-01T00:00:00Z x"}));
}

TEST(Events, HoursThatClocksRepeatOrSkipAreSettledByTheItemsOwnOrder) {
  Options options;
  options.zone = berlin();
  options.zone_is_assumed = false;
  const Batch batch =
      value_of(read_text("item,at,state,seq\n"
                         "A,2026-10-25 02:10,a,0\nA,2026-10-25 02:50,b,1\nA,2026-10-25 "
                         "02:10,c,2\nA,2026-10-25 03:30,d,3\n"
                         "B,2026-10-25 02:30,a,0\n"
                         "C,2026-03-29 02:30,a,0\nC,2026-03-29T02:30Z,b,0\n"
                         "D,2026-10-25 02:20,y,1\nD,2026-10-25 02:40,x,0\n",
                         options));
  EXPECT_EQ(
      events_of(batch),
      (std::vector<std::string>{
          "A 2026-10-25T00:10:00Z a", "A 2026-10-25T00:50:00Z b", "A 2026-10-25T01:10:00Z c",
          "A 2026-10-25T02:30:00Z d", "B 2026-10-25T00:30:00Z a", "C 2026-03-29T01:30:00Z a",
          "C 2026-03-29T02:30:00Z b", "D 2026-10-25T01:20:00Z y", "D 2026-10-25T00:40:00Z x"}));
  EXPECT_TRUE(says(batch.warnings, "6 events lie in the hour that clocks show twice"));
  EXPECT_TRUE(says(batch.warnings, "1 event lies in the hour that clocks skip"));
  EXPECT_TRUE(says(batch.statements, "8 of 9 times carry no zone: read as Europe/Berlin"));
}

TEST(Events, AnAssumedZoneIsWarnedOfOnce) {
  const Batch batch = value_of(read_text(
      "item,at,state,created\nA,2026-01-01 00:00,x,2026-01-01 00:00\nB,2026-01-01 00:00,x,\n"));
  EXPECT_EQ(std::ranges::count_if(batch.warnings,
                                  [](const std::string& each) { return each.contains("--tz"); }),
            1);
  EXPECT_TRUE(says(batch.warnings,
                   "times carry no zone: read as UTC; say --tz Europe/Berlin if they are local"));
  EXPECT_FALSE(
      says(value_of(read_text("item,at,state\nA,2026-01-01T00:00Z,x\n")).warnings, "--tz"));
}

TEST(EventLines, ReadTheSameAsTheTable) {
  const Batch batch =
      value_of(read_text("{\"item\":\"A-1\",\"at\":\"2026-03-04T05:06:07Z\",\"state\":\"Open\","
                         "\"blocked\":true,\"seq\":2,\"team\":null,\"tags\":[1]}\r\n\n"
                         "{\"state\":\"Done\",\"item\":7,\"at\":\"2026-03-05T05:06:07Z\","
                         "\"created\":\"2026-03-01T00:00Z\",\"title\":\"a \\\"b\\\"\"}\n"
                         "{\"item\":7,\"state\":\"Done\",\"at\":\"2026-03-05T05:06:07Z\","
                         "\"created\":\"2026-03-01T00:00Z\",\"title\":\"a \\u0022b\\u0022\"}"));
  EXPECT_EQ(batch.format, "events");
  EXPECT_EQ(events_of(batch), (std::vector<std::string>{"A-1 2026-03-04T05:06:07Z Open",
                                                        "7 2026-03-05T05:06:07Z Done"}));
  EXPECT_EQ(batch.repeated, 1) << "the order of keys does not matter";
  EXPECT_EQ(batch.tables[0].column("seq").wide[0], 2);
  EXPECT_EQ(batch.tables[0].column("blocked").narrow[0], 1u);
  EXPECT_EQ(text_at(batch.tables[1], "title", 1), "a \"b\"");
  EXPECT_EQ(batch.tables[0].line, (std::vector<std::uint32_t>{1, 3}));
}

TEST(EventLines, BadLinesAreRejected) {
  const auto read = read_text(
      "{\"item\":\"A\",\"at\":\"2026-01-01\",\"state\":\"x\"}\n{\"item\":\"A\"\n[1]\n"
      "{\"item\":[1],\"at\":\"2026-01-01\",\"state\":\"x\"}\n{\"item\":\"A\",\"item\":\"B\",\"at\":"
      "\"2026-01-01\",\"state\":\"x\"}\n");
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().rejected, 4);
  EXPECT_EQ(read.error().rejects[0].line, 2u);
  EXPECT_EQ(read.error().rejects[1].expected, "a JSON object");
  EXPECT_EQ(read.error().rejects[2].column, "item");
}

TEST(ServiceNow, ReadsStateTeamSequenceAndOpening) {
  const Batch batch = value_of(read_text(
      std::string(kServiceNowHeader) +
      "INC1,New,29/2/2016 01:23,29/2/2016 01:16,Group 56,?,0,5/3/2016 12:00\n"
      "INC1,Awaiting User Info,1/3/2016 08:53,29/2/2016 01:16,Group 56,Ann,2,5/3/2016 12:00\n"
      "INC1,Closed,5/3/2016 12:00,29/2/2016 01:16,?,Ann,4,5/3/2016 12:00\n"));
  EXPECT_EQ(batch.format, "servicenow-audit");
  EXPECT_EQ(events_of(batch),
            (std::vector<std::string>{"INC1 2016-02-29T01:23:00Z New",
                                      "INC1 2016-03-01T08:53:00Z Awaiting User Info",
                                      "INC1 2016-03-05T12:00:00Z Closed"}));
  const EventTable &events = batch.tables[0], &facts = batch.tables[1];
  EXPECT_EQ(text_at(events, "assignee", 0), "") << "? is missing";
  EXPECT_EQ(text_at(events, "team", 2), "");
  EXPECT_EQ(events.column("seq").wide, (std::vector<std::int64_t>{0, 2, 4}));
  ASSERT_EQ(facts.rows(), 2u);
  EXPECT_EQ(instant_at(facts, "created", 0), "2016-02-29T01:16:00Z");
  EXPECT_EQ(text_at(facts, "type", 0), "incident");
  EXPECT_FALSE(batch.state_map_is_guess);
  EXPECT_EQ(batch.state_map.class_of("Awaiting Vendor"), StateClass::blocked);
  EXPECT_EQ(batch.state_map.class_of("Resolved"), StateClass::wait);
  EXPECT_EQ(batch.state_map.order,
            (std::vector<std::string>{"New", "Active", "Resolved", "Closed"}));
}

TEST(ServiceNow, UndecidableDatesAreDayFirst) {
  const Batch batch = value_of(read_text(std::string(kServiceNowHeader) +
                                         "INC1,New,2/3/2016 01:23,1/3/2016 01:16,G,?,0,?\n"));
  EXPECT_EQ(events_of(batch)[0], "INC1 2016-03-02T01:23:00Z New");
  EXPECT_TRUE(says(batch.statements, "servicenow-audit exports are written so"));
}

TEST(ServiceNow, FinalValuesOfTheItemAreNeverRead) {
  const auto with = [](std::string_view closed) {
    return events_of(value_of(read_text(std::string(kServiceNowHeader) +
                                        "INC1,New,29/2/2016 01:23,29/2/2016 01:16,G,?,0," +
                                        std::string(closed) + "\n")));
  };
  EXPECT_EQ(with("5/3/2016 12:00"), with("nonsense"));
}

TEST(ServiceNow, TheOrderOfRowsDoesNotMatter) {
  std::vector<std::string> rows;
  std::mt19937_64 rng(11);
  for (int i = 0; i < 200; ++i)
    rows.push_back("INC" + std::to_string(rng() % 20) + ",Active," +
                   std::to_string(1 + rng() % 28) + "/3/2016 0" + std::to_string(rng() % 10) +
                   ":10,1/3/2016 00:00,G,P," + std::to_string(i) + ",?");
  std::multiset<std::string> first;
  for (int round = 0; round < 5; ++round) {
    std::string text(kServiceNowHeader);
    for (const auto& row : rows) text += row + "\n";
    const auto events = events_of(value_of(read_text(text)));
    const std::multiset<std::string> set(events.begin(), events.end());
    if (round == 0) first = set;
    EXPECT_EQ(set, first);
    for (std::size_t i = rows.size() - 1; i > 0; --i) std::swap(rows[i], rows[rng() % (i + 1)]);
  }
}
}  // namespace
}  // namespace tiebeam::ingest
