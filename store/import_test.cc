// Imports: rows in columns, people as pseudonyms, once only, all or nothing.
#include <numeric>
#include <thread>

#include "store/bytes.h"
#include "store/chunk.h"
#include "store/identity_set.h"
#include "store/test_support.h"

namespace tiebeam::store::test {
namespace {

using namespace std::chrono_literals;

class Imports : public StoreTest {
 protected:
  [[nodiscard]] std::size_t rows() const {
    const auto snapshot = loaded();
    const EventTable* table = snapshot->table("visit");
    return table == nullptr ? 0 : table->rows();
  }
};

TEST_F(Imports, RowsComeBackAsTheyWereWithPeopleReplaced) {
  const EventTable given = visits(0, 7);
  const auto import = import_table(given, "the,raw,bytes\n");
  ASSERT_TRUE(import) << said(import);
  EXPECT_EQ(import->id, "imp_000001");
  EXPECT_EQ(import->rows, 7);
  reopen();
  const auto snapshot = loaded();
  const EventTable* table = snapshot->table("visit");
  ASSERT_NE(table, nullptr);
  ASSERT_EQ(table->rows(), 7U);
  EXPECT_EQ(table->line, given.line);
  for (const char* name : {"at", "seq"})
    EXPECT_EQ(table->column(name).wide, given.column(name).wide) << name;
  EXPECT_EQ(table->column("weight").real, given.column("weight").real);
  EXPECT_EQ(table->column("blocked").narrow, given.column("blocked").narrow);
  for (std::size_t row = 0; row < 7; ++row) {
    EXPECT_EQ(table->column("item").names.name(table->column("item").narrow[row]),
              fmt::format("INC{}", row % 3));
    EXPECT_EQ(table->column("guest").names.name(table->column("guest").narrow[row]),
              row % 2 == 0 ? "Person 1" : "Person 2");
    EXPECT_EQ(table->import_of(row), "imp_000001");
  }
  ASSERT_EQ(snapshot->imports.size(), 1U);
  EXPECT_EQ(snapshot->imports[0].file, "visits.csv");
  EXPECT_EQ(snapshot->imports[0].bytes, 14);
  EXPECT_EQ(snapshot->imports[0].sha256, to_hex(sha256("the,raw,bytes\n")));
  EXPECT_EQ(raw_of("imp_000001"), "the,raw,bytes\n");
  expect_sound();
}

TEST_F(Imports, ImportingTwiceChangesNothing) {
  ASSERT_TRUE(import_table(visits(0, 50), "raw"));
  const std::int64_t seq = store_->last_seq().value();
  const auto again = import_table(visits(0, 50), "raw");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->id, "imp_000001");
  EXPECT_EQ(again->rows, 0);
  EXPECT_EQ(again->repeated, 50);
  EXPECT_EQ(store_->last_seq().value(), seq);
  EXPECT_EQ(rows(), 50U);
  // The same rows out of another file: nothing new either, and no file to point at.
  EXPECT_EQ(import_table(visits(10, 20), "other")->id, "");
}

TEST_F(Imports, ACallerMayCountTheRowsOfItsSource) {
  auto writer = store_->begin_import("bob", minute(1));
  ASSERT_TRUE((*writer)->rows(visits(0, 10)));
  Import import;
  import.rows = 4;
  import.repeated = 1;
  const auto kept = (*writer)->commit(import);
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->rows, 4);
  EXPECT_EQ(loaded()->imports.front().repeated, 1);
}

TEST_F(Imports, OverlappingFilesGiveTheUnionInAnyOrder) {
  ASSERT_TRUE(import_table(visits(0, 30), "a"));
  const auto second = import_table(visits(20, 60), "b");
  ASSERT_TRUE(second);
  EXPECT_EQ(second->rows, 30);
  EXPECT_EQ(second->repeated, 10);
  EXPECT_EQ(rows(), 60U);
  expect_sound();
}

TEST_F(Imports, TheSamePersonKeepsOneNumberAcrossImports) {
  ASSERT_TRUE(import_table(visits(0, 2), "a"));
  EventTable table(visit_type());
  add_visit(table, "X", 100, "Cy Fox");
  add_visit(table, "X", 101, "Bo Diaz");
  ASSERT_TRUE(import_table(table, "b"));
  const auto snapshot = loaded();
  const Column& guest = snapshot->table("visit")->column("guest");
  EXPECT_EQ(guest.names.name(guest.narrow[2]), "Person 3");
  EXPECT_EQ(guest.names.name(guest.narrow[3]), "Person 2");
  EXPECT_EQ(file_bytes(path()).find("Bo Diaz"), std::string::npos);
}

