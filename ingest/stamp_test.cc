#include "ingest/stamp.h"

#include "ingest/date_orders.h"
#include "ingest/stamp_column.h"
#include "ingest/test_support.h"

namespace tiebeam::ingest {
namespace {

// The instant of a stamp read under an order, as ISO text; "" when it is no stamp.
std::string read(std::string_view text, DateOrder order = DateOrder::day_first) {
  StampColumn column("at");
  const auto packed = column.read(text, 1);
  if (!std::holds_alternative<Packed>(packed)) return "";
  return format_instant(Instant{Micros{StampColumn::micros(std::get<Packed>(packed), order)}});
}

TEST(Stamp, ReadsTheWaysSourcesWriteTime) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"2016-05-01", "2016-05-01T00:00:00Z"},
      {"2016-05-01T08:00", "2016-05-01T08:00:00Z"},
      {"2016-05-01 08:00:30", "2016-05-01T08:00:30Z"},
      {"2016-05-01T08:00:30.123456Z", "2016-05-01T08:00:30.123456Z"},
      {"2016-05-01T08:00:30,5Z", "2016-05-01T08:00:30.5Z"},
      {"2016-05-01T08:00:30.1234567891Z", "2016-05-01T08:00:30.123456Z"},
      {"2016-05-01T08:00:00+02:00", "2016-05-01T06:00:00Z"},
      {"2016-05-01T08:00:00-0530", "2016-05-01T13:30:00Z"},
      {"2016-05-01 08:00:00 UTC", "2016-05-01T08:00:00Z"},
      {"2016-05-01 08:00:00 +01", "2016-05-01T07:00:00Z"},
      {"2016/05/01 08:00", "2016-05-01T08:00:00Z"},
      {"2016.5.1", "2016-05-01T00:00:00Z"},
      {"29/2/2016 01:16", "2016-02-29T01:16:00Z"},
      {"21.11.2026 07:00:01", "2026-11-21T07:00:01Z"},
      {"21.11.2026, 7.05", "2026-11-21T07:05:00Z"},
      {"1. 5. 2016", "2016-05-01T00:00:00Z"},
      {"21-11-2026", "2026-11-21T00:00:00Z"},
      {"11/21/2026 7:00 PM", "2026-11-21T19:00:00Z"},
      {"21/Nov/26 7:00 AM", "2026-11-21T07:00:00Z"},
      {"21/Nov/26 12:00 am", "2026-11-21T00:00:00Z"},
      {"21/Nov/26 12:30 p.m.", "2026-11-21T12:30:00Z"},
      {"21-nov-2026 07:00", "2026-11-21T07:00:00Z"},
      {"21 Nov 2026", "2026-11-21T00:00:00Z"},
      {"Nov 21, 2026 7:00 AM", "2026-11-21T07:00:00Z"},
      {"November 21 2026", "2026-11-21T00:00:00Z"},
      {"21. M\xC3\xA4rz 2026 07:00", "2026-03-21T07:00:00Z"},
      {"21. Mrz. 2026", "2026-03-21T00:00:00Z"},
      {"3/Dez/26 10:11", "2026-12-03T10:11:00Z"},
      {"21 f\xC3\xA9vr. 2026", "2026-02-21T00:00:00Z"},
      {"1 ao\xC3\xBBt 2026", "2026-08-01T00:00:00Z"},
      {"14 juillet 2026", "2026-07-14T00:00:00Z"},
      {"14 juin 2026", "2026-06-14T00:00:00Z"},
      {"5/ene/26", "2026-01-05T00:00:00Z"},
      {"5 mei 2026", "2026-05-05T00:00:00Z"},
      {"1/2/95", "1995-02-01T00:00:00Z"},
      {" 2016-05-01 ", "2016-05-01T00:00:00Z"},
      {"2016-05-01T24:00", "2016-05-02T00:00:00Z"},
      {"31/12/2026 23:30 +0530", "2026-12-31T18:00:00Z"},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(read(text), expected) << text;
}

TEST(Stamp, TheOrderOfTheColumnDecidesWhatCanBeReadBothWays) {
  EXPECT_EQ(read("3/4/2016 08:00", DateOrder::day_first), "2016-04-03T08:00:00Z");
  EXPECT_EQ(read("3/4/2016 08:00", DateOrder::month_first), "2016-03-04T08:00:00Z");
  EXPECT_EQ(read("1/2/2016 00:30 +0200", DateOrder::day_first), "2016-01-31T22:30:00Z");
  EXPECT_EQ(read("1/2/2016 00:30 +0200", DateOrder::month_first), "2016-01-01T22:30:00Z");
  EXPECT_EQ(read("3/4/2016 24:00", DateOrder::day_first), "2016-04-04T00:00:00Z");
  EXPECT_EQ(read("3/4/2016 24:00", DateOrder::month_first), "2016-03-05T00:00:00Z");
  EXPECT_EQ(read("12/1/2016 23:59:60 +0100", DateOrder::month_first), "2016-12-01T23:00:00Z");
  EXPECT_EQ(read("2016-03-04", DateOrder::month_first), "2016-03-04T00:00:00Z")
      << "ISO has one order";
  EXPECT_EQ(read("3/Apr/16", DateOrder::month_first), "2016-04-03T00:00:00Z")
      << "a name has one meaning";
  for (int day = 1; day <= 12; ++day)
    for (int month = 1; month <= 12; ++month) {
      const std::string text =
          std::to_string(month) + "/" + std::to_string(day) + "/2024 13:14:15.5";
      const std::string swapped =
          std::to_string(day) + "/" + std::to_string(month) + "/2024 13:14:15.5";
      EXPECT_EQ(read(text, DateOrder::month_first), read(swapped, DateOrder::day_first)) << text;
    }
}

