#include "store/sqlite.h"

#include <sqlite3.h>

#include <utility>

#include "base/text.h"
#include "store/files.h"

namespace tiebeam::store {
namespace {

sqlite3* raw_db(void* handle) { return static_cast<sqlite3*>(handle); }
sqlite3_stmt* raw(void* statement) { return static_cast<sqlite3_stmt*>(statement); }

// Of new files. Chunks of events are written in half as many steps as with SQLite's 4 KB; a change
// of a record still writes little more than it has to.
constexpr std::string_view kPageSize = "PRAGMA page_size=8192";

constexpr std::string_view kEvenOpening =
    "free some space: even opening an organisation needs a little beside its file";
constexpr std::string_view kNothingKept = "nothing of this write was kept";

// What the system said last, of the connection, of the file or of its log: which of them still
// knows depends on how far SQLite had come.
std::optional<NoRoom> no_room_for(sqlite3* db) {
  int of_file = 0, of_log = 0;
  sqlite3_file* log = nullptr;
  sqlite3_file_control(db, "main", SQLITE_FCNTL_LAST_ERRNO, &of_file);
  sqlite3_file_control(db, "main", SQLITE_FCNTL_JOURNAL_POINTER, static_cast<void*>(&log));
  if (log != nullptr && log->pMethods != nullptr)
    log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &of_log);
  for (const int each : {sqlite3_system_errno(db), of_file, of_log}) {
    if (const auto lack = no_room(each)) return lack;
  }
  return std::nullopt;
}

// All others may be of a file that is read.
bool is_of_a_write(int code) {
  return code == SQLITE_FULL || code == SQLITE_IOERR_WRITE || code == SQLITE_IOERR_TRUNCATE ||
         code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC;
}

Error unavailable(const std::string& path, std::string_view cause, std::string_view hint) {
  return {.kind = Kind::unavailable,
          .code = "store.unavailable",
          .message = fmt::format("cannot use {}: {}", path, cause),
          .detail = {},
          .hint = std::string(hint),
          .field = {}};
}

}  // namespace

// --- Query -------------------------------------------------------------------------------------

Query::Query(Db& db, void* statement, std::string sql, int code)
    : db_(&db), statement_(statement), sql_(std::move(sql)), code_(code) {}

Query::Query(Query&& other) noexcept
    : db_(other.db_),
      statement_(std::exchange(other.statement_, nullptr)),
      sql_(std::move(other.sql_)),
      code_(other.code_),
      next_(other.next_) {}

Query::~Query() {
  if (statement_ != nullptr) db_->give_back(std::move(sql_), statement_);
}

void Query::note(int code) {
  if (code_ == SQLITE_OK) code_ = code;
}

