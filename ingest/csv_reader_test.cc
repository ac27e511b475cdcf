#include "ingest/csv_reader.h"

#include <set>

#include "ingest/test_support.h"

namespace tiebeam::ingest {
namespace {

TEST(Dialect, TheDelimiterIsTheOneThatMakesLinesAlike) {
  struct Case {
    const char* name;
    std::string_view text;
    char delimiter;
    std::size_t skip = 0;
  };
  const Case cases[] = {
      {"comma", "a,b,c\n1,2,3\n", ','},
      {"semicolon with decimal commas", "a;b\n1,5;2,5\n1;2\n", ';'},
      {"tab", "a\tb\n1\t2\n", '\t'},
      {"bar", "a|b\n1|2\n", '|'},
      {"comma in quoted text", "a;b\n\"x,y\";\"1,2\"\n", ';'},
      {"commas in the header of a tab file", "id, no\tb, c\n1\t2\n", '\t'},
      {"said in the first line", "sep=;\na;b,c,d,e\n", ';', 6},
      {"said, CRLF", "SEP=|\r\na|b\n", '|', 7},
      {"one column", "item\nA\n", ','},
      {"nothing", "", ','},
  };
  for (const Case& each : cases) {
    const Dialect got = detect_dialect(each.text, true);
    EXPECT_EQ(got.csv.delimiter, each.delimiter) << each.name;
    EXPECT_EQ(got.skip, each.skip) << each.name;
    EXPECT_FALSE(got.statement.empty()) << each.name;
  }
  EXPECT_TRUE(detect_dialect("a,b\r1,2\r", true).csv.cr_ends_line);
  EXPECT_FALSE(detect_dialect("a,b\r\n1,2\r\n", true).csv.cr_ends_line);
  EXPECT_TRUE(detect_dialect("a,b\r1,\"two\nlines, \"\"x\"\"\n\"\r2,3\r", true).csv.cr_ends_line);
  EXPECT_FALSE(detect_dialect("a,b\n1,\"two\rlines\"\n2,3\n", true).csv.cr_ends_line);
  EXPECT_FALSE(detect_dialect("a,b\r1,5\" disk\n2,3\r", true).csv.cr_ends_line);
}

TEST(CsvReader, WhatLiesAheadDoesNotDependOnTheBlockSize) {
  std::string text = "key,title\n";
  for (int i = 0; i < 100; ++i)
    text += "K-" + std::to_string(i) + "," + std::string(1000, 'x') + "\n";
  const TestFile file(text);
  std::set<std::size_t> found;
  for (const std::size_t block : {1000u, 4096u, 65'536u, 1u << 20}) {
    auto source = ByteSource::open(file.path(), block, {}, {});
    ASSERT_TRUE(source);
    auto stream = TextStream::open(*std::move(source), block);
    ASSERT_TRUE(stream);
    const auto table = CsvReader::open(*stream);
    ASSERT_TRUE(table);
    found.insert(table->sample(200).size());
  }
  EXPECT_EQ(found, std::set<std::size_t>{65}) << "whole rows of 64 KB, less the header";
}

const ColumnSpec kSpecs[] = {{"item", true, {"key"}}, {"at", true}, {"team"}};

std::string bound(const std::vector<std::string>& header) {
  const auto got = bind_columns("f.csv", header, kSpecs);
  if (!got) return got.error().code + ": " + got.error().message;
  std::string out;
  for (const std::size_t at : *got) out += at == kNoColumn ? "-" : std::to_string(at);
  return out;
}

TEST(Columns, AreBoundByNameWithoutRegardToCaseOrder) {
  EXPECT_EQ(bound({"at", "Item", "other"}), "10-");
  EXPECT_EQ(bound({" AT ", "KEY", "Team"}), "102");
  EXPECT_EQ(bound({"at", "key", "item"}), "20-") << "the name wins over an alias";
}

TEST(Columns, AMissingOneNamesWhatWasFoundAndWhatIsNear) {
  EXPECT_EQ(bound({"items", "at"}),
            "ingest.missing_column: 'f.csv' has no column 'item'; did you mean 'items'?");
  EXPECT_EQ(bound({"foo", "at"}), "ingest.missing_column: 'f.csv' has no column 'item'");
  const auto got = bind_columns("f.csv", {"items", "at"}, kSpecs);
  EXPECT_EQ(got.error().field, "item");
  EXPECT_EQ(got.error().detail, "its 2 columns: 'items', 'at'");
  EXPECT_EQ(got.error().hint, "name the column 'item' in the first line, in place of 'items'");
  EXPECT_TRUE(bind_columns("f.csv", {"item^at"}, kSpecs)
                  .error()
                  .hint.contains("separate the columns with"));
}

TEST(Columns, OnlyADoubledOneThatIsReadIsRefused) {
  EXPECT_EQ(bound({"item", "at", "Item "}),
            "ingest.doubled_column: 'f.csv' has the column 'item' 2 times");
  EXPECT_EQ(bound({"item", "at", "Label", "Label"}), "01-");
}
}  // namespace
}  // namespace tiebeam::ingest
