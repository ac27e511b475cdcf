#include "ingest/serial_date.h"

#include <gtest/gtest.h>

namespace tiebeam::ingest {
namespace {

// Worked from ECMA-376 part 1, 18.17.4.1: day 1 is 1 January 1900 (or 1904), day 60 never was.
TEST(SerialDate, CountsFromBothEpochs) {
  EXPECT_EQ(date_of_serial(1, false), "1900-01-01");
  EXPECT_EQ(date_of_serial(59, false), "1900-02-28");
  EXPECT_EQ(date_of_serial(60, false), "1900-02-29") << "as Excel shows it; no date for a reader";
  EXPECT_EQ(date_of_serial(61, false), "1900-03-01");
  EXPECT_EQ(date_of_serial(43831, false), "2020-01-01");
  EXPECT_EQ(date_of_serial(43831 - 1462, true), "2020-01-01");
  EXPECT_EQ(date_of_serial(2958465, false), "9999-12-31");
  for (const double none : {-1.0, 0.0, 0.5, 2958466.0, 1e300})
    EXPECT_FALSE(date_of_serial(none, false));
}

TEST(SerialDate, RoundsTheTimeOfDayToMilliseconds) {
  EXPECT_EQ(date_of_serial(45000.333333333336, false), "2023-03-15T08:00:00");
  EXPECT_EQ(date_of_serial(45000.999999999, false), "2023-03-16");
  EXPECT_EQ(date_of_serial(45000.00001, false), "2023-03-15T00:00:00.864");
  EXPECT_EQ(time_of_serial(0.5), "12:00:00");
}

TEST(NumberFormat, OfACodeTellsDatesFromNumbers) {
  for (const char* date : {"dd/mm/yyyy", "m/d/yy h:mm", "[$-407]d. mmmm yyyy;@", "mmm-yy",
                           "yyyy\\-mm\\-dd\\Thh:mm:ss", "[Red]dd.mm.yyyy", "DD.MM.YYYY"})
    EXPECT_EQ(format_of_code(date).kind, NumberKind::date) << date;
  for (const char* time : {"h:mm AM/PM", "hh:mm:ss", "mm:ss.0"})
    EXPECT_EQ(format_of_code(time).kind, NumberKind::time) << time;
  for (const char* number : {"General", "0.00", "#,##0 \"days\"", "[h]:mm:ss", "0.00E+00", "@",
                             "_-* #,##0.00\\ \\d", "[$USD] #,##0", "0"})
    EXPECT_EQ(format_of_code(number).kind, NumberKind::number) << number;
  EXPECT_EQ(format_of_code("00000").digits, 5);
}

TEST(NumberFormat, BuiltInOnesAreKnownByNumber) {
  for (const int date : {14, 15, 16, 17, 22, 30, 57})
    EXPECT_EQ(builtin_format(date).kind, NumberKind::date) << date;
  for (const int time : {18, 21, 45, 47}) EXPECT_EQ(builtin_format(time).kind, NumberKind::time);
  for (const int number : {0, 1, 4, 11, 37, 46, 49, 164})
    EXPECT_EQ(builtin_format(number).kind, NumberKind::number) << number;
}

}  // namespace
}  // namespace tiebeam::ingest