Query& Query::with(std::string_view text) {
  if (code_ == SQLITE_OK) {
    note(sqlite3_bind_text64(raw(statement_), next_++, text.data() == nullptr ? "" : text.data(),
                             text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
  }
  return *this;
}

Query& Query::with(std::int64_t number) {
  if (code_ == SQLITE_OK) note(sqlite3_bind_int64(raw(statement_), next_++, number));
  return *this;
}

Query& Query::with(double number) {
  if (code_ == SQLITE_OK) note(sqlite3_bind_double(raw(statement_), next_++, number));
  return *this;
}

Query& Query::with_null() {
  if (code_ == SQLITE_OK) note(sqlite3_bind_null(raw(statement_), next_++));
  return *this;
}

Query& Query::with_blob(std::string_view bytes) {
  if (code_ == SQLITE_OK) {
    note(sqlite3_bind_blob64(raw(statement_), next_++, bytes.data() == nullptr ? "" : bytes.data(),
                             bytes.size(), SQLITE_STATIC));
  }
  return *this;
}

Result<bool> Query::step() {
  if (code_ == SQLITE_OK) {
    const int code = sqlite3_step(raw(statement_));
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    code_ = code;
  }
  return std::unexpected(db_->error(code_));
}

Result<void> Query::run() {
  while (true) {
    TB_TRY(const bool more, step());
    if (!more) return {};
  }
}

void Query::reset() {
  if (statement_ == nullptr) return;
  sqlite3_reset(raw(statement_));
  sqlite3_clear_bindings(raw(statement_));
  code_ = SQLITE_OK;
  next_ = 1;
}

bool Query::is_null(int column) const {
  return sqlite3_column_type(raw(statement_), column) == SQLITE_NULL;
}
std::int64_t Query::integer(int column) const {
  return sqlite3_column_int64(raw(statement_), column);
}
double Query::real(int column) const { return sqlite3_column_double(raw(statement_), column); }

std::string_view Query::text(int column) const {
  const unsigned char* data = sqlite3_column_text(raw(statement_), column);
  if (data == nullptr) return {};
  return {reinterpret_cast<const char*>(data),
          static_cast<std::size_t>(sqlite3_column_bytes(raw(statement_), column))};
}

std::string_view Query::blob(int column) const {
  const void* data = sqlite3_column_blob(raw(statement_), column);
  if (data == nullptr) return {};
  return {static_cast<const char*>(data),
          static_cast<std::size_t>(sqlite3_column_bytes(raw(statement_), column))};
}

// --- Db ----------------------------------------------------------------------------------------

Result<std::unique_ptr<Db>> Db::open(const std::string& path, const OpenOptions& options) {
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE;
  if (options.mode == OpenOptions::Mode::create) flags |= SQLITE_OPEN_CREATE;
  std::unique_ptr<Db> db(new Db);
  db->path_ = path;
  db->busy_timeout_ = options.busy_timeout;
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  db->handle_ = handle;
  if (code != SQLITE_OK) return std::unexpected(db->error(code));
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, static_cast<int>(options.busy_timeout.count()));
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  // What this file does not trust: functions in a schema, cells with impossible sizes.
  TB_DO(
      db->exec("PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA foreign_keys=ON;"
               "PRAGMA secure_delete=ON; PRAGMA cache_size=-16000"));
  TB_TRY(const std::int64_t keys, db->number("PRAGMA foreign_keys"));
  TB_CHECK(keys == 1, "SQLite is built with foreign keys");
  if (options.mode == OpenOptions::Mode::read) TB_DO(db->exec("PRAGMA query_only=ON"));
  if (options.mode == OpenOptions::Mode::create) TB_DO(db->exec(std::string(kPageSize)));
  return db;
}

Db::~Db() {
  for (const auto& [sql, statement] : idle_) sqlite3_finalize(raw(statement));
  if (handle_ != nullptr) sqlite3_close(raw_db(handle_));
}

Result<void> Db::make_durable() {
  TB_TRY(const std::string mode, text("PRAGMA journal_mode=WAL"));
  if (mode != "wal") {
    return std::unexpected(unavailable(path_, "this file system does not allow a write-ahead log",
                                       "keep the store on a local disk"));
  }
  TB_DO(exec("PRAGMA synchronous=FULL; PRAGMA journal_size_limit=67108864"));
  TB_TRY(const std::int64_t level, number("PRAGMA synchronous"));
  TB_CHECK(level == 2, "synchronous=FULL was just set: without it a power cut loses commits");
  return {};
}

Query Db::query(std::string_view sql) {
  if (const auto found = idle_.find(sql); found != idle_.end()) {
    auto node = idle_.extract(found);
    return {*this, node.mapped(), std::move(node.key()), SQLITE_OK};
  }
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(raw_db(handle_), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  return {*this, statement, std::string(sql), code};
}

void Db::give_back(std::string sql, void* statement) {
  sqlite3_reset(raw(statement));
  sqlite3_clear_bindings(raw(statement));
  idle_.emplace(std::move(sql), statement);
}

Result<void> Db::exec(const std::string& sql) {
  const int code = sqlite3_exec(raw_db(handle_), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return std::unexpected(error(code));
  return {};
}

Result<void> Db::fold_log() {
  Query q = query("PRAGMA wal_checkpoint(TRUNCATE)");
  TB_TRY(const bool found, q.step());
  const bool is_held = found && q.integer(0) != 0;
  if (is_held) return std::unexpected(error(SQLITE_BUSY));
  return {};
}

Result<void> Db::copy_to(const std::string& file) {
  Query q = query("VACUUM INTO ?1");
  const Result<void> done = q.with(file).run();
  if (!done && is_of_a_write(q.code_)) return std::unexpected(error_about(file, q.code_));
  return done;
}

Result<std::int64_t> Db::number(std::string_view sql) {
  Query q = query(sql);
  TB_TRY(const bool found, q.step());
  return found ? q.integer(0) : 0;
}

Result<std::string> Db::text(std::string_view sql) {
  Query q = query(sql);
  TB_TRY(const bool found, q.step());
  return found ? std::string(q.text(0)) : std::string();
}

bool Db::in_transaction() const { return sqlite3_get_autocommit(raw_db(handle_)) == 0; }

bool Db::has_loose_references() const {
  int loose = 0;
  int highest = 0;
  sqlite3_db_status(raw_db(handle_), SQLITE_DBSTATUS_DEFERRED_FKS, &loose, &highest, 0);
  return loose != 0;
}

Error Db::error(int code) const { return error_about(path_, code); }

Error Db::error_about(const std::string& file, int code) const {
  const std::string path = goal_of(file);
  std::string said = handle_ != nullptr ? sqlite3_errmsg(raw_db(handle_)) : "out of memory";
  std::ranges::replace(said, '\n', ' ');  // it may quote a statement of several lines
  const std::string cause =
      shown(said, 400);  // or a name out of a damaged file, which is any bytes
  const int kind = code & 0xff;
  if ((kind == SQLITE_IOERR || kind == SQLITE_CANTOPEN) && handle_ != nullptr) {
    if (const auto lack = no_room_for(raw_db(handle_)))
      return unavailable(path, lack->cause, is_of_a_write(code) ? lack->hint : kEvenOpening);
  }
  switch (kind) {
    case SQLITE_FULL:
      return unavailable(path, "the disk is full",
                         fmt::format("free some space; {}", kNothingKept));
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return unavailable(
          path, fmt::format("another writer held it for longer than {} ms", busy_timeout_.count()),
          fmt::format("wait until the import that is running has finished, then try again; {}",
                      kNothingKept));
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_CANTOPEN:
      return unavailable(path, cause, "check that the file and its folder may be read and written");
    case SQLITE_IOERR:
    case SQLITE_PROTOCOL:
      return unavailable(path, fmt::format("{} (code {})", cause, code),
                         fmt::format("check the disk, then try again; {}", kNothingKept));
    case SQLITE_NOMEM:
    case SQLITE_TOOBIG:
      return unavailable(path, cause,
                         fmt::format("free some memory, then try again; {}", kNothingKept));
    case SQLITE_NOTADB:
      return {Kind::invalid,
              "store.not_ours",
              fmt::format("{} is not a Tiebeam store", path),
              cause,
              "name the file of an organisation that Tiebeam made",
              {}};
    case SQLITE_CORRUPT:
    case SQLITE_CONSTRAINT:  // of a key, and each is looked for before it is written
      return {Kind::unavailable,
              "store.broken",
              fmt::format("{} is damaged: {}", path, cause),
              {},
              "restore the newest backup",
              {}};
    default:
      return {Kind::internal,
              "store.internal",
              fmt::format("{}: {} (code {})", path, cause, code),
              {},
              {},
              {}};
  }
}

// --- Transaction -------------------------------------------------------------------------------

Result<Transaction> Transaction::begin(Db& db, Kind kind) {
  TB_DO(db.exec(kind == Kind::write ? "BEGIN IMMEDIATE" : "BEGIN"));
  return Transaction(db);
}

Transaction::~Transaction() {
  // A rollback that fails leaves a transaction that SQLite has already ended.
  if (db_ != nullptr && db_->in_transaction()) (void)db_->exec("ROLLBACK");
}

Result<void> Transaction::commit() {
  TB_DO(db_->exec("COMMIT"));
  db_ = nullptr;
  return {};
}

}  // namespace tiebeam::store
