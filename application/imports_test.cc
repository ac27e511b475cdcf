#include "application/imports.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "application/import_json.h"
#include "application/organisations.h"
#include "application/record_file.h"
#include "application/records.h"
#include "base/test_support.h"

namespace tiebeam {
namespace {

// Value streams belong to the flow room; these tests stand below it and describe their own.
struct Stream : RecordBase {
  std::string state_map;
};

}  // namespace
template <>
struct Describe<Stream> {
  static constexpr std::string_view name = "value_stream", title = "Value stream",
                                    plural = "value streams", help = "Where work flows.";
  static constexpr auto fields =
      std::tuple{field("state_map", &Stream::state_map, {.help = "meaning of states"})};
};
namespace {

class Imports : public testing::Test {
 protected:
  Imports() {
    table_.record<Stream>("test");
    table_.events.emplace("transition", ingest::transition_type());
  }
  void SetUp() override {
    auto store = create_organisation(table_, folder_.path(),
                                     {.id = "main", .name = "Main", .actor = "test", .at = kNow});
    ASSERT_TRUE(store.has_value()) << store.error().message;
    store_ = *std::move(store);
  }
  std::string file(const std::string& name, const std::string& text) {
    const std::string path = folder_ / name;
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  ImportRequest request(const std::string& path) {
    ImportRequest out;
    out.read.path = path;
    out.actor = "test";
    out.at = kNow;
    return out;
  }
  SnapshotPtr snapshot() { return *load_snapshot(*store_); }

  static constexpr Instant kNow{std::chrono::sys_days{std::chrono::year{2026} / 11 / 21}};
  static constexpr std::string_view kEvents =
      "item,at,state,assignee\nA-1,2026-01-05T08:00:00Z,New,Ada\nA-1,2026-01-06T08:00:00Z,Done,"
      "Grace\n"
      "A-2,2026-01-05T09:00:00Z,New,Ada\n";
  Table table_;
  TestFolder folder_;
  std::unique_ptr<store::Store> store_;
};

TEST_F(Imports, APreviewKeepsNothingAndSaysWhatTheImportWillSay) {
  const std::string path = file("events.csv", std::string(kEvents));
  ImportRequest asked = request(path);
  asked.preview = true;
  const auto preview = import_file(table_, *store_, asked);
  ASSERT_TRUE(preview.has_value());
  EXPECT_TRUE(snapshot()->imports.empty());
  EXPECT_EQ(snapshot()->find("value_stream", "events"), nullptr);
  const auto real = import_file(table_, *store_, request(path));
  ASSERT_TRUE(real.has_value());
  EXPECT_EQ(preview->new_rows, real->new_rows);
  EXPECT_EQ(real->new_rows, 3);
}

TEST_F(Imports, WhatAPersonSaysOfColumnsTravelsAndIsTold) {
  ImportRequest asked = request(file("list.csv", "Foo;Bar\nT-1;02/01/2026\n"));
  const auto choices = column_choices({"Foo=key", "Bar = created"});
  ASSERT_TRUE(choices.has_value());
  asked.read.columns = *choices;
  asked.read.delimiter = "semicolon";
  asked.read.encoding = "UTF-8";
  const auto report = import_file(table_, *store_, asked);
  ASSERT_TRUE(report.has_value()) << report.error().error.message;
  const Json json = to_json(*report);
  EXPECT_EQ(write_json(*json.find("columns")),
            R"([{"name":"Foo","position":1,"times":1,"role":"key","evidence":"chosen by you",)"
            R"("examples":["T-1"]},{"name":"Bar","position":2,"times":1,"role":"created",)"
            R"("evidence":"chosen by you","examples":["02/01/2026"]}])");
  EXPECT_EQ(write_json(*json.find("dates")),
            R"([{"column":"Bar","order":"day-first","evidence":"1 value can be read both ways and )"
            R"(none decides","is_open":true}])");
  EXPECT_EQ(write_json(*json.find("delimiter")), R"(";")");
  EXPECT_EQ(write_json(*json.find("sheets")), "[]");
}