TEST_F(Imports, AnUndoneImportIsLeftOutAndComesBackWhenThatIsUndone) {
  ASSERT_TRUE(import_table(visits(0, 30), "a"));
  const std::int64_t first = store_->last_seq().value();
  ASSERT_TRUE(import_table(visits(20, 60), "b"));
  const auto undone = store_->undo(first, "bob", minute(9));
  ASSERT_TRUE(undone) << said(undone);
  EXPECT_EQ(rows(), 30U);
  EXPECT_EQ(loaded()->imports.size(), 1U);
  EXPECT_EQ(loaded(first)->imports.size(), 1U);
  EXPECT_EQ(loaded(first)->table("visit")->rows(), 30U);
  EXPECT_EQ(code_of(store_->undo(first, "bob", minute(9))), "store.changed_since");
  expect_sound();
  ASSERT_TRUE(store_->undo(undone->last_seq, "bob", minute(10)));
  EXPECT_EQ(rows(), 60U);
  expect_sound();
}

TEST_F(Imports, RowsOfAnUndoneImportMayComeAgainButNeverTwice) {
  ASSERT_TRUE(import_table(visits(0, 30), "a"));
  const auto undone = store_->undo(store_->last_seq().value(), "bob", minute(9));
  ASSERT_TRUE(undone);
  const auto again = import_table(visits(0, 30), "a");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->rows, 30);
  EXPECT_EQ(again->id, "imp_000002");
  const auto back = store_->undo(undone->last_seq, "bob", minute(10));
  EXPECT_EQ(code_of(back), "store.changed_since");
  EXPECT_NE(back.error().message.find("imp_000002"), std::string::npos);
  EXPECT_EQ(rows(), 30U);
}

TEST_F(Imports, NothingIsSeenBeforeCommitAndNothingStaysWithoutIt) {
  for (const bool by_hand : {true, false}) {
    auto writer = store_->begin_import("bob", minute(1));
    ASSERT_TRUE(writer) << said(writer);
    ASSERT_TRUE((*writer)->raw("bytes"));
    ASSERT_TRUE((*writer)->rows(visits(0, 10)));
    ASSERT_TRUE((*writer)->change(add("thing", "t")));
    EXPECT_EQ(rows(), 0U);
    EXPECT_TRUE(loaded()->of("thing").empty());
    if (by_hand) {
      (*writer)->rollback();
      EXPECT_EQ(code_of((*writer)->raw("more")), "store.import_over");
      EXPECT_EQ(code_of((*writer)->commit({})), "store.import_over");
    }
    writer->reset();
    EXPECT_EQ(rows(), 0U);
    EXPECT_EQ(store_->last_seq().value(), 0);
  }
  expect_sound();
}

TEST_F(Imports, ARefusedChangeLeavesTheRestOfTheImport) {
  ASSERT_TRUE(write({add("thing", "t")}));
  auto writer = store_->begin_import("bob", minute(5));
  EXPECT_EQ(code_of((*writer)->change(add("thing", "t"))), "store.exists");
  ASSERT_TRUE((*writer)->change(add("thing", "u")));
  ASSERT_TRUE((*writer)->rows(visits(0, 3)));
  const auto import = (*writer)->commit({});
  ASSERT_TRUE(import) << said(import);
  EXPECT_EQ(import->imported_at, minute(5));
  EXPECT_EQ(loaded()->of("thing").size(), 2U);
  EXPECT_EQ(rows(), 3U);
  expect_sound();
}

TEST_F(Imports, OtherWritersWaitForAnOpenImport) {
  ASSERT_TRUE(store_);
  store_.reset();
  store_ = Store::open(path(), catalog(), {.busy_timeout = 20s, .event_types = {}}).value();
  auto writer = store_->begin_import("bob", minute(1));
  ASSERT_TRUE((*writer)->rows(visits(0, 3)));
  std::atomic<bool> is_written = false;
  std::thread other([&] {
    EXPECT_TRUE(write({add("thing", "a")}));
    is_written = true;
  });
  EXPECT_FALSE(is_written);
  EXPECT_TRUE((*writer)->commit({}));
  other.join();
  EXPECT_EQ(rows(), 3U);
  EXPECT_EQ(loaded()->of("thing").size(), 1U);
}

