#include <gtest/gtest.h>

#include <array>

#include "model/record_csv.h"
#include "model/record_json.h"
#include "model/record_type.h"

namespace tiebeam {
namespace {

enum class Colour : std::uint8_t { red, green };
struct Sample : RecordBase {
  std::string text;
  std::int64_t count = 0;
  std::optional<double> ratio;
  Fraction share;
  bool flag = false;
  std::optional<Money> price;
  std::optional<Instant> at;
  std::optional<Day> day;
  std::optional<Estimate> guess;
  Id<"sample"> parent;
  std::vector<Id<"sample">> children;
  std::vector<std::string> words;
  Colour colour = Colour::red;
};

}  // namespace

template <>
struct Names<Colour> {
  static constexpr std::array<std::string_view, 2> values = {"red", "green"};
};
template <>
struct Describe<Sample> {
  static constexpr std::string_view name = "sample", title = "Sample", plural = "samples",
                                    help = "One of each kind.";
  using T = Sample;
  static constexpr auto fields =
      std::tuple{field("text", &T::text, {.help = "any text"}),
                 field("count", &T::count, {.help = "how many", .min = 0, .max = 10}),
                 field("ratio", &T::ratio, {.help = "any number"}),
                 field("share", &T::share, {.help = "part of the whole"}),
                 field("flag", &T::flag, {.help = "yes or no"}),
                 field("price", &T::price, {.help = "money"}),
                 field("at", &T::at, {.help = "an instant"}),
                 field("day", &T::day, {.help = "a day"}),
                 field("guess", &T::guess, {.help = "an estimate"}),
                 field("parent", &T::parent, {.help = "one other"}),
                 field("children", &T::children, {.help = "several others"}),
                 field("words", &T::words, {.help = "a list"}),
                 field("colour", &T::colour, {.help = "a choice"})};
};

namespace {

Sample full() {
  Sample sample;
  sample.id = "one";
  sample.name = "One, \"quoted\"";
  sample.tags = {"a", "b"};
  sample.text = "=SUM(A1)";
  sample.count = 7;
  sample.ratio = 0.1;
  sample.share = *Fraction::create(0.25);
  sample.flag = true;
  sample.price = *Money::parse_with_currency("1250.00 EUR");
  sample.at = *parse_instant("2026-11-21T08:00:00Z");
  sample.day = *parse_day("2026-11-21");
  sample.guess = *parse_estimate("20..40..90");
  sample.parent = Id<"sample">("two");
  sample.children = {Id<"sample">("two"), Id<"sample">("three")};
  sample.words = {"x", "y"};
  sample.colour = Colour::green;
  sample.version = 3;
  return sample;
}

const RecordType& type() {
  static const RecordType made = describe_record<Sample>("test");
  return made;
}

TEST(Record, AStructSurvivesTheWayThroughValues) {
  const Record record = to_record(full());
  EXPECT_EQ(to_record(to_struct<Sample>(record)), record);
}

TEST(Record, AStructSurvivesTheWayThroughJson) {
  const Record record = to_record(full());
  const std::string text = write_json(to_json(type(), record));
  const auto json = parse_json(text);
  ASSERT_TRUE(json.has_value()) << text;
  ReadRecord read = read_record(type(), *json, blank(type()));
  ASSERT_TRUE(read.faults.empty()) << read.faults.front().message;
  read.record.values[kVersionField] = std::int64_t{3};  // kept by the store, never read
  EXPECT_EQ(read.record, record) << text;
}

TEST(Record, AStructSurvivesTheWayThroughCsv) {
  const Record record = to_record(full());
  const std::string text = to_csv(type(), {record});
  ReadRecords read = read_csv(type(), text);
  ASSERT_TRUE(read.faults.empty()) << read.faults.front().message;
  ASSERT_EQ(read.records.size(), 1u);
  read.records[0].values[kVersionField] = std::int64_t{3};
  EXPECT_EQ(read.records[0], record) << text;
  EXPECT_NE(text.find("'=SUM"), std::string::npos) << "a formula is shielded from spreadsheets";
}

void expect_found_and_expected(const std::vector<Error>& faults) {
  for (const Error& fault : faults) {
    EXPECT_FALSE(fault.found.empty()) << fault.message;
    EXPECT_FALSE(fault.expected.empty()) << fault.message;
  }
}

TEST(Record, JsonShowsAllFaultsWithTheirPointers) {
  const auto json = parse_json(
      R"({"id":"x","name":5,"count":"many","colur":"red","price":{"amount":"1.234","currency":"EUR"},"guess":{"kind":"pret"},"children":["a",2]})");
  ASSERT_TRUE(json.has_value());
  const ReadRecord read = read_record(type(), *json, blank(type()));
  std::vector<std::string> pointers;
  for (const Error& fault : read.faults) pointers.push_back(fault.field);
  const std::vector<std::string> expected = {"/name",  "/count",      "/colur",
                                             "/price", "/guess/kind", "/children/1"};
  EXPECT_EQ(pointers, expected);
  expect_found_and_expected(read.faults);
  EXPECT_EQ(read.faults[1].found, "\"many\"");
  EXPECT_EQ(read.faults[1].expected, "a whole number");
}

TEST(Record, NamesInAPointerAreEscaped) {
  const auto json = parse_json(R"({"a/b":1,"c~d":2,"guess":{"kind":"pert","m/n":"x"}})");
  ASSERT_TRUE(json.has_value());
  const ReadRecord read = read_record(type(), *json, blank(type()));
  ASSERT_EQ(read.faults.size(), 3u);
  EXPECT_EQ(read.faults[0].field, "/a~1b");
  EXPECT_EQ(read.faults[1].field, "/c~0d");
  EXPECT_EQ(read.faults[2].field, "/guess/m~1n");
}

TEST(Record, OfManyUnknownFieldsTheFirstAreTold) {
  Json::Object members;
  for (int i = 0; i < 13'000; ++i) members.emplace_back("colur-" + std::to_string(i), 1);
  const ReadRecord read = read_record(type(), Json(std::move(members)), blank(type()));
  ASSERT_EQ(read.faults.size(), 101u);
  EXPECT_EQ(read.faults.back().code, "file.more_faults");
  EXPECT_EQ(read.faults.back().found, "13000 faults");
}

TEST(Record, MeaningIsCheckedAllAtOnce) {
  Sample sample = full();
  sample.id = "Not A Slug";
  sample.name = "";
  sample.count = 11;
  sample.parent = Id<"sample">("gone");
  Record record = to_record(sample);
  record.values[type().index_of("colour")] = std::string("gren");
  const auto faults =
      faults_of(type(), record, [](std::string_view, std::string_view id) { return id != "gone"; });
  std::vector<std::string> codes;
  for (const Error& fault : faults) codes.push_back(fault.code);
  const std::vector<std::string> expected = {"record.bad_id", "record.missing",
                                             "record.out_of_range", "record.no_such",
                                             "record.not_a_choice"};
  EXPECT_EQ(codes, expected);
  EXPECT_NE(faults.back().message.find("did you mean 'green'"), std::string::npos);
  expect_found_and_expected(faults);
}

TEST(Record, AZeroByteIsNoText) {
  Sample sample = full();
  sample.text = std::string("a\0b", 3);
  const auto faults = faults_of(type(), to_record(sample), {});
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].code, "record.zero_byte");
  EXPECT_EQ(faults[0].field, "/text");
}

struct TypedCase {
  std::string_view field, text, expected;  // expected: as format_value prints it; empty: refused
};
class TypedValue : public testing::TestWithParam<TypedCase> {};
TEST_P(TypedValue, IsReadAsAPersonWouldMeanIt) {
  const TypedCase& row = GetParam();
  const FieldInfo* field = type().find(row.field);
  ASSERT_NE(field, nullptr);
  const auto value = parse_value(*field, row.text);
  ASSERT_EQ(value.has_value(), !row.expected.empty());
  if (value) {
    EXPECT_EQ(format_value(*field, *value), row.expected);
  }
}
INSTANTIATE_TEST_SUITE_P(
    All, TypedValue,
    testing::Values(TypedCase{"share", "85 %", "0.85"}, TypedCase{"share", "0.85", "0.85"},
                    TypedCase{"share", "most", ""}, TypedCase{"flag", "Yes", "yes"},
                    TypedCase{"flag", "maybe", ""}, TypedCase{"count", "7", "7"},
                    TypedCase{"count", "7.5", ""}, TypedCase{"count", "nan", ""},
                    TypedCase{"price", "EUR 10", "10.00 EUR"}, TypedCase{"price", "10", ""},
                    TypedCase{"at", "2026-02-30", ""}, TypedCase{"day", "2026-02-28", "2026-02-28"},
                    TypedCase{"words", "a; b;;c", "a; b; c"}, TypedCase{"ratio", "1e400", ""},
                    TypedCase{"guess", "40..120", "40..120"}));

TEST(Csv, AFaultNamesLineAndColumn) {
  const ReadRecords read = read_csv(type(), "name,count\nA,1\nB,many\n");
  ASSERT_EQ(read.faults.size(), 1u);
  EXPECT_EQ(read.faults[0].detail, "line 3, column 'count'");
  EXPECT_EQ(read.lines, (std::vector<std::uint32_t>{2, 3}));
  expect_found_and_expected(read.faults);
}

TEST(Csv, TextThatLooksLikeAShieldedFormulaComesBackAsItWas) {
  for (const std::string text : {"=1+1", "'=1+1", "''@x", "'-5", "-5", "'tis", "'", "\t=x"}) {
    Sample sample = full();
    sample.text = text;
    const ReadRecords read = read_csv(type(), to_csv(type(), {to_record(sample)}));
    ASSERT_TRUE(read.faults.empty());
    EXPECT_EQ(to_struct<Sample>(read.records.at(0)).text, text);
  }
}

TEST(Csv, WhatIsNoTextIsAFaultThatJsonCanCarry) {
  const ReadRecords lists = read_csv(type(), "name,words\nA,caf\xE9; b\n");
  ASSERT_EQ(lists.faults.size(), 1u);
  EXPECT_EQ(lists.faults[0].field, "words");
  const ReadRecords header = read_csv(type(), "name,w\xE9\n");
  ASSERT_EQ(header.faults.size(), 1u);
  EXPECT_EQ(header.faults[0].field, "w?");
}

TEST(Catalog, ATypeThatIsNotThereIsNamedWithItsNeighbour) {
  Catalog catalog;
  catalog.add(describe_record<Sample>("test"));
  const auto missing = catalog.get("sampel");
  ASSERT_FALSE(missing.has_value());
  const Error& error = missing.error();
  EXPECT_NE(error.message.find("did you mean 'sample'"), std::string::npos);
  EXPECT_EQ(catalog.dangling(),
            std::vector<std::string>{"sample.owner refers to 'person', which is no record type"});
}

}  // namespace
}  // namespace tiebeam