TEST_F(Imports, ChoicesOfColumnsThatMeanNothingAreRefused) {
  for (const std::vector<std::string>& said :
       {std::vector<std::string>{"Foo"}, {"=key"}, {"Foo=key", "Foo=created"}})
    EXPECT_EQ(column_choices(said).error().code, "ingest.bad_option");
  EXPECT_EQ(column_choices({"a=b=key"})->begin()->first, "a=b") << "the last '=' parts";
  EXPECT_EQ(column_choices({"Foo="})->begin()->second, "");
}

TEST_F(Imports, TheSameFileTwiceChangesNothing) {
  const std::string path = file("events.csv", std::string(kEvents));
  ASSERT_TRUE(import_file(table_, *store_, request(path)).has_value());
  const std::int64_t before = *store_->last_seq();
  const auto again = import_file(table_, *store_, request(path));
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->new_rows, 0);
  EXPECT_EQ(again->known_rows, 3);
  EXPECT_EQ(*store_->last_seq(), before);
}

TEST_F(Imports, AnEventFarAheadIsWarnedOf) {
  const auto report = import_file(
      table_, *store_,
      request(file("ahead.csv", std::string(kEvents) + "A-2,2062-11-20T09:00:00Z,Done,Ada\n")));
  ASSERT_TRUE(report.has_value());
  EXPECT_TRUE(std::ranges::any_of(report->batch.warnings, [](const std::string& warning) {
    return warning.contains("1 event lies after today, the latest on 2062-11-20");
  }));
}

TEST_F(Imports, AFaultInAFileOfRecordsNamesItsPlace) {
  const std::string path = file("value_stream.csv", "name,id\nA,a\n,b\n");
  const auto read = read_record_file(table_, path, {});
  ASSERT_TRUE(read.has_value());
  auto done = put_records(table_, *store_, *snapshot(), read->type, read->records,
                          {.actor = "test", .at = kNow, .idempotency_key = {}});
  ASSERT_FALSE(done.has_value());
  say_where(*read, path, done.error());
  EXPECT_EQ(done.error().front().detail, "value_stream.csv, line 3, name");
  const auto unread = read_record_file(table_, file("value_stream.json", R"([{"name":1}])"), {});
  ASSERT_FALSE(unread.has_value());
  EXPECT_EQ(unread.error().front().detail, "value_stream.json, record 1, name");
}

TEST_F(Imports, DeploymentsAndIncidentsNeedNoValueStreamAndNoStateMap) {
  const std::string path = file("deployments.csv",
                                "deployment,service,finished,result,commit_times\n"
                                "d1,shop,2026-01-06T08:00:00Z,success,2026-01-05T08:00:00Z\n");
  const auto taken = import_file(table_, *store_, request(path));
  ASSERT_TRUE(taken.has_value()) << taken.error().error.message;
  EXPECT_EQ(taken->new_rows, 2);
  EXPECT_EQ(taken->value_stream, "");
  EXPECT_FALSE(taken->made_value_stream);
  EXPECT_EQ(snapshot()->table("deployment")->rows(), 1U);
  EXPECT_EQ(snapshot()->table("code_change")->rows(), 1U);
  EXPECT_TRUE(snapshot()->of("value_stream").empty());
  const auto again = import_file(table_, *store_, request(path));
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->new_rows, 0);
  EXPECT_EQ(again->known_rows, 2);
  const auto incidents = import_file(
      table_, *store_,
      request(file("incidents.csv", "incident,opened,restored\nI-1,2026-01-06T09:00:00Z,\n")));
  ASSERT_TRUE(incidents.has_value());
  EXPECT_EQ(snapshot()->table("incident_event")->rows(), 1U);
}

