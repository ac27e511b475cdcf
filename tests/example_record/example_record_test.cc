// The worked example of ARCHITECTURE.md, compiled: a record type is one description and one line of
// mount. Everything below the example comes with it.
#include <gtest/gtest.h>

#include <string>

#include "application/organisations.h"
#include "application/records.h"
#include "application/table.h"
#include "base/test_support.h"
#include "model/record_csv.h"
#include "model/record_json.h"

// The file rooms/risk/records.h:

namespace tiebeam::risk {

enum class Treatment : std::uint8_t { accept, reduce, transfer, avoid };

struct RiskNote : RecordBase {
  std::string threat;
  Id<"team"> team;
  Treatment treatment = Treatment::accept;
  std::optional<double> events_per_year;
  std::optional<Money> worst_loss;
  std::optional<Day> review_on;
};

}  // namespace tiebeam::risk

namespace tiebeam {

template <>
struct Names<risk::Treatment> {
  static constexpr std::array<std::string_view, 4> values = {"accept", "reduce", "transfer",
                                                             "avoid"};
};

template <>
struct Describe<risk::RiskNote> {
  static constexpr std::string_view name = "risk_note", title = "Risk note", plural = "risk notes",
                                    help = "What could happen, written down before it is measured.";
  using T = risk::RiskNote;
  static constexpr auto fields =
      std::tuple{field("threat", &T::threat, {.help = "who or what does harm", .required = true}),
                 field("team", &T::team, {.help = "the team that knows most of it"}),
                 field("treatment", &T::treatment, {.help = "what was decided to do"}),
                 field("events_per_year", &T::events_per_year, {.help = "how often", .min = 0}),
                 field("worst_loss", &T::worst_loss, {.help = "what a bad case costs"}),
                 field("review_on", &T::review_on, {.help = "when to look again"})};
};
static_assert(complete<risk::RiskNote>());

}  // namespace tiebeam

// The line in rooms/risk/mount.cc:

namespace tiebeam::risk {

void mount(Table& table) { table.record<RiskNote>("risk"); }

}  // namespace tiebeam::risk

namespace tiebeam {
namespace {

class ExampleRecord : public testing::Test {
 protected:
  void SetUp() override {
    risk::mount(table);
    type = table.catalog.find("risk_note");
    ASSERT_NE(type, nullptr);
  }
  Table table;
  const RecordType* type = nullptr;
};

TEST_F(ExampleRecord, HasATableInBothDialects) {
  for (const auto dialect : {store::Dialect::sqlite, store::Dialect::postgresql}) {
    const std::string sql = store::schema_sql(table.catalog, dialect);
    EXPECT_TRUE(sql.contains("risk_note")) << sql;
    EXPECT_TRUE(sql.contains("events_per_year")) << sql;
  }
}

TEST_F(ExampleRecord, AllFaultsComeAtOnceEachWithItsField) {
  const Json json = parse_json(R"({"name":"Flood","treatment":"pray","events_per_year":-1,
                                   "team":"nobody","colour":"red"})")
                        .value();
  Record base = blank(*type);
  base.values[kIdField] = std::string("flood");
  const ReadRecord read = read_record(*type, json, base);
  std::vector<std::string> fields;
  for (const Error& error : read.faults) fields.push_back(error.field);
  for (const Error& error : faults_of(*type, read.record, [](auto, auto) { return false; })) {
    fields.push_back(error.field);
  }
  std::ranges::sort(fields);
  const auto [last, end] = std::ranges::unique(fields);
  fields.erase(last, end);
  EXPECT_EQ(fields, (std::vector<std::string>{"/colour", "/events_per_year", "/team", "/threat",
                                              "/treatment"}));
}

TEST_F(ExampleRecord, IsKeptAndReadBackAsItsStruct) {
  const TestFolder folder;
  const Instant at = parse_instant("2026-01-31T09:00:00Z").value();
  const auto store = create_organisation(
      table, folder.path(),
      {.id = "acme", .name = {}, .zone = "UTC", .currency = "EUR", .actor = "test", .at = at});
  ASSERT_TRUE(store.has_value()) << store.error().message;

  const auto before = (*store)->load();
  ASSERT_TRUE(before.has_value()) << before.error().message;
  const auto added = add_record(table, **store, **before, "risk_note",
                                {{"name", "Flood in the basement"},
                                 {"threat", "the river"},
                                 {"treatment", "transfer"},
                                 {"worst_loss", "250000.00 EUR"},
                                 {"review_on", "2026-06-30"}},
                                {.actor = "test", .at = at, .idempotency_key = {}});
  ASSERT_TRUE(added.has_value()) << added.error().front().message;
  EXPECT_EQ(added->id(), "flood-in-the-basement");

  const auto after = (*store)->load();
  ASSERT_TRUE(after.has_value()) << after.error().message;
  const auto notes = (*after)->all<risk::RiskNote>();
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes[0].threat, "the river");
  EXPECT_EQ(notes[0].treatment, risk::Treatment::transfer);
  EXPECT_EQ(notes[0].worst_loss, Money(25'000'000, Currency::create("EUR").value()));
  EXPECT_EQ(notes[0].version, 1);
  EXPECT_FALSE(notes[0].events_per_year.has_value());

  const Record& record = (*after)->of("risk_note").front();
  EXPECT_EQ(read_record(*type, to_json(*type, record), record).record, record);
  const ReadRecords back = read_csv(*type, to_csv(*type, {record}));
  ASSERT_TRUE(back.faults.empty()) << back.faults.front().message;
  EXPECT_EQ(to_struct<risk::RiskNote>(back.records.at(0)).review_on, notes[0].review_on);
}

}  // namespace
}  // namespace tiebeam
