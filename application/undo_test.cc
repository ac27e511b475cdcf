#include "application/undo.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "application/organisations.h"
#include "application/source.h"
#include "base/test_support.h"

namespace tiebeam {
namespace {

struct Vow : RecordBase {
  std::string words;
  bool broken = false;
};

}  // namespace
template <>
struct Describe<Vow> {
  static constexpr std::string_view name = "vow", title = "Vow", plural = "vows",
                                    help = "What may not be unsaid.";
  static constexpr auto fields =
      std::tuple{field("words", &Vow::words, {.help = "what was said", .required = true}),
                 field("broken", &Vow::broken, {.help = "whether it holds no more"})};
};
namespace {

Error fault(const char* code, const char* at) {
  return {.kind = Kind::conflict,
          .code = code,
          .message = "no",
          .detail = {},
          .hint = "keep it",
          .field = at};
}

// May be made and broken; neither removed nor mended. Two with the same words are too many.
std::vector<Error> guard(const Watched& writing) {
  if (!writing.record) return {fault("vow.stays", "/words")};
  const auto vow = to_struct<Vow>(*writing.record);
  std::vector<Error> out;
  if (vow.words == "never") out.push_back(fault("vow.bad_words", "/words"));
  if (vow.name == "bad") out.push_back(fault("vow.bad_name", "/name"));
  if (writing.held && to_struct<Vow>(*writing.held).broken && !vow.broken)
    out.push_back(fault("vow.stays", "/broken"));
  return out;
}

class Undo : public testing::Test {
 protected:
  Undo() {
    table_.record<Vow>("test");
    table_.guards.emplace("vow", guard);
  }
  void SetUp() override {
    auto store = create_organisation(table_, folder_.path(),
                                     {.id = "main", .name = "Main", .actor = "test", .at = at_});
    ASSERT_TRUE(store.has_value()) << store.error().message;
    store_ = *std::move(store);
  }
  SnapshotPtr now() { return *load_snapshot(*store_); }
  std::int64_t last() { return *store_->last_seq(); }
  std::int64_t add(const char* type, Typed fields) {
    const auto done = add_record(table_, *store_, *now(), type, fields, author_);
    EXPECT_TRUE(done.has_value()) << (done ? "" : done.error().front().message);
    return last();
  }
  std::int64_t set(const char* type, const char* id, Typed fields) {
    EXPECT_TRUE(set_record(table_, *store_, *now(), type, id, fields, {}, author_).has_value());
    return last();
  }
  std::string undo(std::int64_t first, std::int64_t last) {
    const auto done = undo_entries(table_, *store_, *now(), first, last, author_);
    return done ? "" : done.error().front().code;
  }

  const Instant at_ = *parse_instant("2026-11-22T10:00:00Z");
  const Author author_{.actor = "test", .at = at_, .idempotency_key = {}};
  Table table_;
  TestFolder folder_;
  std::unique_ptr<store::Store> store_;
};

TEST_F(Undo, AsksTheGuardOfWhatWouldComeAbout) {
  const std::int64_t made = add("vow", {{"id", "v"}, {"name", "V"}, {"words", "always"}});
  EXPECT_EQ(undo(made, made), "vow.stays");
  const std::int64_t broken = set("vow", "v", {{"broken", "yes"}});
  EXPECT_EQ(undo(broken, broken), "vow.stays");
  EXPECT_EQ(undo(made, broken), "vow.stays") << "together they would remove it";
  EXPECT_EQ(last(), broken) << "nothing was written";
  const std::int64_t noted = set("vow", "v", {{"notes", "sad"}});
  EXPECT_EQ(undo(noted, noted), "") << "what the guard lets pass is undone";
  EXPECT_EQ(now()->find("vow", "v")->name(), "V");
}

TEST_F(Undo, OfOtherRecordsIsAsBefore) {
  const std::int64_t first = add("person", {{"id", "dana"}, {"name", "Dana"}});
  const std::int64_t second = set("person", "dana", {{"name", "Dana Reyes"}});
  EXPECT_EQ(undo(second, second), "");
  EXPECT_EQ(now()->find("person", "dana")->name(), "Dana");
  EXPECT_EQ(undo(first, first), "");
  EXPECT_EQ(now()->find("person", "dana"), nullptr);
  EXPECT_EQ(undo(9999, 9999), "store.not_found");
}

TEST_F(Undo, AllOrNothingOfARange) {
  const std::int64_t first = add("person", {{"id", "dana"}, {"name", "Dana"}});
  const std::int64_t second = add("vow", {{"id", "v"}, {"name", "V"}, {"words", "always"}});
  EXPECT_EQ(undo(first, second), "vow.stays");
  EXPECT_NE(now()->find("person", "dana"), nullptr);
}

TEST_F(Undo, WritingTellsTheFaultsOfTheDescriptionAndOfTheGuardAtOnce) {
  const auto refused =
      add_record(table_, *store_, *now(), "vow", {{"id", "Not an id"}, {"name", "bad"}}, author_);
  ASSERT_FALSE(refused.has_value());
  std::vector<std::string> fields;
  for (const Error& each : refused.error()) fields.push_back(each.field);
  EXPECT_TRUE((std::ranges::count(fields, "/words") == 1)) << "is needed";
  EXPECT_TRUE((std::ranges::count(fields, "/name") == 1)) << "the guard's own";
}

}  // namespace
}  // namespace tiebeam
