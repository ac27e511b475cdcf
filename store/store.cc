#include "store/store.h"

#include <sodium.h>

#include <mutex>

#include "store/apply.h"
#include "store/backup.h"
#include "store/erase.h"
#include "store/files.h"
#include "store/importer.h"
#include "store/load.h"
#include "store/migrate.h"
#include "store/raw_source.h"
#include "store/undo.h"
#include "store/verify.h"
#include "store/writer.h"

namespace tiebeam::store {

struct Store::Inner {
  std::string path;
  Options options;
  const Catalog* given = nullptr;       // what snapshots name
  std::shared_ptr<const Catalog> full;  // with "import"
  std::unique_ptr<Writer> writer;
  std::mutex mutex;
  std::vector<std::unique_ptr<Db>> readers;  // idle ones

  [[nodiscard]] Result<std::unique_ptr<Db>> connect(OpenOptions::Mode mode) const {
    TB_TRY(auto db, Db::open(path, {mode, options.busy_timeout}));
    if (mode != OpenOptions::Mode::read) TB_DO(db->make_durable());
    return db;
  }

  [[nodiscard]] Result<std::unique_ptr<Db>> take_reader() {
    {
      const std::scoped_lock lock(mutex);
      if (!readers.empty()) {
        std::unique_ptr<Db> db = std::move(readers.back());
        readers.pop_back();
        return db;
      }
    }
    return connect(OpenOptions::Mode::read);
  }

  // Runs `work` on one consistent state of the file, while others read and write.
  template <class F>
  auto read(const F& work) -> decltype(work(std::declval<Db&>())) {
    TB_TRY(std::unique_ptr<Db> db, take_reader());
    auto result = [&]() -> decltype(work(*db)) {
      TB_TRY(const Transaction transaction, Transaction::begin(*db, Transaction::Kind::read));
      return work(*db);
    }();
    const std::scoped_lock lock(mutex);
    readers.push_back(std::move(db));
    return result;
  }