TEST_F(Imports, PeopleBecomeTheSamePseudonymsInEveryImport) {
  ASSERT_TRUE(
      import_file(table_, *store_, request(file("a.csv", std::string(kEvents)))).has_value());
  ASSERT_TRUE(
      import_file(
          table_, *store_,
          request(file("b.csv", "item,at,state,assignee\nB-1,2026-02-01T00:00:00Z,New,Grace\n")))
          .has_value());
  const SnapshotPtr held = snapshot();
  const Column& people = held->table("transition")->column("assignee");
  EXPECT_EQ(people.names.find("Ada"), 0u);
  EXPECT_EQ(people.names.find("Grace"), 0u);
  EXPECT_EQ(people.narrow[1], people.narrow[3]) << "Grace is one person in both files";
  EXPECT_NE(people.narrow[0], people.narrow[1]);
}

TEST_F(Imports, AFileAloneHidesPeopleToo) {
  ReadRequest asked;
  asked.path = file("a.csv", std::string(kEvents));
  const auto read = read_snapshot(table_, asked);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->snapshot->table("transition")->column("assignee").names.find("Ada"), 0u);
}

TEST_F(Imports, ABadRowRefusesTheWholeFileAndLeavesNothing) {
  const auto report = import_file(
      table_, *store_, request(file("bad.csv", std::string(kEvents) + "A-3,soon,New,Ada\n")));
  ASSERT_FALSE(report.has_value());
  EXPECT_EQ(report.error().error.code, "ingest.rejected");
  ASSERT_EQ(report.error().rejects.size(), 1u);
  EXPECT_EQ(report.error().rejects[0].line, 5u);
  EXPECT_TRUE(snapshot()->imports.empty());
}

TEST_F(Imports, AGuessedStateMapIsAskedForOnceAndThenRemembered) {
  const std::string path = file("events.csv", std::string(kEvents));
  int asked = 0;
  ImportRequest refused = request(path);
  refused.confirm_guess = [&](const ingest::Batch&) { return ++asked, false; };
  const auto no = import_file(table_, *store_, refused);
  ASSERT_FALSE(no.has_value());
  EXPECT_EQ(no.error().error.code, "import.state_map_declined");
  refused.confirm_guess = [&](const ingest::Batch&) { return ++asked, true; };
  ASSERT_TRUE(import_file(table_, *store_, refused).has_value());
  EXPECT_EQ(asked, 2);
  file("events.csv", std::string(kEvents) + "A-2,2026-01-07T09:00:00Z,Done,Ada\n");
  ASSERT_TRUE(import_file(table_, *store_, refused).has_value());
  EXPECT_EQ(asked, 2) << "the map of the first import holds for the second";
}

TEST_F(Imports, OneImportIsMadeOfAWaitingFileHoweverOftenItIsAskedFor) {
  ImportRequest asked = request(file("events.csv", std::string(kEvents)));
  asked.upload = "prv_1";
  const auto first = import_file(table_, *store_, asked);
  ASSERT_TRUE(first.has_value());
  EXPECT_FALSE(first->was_made);
  const std::int64_t before = *store_->last_seq();
  asked.read.path = folder_ / "gone.csv";  // the file went with the first
  const auto again = import_file(table_, *store_, asked);
  ASSERT_TRUE(again.has_value());
  EXPECT_TRUE(again->was_made);
  EXPECT_EQ(again->import.id, first->import.id);
  EXPECT_EQ(again->new_rows, 3);
  EXPECT_EQ(*store_->last_seq(), before);
}

