// SQLite behind two small classes: Db, one connection, and Query, one prepared statement while it
// runs. Nothing outside store/ writes SQL, and nothing outside sqlite.cc sees SQLite's own types.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"

namespace tiebeam::store {

class Db;

// A statement with its values. An error while preparing or binding comes out of step() or run().
// Goes back to the connection's cache when it is destroyed.
class Query {
 public:
  Query(Query&& other) noexcept;
  Query(const Query&) = delete;
  ~Query();

  // Binds the next placeholder, first to last. The value is copied.
  Query& with(std::string_view text);
  Query& with(std::int64_t number);
  Query& with(double number);
  Query& with_null();
  // REQUIRES: the bytes live until the statement has run; they are not copied.
  Query& with_blob(std::string_view bytes);

  // True when there is a row to read. Errors: those of Db::error.
  [[nodiscard]] Result<bool> step();
  // Runs to the end.
  [[nodiscard]] Result<void> run();
  // Ready to be bound and run again.
  void reset();

  // Columns of the current row, from 0. Views hold until the next step.
  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] double real(int column) const;
  [[nodiscard]] std::string_view text(int column) const;
  [[nodiscard]] std::string_view blob(int column) const;

 private:
  friend class Db;
  Query(Db& db, void* statement, std::string sql, int code);
  void note(int code);

  Db* db_;
  void* statement_;
  std::string sql_;
  int code_;
  int next_ = 1;
};

struct OpenOptions {
  enum class Mode : std::uint8_t { create, write, read };
  Mode mode = Mode::write;
  std::chrono::milliseconds busy_timeout{10'000};
};

// One connection. Thread: one at a time.
class Db {
 public:
  // Opens the file and sets only what belongs to the connection; nothing is written yet.
  // Errors: store.unavailable.
  [[nodiscard]] static Result<std::unique_ptr<Db>> open(const std::string& path,
                                                        const OpenOptions& options);
  ~Db();
  Db(const Db&) = delete;
  Db& operator=(const Db&) = delete;

  // Turns on the write-ahead log with a sync at each commit, and reads both back.
  // Errors: store.unavailable when the file system does not allow it.
  [[nodiscard]] Result<void> make_durable();

  [[nodiscard]] Query query(std::string_view sql);
  // One or several statements without values.
  [[nodiscard]] Result<void> exec(const std::string& sql);
  // Brings the write-ahead log into the file and empties it: the file is whole by itself, which
  // closing alone cannot promise. Errors: those of error(), also while somebody holds the log.
  [[nodiscard]] Result<void> fold_log();
  // Copies what is committed to a new file. Errors: those of error(), of either file.
  [[nodiscard]] Result<void> copy_to(const std::string& file);
  // A single number; 0 when there is no row or it is null.
  [[nodiscard]] Result<std::int64_t> number(std::string_view sql);
  [[nodiscard]] Result<std::string> text(std::string_view sql);

  // True while a transaction is open. Some failures (disk full) end it on their own.
  [[nodiscard]] bool in_transaction() const;
  // True when a reference of the open transaction points at nothing.
  [[nodiscard]] bool has_loose_references() const;
  [[nodiscard]] const std::string& path() const { return path_; }
  // What SQLite's result code means for people: store.unavailable with cause and hint,
  // store.not_ours, store.broken, or internal.
  [[nodiscard]] Error error(int code) const;

 private:
  friend class Query;
  Db() = default;
  void give_back(std::string sql, void* statement);
  [[nodiscard]] Error error_about(const std::string& file, int code) const;

  void* handle_ = nullptr;
  std::string path_;
  std::chrono::milliseconds busy_timeout_{0};
  std::multimap<std::string, void*, std::less<>> idle_;  // prepared statements nobody uses now
};

// A transaction that rolls back unless commit() succeeded.
class Transaction {
 public:
  enum class Kind : std::uint8_t { read, write };
  // write: waits for other writers up to the busy timeout. Errors: store.unavailable.
  [[nodiscard]] static Result<Transaction> begin(Db& db, Kind kind);
  Transaction(Transaction&& other) noexcept : db_(std::exchange(other.db_, nullptr)) {}
  Transaction(const Transaction&) = delete;
  ~Transaction();
  [[nodiscard]] Result<void> commit();

 private:
  explicit Transaction(Db& db) : db_(&db) {}
  Db* db_;
};

}  // namespace tiebeam::store
