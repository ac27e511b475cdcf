// One group, one fate for its commit; one request, one fate for its errors.
#include "store/writer.h"

#include "store/journal.h"
#include "store/migrate.h"
#include "store/test_support.h"

namespace tiebeam::store::test {
namespace {

class Writing : public testing::Test {
 protected:
  [[nodiscard]] std::unique_ptr<Db> fresh(const std::string& more = {}) const {
    auto db = Db::open(folder_ / "db", {.mode = OpenOptions::Mode::create}).value();
    EXPECT_TRUE(db->make_durable());
    EXPECT_TRUE(
        db->exec("CREATE TABLE IF NOT EXISTS t (a INTEGER PRIMARY KEY, b TEXT) STRICT;" + more));
    return db;
  }
  static Writer::Work insert(std::int64_t a, std::size_t bytes = 1) {
    return [=](Db& db) -> Result<Written> {
      TB_DO(db.query("INSERT INTO t VALUES (?1, ?2)").with(a).with(std::string(bytes, 'x')).run());
      return Written{a, a, false};
    };
  }
  [[nodiscard]] std::int64_t rows() const {
    return fresh()->number("SELECT COUNT(*) FROM t").value();
  }
  TestFolder folder_;
};

TEST_F(Writing, AFullFileRefusesOneWriteAndKeepsTheRest) {
  Writer writer(fresh("PRAGMA max_page_count=40"));
  int kept = 0;
  Result<Written> refused = Written{};
  for (std::int64_t i = 0; refused && i < 1000; ++i) {
    refused = writer.run(insert(i, 3000));
    if (refused) ++kept;
  }
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "store.unavailable");
  EXPECT_NE(refused.error().hint.find("nothing of this write was kept"), std::string::npos);
  EXPECT_EQ(rows(), kept);
  EXPECT_TRUE(writer.run([](Db& db) -> Result<Written> {
    TB_DO(db.exec("DELETE FROM t WHERE a < 5"));
    return Written{};
  }));
  EXPECT_TRUE(writer.run(insert(2000, 100)));
}

TEST_F(Writing, ABugReachesTheThreadThatAskedAndKeepsNothing) {
  Writer writer(fresh());
  EXPECT_THROW((void)writer.run([](Db& db) -> Result<Written> {
    TB_DO(db.exec("INSERT INTO t VALUES (1, 'x')"));
    throw Bug("broken promise");
  }),
               Bug);
  EXPECT_EQ(rows(), 0);
  EXPECT_TRUE(writer.run(insert(1)));
}

TEST_F(Writing, WhatIsQueuedIsDoneBeforeItStops) {
  std::vector<std::thread> threads;
  {
    Writer writer(fresh());
    for (std::int64_t i = 0; i < 20; ++i) {
      threads.emplace_back([&writer, i] { EXPECT_TRUE(writer.run(insert(i))); });
    }
    for (std::thread& thread : threads) thread.join();
  }
  EXPECT_EQ(rows(), 20);
}

}  // namespace
}  // namespace tiebeam::store::test