TEST_F(Imports, WhatIsSaidOfAStateWinsAndIsKeptWithItsStream) {
  ImportRequest asked = request(file("events.csv", std::string(kEvents)));
  asked.states = {{"New", StateClass::blocked}, {"Nowhere", StateClass::done}};
  asked.parties = {{"New", "vendor"}};
  const auto report = import_file(table_, *store_, asked);
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(report->batch.state_map.class_of("New"), StateClass::blocked);
  EXPECT_EQ(report->batch.state_map.party_of("New"), "vendor");
  EXPECT_FALSE(report->batch.state_map.class_of("Nowhere").has_value());
  const auto chosen = std::ranges::find(report->batch.states, "New", &ingest::StateCount::state);
  EXPECT_EQ(chosen->reason, "chosen by you");
  EXPECT_EQ(std::ranges::count_if(
                report->batch.statements,
                [](const std::string& each) { return each.starts_with("state 'New' is read as"); }),
            1);
  const auto map_of = [&] {
    const SnapshotPtr now = snapshot();
    return to_struct<Stream>(*now->find("value_stream", "events")).state_map;
  };
  EXPECT_TRUE(map_of().contains("\"New\" = \"blocked\"")) << map_of();
  // The stream is there: what is said of the next file changes its map, and nothing else of it.
  ImportRequest next =
      request(file("events.csv", std::string(kEvents) + "A-2,2026-01-07T09:00:00Z,Done,Ada\n"));
  next.states = {{"Done", StateClass::cancelled}};
  ASSERT_TRUE(import_file(table_, *store_, next).has_value());
  EXPECT_TRUE(map_of().contains("\"New\" = \"blocked\"")) << map_of();
  EXPECT_TRUE(map_of().contains("\"Done\" = \"cancelled\"")) << map_of();
}

TEST_F(Imports, APreviewOfWhatIsSaidLeavesTheStreamAsItWas) {
  const std::string path = file("events.csv", std::string(kEvents));
  ASSERT_TRUE(import_file(table_, *store_, request(path)).has_value());
  const std::int64_t before = *store_->last_seq();
  ImportRequest asked = request(path);
  asked.preview = true;
  asked.states = {{"New", StateClass::active}};
  ASSERT_TRUE(import_file(table_, *store_, asked).has_value());
  EXPECT_EQ(*store_->last_seq(), before);
}

TEST_F(Imports, HowAFileWasReadHoldsForTheNextOfItsName) {
  const auto rows = [](int last) {
    std::string out = "item,at,state\n";
    for (int i = 1; i <= last; ++i) out += fmt::format("A-{},0{}/05/2026 08:00,New\n", i, i);
    return out;
  };
  const auto day_of = [&](const ImportReport& report) {
    return report.answers.date_order + " " + report.as_in;
  };
  ImportRequest first = request(file("export.csv", rows(3)));
  first.read.date_order = "month-first";
  const auto said = import_file(table_, *store_, first);
  ASSERT_TRUE(said.has_value()) << said.error().error.message;
  EXPECT_EQ(day_of(*said), "month-first ");
  const ImportRequest next = request(file("export.csv", rows(4)));
  const auto remembered = import_file(table_, *store_, next);
  ASSERT_TRUE(remembered.has_value());
  EXPECT_EQ(remembered->new_rows, 1) << "the rows of the first are the same moments";
  EXPECT_EQ(day_of(*remembered), "month-first export.csv");
  EXPECT_TRUE(std::ranges::any_of(remembered->batch.statements, [](const std::string& each) {
    return each.contains("as in export.csv");
  }));
  ImportRequest fresh = next;
  fresh.use_memory = false;
  fresh.preview = true;
  const auto by_evidence = import_file(table_, *store_, fresh);
  ASSERT_TRUE(by_evidence.has_value());
  EXPECT_EQ(day_of(*by_evidence), " ");
}

TEST_F(Imports, AMemoryThatDoesNotFitIsLeftAside) {
  ImportRequest first = request(file("export.csv", std::string(kEvents)));
  first.read.format = "events";
  ASSERT_TRUE(import_file(table_, *store_, first).has_value());
  const auto other = import_file(
      table_, *store_,
      request(file("export.csv", "incident,opened,restored\nI-1,2026-01-06T09:00:00Z,\n")));
  ASSERT_TRUE(other.has_value()) << other.error().error.message;
  EXPECT_EQ(other->batch.format, "incidents");
  EXPECT_EQ(other->as_in, "");
}

