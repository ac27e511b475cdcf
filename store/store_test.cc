#include "store/store.h"

#include <thread>

#include "store/sqlite.h"
#include "store/test_support.h"

namespace tiebeam::store::test {
namespace {

Record full_thing() {
  Thing thing;
  thing.id = "all";
  thing.name = "Everything";
  thing.notes = "two\nlines";
  thing.tags = {"a", "b;c"};
  thing.owner = Id<"person">("ann");
  thing.words = "Zürich \"x\"";
  thing.count = -7;
  thing.size = 0.1;
  thing.share = Fraction::create(0.25).value();
  thing.done = true;
  thing.cost = Money{1250, Currency::create("USD").value()};
  thing.begun = minute(5);
  thing.due = Day{std::chrono::year{2026} / 12 / 25};
  thing.effort = Estimate{Estimate::Shape::pert, {{"min", 1}, {"mode", 2}, {"max", 9.5}}, {}, {}};
  thing.maker = Id<"person">("ann");
  thing.helpers = {Id<"person">("ann"), Id<"person">("bo")};
  thing.marks = {"x", ""};
  thing.colour = Colour::green;
  return to_record(thing);
}

Change adding(const Record& record) {
  const RecordType& type = *catalog().find("thing");
  Change out{Op::add, "thing", record.id(), {}, {}};
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    out.fields.emplace_back(type.fields[i].name, record.values[i]);
  }
  return out;
}

class Records : public StoreTest {};

TEST_F(Records, EveryKindOfFieldComesBackAsItWas) {
  Record wanted = full_thing();
  const auto written = write({add("person", "ann"), add("person", "bo"), adding(wanted)});
  ASSERT_TRUE(written) << said(written);
  EXPECT_EQ(written->first_seq, 1);
  EXPECT_EQ(written->last_seq, 3);
  reopen();
  const auto snapshot = loaded();
  const Record* found = snapshot->find("thing", "all");
  ASSERT_NE(found, nullptr);
  wanted.values[kCreatedField] = minute(1);
  wanted.values[kUpdatedField] = minute(1);
  wanted.values[kVersionField] = std::int64_t{1};
  for (std::size_t i = 0; i < wanted.values.size(); ++i) {
    EXPECT_EQ(found->values[i], wanted.values[i]) << catalog().find("thing")->fields[i].name;
  }
  expect_sound();
}

TEST_F(Records, SettingChangesOnlyTheNamedFieldsAndCountsVersions) {
  ASSERT_TRUE(write({add("thing", "a", {{"count", std::int64_t{1}}})}));
  ASSERT_TRUE(write({set("thing", "a", "words", "new")}));
  const Thing thing = to_struct<Thing>(*loaded()->find("thing", "a"));
  EXPECT_EQ(thing.words, "new");
  EXPECT_EQ(thing.count, 1);
  EXPECT_EQ(thing.version, 2);
  EXPECT_EQ(thing.created_at, minute(1));
  EXPECT_EQ(thing.updated_at, minute(2));
}

TEST_F(Records, SettingTheSameValueWritesNothing) {
  ASSERT_TRUE(write({add("thing", "a", {{"count", std::int64_t{1}}})}));
  const auto written = write({set("thing", "a", "count", std::int64_t{1})});
  ASSERT_TRUE(written);
  EXPECT_EQ(written->first_seq, 0);
  EXPECT_EQ(store_->last_seq().value(), 1);
}

TEST_F(Records, RefusalsNameWhatIsWrongAndKeepNothing) {
  ASSERT_TRUE(write({add("person", "ann"), add("thing", "a", {{"maker", "ann"}}),
                     add("thing", "b", {{"helpers", std::vector<std::string>{"ann"}}})}));
  Change moved = set("thing", "a", "count", std::int64_t{5});
  moved.expected_version = 3;
  const struct {
    const char* name;
    std::vector<Change> changes;
    const char* code;
  } rows[] = {
      {"twice", {add("thing", "a")}, "store.exists"},
      {"unknown record", {set("thing", "zz", "count", std::int64_t{1})}, "store.not_found"},
      {"unknown type", {add("thong", "a")}, "model.no_type"},
      {"unknown field", {set("thing", "a", "zz", true)}, "store.bad_value"},
      {"other kind", {set("thing", "a", "count", "many")}, "store.bad_value"},
      {"no id", {add("thing", "")}, "store.bad_value"},
      {"moved", {moved}, "store.version_moved"},
      {"in use", {remove("person", "ann")}, "store.in_use"},
      {"reference to nothing", {set("thing", "a", "maker", "zoe")}, "store.not_found"},
      {"list to nothing",
       {set("thing", "a", "helpers", std::vector<std::string>{"zoe"})},
       "store.not_found"},
      {"second fails", {add("thing", "c"), add("thing", "a")}, "store.exists"},
  };
  for (const auto& row : rows) {
    const auto written = write(row.changes);
    EXPECT_EQ(code_of(written), row.code) << row.name;
    EXPECT_EQ(store_->last_seq().value(), 3) << row.name;
  }
  EXPECT_EQ(loaded()->find("thing", "c"), nullptr);
  expect_sound();
}

TEST_F(Records, RecordsThatReferToEachOtherComeAndGoTogether) {
  ASSERT_TRUE(write({add("thing", "a", {{"maker", "ann"}}), add("person", "ann")}));
  EXPECT_EQ(code_of(write({remove("person", "ann")})), "store.in_use");
  const auto gone = write({remove("person", "ann"), remove("thing", "a")});
  EXPECT_TRUE(gone) << said(gone);
}

TEST_F(Records, ALinkKeepsItsEnds) {
  ASSERT_TRUE(
      write({add("thing", "a"), add("thing", "b"),
             add("link", "l", {{"from", "thing/a"}, {"kind", "serves"}, {"to", "thing/b"}})}));
  EXPECT_EQ(code_of(write({remove("thing", "b")})), "store.in_use");
}

TEST_F(Records, AnIdempotencyKeyGivesTheFirstAnswerAgain) {
  const auto first = write({add("thing", "a"), add("thing", "b")}, "key-1");
  ASSERT_TRUE(first);
  reopen();
  const auto again = write({add("thing", "a"), add("thing", "b")}, "key-1");
  ASSERT_TRUE(again) << said(again);
  EXPECT_TRUE(again->repeated);
  EXPECT_EQ(again->first_seq, first->first_seq);
  EXPECT_EQ(again->last_seq, first->last_seq);
  EXPECT_EQ(store_->last_seq().value(), 2);
}

TEST_F(Records, AFailedWriteDoesNotUseUpItsKey) {
  EXPECT_FALSE(write({set("thing", "a", "count", std::int64_t{1})}, "key-1"));
  EXPECT_FALSE(write({add("thing", "a")}, "key-1")->repeated);
}

TEST_F(Records, ManyThreadsWriteAndAllIsThere) {
  constexpr int kThreads = 8;
  constexpr int kWrites = 25;
  std::vector<std::thread> threads;
  std::atomic<int> failures = 0;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kWrites; ++i) {
        const std::string id = fmt::format("t{}-{}", t, i);
        // Every second write fails: it must not hurt its neighbours in the group.
        const bool is_bad = i % 2 == 1;
        const auto written =
            store_->write({"alice",
                           minute(i),
                           "test",
                           "",
                           {is_bad ? set("thing", id, "count", true) : add("thing", id)}});
        if (written.has_value() == is_bad) ++failures;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(loaded()->of("thing").size(), kThreads * 13U);
  expect_sound();
}

TEST_F(Records, ReadersSeeOneMomentWhileOthersWrite) {
  std::atomic<bool> is_over = false;
  std::thread writer([&] {
    for (int i = 0; i < 50; ++i) {
      ASSERT_TRUE(store_->write(
          {"alice",
           minute(i),
           "test",
           "",
           {add("thing", fmt::format("a{}", i)), add("thing", fmt::format("b{}", i))}}));
    }
    is_over = true;
  });
  while (!is_over) {
    const auto snapshot = loaded();
    EXPECT_EQ(snapshot->of("thing").size() % 2, 0U);
    EXPECT_EQ(static_cast<std::int64_t>(snapshot->of("thing").size()), snapshot->journal_seq);
  }
  writer.join();
}

TEST_F(Records, TheOrganisationIsTheRecordCalledSelf) {
  ASSERT_TRUE(write({add("organisation", "self", {{"zone", "Europe/Berlin"}})}));
  EXPECT_EQ(loaded()->organisation.zone, "Europe/Berlin");
  EXPECT_EQ(loaded()->organisation.name, "The self");
}

TEST_F(Records, AKeyIsForOneRequest) {
  const auto asked = [&](std::string request) {
    return store_->write({.actor = "alice",
                          .at = minute(++clock_),
                          .command = "test",
                          .idempotency_key = "key-1",
                          .changes = {add("thing", "a")},
                          .request = std::move(request)});
  };
  ASSERT_TRUE(asked("one"));
  reopen();
  EXPECT_TRUE(asked("one")->repeated);
  EXPECT_EQ(store_->written_with("key-1")->value().request, "one");
  EXPECT_EQ(code_of(asked("two")), "store.key_reused");
  EXPECT_TRUE(asked("")->repeated) << "who does not say is taken for the same";
}

TEST_F(Records, AStoreThatKeptNoRequestWithAKeyIsReadAndKeepsThemFromNowOn) {
  ASSERT_TRUE(write({add("thing", "a")}, "key-1"));
  store_.reset();
  ASSERT_TRUE(Db::open(path(), {}).value()->exec("ALTER TABLE tb_idempotency DROP COLUMN request"));
  reopen();
  const auto before = store_->written_with("key-1");
  ASSERT_TRUE(before && *before) << said(before);
  EXPECT_EQ((*before)->first_seq, 1);
  EXPECT_EQ((*before)->request, "");
  const auto again = store_->write({.actor = "alice",
                                    .at = minute(9),
                                    .command = "test",
                                    .idempotency_key = "key-1",
                                    .changes = {add("thing", "b")},
                                    .request = "any"});
  ASSERT_TRUE(again) << said(again);
  EXPECT_TRUE(again->repeated);
  expect_sound();
}

TEST_F(Records, EarlierStatesComeFromTheJournal) {
  ASSERT_TRUE(write({add("thing", "a", {{"count", std::int64_t{1}}})}));
  ASSERT_TRUE(write({set("thing", "a", "count", std::int64_t{2})}));
  ASSERT_TRUE(write({remove("thing", "a")}));
  EXPECT_TRUE(loaded(0)->of("thing").empty());
  EXPECT_EQ(to_struct<Thing>(loaded(1)->of("thing").front()).count, 1);
  EXPECT_EQ(to_struct<Thing>(loaded(2)->of("thing").front()).count, 2);
  EXPECT_TRUE(loaded(3)->of("thing").empty());
  EXPECT_EQ(loaded(2)->journal_seq, 2);
  EXPECT_EQ(code_of(store_->load(4)), "store.not_found");
  EXPECT_EQ(store_->seq_at(minute(0)).value(), 0);
  EXPECT_EQ(store_->seq_at(minute(2)).value(), 2);
  EXPECT_EQ(store_->seq_at(minute(99)).value(), 3);
}

TEST_F(Records, AnotherProgramWithTheFileOpenIsToldApart) {
  auto writer = store_->begin_import("bob", minute(1));
  ASSERT_TRUE(writer);
  const auto refused = write({add("thing", "a")});
  EXPECT_EQ(code_of(refused), "store.unavailable");
  EXPECT_NE(refused.error().hint.find("import"), std::string::npos);
  EXPECT_TRUE(store_->load());
  (*writer)->rollback();
  EXPECT_TRUE(write({add("thing", "a")}));
}

}  // namespace
}  // namespace tiebeam::store::test