TEST(Stamp, RefusesWhatIsNoDate) {
  for (const std::string_view text : {"",
                                      "x",
                                      "soon",
                                      "2016",
                                      "2016-13-01",
                                      "2016-02-30",
                                      "30/2/2016",
                                      "13/13/2016",
                                      "0/1/2016",
                                      "2016-05-01T25:00",
                                      "2016-05-01T08:60",
                                      "2016-05-01x",
                                      "2016-05-01T08:00:00+",
                                      "1/2/201",
                                      "1/2-2016",
                                      "12345",
                                      "21/Foo/26",
                                      "13:00 PM",
                                      "21/11/26 13:00 PM",
                                      "1/2/2016 08:00 +0001"})
    EXPECT_EQ(read(text), "") << text;
}

TEST(Stamp, PlaceholderYearsAreOutOfRange) {
  for (const std::string_view text :
       {"1969-12-31", "1970-01-01T00:00:00Z", "9999-12-31", "1/1/1900", "1989-12-31", "31.12.2101"})
    EXPECT_EQ(std::get<StampFault>(parse_stamp(text)), StampFault::out_of_range) << text;
  EXPECT_EQ(read("1990-01-01"), "1990-01-01T00:00:00Z");
  EXPECT_EQ(read("2100-12-31"), "2100-12-31T00:00:00Z");
}

const OrderHints kMonthFirst{"month-first", DateOrder::undecided, ""};

struct Decided {
  std::string order, said, code;
};
Decided decide(const std::vector<std::string>& at, OrderHints hints = {},
               const std::vector<std::string>& created = {}) {
  StampColumn first("at"), second("created");
  std::uint32_t line = 2;
  for (const std::string& text : at) (void)first.read(text, line++);
  line = 2;
  for (const std::string& text : created) (void)second.read(text, line++);
  const auto orders = decide_date_orders(first, second, hints);
  if (!orders)
    return {"", orders.error().message + " " + orders.error().detail, orders.error().code};
  Decided out{orders->at == DateOrder::month_first ? "month" : "day", "", ""};
  for (const auto& each : orders->statements) out.said += "- " + each + "\n";
  for (const auto& each : orders->warnings) out.said += "! " + each + "\n";
  return out;
}

TEST(DateOrders, AreDecidedByTheWholeColumn) {
  EXPECT_EQ(decide({"1/2/2016 1:00", "13/2/2016 1:00", "14/2/2016 1:00"}).order, "day");
  EXPECT_EQ(decide({"1/2/2016 1:00", "13/2/2016 1:00", "14/2/2016 1:00"}).said,
            "- 'at' has day before month: 2 values have a first part above 12\n");
  EXPECT_EQ(decide({"1/2/2016 1:00", "2/13/2016 1:00"}).order, "month");
  EXPECT_EQ(decide({"1/2/2016 1:00", "2/13/2016 1:00"}).said,
            "- 'at' has month before day: 1 value has a second part above 12\n");
  EXPECT_EQ(decide({"2016-02-03T01:00Z"}).said, "") << "ISO needs no decision";
  EXPECT_EQ(decide({"2/2/2016 1:00"}).said, "") << "nor does the same day either way";
}

TEST(DateOrders, TwoOrdersInOneColumnAreRefusedWithBothLines) {
  const Decided two = decide({"1/2/2016", "13/2/2016", "2/3/2016", "2/14/2016"});
  EXPECT_EQ(two.code, "ingest.two_date_orders");
  EXPECT_TRUE(two.said.contains("'13/2/2016' (line 3)") &&
              two.said.contains("'2/14/2016' (line 5)"))
      << two.said;
  EXPECT_EQ(decide({"13/2/2016"}, kMonthFirst).code, "ingest.two_date_orders");
  EXPECT_EQ(decide({"13/2/2016"}, OrderHints{"monthfirst", DateOrder::undecided, ""}).code,
            "ingest.bad_option");
}

TEST(DateOrders, UndecidedColumnsFollowTheirCircumstances) {
  const std::vector<std::string> open = {"1/2/2016 1:00", "3/4/2016 1:00"};
  EXPECT_EQ(decide(open).order, "day");
  EXPECT_TRUE(decide(open).said.contains("! 'at' has 2 dates that can be read both ways"))
      << decide(open).said;
  EXPECT_TRUE(decide(open).said.contains("--date-order month-first"));
  EXPECT_EQ(decide({"1/2/2016 1:00 PM"}).order, "month") << "AM and PM";
  EXPECT_TRUE(decide({"1/2/2016 1:00 PM"}).said.contains("!"));
  EXPECT_EQ(decide({"1.2.2016 1:00"}).said,
            "- 'at' is read with day before month: dates with dots are, and no value of its own "
            "decides\n");
  EXPECT_EQ(decide(open, {}, {"1/13/2016 1:00"}).order, "month") << "as the other column";
  EXPECT_EQ(
      decide(open, OrderHints{"", DateOrder::day_first, "servicenow-audit"}).said.substr(0, 2),
      "- ");
  EXPECT_EQ(decide(open, kMonthFirst).order, "month");
}

TEST(DateOrders, ShortYearsAndDaysWithoutTimeAreSaid) {
  const Decided got = decide({"21/Nov/26"});
  EXPECT_TRUE(got.said.contains("two-digit years are read as 1990 to 2089 (1 value)")) << got.said;
  EXPECT_TRUE(got.said.contains("! 'at': 1 value is a date without a time of day")) << got.said;
}
}  // namespace
}  // namespace tiebeam::ingest