TEST_F(Imports, AnOrganisationIsThereWithAllItBeginsWithOrNotAtAll) {
  NewOrganisation wanted{.id = "other", .actor = "test", .at = kNow};
  wanted.fill = [](store::Store&) -> Result<void> {
    return fail(Kind::unavailable, "test.stopped", "it stopped here");
  };
  EXPECT_EQ(create_organisation(table_, folder_.path(), wanted).error().code, "test.stopped");
  EXPECT_EQ(organisations_in(folder_.path()), std::vector<std::string>{"main"});
  for (const auto& each : std::filesystem::directory_iterator(folder_.path()))
    EXPECT_FALSE(each.path().string().contains("draft")) << each.path();
  EXPECT_EQ(free_id(folder_.path(), "Main"), "main-2");
  EXPECT_EQ(free_id(folder_.path(), "!!!"), "organisation");
  EXPECT_EQ(create_organisation(table_, folder_.path(), {.id = "main", .actor = "test", .at = kNow})
                .error()
                .code,
            "store.exists");
}

TEST_F(Imports, RawBytesComeBackAsTheyWere) {
  const auto report =
      import_file(table_, *store_, request(file("events.csv", std::string(kEvents))));
  ASSERT_TRUE(report.has_value());
  std::string raw;
  const auto read = store_->read_raw(report->import.id,
                                     [&](std::string_view block) { return raw += block, true; });
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(raw, kEvents);
}

TEST_F(Imports, AWrongWriteNamesAllItsFaults) {
  const auto added = add_record(table_, *store_, *snapshot(), "person",
                                {{"name", ""},
                                 {"side", "busines"},
                                 {"influence", "99"},
                                 {"owner", "nobody"},
                                 {"colour", "red"}},
                                {.actor = "test", .at = kNow, .idempotency_key = {}});
  ASSERT_FALSE(added.has_value());
  EXPECT_EQ(added.error().size(), 5u);
  EXPECT_EQ(added.error().front().code, "record.unknown_field") << "what cannot be read first";
}

TEST_F(Imports, AnIdIsMadeOfTheNameAndStaysUnique) {
  const Author author{.actor = "test", .at = kNow, .idempotency_key = {}};
  const auto first =
      add_record(table_, *store_, *snapshot(), "person", {{"name", "Ada Lovelace"}}, author);
  const auto second =
      add_record(table_, *store_, *snapshot(), "person", {{"name", "Ada Lovelace"}}, author);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->id(), "ada-lovelace");
  EXPECT_EQ(second->id(), "ada-lovelace-2");
}

TEST_F(Imports, AVersionThatMovedIsRefused) {
  const Author author{.actor = "test", .at = kNow, .idempotency_key = {}};
  ASSERT_TRUE(
      add_record(table_, *store_, *snapshot(), "person", {{"name", "Ada"}}, author).has_value());
  ASSERT_TRUE(
      set_record(table_, *store_, *snapshot(), "person", "ada", {{"role", "CIO"}}, 1, author)
          .has_value());
  const auto late =
      set_record(table_, *store_, *snapshot(), "person", "ada", {{"role", "CEO"}}, 1, author);
  ASSERT_FALSE(late.has_value());
  EXPECT_EQ(late.error().front().code, "store.version_moved");
}

TEST_F(Imports, RecordsPutTogetherMayReferToEachOther) {
  const RecordType* type = table_.catalog.find("person");
  Person boss, report;
  boss.id = "boss", boss.name = "Boss", boss.owner = Id<"person">("report");
  report.id = "report", report.name = "Report", report.owner = Id<"person">("boss");
  const Author author{.actor = "test", .at = kNow, .idempotency_key = {}};
  const auto put = put_records(table_, *store_, *snapshot(), type->name,
                               {to_record(boss), to_record(report)}, author);
  ASSERT_TRUE(put.has_value()) << put.error().front().message;
  EXPECT_EQ(*put, 2);
  EXPECT_EQ(*put_records(table_, *store_, *snapshot(), type->name, {to_record(boss)}, author), 0)
      << "nothing moved";
}

}  // namespace
}  // namespace tiebeam
