// The store as a file: made, recognised, grown, copied, restored.
#include "store/files.h"

#include <sys/wait.h>
#include <unistd.h>

#include "store/schema.h"
#include "store/sqlite.h"
#include "store/test_support.h"

namespace tiebeam::store::test {
namespace {

class Files : public StoreTest {
 protected:
  void change_file(const std::string& sql) {
    store_.reset();
    const auto db = Db::open(path(), {}).value();
    const auto done = db->exec(sql);
    ASSERT_TRUE(done) << said(done);
  }
  [[nodiscard]] std::string text_in_file(const std::string& sql) const {
    return Db::open(path(), {}).value()->text(sql).value();
  }
  void write_file(const std::string& file, std::string_view bytes) const {
    std::ofstream(folder_ / file, std::ios::binary) << bytes;
  }
};

// The test catalog with a field and a type more.
const Catalog& grown() {
  static const Catalog all = [] {
    Catalog out;
    for (const auto& [name, type] : catalog().types()) {
      RecordType copy = type;
      FieldInfo extra;
      extra.name = "extra";
      extra.kind = FieldKind::money;
      if (name == "thing") copy.fields.push_back(extra);
      out.add(copy);
    }
    out.add(describe_record<Team>("kernel"));
    return out;
  }();
  return all;
}

TEST_F(Files, AStoreIsDurableByItsSettings) {
  const auto db = Db::open(path(), {}).value();
  ASSERT_TRUE(db->make_durable());
  EXPECT_EQ(db->text("PRAGMA journal_mode").value(), "wal");
  EXPECT_EQ(db->number("PRAGMA synchronous").value(), 2);
  EXPECT_EQ(db->number("PRAGMA foreign_keys").value(), 1);
  EXPECT_EQ(db->number("PRAGMA trusted_schema").value(), 0);
  EXPECT_EQ(db->number("PRAGMA cell_size_check").value(), 1);
  EXPECT_EQ(db->number("PRAGMA secure_delete").value(), 1);
}

TEST_F(Files, ANewStoreHasPagesOfEightKilobytes) {
  EXPECT_EQ(Db::open(path(), {}).value()->number("PRAGMA page_size").value(), 8192);
}

TEST_F(Files, WhatIsNoStoreIsRefusedWithoutATouch) {
  write_file("empty", "");
  write_file("text",
             "just some notes about things, long enough to be no header of a database file at all "
             "and longer than a hundred bytes");
  ASSERT_TRUE(Db::open(folder_ / "foreign", {.mode = OpenOptions::Mode::create})
                  .value()
                  ->exec("CREATE TABLE t(a)"));
  const struct {
    const char* file;
    const char* code;
  } rows[] = {{"missing", "store.not_found"},
              {"empty", "store.not_ours"},
              {"text", "store.not_ours"},
              {"foreign", "store.not_ours"},
              {"", "store.unavailable"}};
  for (const auto& row : rows) {
    const std::string file = folder_ / row.file;
    const std::string before = std::filesystem::is_regular_file(file) ? file_bytes(file) : "";
    EXPECT_EQ(code_of(Store::open(file, catalog())), row.code) << row.file;
    if (!before.empty()) {
      EXPECT_EQ(file_bytes(file), before) << row.file;
    }
  }
  EXPECT_FALSE(file_exists(folder_ / "missing"));
}

TEST_F(Files, CreatingNeverOverwritesAndLeavesNothingBehindWhenItFails) {
  EXPECT_EQ(code_of(Store::create(path(), catalog())), "store.exists");
  EXPECT_EQ(code_of(Store::create(folder_ / "no/such/folder", catalog())), "store.unavailable");
  store_.reset();
  std::size_t files = 0;
  for (const auto& each : std::filesystem::directory_iterator(folder_ / ""))
    files += each.exists() ? 1U : 0U;
  EXPECT_EQ(files, 1U);
}

TEST_F(Files, WhatStillLiesInALogIsNotLinkedWithoutIt) {
  const auto refused = publish(folder_ / "whole", [&](const std::string& draft) -> Result<void> {
    std::ofstream(draft) << "a part";
    std::ofstream(draft + "-wal") << "the rest";
    return {};
  });
  EXPECT_EQ(code_of(refused), "store.unavailable");
  EXPECT_FALSE(file_exists(folder_ / "whole"));
}

TEST_F(Files, DraftsOfProcessesThatAreNoMoreGoWithTheNextMaking) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(0);
  ASSERT_EQ(::waitpid(child, nullptr, 0), child);
  const std::string gone = std::to_string(child);
  const std::string dead[] = {"new.draft-" + gone + "-1", "new.draft-" + gone + "-1-wal",
                              "new.draft-" + gone, "b.tiebeam.draft-" + gone + "-2-shm",
                              fmt::format("new.draft-{}-77", ::getpid())};
  const std::string kept[] = {fmt::format("new.draft-{}-1", ::getppid()),
                              "other.draft-" + gone + "-1",
                              "new.draft-" + gone + ".docx",
                              "new.draft-",
                              "new.draft-0",
                              "new.draft-x"};
  for (const auto& name : dead) write_file(name, "left behind");
  for (const auto& name : kept) write_file(name, "somebody's");
  ASSERT_TRUE(Store::create(folder_ / "new", catalog()));
  for (const auto& name : dead) EXPECT_FALSE(file_exists(folder_ / name)) << name;
  for (const auto& name : kept) EXPECT_TRUE(file_exists(folder_ / name)) << name;
}

TEST_F(Files, TwoThatMakeTheSameAtOnceDoNotTouchEachOther) {
  const auto late = publish(folder_ / "same", [&](const std::string& draft) -> Result<void> {
    std::ofstream(draft) << "late";
    return publish(folder_ / "same", [](const std::string& first) -> Result<void> {
      std::ofstream(first) << "first";
      return {};
    });
  });
  EXPECT_EQ(code_of(late), "store.exists");
  EXPECT_EQ(file_bytes(folder_ / "same"), "first");
}

TEST_F(Files, AStoreOfANewerVersionIsRefused) {
  change_file("PRAGMA user_version=99");
  EXPECT_EQ(code_of(Store::open(path(), catalog())), "store.newer");
}

TEST_F(Files, TablesGrowWithTheirDescriptionAndTheFileSaysSo) {
  ASSERT_TRUE(write({add("thing", "a")}));
  store_ = Store::open(path(), grown()).value();
  const Money cost{100, Currency{}};
  ASSERT_TRUE(write({set("thing", "a", "extra", cost), add("team", "core")}));
  EXPECT_EQ(loaded()->find("thing", "a")->values.back(), Value{cost});
  expect_sound();
  store_.reset();
  EXPECT_EQ(text_in_file("SELECT what FROM tb_migration WHERE number = 2"),
            "table team\ncolumn thing.extra_minor\ncolumn thing.extra_currency\n");
  // An older program still opens it; what it does not know stays.
  store_ = Store::open(path(), catalog()).value();
  ASSERT_TRUE(write({set("thing", "a", "count", std::int64_t{2})}));
  expect_sound();
  store_ = Store::open(path(), grown()).value();
  EXPECT_EQ(loaded()->find("thing", "a")->values.back(), Value{cost});
  expect_sound();
  EXPECT_EQ(text_in_file("SELECT MAX(number) FROM tb_migration"), "2");
}

TEST_F(Files, AColumnOfAnotherTypeIsRefused) {
  change_file("ALTER TABLE thing DROP COLUMN count; ALTER TABLE thing ADD COLUMN count TEXT");
  EXPECT_EQ(code_of(Store::open(path(), catalog())), "store.broken");
}

TEST_F(Files, ABackupIsACheckedStoreOfItsOwn) {
  ASSERT_TRUE(write({add("thing", "a")}));
  ASSERT_TRUE(import_table(visits(0, 20), "raw"));
  ASSERT_TRUE(write({add("thing", "b")}));
  const std::string copy = folder_ / "copy.tiebeam";
  const auto done = store_->backup(copy);
  ASSERT_TRUE(done) << said(done);
  EXPECT_EQ(code_of(store_->backup(copy)), "store.exists");
  ASSERT_TRUE(write({add("thing", "later")}));
  const std::string back = folder_ / "back.tiebeam";
  ASSERT_TRUE(restore(copy, back, catalog()));
  EXPECT_EQ(code_of(restore(copy, back, catalog())), "store.exists");
  const auto snapshot = loaded(3);
  store_ = Store::open(back, catalog()).value();
  EXPECT_EQ(loaded()->records, snapshot->records);
  EXPECT_EQ(loaded()->table("visit")->rows(), 20U);
  expect_sound();
  ASSERT_TRUE(write({add("thing", "goes-on")}));
  EXPECT_EQ(store_->last_seq().value(), 4);
}

TEST_F(Files, ABackupDoesNotWaitForAnOpenImport) {
  ASSERT_TRUE(write({add("thing", "a")}));
  const auto writer = store_->begin_import("bob", minute(1));
  ASSERT_TRUE((*writer)->rows(visits(0, 20)));
  const auto done = store_->backup(folder_ / "copy");
  ASSERT_TRUE(done) << said(done);
  store_ = Store::open(folder_ / "copy", catalog()).value();
  EXPECT_EQ(loaded()->of("thing").size(), 1U);
  EXPECT_EQ(loaded()->table("visit"), nullptr);
}

TEST_F(Files, ABackupOfAnOlderCatalogIsRestoredAndGrown) {
  ASSERT_TRUE(write({add("thing", "a")}));
  ASSERT_TRUE(store_->backup(folder_ / "copy"));
  ASSERT_TRUE(restore(folder_ / "copy", folder_ / "back", grown()));
  store_ = Store::open(folder_ / "back", grown()).value();
  EXPECT_EQ(loaded()->of("thing").size(), 1U);
}

TEST_F(Files, ADamagedBackupIsNotRestored) {
  ASSERT_TRUE(write({add("thing", "a", {{"words", "hello"}})}));
  ASSERT_TRUE(store_->backup(folder_ / "copy"));
  const std::string good = file_bytes(folder_ / "copy");
  write_file("cut", good.substr(0, good.size() / 2));
  std::string forged = good;
  const std::size_t at = forged.find("shello");
  ASSERT_NE(at, std::string::npos);
  forged[at + 1] = 'j';
  write_file("forged", forged);
  write_file("text", std::string(2000, 'x'));
  std::string page = good;
  std::size_t leaf = 4096;  // the first page of rows: where its free space starts
  while (leaf < page.size() && page[leaf] != '\x0d') leaf += 4096;
  ASSERT_LT(leaf, page.size());
  page[leaf + 1] = '\x10';
  page[leaf + 2] = '\x09';
  write_file("page", page);
  const struct {
    const char* file;
    const char* code;
  } rows[] = {{"cut", "store.broken"},
              {"forged", "store.broken"},
              {"page", "store.broken"},
              {"text", "store.not_ours"},
              {"missing", "store.not_found"}};
  for (const auto& row : rows) {
    const auto restored = restore(folder_ / row.file, folder_ / "target", catalog());
    EXPECT_EQ(code_of(restored), row.code) << row.file;
    EXPECT_FALSE(said(restored).contains('\n')) << "a message is one line";
    EXPECT_FALSE(file_exists(folder_ / "target"));
  }
}

TEST(Schema, BothDialectsComeFromOneDescription) {
  const std::string lite = schema_sql(catalog(), Dialect::sqlite);
  const std::string postgres = schema_sql(catalog(), Dialect::postgresql);
  const struct {
    const char* lite;
    const char* postgres;
  } rows[] = {{"\"count\" INTEGER", "\"count\" BIGINT"},
              {"\"size\" REAL", "\"size\" DOUBLE PRECISION"},
              {"\"done\" INTEGER", "\"done\" BOOLEAN"},
              {"\"cost_minor\" INTEGER", "\"cost_minor\" BIGINT"},
              {"\"cost_currency\" TEXT", "\"cost_currency\" TEXT"},
              {"\"begun\" INTEGER", "\"begun\" BIGINT"},
              {"\"due\" TEXT", "\"due\" TEXT"},
              {"\"from\" TEXT", "\"from\" TEXT"},
              {"\"block\" BLOB", "\"block\" BYTEA"},
              {"\"maker\" TEXT REFERENCES \"person\" (\"id\") DEFERRABLE INITIALLY DEFERRED",
               "ALTER TABLE \"thing\" ADD FOREIGN KEY (\"maker\") REFERENCES \"person\" (\"id\") "
               "DEFERRABLE "
               "INITIALLY DEFERRED"}};
  for (const auto& row : rows) {
    EXPECT_NE(lite.find(row.lite), std::string::npos) << row.lite;
    EXPECT_NE(postgres.find(row.postgres), std::string::npos) << row.postgres;
  }
  EXPECT_EQ(postgres.find("STRICT"), std::string::npos);
  const TestFolder folder;
  const auto db = Db::open(folder / "schema", {.mode = OpenOptions::Mode::create}).value();
  EXPECT_TRUE(db->exec(lite));
}

}  // namespace
}  // namespace tiebeam::store::test
