// For the store's own tests: a store in a folder of its own, with short ways to write.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/test_support.h"
#include "store/test_catalog.h"

namespace tiebeam::store::test {

inline std::string file_bytes(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

inline std::string said(const Error& error) { return error.code + ": " + error.message; }
template <class T>
std::string said(const Result<T>& result) {
  return result ? "no error" : said(result.error());
}
template <class T>
std::string code_of(const Result<T>& result) {
  return result ? "" : result.error().code;
}

// A store in a folder of its own, with short ways to write to it.
class StoreTest : public testing::Test {
 protected:
  void SetUp() override { reopen(/*make=*/true); }
  void reopen(bool make = false) {
    store_.reset();
    const Options options{.busy_timeout = std::chrono::milliseconds{50}, .event_types = {}};
    auto opened =
        make ? Store::create(path(), catalog(), options) : Store::open(path(), catalog(), options);
    ASSERT_TRUE(opened) << said(opened);
    store_ = *std::move(opened);
  }
  [[nodiscard]] std::string path() const { return folder_ / "org.tiebeam"; }

  Result<Written> write(std::vector<Change> changes, std::string key = {}) {
    return store_->write({"alice", minute(++clock_), "test", std::move(key), std::move(changes)});
  }
  static Change add(std::string type, std::string id,
                    std::vector<std::pair<std::string, Value>> fields = {}) {
    fields.emplace_back("name", "The " + id);
    return {Op::add, std::move(type), std::move(id), std::move(fields), {}};
  }
  static Change set(std::string type, std::string id, std::string field, Value value) {
    return {Op::set, std::move(type), std::move(id), {{std::move(field), std::move(value)}}, {}};
  }
  static Change remove(std::string type, std::string id) {
    return {Op::remove, std::move(type), std::move(id), {}, {}};
  }
  // Imports one table with `raw` as its source.
  Result<Import> import_table(const EventTable& table, std::string_view raw = {}) {
    auto writer = store_->begin_import("alice", minute(++clock_));
    if (!writer) return std::unexpected(writer.error());
    TB_DO((*writer)->raw(raw));
    TB_TRY(const std::int64_t rows, (*writer)->rows(table));
    (void)rows;
    Import import;
    import.file = "visits.csv";
    import.format = "events";
    return (*writer)->commit(import);
  }
  [[nodiscard]] std::shared_ptr<Snapshot> loaded(std::optional<std::int64_t> seq = {}) const {
    auto snapshot = store_->load(seq);
    EXPECT_TRUE(snapshot) << said(snapshot);
    return snapshot ? *snapshot : std::make_shared<Snapshot>();
  }
  void expect_sound() const {
    const auto fault = store_->verify();
    ASSERT_TRUE(fault) << said(fault);
    EXPECT_FALSE(fault->has_value()) << (*fault)->seq << ": " << (*fault)->message;
  }
  [[nodiscard]] std::string raw_of(std::string_view import_id) const {
    std::string out;
    const auto read = store_->read_raw(import_id, [&](std::string_view block) {
      out += block;
      return true;
    });
    EXPECT_TRUE(read) << said(read);
    return out;
  }

  TestFolder folder_;
  std::unique_ptr<Store> store_;
  int clock_ = 0;
};

}  // namespace tiebeam::store::test
