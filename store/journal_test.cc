// The journal: the chain, tampering, undo, erasure.
#include "store/sqlite.h"
#include "store/test_support.h"

namespace tiebeam::store::test {
namespace {

class Journal : public StoreTest {
 protected:
  // Changes the file behind the store's back.
  void tamper(const std::string& sql) {
    store_.reset();
    const auto db = Db::open(path(), {}).value();
    const auto done = db->exec(sql);
    ASSERT_TRUE(done) << said(done);
    reopen();
  }
  void some_history() {
    ASSERT_TRUE(
        write({add("person", "ann"), add("thing", "a", {{"words", "first"}, {"maker", "ann"}})}));
    ASSERT_TRUE(write({set("thing", "a", "words", "second")}));
    ASSERT_TRUE(write({set("thing", "a", "count", std::int64_t{3})}));
    ASSERT_TRUE(import_table(visits(0, 10), "Ann Lee,1\nBo Diaz,2\n"));
    ASSERT_TRUE(write({add("thing", "b")}));
  }
};

TEST_F(Journal, SaysWhoDidWhatWhen) {
  some_history();
  const auto entries = store_->journal(1, 100);
  ASSERT_TRUE(entries) << said(entries);
  ASSERT_EQ(entries->size(), 6U);
  const JournalEntry& set = (*entries)[2];
  EXPECT_EQ(set.seq, 3);
  EXPECT_EQ(set.at, minute(2));
  EXPECT_EQ(set.actor, "alice");
  EXPECT_EQ(set.command, "test");
  EXPECT_EQ(set.type + "/" + set.id, "thing/a");
  ASSERT_EQ(set.fields.size(), 1U);
  EXPECT_EQ(set.fields[0].field, "words");
  EXPECT_EQ(set.fields[0].before, Value{"first"});
  EXPECT_EQ(set.fields[0].after, Value{"second"});
  EXPECT_EQ(set.hash.size(), 64U);
  EXPECT_EQ((*entries)[4].id, "imp_000001");
  EXPECT_EQ(store_->journal(1, 100, "thing", "a")->size(), 3U);
  EXPECT_EQ(store_->journal(4, 1)->front().seq, 4);
  expect_sound();
}

TEST_F(Journal, ARemovalKeepsWhatWasThere) {
  ASSERT_TRUE(write({add("thing", "a", {{"words", "w"}})}));
  ASSERT_TRUE(write({remove("thing", "a")}));
  const auto entry = store_->journal(2, 1)->front();
  EXPECT_EQ(entry.op, Op::remove);
  ASSERT_EQ(entry.fields.size(), 2U);
  EXPECT_EQ(entry.fields[1].before, Value{"w"});
  EXPECT_FALSE(entry.fields[1].after.has_value());
}

struct Tampering {
  const char* name;
  const char* sql;
  std::int64_t seq;
};

class TamperedJournal : public Journal, public testing::WithParamInterface<Tampering> {};

TEST_P(TamperedJournal, IsFoundAtItsFirstBrokenEntry) {
  some_history();
  tamper(GetParam().sql);
  const auto fault = store_->verify();
  ASSERT_TRUE(fault) << said(fault);
  ASSERT_TRUE(fault->has_value()) << "nothing found";
  EXPECT_EQ((*fault)->seq, GetParam().seq) << (*fault)->message;
}

INSTANTIATE_TEST_SUITE_P(
    Ways, TamperedJournal,
    testing::Values(
        Tampering{"value", "UPDATE tb_journal_value SET value = 'sforged' WHERE seq = 3 AND n = 1",
                  3},
        Tampering{"value_and_hash",
                  "UPDATE tb_journal_value SET hash = zeroblob(32) WHERE seq = 3 AND n = 1", 3},
        Tampering{"salt_moved",
                  "UPDATE tb_journal_value SET salt = CAST(salt || 's' AS BLOB), value = "
                  "substr(value, 2) "
                  "WHERE seq = 3 AND n = 1",
                  3},
        Tampering{"value_gone", "DELETE FROM tb_journal_value WHERE seq = 3 AND n = 1", 3},
        Tampering{"actor", "UPDATE tb_journal SET actor = 'mallory' WHERE seq = 2", 2},
        Tampering{"id", "UPDATE tb_journal SET id = 'b' WHERE seq = 3", 3},
        Tampering{"command", "UPDATE tb_journal SET command = 'x' WHERE seq = 4", 4},
        Tampering{"operation", "UPDATE tb_journal SET op = 9 WHERE seq = 2", 2},
        Tampering{"operation_beyond_a_byte", "UPDATE tb_journal SET op = op + 256 WHERE seq = 2",
                  2},
        Tampering{"number", "UPDATE tb_journal SET seq = 9223372036854775807 WHERE seq = 6", 6},
        Tampering{"number_below_one", "UPDATE tb_journal SET seq = -3 WHERE seq = 1", 2},
        Tampering{"chunk_of_many_rows", "UPDATE tb_chunk SET rows = 70000000000", 5},
        Tampering{"chunk_of_no_part", "UPDATE tb_chunk SET part = 0", 5},
        Tampering{"time", "UPDATE tb_journal SET at = at + 1 WHERE seq = 1", 1},
        Tampering{"removed", "DELETE FROM tb_journal WHERE seq = 3", 4},
        Tampering{"last_removed",
                  "DELETE FROM tb_journal WHERE seq = 6; DELETE FROM thing WHERE id = 'b'", 6},
        Tampering{"reordered",
                  "UPDATE tb_journal SET seq = 99 WHERE seq = 3; UPDATE tb_journal SET seq = 3 "
                  "WHERE seq = 4; "
                  "UPDATE tb_journal SET seq = 4 WHERE seq = 99",
                  3},
        Tampering{"table", "UPDATE thing SET words = 'forged' WHERE id = 'a'", 4},
        Tampering{"row_added", "INSERT INTO thing (id, name) VALUES ('zz', 'x')", 0},
        Tampering{"row_removed", "DELETE FROM thing WHERE id = 'b'", 6},
        Tampering{"chunk", "UPDATE tb_chunk SET columns = zeroblob(9)", 5},
        Tampering{"chunk_gone", "DELETE FROM tb_chunk", 5},
        Tampering{"chunk_rows", "UPDATE tb_chunk SET rows = 9", 5},
        Tampering{"names",
                  "UPDATE tb_dictionary SET names = zeroblob(9) WHERE \"column\" = 'state'", 5},
        Tampering{"raw", "UPDATE tb_raw SET block = zeroblob(9)", 5}),
    [](const auto& each) { return each.param.name; });

TEST_F(Journal, UndoBringsBackWhatWas) {
  some_history();
  const auto undone = store_->undo(3, "bob", minute(50));
  ASSERT_TRUE(undone) << said(undone);
  EXPECT_EQ(to_struct<Thing>(*loaded()->find("thing", "a")).words, "first");
  EXPECT_EQ(to_struct<Thing>(*loaded()->find("thing", "a")).count, 3);
  ASSERT_TRUE(store_->undo(undone->first_seq, "bob", minute(51)));
  EXPECT_EQ(to_struct<Thing>(*loaded()->find("thing", "a")).words, "second");
  expect_sound();
}

TEST_F(Journal, UndoOfAnAdditionRemovesAndOfARemovalRestores) {
  some_history();
  const auto removed = store_->undo(6, "bob", minute(50));
  ASSERT_TRUE(removed) << said(removed);
  EXPECT_EQ(loaded()->find("thing", "b"), nullptr);
  const auto back = store_->undo(removed->first_seq, "bob", minute(51));
  ASSERT_TRUE(back) << said(back);
  const auto snapshot = loaded();
  const Thing thing = to_struct<Thing>(*snapshot->find("thing", "b"));
  EXPECT_EQ(thing.name, "The b");
  EXPECT_EQ(thing.version, 2);
  EXPECT_EQ(thing.created_at, minute(5));
  expect_sound();
  EXPECT_EQ(loaded(back->last_seq)->records, snapshot->records);
}

TEST_F(Journal, UndoRefusesWhatChangedSinceAndNamesTheEntry) {
  some_history();
  ASSERT_TRUE(write({set("thing", "a", "words", "third")}));
  const struct {
    std::int64_t seq;
    const char* code;
    const char* names;
  } rows[] = {{3, "store.changed_since", "entry 7"},
              {2, "store.changed_since", "entry 7"},
              {1, "store.in_use", "thing/a"},
              {99, "store.not_found", "99"}};
  for (const auto& row : rows) {
    const auto refused = store_->undo(row.seq, "bob", minute(50));
    EXPECT_EQ(code_of(refused), row.code) << row.seq;
    EXPECT_NE(refused.error().message.find(row.names), std::string::npos)
        << refused.error().message;
  }
  EXPECT_EQ(store_->last_seq().value(), 7);
}

TEST_F(Journal, FoldedToItsEndItIsWhatTheTablesHold) {
  some_history();
  ASSERT_TRUE(write({remove("thing", "b"), add("organisation", "self")}));
  const std::int64_t last = store_->last_seq().value();
  const auto now = loaded();
  ASSERT_TRUE(write({add("thing", "later")}));
  EXPECT_EQ(loaded(last)->records, now->records);
  EXPECT_EQ(loaded(last)->organisation.name, "The self");
  EXPECT_EQ(loaded(last)->imports.size(), 1U);
  EXPECT_EQ(loaded(last)->table("visit")->rows(), 10U);
}

}  // namespace
}  // namespace tiebeam::store::test
