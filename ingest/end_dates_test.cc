#include "ingest/end_dates.h"

#include "ingest/test_support.h"

namespace tiebeam::ingest {
namespace {

TEST(EndDates, ThatAreNotUnderstoodAreAnErrorNotSilence) {
  struct Case {
    const char* name;
    std::string text, message;  // no message: it is read
  };
  const Case cases[] = {
      {"a state says over, the date has an unknown name",
       "key,created,Zorped,status\n1,2026-01-02,2026-01-03,Closed\n2,2026-01-02,,Open\n",
       ", though 1 ticket is 'Closed': the date column 'Zorped' is not understood"},
      {"in German", "ID;Erstellt;Vollbracht;Status\n1;2026-01-02;2026-01-03;Erledigt\n",
       ", though 1 ticket is 'Erledigt': the date column 'Vollbracht' is not understood"},
      {"two dates", "key,created,Foo,Bar,status\n1,2026-01-02,2026-01-03,2026-01-01,Done\n",
       ": the date columns 'Foo', 'Bar' are not understood"},
      {"no further date", "key,created,status,updated\n1,2026-01-02,Resolved,2026-01-09\n",
       ", though 1 ticket is 'Resolved': there is no column 'resolved' or 'closed'"},
      {"the date is empty everywhere",
       "key,created,closed_at,status\n1,2026-01-02,,Closed\n2,2026-01-02,,Closed\n",
       ", though 2 tickets are 'Closed': 'closed_at' is empty in every row"},
      {"no status, a date that is never earlier",
       "key,created,Foo\n1,2026-01-02,2026-01-03\n2,2026-01-02,\n3,2026-01-02,2026-01-02\n",
       "counts as finished: the date column 'Foo' is not understood"},
      {"the same day without a time", "key,created,Foo\n1,2026-01-02 08:00,2026-01-02\n",
       "the date column 'Foo'"},
      {"a state of unknown words", "key,created,Foo,status\n1,2026-01-02,2026-01-03,Zorp\n",
       "the date column 'Foo'"},
      {"month first", "key,created,Foo\n1,1/13/2026,2/1/2026\n2,2/12/2026,3/1/2026\n",
       "the date column 'Foo'"},
      {"states of open tickets",
       "key,created,Foo,status\n1,2026-01-02,2026-01-03,Open\n2,2026-01-02,,In progress\n", ""},
      {"a date that is earlier once",
       "key,created,Foo\n1,2026-01-02,2026-01-03\n2,2026-01-02,2026-01-01\n", ""},
      {"earlier when the day stands first",
       "key,created,Foo\n1,13/1/2026,1/2/2026\n2,2/12/2026,3/1/2026\n", ""},
      {"the last change and the due date",
       "key,created,updated,due\n1,2026-01-02,2026-01-03,2026-01-08\n", ""},
      {"no further column", "key,created\n1,2026-01-02\n", ""},
      {"no row", "key,created,closed,status\n", ""},
      {"one is finished",
       "key,created,closed,Foo,status\n1,2026-01-02,,2026-01-03,Closed\n"
       "2,2026-01-02,2026-01-03,,Closed\n",
       ""},
      {"cancelled only", "key,created,status\n1,2026-01-02,Cancelled\n", ""},
  };
  for (const Case& each : cases) {
    const auto read = read_text(each.text);
    ASSERT_EQ(code_of(read), each.message.empty() ? "ok" : "ingest.no_end_date") << each.name;
    if (read) continue;
    const Error& error = read.error().error;
    EXPECT_TRUE(error.message.contains(each.message)) << each.name << ": " << error.message;
    EXPECT_TRUE(error.hint.contains("'closed'") && error.hint.contains("'resolved'")) << each.name;
  }
}

TEST(EndDates, AGivenStateMapSaysWhatIsOver) {
  Options options;
  options.state_map.emplace();
  options.state_map->states = {{"Closed", StateClass::wait}, {"Zorp", StateClass::done}};
  EXPECT_EQ(code_of(read_text("key,created,status\n1,2026-01-02,Closed\n", options)), "ok");
  EXPECT_EQ(code_of(read_text("key,created,status\n1,2026-01-02,Zorp\n", options)),
            "ingest.no_end_date");
}

TEST(EndDates, AreMissingWhereASignStandsForNone) {
  EXPECT_EQ(
      events_of(value_of(
          read_text("key,created,resolved,closed\n1,2026-01-02,?,2026-01-03\n2,2026-01-02,-,-\n"))),
      (std::vector<std::string>{"1 2026-01-02T00:00:00Z Created", "1 2026-01-03T00:00:00Z Closed",
                                "2 2026-01-02T00:00:00Z Created"}));
  EXPECT_EQ(code_of(read_text("key,created\n1,?\n")), "ingest.rejected");
  EXPECT_EQ(code_of(read_text("key,created,Foo\n1,2026-01-02,-\n2,2026-01-02,2026-01-03\n")),
            "ingest.no_end_date");
}

TEST(EndDates, BadRowsAreToldFirst) {
  EXPECT_EQ(code_of(read_text("key,created,status\n1,2026-01-02,Closed\n2,soon,Closed\n")),
            "ingest.rejected");
}
}  // namespace
}  // namespace tiebeam::ingest
