// CSV and "Unicode text" as Excel writes them in German, French and English.
#include <gtest/gtest.h>

#include "ingest/test_support.h"

namespace tiebeam::ingest {
namespace {

std::string utf16(std::string_view latin) {
  std::string out = "\xFF\xFE";
  for (const char c : latin) out += {c, '\0'};
  return out;
}

const std::vector<std::string> kEvents = {"T-1 2026-01-13T08:05:00Z Created",
                                          "T-1 2026-02-03T17:30:00Z Gel\xC3\xB6st"};

TEST(ExcelCsv, InGerman) {
  const std::string text =
      "Vorgangsnummer;Erstellt am;Gel\xF6st am;Status;Titel\r\n"
      "T-1;13.01.2026 08:05;03.02.2026 17:30;Gel\xF6st;\"Gr\xF6\xDF"
      "e: 1,5; \"\"gro\xDF\"\"\"\r\n";
  for (const std::string& file : {text, "sep=;\r\n" + text}) {
    const Batch batch = value_of(read_text(file));
    EXPECT_EQ(batch.encoding, "windows-1252");
    EXPECT_EQ(batch.delimiter, ';');
    EXPECT_EQ(events_of(batch), kEvents);
    EXPECT_EQ(text_at(batch.tables[1], "title", 0),
              "Gr\xC3\xB6\xC3\x9F"
              "e: 1,5; \"gro\xC3\x9F\"");
    EXPECT_EQ(batch.dates[0].order, "day-first");
    EXPECT_FALSE(batch.dates[0].is_open);
  }
}

TEST(ExcelCsv, AsUnicodeText) {
  const Batch batch =
      value_of(read_text(utf16("Vorgangsnummer\tErstellt am\tGel\xF6st am\tStatus\r\n"
                               "T-1\t13.01.2026 08:05\t03.02.2026 17:30\tGel\xF6st\r\n")));
  EXPECT_EQ(batch.encoding, "UTF-16LE");
  EXPECT_EQ(batch.delimiter, '\t');
  EXPECT_EQ(events_of(batch), kEvents);
}

TEST(ExcelCsv, InFrench) {
  const Batch batch =
      value_of(read_text("Num\xE9ro;Date d'ouverture;Date de cl\xF4ture;Statut\r\n"
                         "T-1;13/01/2026 08:05;03/02/2026 17:30;Ferm\xE9\r\n"));
  EXPECT_EQ(events_of(batch), (std::vector<std::string>{"T-1 2026-01-13T08:05:00Z Created",
                                                        "T-1 2026-02-03T17:30:00Z Ferm\xC3\xA9"}));
  EXPECT_EQ(batch.dates[1].order, "day-first");
}

TEST(ExcelCsv, InEnglish) {
  const Batch batch =
      value_of(read_text("Ticket number,Created,Closed\r\n"
                         "T-1,1/13/2026 8:05 AM,2/3/2026 5:30 PM\r\n"
                         "T-2,1/13/2026 12:05 AM,1/13/2026 12:30 PM\r\n"));
  EXPECT_EQ(events_of(batch),
            (std::vector<std::string>{
                "T-1 2026-01-13T08:05:00Z Created", "T-1 2026-02-03T17:30:00Z Closed",
                "T-2 2026-01-13T00:05:00Z Created", "T-2 2026-01-13T12:30:00Z Closed"}));
  EXPECT_EQ(batch.dates[0].order, "month-first");
}

TEST(ExcelCsv, HalvesOfTheDayAsLanguagesWriteThem) {
  for (const char* half :
       {"5:30 PM", "5:30 p.m.", "5:30 p. m.", "5:30\xE2\x80\xAFPM", "5:30 p.\xC2\xA0m.", "17:30"})
    EXPECT_EQ(
        events_of(value_of(read_text("key;created\n1;13/01/2026 " + std::string(half) + "\n")))[0],
        "1 2026-01-13T17:30:00Z Created")
        << half;
}

TEST(ExcelCsv, TitlesAboveTheHeaderAreLeftOut) {
  for (const char* title : {"Ticket report;;\n;;\n", "Ticket report\n\n", "Tickets, all, of 2026\n",
                            "Report;made;2026\nby;Ann\n"}) {
    const Batch batch =
        value_of(read_text(std::string(title) +
                           "Nummer;Erstellt am;Status\n1;13.01.2026 08:00;Offen\n2;14.01.2026 "
                           "08:00;Offen\n3;15.01.2026 08:00;Offen\n"));
    EXPECT_EQ(batch.accepted, 3) << title;
    EXPECT_EQ(batch.delimiter, ';');
    EXPECT_TRUE(says(batch.statements, "the names of the columns stand in line")) << title;
  }
  EXPECT_EQ(code_of(read_text("Foo;Bar\n1;key\n2;created\n")), "ingest.unknown_format");
}

TEST(ExcelCsv, DurationsWithADecimalComma) {
  const Batch batch =
      value_of(read_text("deployment_id;started_at;duration_sec\nd1;2026-01-02 08:00;90,5\n"));
  EXPECT_EQ(instant_at(batch.tables[0], "finished", 0), "2026-01-02T08:01:30.5Z");
}

}  // namespace
}  // namespace tiebeam::ingest
