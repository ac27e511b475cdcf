#include "ingest/tickets.h"

#include "ingest/test_support.h"

namespace tiebeam::ingest {
namespace {

TEST(Tickets, BecomeTheirCreationAndTheirEnd) {
  const Batch batch = value_of(
      read_text("Issue key,Issue id,Summary,Status,Created,Resolved,Assignee,Label,Label\n"
                "AB-1,1,\"Printer \"\"dead\"\"\",Done,21/Nov/26 7:00 AM,22/Nov/26 7:00 PM,Ann,x,y\n"
                "AB-2,2,Slow,In Progress,21/Nov/26 8:00 AM,,Bob,,\n"));
  EXPECT_EQ(batch.format, "tickets");
  EXPECT_TRUE(batch.is_ticket_list);
  EXPECT_EQ(events_of(batch), (std::vector<std::string>{"AB-1 2026-11-21T07:00:00Z Created",
                                                        "AB-1 2026-11-22T19:00:00Z Done",
                                                        "AB-2 2026-11-21T08:00:00Z Created"}));
  const EventTable &events = batch.tables[0], &facts = batch.tables[1];
  EXPECT_EQ(events.column("seq").wide, (std::vector<std::int64_t>{0, 1, 0}));
  EXPECT_NE(events.identity[0], events.identity[1]) << "one row, two events";
  ASSERT_EQ(facts.rows(), 3u);
  EXPECT_EQ(text_at(facts, "status", 2), "In Progress");
  EXPECT_EQ(text_at(facts, "title", 0), "Printer \"dead\"");
  EXPECT_EQ(instant_at(facts, "created", 0), "2026-11-21T07:00:00Z");
  EXPECT_TRUE(says(batch.warnings, "cycle time, waiting and handoffs are not measurable"));
  EXPECT_TRUE(says(batch.warnings, "REST changelog"));
  EXPECT_EQ(batch.state_map.class_of("Created"), StateClass::wait);
  EXPECT_EQ(batch.state_map.class_of("Done"), StateClass::done);
  EXPECT_EQ(batch.state_map.class_of("In Progress"), StateClass::active);
}

TEST(Tickets, ColumnsAreKnownInFiveLanguages) {
  for (const std::string_view header :
       {"Ticket number;Opened;Closed", "Schl\xC3\xBCssel;Erstellt;Geschlossen",
        "Vorgangsschl\xC3\xBCssel;Erstellt am;Abgeschlossen am",
        "Cl\xC3\xA9 de ticket;Date de cr\xC3\xA9"
        "ation;Date de cl\xC3\xB4ture",
        "Clave;Fecha de creaci\xC3\xB3n;Fecha de cierre", "Sleutel;Aangemaakt op;Gesloten op",
        "ID;Created at;Closed at"}) {
    const auto read = read_text(std::string(header) + "\n1;2026-01-02;2026-01-03\n");
    ASSERT_EQ(code_of(read), "ok") << header << (read ? "" : read.error().error.message);
    EXPECT_EQ(read->format, "tickets") << header;
    EXPECT_EQ(events_of(*read), (std::vector<std::string>{"1 2026-01-02T00:00:00Z Created",
                                                          "1 2026-01-03T00:00:00Z Closed"}))
        << header;
  }
}

TEST(Tickets, ColumnsOfUnknownNameAreKnownByContent) {
  Options options;
  options.format = "tickets";
  const Batch batch =
      value_of(read_text("Foo,Bar,Baz\nT-1,low,2026-01-02\nT-2,low,2026-01-03\n", options));
  EXPECT_EQ(events_of(batch), (std::vector<std::string>{"T-1 2026-01-02T00:00:00Z Created",
                                                        "T-2 2026-01-03T00:00:00Z Created"}));
  EXPECT_TRUE(says(batch.warnings, "the column 'Foo' is read as key"));
  EXPECT_TRUE(says(batch.warnings, "the column 'Baz' is read as created"));
  EXPECT_EQ(code_of(read_text("Foo,Bar,Baz\nT-1,2026-01-05,2026-01-02\n", options)),
            "ingest.missing_column")
      << "two could be it";
}

TEST(Tickets, ResolvedCountsBeforeClosedAndTheStatusNamesTheEnd) {
  const Batch batch =
      value_of(read_text("key,created,resolved,closed,status\n"
                         "1,2026-01-01,2026-01-02,2026-01-09,Closed\n2,2026-01-01,,2026-01-09,"
                         "Cancelled\n3,2026-01-01,2026-01-02,,\n4,2026-01-01,,2026-01-03,\n"));
  EXPECT_EQ(events_of(batch),
            (std::vector<std::string>{
                "1 2026-01-01T00:00:00Z Created", "1 2026-01-02T00:00:00Z Closed",
                "2 2026-01-01T00:00:00Z Created", "2 2026-01-09T00:00:00Z Cancelled",
                "3 2026-01-01T00:00:00Z Created", "3 2026-01-02T00:00:00Z Resolved",
                "4 2026-01-01T00:00:00Z Created", "4 2026-01-03T00:00:00Z Closed"}));
  EXPECT_EQ(batch.state_map.class_of("Cancelled"), StateClass::cancelled);
}

TEST(Tickets, AStatusWithoutKnownWordsIsReadByItsTickets) {
  const Batch batch =
      value_of(read_text("key,created,closed,status\n1,2026-01-01,2026-01-02,Zorp\n2,2026-01-01,,"
                         "Blip\n3,2026-01-01,,Closed\n"));
  EXPECT_EQ(batch.state_map.class_of("Zorp"), StateClass::done);
  EXPECT_EQ(batch.state_map.class_of("Blip"), std::nullopt);
  EXPECT_TRUE(says(batch.statements,
                   "'Zorp' is read as done (guessed: its only ticket carries a date of its end)"));
  EXPECT_TRUE(says(batch.warnings, "1 ticket is 'Closed' without a date of its end"));
  EXPECT_TRUE(says(batch.warnings, "'Blip'"));
}

TEST(Tickets, TheDatesOfAListShareOneOrder) {
  const Batch batch = value_of(read_text("key,created,resolved\n1,1/13/2026 8:00,2/3/2026 8:00\n"));
  EXPECT_EQ(events_of(batch)[1], "1 2026-02-03T08:00:00Z Resolved");
  EXPECT_EQ(code_of(read_text("key,created,resolved\n1,1/13/2026 8:00,14/2/2026 8:00\n")),
            "ingest.two_date_orders");
}

TEST(Tickets, AnEndWithoutATimeOnTheDayOfTheCreationIsNotBeforeIt) {
  const Batch batch = value_of(
      read_text("key,created,closed\n1,2/3/2026 14:30,2/3/2026\n2,2/3/2026 14:30,13/3/2026\n"));
  EXPECT_EQ(events_of(batch),
            (std::vector<std::string>{
                "1 2026-03-02T14:30:00Z Created", "1 2026-03-02T14:30:00Z Closed",
                "2 2026-03-02T14:30:00Z Created", "2 2026-03-13T00:00:00Z Closed"}));
  EXPECT_TRUE(says(batch.statements, "1 ticket ends on the day of creation"));
}

TEST(Tickets, AnEndBeforeTheCreationIsWarnedOf) {
  const Batch batch =
      value_of(read_text("key,created,closed\n1,2026-03-02 08:00,2026-03-03 08:00\n2,2026-03-02 "
                         "08:00,2026-03-01 08:00\n"
                         "3,2026-03-02 08:00,2026-03-02 07:00\n"));
  EXPECT_TRUE(says(batch.warnings, "2 tickets end before creation, the first in line 3"));
}

TEST(Tickets, WithoutAnEndNothingIsFinishedAndThatIsSaid) {
  const Batch batch = value_of(read_text("key,created,status\n1,2026-01-01,Open\n"));
  EXPECT_TRUE(says(batch.warnings, "no ticket counts as finished"));
}

std::string list_of(int tickets) {
  std::string out = "ID,Created,Closed,Status\n";
  for (int id = 1; id <= tickets; ++id)
    out += "T-" + std::to_string(id) + ",2026-01-02,2026-01-05,Closed\n";
  return out;
}

TEST(Tickets, FewRepeatedKeysAreWarnedOf) {
  const std::string again = "T-7,2026-01-02,2026-01-06,Closed\n";
  const Batch batch = value_of(read_text(list_of(99) + again));
  EXPECT_TRUE(
      says(batch.warnings,
           "in 'ID' 1 row repeats the key of a row before, such as 'T-7' in lines 8 and 101"));
  EXPECT_FALSE(says(value_of(read_text(list_of(99))).warnings, "repeat"));
  const std::string same = "T-7,2026-01-02,2026-01-05,Closed\n";
  EXPECT_FALSE(says(value_of(read_text(list_of(99) + same)).warnings, "repeat"))
      << "a row that repeats another to the letter is no second ticket";
}

TEST(Tickets, ManyRepeatedKeysAreRefused) {
  std::string text = list_of(97);
  for (const char* key : {"T-3", "T-4", "T-5"}) text += std::string(key) + ",2026-02-02,,Open\n";
  const auto read = read_text(text);
  ASSERT_EQ(code_of(read), "ingest.repeated_keys");
  const Error& fault = read.error().error;
  EXPECT_EQ(fault.message,
            "'file.csv', in 'ID' 3 rows repeat the key of a row before, such as 'T-3' in lines 4 "
            "and 99: a ticket list has one row a ticket");
  EXPECT_EQ(fault.field, "ID");
  EXPECT_EQ(fault.found, "T-3");
  EXPECT_TRUE(fault.hint.contains("--column NAME=key"));
  EXPECT_TRUE(fault.hint.contains("--format events"));
}

TEST(Tickets, AKeyThatTellsRowsApartIsPreferred) {
  struct Case {
    const char *name, *text, *first, *warning;
  };
  const Case cases[] = {
      {"id before a general word", "Ref,ID,Created\nx,1,2026-01-02\nx,2,2026-01-02\n", "1", ""},
      {"number behind id", "Number,Id,Created\n7,1,2026-01-02\n7,2,2026-01-02\n", "1", ""},
      {"empty", "Ticket ID,Number,Created\n,T1,2026-01-02\n,T2,2026-01-02\n", "T1",
       "the column 'Number' is read as key: 'Ticket ID' is empty in the first 2 rows"},
      {"repeats",
       "ID,Ref,Created\nc,T1,2026-01-02\nc,T2,2026-01-02\nc,T3,2026-01-02\nc,T4,2026-01-02\n", "T1",
       "the column 'Ref' is read as key: 'ID' has 1 different value in the first 4 rows"},
      {"good", "Case ID,ID,Created\nc,T1,2026-01-02\nd,T2,2026-01-02\n", "c", ""}};
  for (const Case& each : cases) {
    const Batch batch = value_of(read_text(each.text));
    EXPECT_EQ(text_at(batch.tables[0], "item", 0), each.first) << each.name;
    EXPECT_EQ(says(batch.warnings, "is read as key"), *each.warning != '\0') << each.name;
    EXPECT_TRUE(says(batch.warnings, each.warning)) << each.name;
  }
  Options options;
  options.columns = {{"ID", "key"}};
  EXPECT_EQ(code_of(read_text(cases[3].text, options)), "ingest.repeated_keys") << "as was chosen";
  EXPECT_EQ(code_of(read_text("Case ID,ID,Created\nc,T1,2026-01-02\nc,T2,2026-01-02\n"
                              "c,T3,2026-01-02\nc,T4,2026-01-02\n")),
            "ingest.repeated_keys")
      << "the number of a case that repeats is that of a log";
}

TEST(Tickets, KeysInGroupsOfDigitsAreTold) {
  const Batch batch =
      value_of(read_text("ID,Created\n999,2026-01-02\n1 234,2026-01-02\n12 345,2026-01-02\n"));
  EXPECT_EQ(events_of(batch)[1], "1234 2026-01-02T00:00:00Z Created");
  EXPECT_TRUE(
      says(batch.warnings,
           "in 'ID' 2 keys are written in groups of digits, such as '1 234': read as '1234'"));
  EXPECT_FALSE(says(value_of(read_text("ID,Created\n999,2026-01-02\n")).warnings, "groups"));
}

TEST(Tickets, DatesNameTheirOwnColumnAndTheFile) {
  const auto one =
      read_text("key,Opened,Resolved on\n1,2026-01-01,13/1/2026\n2,2026-01-01,1/14/2026\n");
  ASSERT_EQ(code_of(one), "ingest.two_date_orders");
  EXPECT_EQ(one.error().error.field, "Resolved on");
  EXPECT_TRUE(one.error().error.message.starts_with(
      "'file.csv', column 'Resolved on' has dates in two orders: '13/1/2026' (line 2)"));
  const auto two = read_text("key,Opened,Resolved on\n1,1/13/2026,14/2/2026\n");
  ASSERT_EQ(code_of(two), "ingest.two_date_orders");
  EXPECT_TRUE(two.error().error.message.starts_with(
      "'file.csv', columns 'Opened' and 'Resolved on' have dates in two orders: '14/2/2026' "
      "('Resolved on', line 2) puts the day first, '1/13/2026' ('Opened', line 2) the month"));
  Options options;
  options.date_order = "month-first";
  const auto said = read_text("key,Opened,Resolved on\n1,2026-01-01,14/2/2026\n", options);
  ASSERT_EQ(code_of(said), "ingest.two_date_orders");
  EXPECT_EQ(said.error().error.field, "Resolved on");
  EXPECT_TRUE(said.error().error.message.starts_with("'file.csv', column 'Resolved on' is said"));
}

TEST(Tickets, BadRowsAreRejected) {
  const auto read =
      read_text("key,created,resolved\n,2026-01-01,\n1,,\n2,2026-01-01,soon\n3,1969-01-01,\n");
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().rejected, 4);
  EXPECT_EQ(read.error().rejects[2].column, "resolved");
}
}  // namespace
}  // namespace tiebeam::ingest