TEST_F(Imports, ManyRowsSpanChunksAndSeveralTablesOneImport) {
  constexpr int kRows = 70'000;
  auto writer = store_->begin_import("bob", minute(1));
  const EventTable first = visits(0, kRows);
  EXPECT_EQ((*writer)->rows(first).value(), kRows);
  EXPECT_EQ((*writer)->rows(visits(kRows - 5, kRows + 5)).value(), 5);
  const std::string raw(3'000'001, 'r');
  for (std::size_t at = 0; at < raw.size(); at += 700'000) {
    ASSERT_TRUE((*writer)->raw(std::string_view(raw).substr(at, 700'000)));
  }
  ASSERT_TRUE((*writer)->commit({}));
  const auto snapshot = loaded();
  const EventTable& table = *snapshot->table("visit");
  ASSERT_EQ(table.rows(), kRows + 5U);
  EXPECT_EQ(table.spans.size(), 1U);
  for (std::size_t row = 0; row < table.rows(); row += 997) {
    EXPECT_EQ(table.column("at").wide[row],
              minute(static_cast<int>(row)).time_since_epoch().count());
  }
  EXPECT_EQ(raw_of("imp_000001"), raw);
  expect_sound();
}

TEST_F(Imports, AColumnThatCameLaterIsMissingInOlderImports) {
  EventType older = visit_type();
  older.columns.erase(older.columns.begin() + 2);  // state
  EventTable table(older);
  table.columns.resize(older.columns.size());
  table.column("item").narrow = {table.column("item").names.intern("A")};
  table.column("at").wide = {1};
  table.column("guest").narrow = {0};
  table.column("weight").real = {1};
  table.column("seq").wide = {1};
  table.column("blocked").narrow = {1};
  table.line = {2};
  table.identity = {7};
  ASSERT_TRUE(import_table(table));
  store_ = Store::open(path(), catalog(), {.event_types = {visit_type()}}).value();
  const auto snapshot = loaded();
  store_.reset();  // a snapshot outlives its store
  const EventTable& found = *snapshot->table("visit");
  EXPECT_EQ(found.column("state").narrow, std::vector<std::uint32_t>{0});
  EXPECT_EQ(found.column("item").names.name(found.column("item").narrow[0]), "A");
  EXPECT_EQ(found.column("blocked").narrow[0], 1U);
}

TEST(Chunk, DamagedBytesAreAnErrorAndNeverReadPastTheEnd) {
  const EventTable table = visits(0, 40);
  const RowRange rows{.first = 0, .count = table.rows()};
  std::vector<UsedNames> names(table.columns.size());
  std::vector<std::vector<std::uint32_t>> ids(table.columns.size());
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    if (table.columns[c].kind != ColumnKind::text) continue;
    names[c] = used_names(table.columns[c], rows);
    ids[c] = {0, 1, 2, 3};
  }
  const std::string packed = pack_columns(table, rows, names);
  EventTable back(visit_type());
  ASSERT_TRUE(unpack_columns(packed, rows.count, ids, back));
  EXPECT_EQ(back.column("at").wide, table.column("at").wide);
  for (std::size_t at = 0; at < packed.size(); ++at) {
    std::string damaged = packed;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
    EventTable to(visit_type());
    // It may still unpack (the chunk's hash is what notices): it must not
    // crash.
    (void)unpack_columns(damaged, rows.count, ids, to);
    EventTable cut(visit_type());
    EXPECT_FALSE(unpack_columns(packed.substr(0, at), rows.count, ids, cut));
  }
}

TEST(Chunk, KnowsTheNamesInUseInAnyOrder) {
  const auto used = [](const std::vector<std::uint32_t>& ids) {
    Column column;
    for (const char* name : {"a", "b", "c"}) column.names.intern(name);
    column.narrow.append(std::span(ids));
    return used_names(column, {.first = 0, .count = ids.size()}).names;
  };
  EXPECT_EQ(used({1, 2, 1, 3, 0}).size(), 4U);
  EXPECT_EQ(used({3, 2, 1}).size(), 4U);
  EXPECT_EQ(used({3, 1, 1}).size(), 3U);
  EXPECT_EQ(used({1, 2}).size(), 3U);
  EXPECT_EQ(used({}).size(), 1U);
}

TEST(Chunk, AFrameThatClaimsMoreThanItCanHoldAsksForNoMemory) {
  const std::string four_gb("\x28\xB5\x2F\xFD\xA0\xFF\xFF\xFF\xFF\x01\x00\x00", 12);
  EXPECT_FALSE(unpack_names(four_gb));
  EXPECT_TRUE(decompress(compress(std::string(50'000'000, 'a')), 50'000'000));
}

TEST(IdentitySet, KnowsWhatWasPutInEvenZero) {
  IdentitySet set;
  for (std::uint64_t i = 0; i < 5000; ++i) EXPECT_TRUE(set.insert(i * 4096));
  for (std::uint64_t i = 0; i < 5000; ++i) EXPECT_FALSE(set.insert(i * 4096));
  EXPECT_TRUE(set.contains(0));
  EXPECT_FALSE(set.contains(1));
}

}  // namespace
}  // namespace tiebeam::store::test
