#include "ingest/key_damage.h"

#include "ingest/test_support.h"

namespace tiebeam::ingest {
namespace {

TEST(KeyDamage, IsToldByTheKey) {
  for (const char* rounded : {"1,23457E+14", "1.23457E+14", "9,1E+15"})
    EXPECT_EQ(fault_of_key(rounded), KeyFault::rounded) << rounded;
  EXPECT_EQ(fault_of_key("123456789012345000"), KeyFault::ends_in_zeros);
  for (const char* date : {"12. Mrz", "12-Mar", "Mar-12", "03.12.2026", "Jan 99", "3/4/2026"})
    EXPECT_EQ(fault_of_key(date), KeyFault::made_a_date) << date;
  for (const char* key :
       {"INC0012345", "AB-12", "12-34", "123456789012345678", "2026-0001", "E+14", "1E5",
        "MAR-1234", "4711", "1 234", "SEP-2026-001", "10.5", "A-1", "MAR-12"})
    EXPECT_EQ(fault_of_key(key), KeyFault::none) << key;
}

TEST(KeyDamage, OfKeysThatAreStillDifferentIsWarnedOf) {
  const Batch rounded =
      value_of(read_text("Ticket ID;Erstellt\n1,23457E+14;02.01.2026\n1,23458E+14;03.01.2026\n"));
  EXPECT_TRUE(says(rounded.warnings,
                   "holds 2 keys that a spreadsheet program rounded, such as '1,23457E+14'"));
  const Batch dates = value_of(read_text("key,created\n3-12a,2026-01-02\n12. Mrz,2026-01-03\n"));
  EXPECT_TRUE(
      says(dates.warnings, "1 key that a spreadsheet program made dates, such as '12. Mrz'"));
}

TEST(KeyDamage, OfKeysThatCollideIsRefused) {
  EXPECT_EQ(
      code_of(read_text("Ticket ID;Erstellt\n1,23457E+14;02.01.2026\n1,23457E+14;03.01.2026\n")),
      "ingest.damaged_keys");
  EXPECT_EQ(
      code_of(read_text("key,created\nX-1,2026-01-02\n12-Mar,2026-01-03\n12-Mar,2026-01-04\n")),
      "ingest.damaged_keys");
  EXPECT_EQ(
      code_of(read_text("Ticket ID;Erstellt\n1,23457E+14;02.01.2026\n1,23457E+14;02.01.2026\n")),
      "ok")
      << "one row that stands twice is a repeat";
}

TEST(KeyDamage, LongNumbersAreRoundedWhenAllOfThemEndInZeros) {
  const auto list = [](int digits_behind) {
    std::string out = "key,created\n";
    for (int i = 0; i < 40; ++i)
      out += std::to_string(123'456'789'012'300 + i) + (i % 10 < digits_behind ? "7" : "0") +
             ",2026-01-02 08:" + std::to_string(10 + i) + "\n";
    return out;
  };
  EXPECT_TRUE(says(value_of(read_text(list(0))).warnings, "rounded to 15 digits"));
  EXPECT_FALSE(says(value_of(read_text(list(1))).warnings, "rounded"));
}

std::string numbered(bool in_turn) {
  std::string out = "key,created\n";
  for (int i = 0; i < 60; ++i) {
    const int number = in_turn ? 90 + i : (i % 6 == 0 ? 10 + i : 100 + 7 * i);
    out += std::to_string(number) + ",2026-01-01 " + std::to_string(10 + i / 10) + ":" +
           std::to_string(10 + i % 50) + "\n";
  }
  return out;
}

TEST(KeyDamage, LostZerosAreToldFromNumbersGivenInTurn) {
  EXPECT_FALSE(says(value_of(read_text(numbered(true))).warnings, "lost zeros"));
  EXPECT_TRUE(says(value_of(read_text(numbered(false))).warnings,
                   "'key' may have lost zeros in front: 50 numbers have 3 digits, 10 have fewer"));
}

}  // namespace
}  // namespace tiebeam::ingest