  [[nodiscard]] Session session(Db& db, std::string actor, Instant at, std::string command) const {
    return {db, *full, std::move(actor), at, std::move(command)};
  }
};

namespace {

// The answer of an earlier write with this key.
Result<std::optional<Written>> find_answer(Db& db, const std::string& key) {
  if (key.empty()) return std::nullopt;
  Query q = db.query("SELECT first_seq, last_seq, request FROM tb_idempotency WHERE key = ?1");
  TB_TRY(const bool found, q.with(key).step());
  if (!found) return std::nullopt;
  return Written{q.integer(0), q.integer(1), true,
                 q.is_null(2) ? std::string() : std::string(q.text(2))};
}

Result<void> note_answer(Db& db, const Write& write, const Written& written) {
  if (write.idempotency_key.empty()) return {};
  Query q = db.query(
      "INSERT INTO tb_idempotency (key, first_seq, last_seq, request) VALUES (?1, ?2, ?3, ?4)");
  q.with(write.idempotency_key).with(written.first_seq).with(written.last_seq);
  if (write.request.empty())
    q.with_null();
  else
    q.with(write.request);
  return q.run();
}

// Stores of before kept no request with a key: such a key is taken for the same.
Result<void> check_same(const Write& write, const Written& before) {
  if (before.request.empty() || write.request.empty() || before.request == write.request) return {};
  return std::unexpected(Error{.kind = Kind::invalid,
                               .code = "store.key_reused",
                               .message = "this idempotency key was used for another request",
                               .detail = {},
                               .hint = "send each new request with a key of its own",
                               .field = "Idempotency-Key",
                               .found = "the key of another request",
                               .expected = "a key of its own"});
}

Result<void> make_file(const std::string& path, const Catalog& full,
                       std::chrono::milliseconds busy_timeout) {
  TB_TRY(const auto db, Db::open(path, {OpenOptions::Mode::create, busy_timeout}));
  TB_DO(db->make_durable());
  TB_DO(make_tables(*db, full));
  return db->fold_log();
}

}  // namespace

Store::Store() : inner_(std::make_unique<Inner>()) {}
Store::~Store() = default;

// Closing by itself tells nobody that the last of the log did not fit on the disk.
Result<void> Store::close(std::unique_ptr<Store> store) {
  TB_TRY(const auto db, store->inner_->connect(OpenOptions::Mode::write));
  store.reset();
  return db->fold_log();
}

Result<std::unique_ptr<Store>> Store::create(const std::string& path, const Catalog& catalog,
                                             Options options, const Fill& fill) {
  TB_CHECK(sodium_init() >= 0, "the system gives random bytes");
  const auto make = [&](const std::string& draft) -> Result<void> {
    TB_DO(make_file(draft, with_import(catalog), options.busy_timeout));
    if (!fill) return {};
    TB_TRY(auto store, open(draft, catalog, options));
    TB_DO(fill(*store));
    return close(std::move(store));
  };
  TB_DO(publish(path, make));
  auto made = open(path, catalog, std::move(options));
  if (!made) take_back(path);
  return made;
}

Result<std::unique_ptr<Store>> Store::open(const std::string& path, const Catalog& catalog,
                                           Options options) {
  TB_CHECK(sodium_init() >= 0, "the system gives random bytes");
  if (!file_exists(path)) {
    return fail(Kind::not_found, "store.not_found", fmt::format("there is no store at {}", path),
                "check the name; an organisation is made by its first import");
  }
  std::unique_ptr<Store> store(new Store);
  Inner& inner = *store->inner_;
  inner.path = path;
  inner.options = std::move(options);
  inner.given = &catalog;
  inner.full = std::make_shared<const Catalog>(with_import(catalog));
  TB_TRY(auto db, Db::open(path, {OpenOptions::Mode::write, inner.options.busy_timeout}));
  TB_DO(recognise(*db));
  TB_DO(db->make_durable());
  TB_DO(migrate(*db, *inner.full));
  inner.writer = std::make_unique<Writer>(std::move(db));
  return store;
}

Result<Written> Store::write(Write write) {
  return inner_->writer->run([&](Db& db) -> Result<Written> {
    TB_TRY(const std::optional<Written> answer, find_answer(db, write.idempotency_key));
    if (answer) {
      TB_DO(check_same(write, *answer));
      return *answer;
    }
    Session session = inner_->session(db, write.actor, write.at, write.command);
    TB_TRY(const Written written, apply_changes(session, write.changes));
    TB_DO(note_answer(db, write, written));
    return written;
  });
}

Result<std::optional<Written>> Store::written_with(const std::string& key) const {
  return inner_->read([&](Db& db) { return find_answer(db, key); });
}

Result<std::shared_ptr<Snapshot>> Store::load(
    std::optional<std::int64_t> seq, const std::shared_ptr<const Snapshot>& previous) const {
  return inner_->read([&](Db& db) {
    const Wanted wanted{inner_->options.event_types, seq, previous.get()};
    return load_snapshot(db, *inner_->full, *inner_->given, wanted);
  });
}

Result<std::int64_t> Store::last_seq() const {
  return inner_->read([](Db& db) -> Result<std::int64_t> {
    TB_TRY(const Head head, journal_head(db));
    return head.seq;
  });
}

Result<std::int64_t> Store::seq_at(Instant at) const {
  return inner_->read([&](Db& db) -> Result<std::int64_t> {
    Query q = db.query("SELECT COALESCE(MAX(seq), 0) FROM tb_journal WHERE at <= ?1");
    TB_TRY(const bool found, q.with(std::int64_t{at.time_since_epoch().count()}).step());
    return found ? q.integer(0) : 0;
  });
}

Result<std::vector<JournalEntry>> Store::journal(std::int64_t from, std::size_t limit,
                                                 std::string_view type, std::string_view id) const {
  return inner_->read([&](Db& db) -> Result<std::vector<JournalEntry>> {
    std::vector<JournalEntry> out;
    if (limit == 0) return out;
    TB_DO(each_entry(db, {.from = from, .type = type, .id = id},
                     [&](const Entry& entry) -> Result<bool> {
                       TB_TRY(JournalEntry shown, shown_entry(entry));
                       out.push_back(std::move(shown));
                       return out.size() < limit;
                     }));
    return out;
  });
}

Result<std::optional<JournalFault>> Store::verify() const {
  return inner_->read([&](Db& db) { return find_fault(db, *inner_->full); });
}

Result<Written> Store::undo(std::int64_t seq, std::string actor, Instant at) {
  return inner_->writer->run([&](Db& db) {
    Session session = inner_->session(db, actor, at, "undo");
    return undo_entry(session, seq);
  });
}

Result<Written> Store::undo_all(std::int64_t first, std::int64_t last, std::string actor,
                                Instant at) {
  return inner_->writer->run([&](Db& db) -> Result<Written> {
    Session session = inner_->session(db, actor, at, "undo");
    Written out;
    for (std::int64_t seq = last; seq >= first; --seq) {
      TB_TRY(const Written one, undo_entry(session, seq));
      if (out.first_seq == 0) out.first_seq = one.first_seq;
      out.last_seq = one.last_seq;
    }
    return out;
  });
}

Result<std::int64_t> Store::erase_person(std::string_view id, const std::vector<std::string>& names,
                                         std::string actor, Instant at) {
  std::int64_t gone = 0;
  TB_DO(inner_->writer->run([&](Db& db) -> Result<Written> {
    Session session = inner_->session(db, actor, at, "person.erase");
    TB_TRY(gone, erase(session, id, names));
    return Written{};
  }));
  // Earlier states may still stand in the write-ahead log; readers that are at work keep it alive.
  TB_TRY(const auto db, inner_->connect(OpenOptions::Mode::write));
  TB_DO(db->exec("PRAGMA wal_checkpoint(TRUNCATE)"));
  return gone;
}

Result<std::unique_ptr<Store::ImportWriter>> Store::begin_import(std::string actor, Instant at) {
  TB_TRY(auto db, inner_->connect(OpenOptions::Mode::write));
  return make_importer(std::move(db), inner_->full, std::move(actor), at);
}

Result<void> Store::read_raw(std::string_view import_id, const BlockSink& sink) const {
  return inner_->read([&](Db& db) { return read_raw_blocks(db, import_id, sink); });
}

Result<void> Store::backup(const std::string& file) const {
  // Opened as a writer, for VACUUM INTO counts as writing; it only reads this file.
  TB_TRY(const auto db, inner_->connect(OpenOptions::Mode::write));
  return copy_store(*db, file, *inner_->full);
}

}  // namespace tiebeam::store
