// Whole records as a file holds them: an id that stands twice, one that is closed, a mark before
// the text; and keys that came before.
#include "application/records.h"

#include <gtest/gtest.h>

#include <fstream>

#include "application/organisations.h"
#include "application/record_file.h"
#include "application/source.h"
#include "base/test_support.h"

namespace tiebeam {
namespace {

class RecordsTest : public testing::Test {
 protected:
  RecordsTest() { table_.sealed_by.emplace("person", "notes"); }
  void SetUp() override {
    const auto made = create_organisation(table_, folder_.path(),
                                          {.id = "org",
                                           .name = "Org",
                                           .zone = "UTC",
                                           .currency = "EUR",
                                           .actor = "test",
                                           .at = Instant{}});
    ASSERT_TRUE(made);
    auto store = open_organisation(table_, folder_.path(), "org");
    ASSERT_TRUE(store);
    store_ = *std::move(store);
  }
  [[nodiscard]] SnapshotPtr now() const { return *load_snapshot(*store_); }
  static Record person(std::string id, std::string notes = {}) {
    Person out;
    out.id = id;
    out.name = std::move(id);
    out.notes = std::move(notes);
    return to_record(out);
  }
  Checked<std::int64_t> put(const std::vector<Record>& records, bool preview = false) {
    return put_records(table_, *store_, *now(), "person", records, author_, preview);
  }
  Checked<RecordFile> read(const std::string& name, std::string_view text) {
    const std::string path = folder_ / name;
    std::ofstream(path, std::ios::binary) << text;
    return read_record_file(table_, path, "person");
  }

  Table table_;
  TestFolder folder_;
  std::unique_ptr<store::Store> store_;
  Author author_{.actor = "test", .at = Instant{}, .idempotency_key = {}};
};

TEST_F(RecordsTest, AnIdThatStandsTwiceIsRefusedAlsoInAPreview) {
  for (const bool preview : {true, false}) {
    const auto done = put({person("ann"), person("bo"), person("ann")}, preview);
    ASSERT_FALSE(done);
    ASSERT_EQ(done.error().size(), 1u);
    const Error& fault = done.error().front();
    EXPECT_EQ(fault.code, "record.doubled_id");
    EXPECT_EQ(fault.field, "/2/id");
    EXPECT_EQ(fault.found, "ann");
    EXPECT_FALSE(fault.hint.empty() || fault.expected.empty());
  }
  EXPECT_TRUE(now()->of("person").empty()) << "all or nothing";
}

TEST_F(RecordsTest, OneThatIsClosedIsNamedByItsPlace) {
  ASSERT_TRUE(put({person("ann", "agreed")}));
  const auto done = put({person("bo"), person("ann", "otherwise")});
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().front().code, "record.sealed");
  EXPECT_EQ(done.error().front().field, "/1/notes");
  const RecordPlan plan{
      .records = {{"person", person("bo")}, {"person", person("ann", "otherwise")}}, .answer = {}};
  const auto planned = write_plan(table_, *store_, *now(), plan, "test", author_);
  ASSERT_FALSE(planned);
  EXPECT_EQ(planned.error().front().field, "/1/notes");
}

TEST_F(RecordsTest, AByteOrderMarkBeforeJsonIsLeftOut) {
  const auto held = read("people.json", "\xEF\xBB\xBF\r\n [{\"id\":\"ann\",\"name\":\"Ann\"}]");
  ASSERT_TRUE(held) << held.error().front().message;
  ASSERT_EQ(held->records.size(), 1u);
  EXPECT_EQ(held->records.front().id(), "ann");
}

TEST_F(RecordsTest, WhatIsNoListOfRecordsSaysWhatItIs) {
  const auto held = read("people.json", R"({"records":5})");
  ASSERT_FALSE(held);
  EXPECT_EQ(held.error().front().found, "5");
  EXPECT_EQ(held.error().front().expected, "a list of records");
}

TEST_F(RecordsTest, OfManyFaultsOfAFileTheFirstAreTold) {
  std::string text = "[";
  for (int i = 0; i < 3000; ++i) text += std::string(i > 0 ? "," : "") + R"({"name":5,"nme":1})";
  const auto held = read("people.json", text + "]");
  ASSERT_FALSE(held);
  EXPECT_EQ(held.error().size(), 101u);
}

TEST_F(RecordsTest, EveryFaultOfAKernelRecordSaysWhatWasFoundAndExpected) {
  Record self = *now()->find("organisation", "self");
  const RecordType& type = *table_.catalog.find("organisation");
  self.values[type.index_of("zone")] = std::string("Mars/Olympus");
  self.values[type.index_of("currency")] = std::string("ZZZ");
  const auto done =
      replace_record(table_, *store_, *now(), "organisation", "self", self, {}, author_);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().size(), 2u);
  for (const Error& fault : done.error())
    EXPECT_FALSE(fault.found.empty() || fault.expected.empty()) << fault.message;
}

TEST_F(RecordsTest, ALinkThatCannotBeSaysWhatWasFoundAndExpected) {
  ASSERT_TRUE(put({person("ann"), person("bo")}));
  Link link;
  link.id = "l";
  link.from = "person/ann";
  link.to = "person/bo";
  link.kind = "adores";
  const auto done = create_record(table_, *store_, *now(), "link", to_record(link), author_);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().front().code, "link.unknown_kind");
  EXPECT_EQ(done.error().front().found, "'adores'");
  EXPECT_FALSE(done.error().front().expected.empty());
}

TEST_F(RecordsTest, AKeyThatCameBeforeGivesTheIdItGotThen) {
  Author keyed = author_;
  keyed.idempotency_key = "k";
  keyed.request = "1";
  const auto add = [&](const SnapshotPtr& seen) {
    Record ann = person("");
    ann.values[kNameField] = std::string("Ann");
    return create_record(table_, *store_, *seen, "person", std::move(ann), keyed);
  };
  const auto first = add(now());
  ASSERT_TRUE(first);
  EXPECT_EQ(first->id(), "ann");
  const auto again = add(now());  // whoever looked meanwhile would make it ann-2
  ASSERT_TRUE(again);
  EXPECT_EQ(again->id(), "ann");
  EXPECT_EQ(now()->of("person").size(), 1u);
  keyed.request = "2";
  const auto other = add(now());
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().front().code, "store.key_reused");
}

TEST_F(RecordsTest, APlanThatTellsFaultsWritesNothing) {
  RecordPlan plan{.records = {{"person", person("ann")}}, .answer = {}};
  plan.faults = {Error{.kind = Kind::invalid,
                       .code = "a.b",
                       .message = "no",
                       .detail = {},
                       .hint = {},
                       .field = {}},
                 Error{.kind = Kind::invalid,
                       .code = "c.d",
                       .message = "no",
                       .detail = {},
                       .hint = {},
                       .field = {}}};
  const auto done = write_plan(table_, *store_, *now(), plan, "test", author_);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().size(), 2u);
  EXPECT_TRUE(now()->of("person").empty());
}

}  // namespace
}  // namespace tiebeam
