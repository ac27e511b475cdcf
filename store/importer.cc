#include "store/importer.h"

#include "store/apply.h"
#include "store/events.h"
#include "store/import_row.h"
#include "store/migrate.h"
#include "store/raw_source.h"

namespace tiebeam::store {
namespace {

class Importer final : public Store::ImportWriter {
 public:
  Importer(std::unique_ptr<Db> db, std::shared_ptr<const Catalog> catalog, std::string id,
           std::string actor, Instant at)
      : db_(std::move(db)),
        catalog_(std::move(catalog)),
        id_(std::move(id)),
        session_{*db_, *catalog_, std::move(actor), at, "import.add"},
        raw_(*db_, id_),
        events_(*db_, id_) {}
  ~Importer() override { rollback(); }

  Result<void> raw(std::string_view block) override;
  Result<std::int64_t> rows(const EventTable& table) override;
  Result<void> change(Change change) override;
  Result<Import> commit(Import import) override;
  void rollback() override;

 private:
  [[nodiscard]] Result<void> usable() const;
  // A failed write of bytes or rows leaves holes: the whole import ends with it.
  template <class T>
  Result<T> keep_or_end(Result<T> result) {
    if (!result) end(result.error());
    return result;
  }
  void end(Error error);
  [[nodiscard]] Result<Import> nothing_new(Import import);
  [[nodiscard]] Result<Import> finish(Import import);

  std::unique_ptr<Db> db_;
  std::shared_ptr<const Catalog> catalog_;
  std::string id_;
  Session session_;
  RawWriter raw_;
  EventWriter events_;
  std::int64_t new_rows_ = 0, known_rows_ = 0, changes_ = 0;
  std::vector<Change> made_;
  std::optional<Error> ended_;  // why it cannot go on
};

Error over() {
  return {Kind::conflict,
          "store.import_over",
          "this import was already committed or rolled back",
          {},
          "begin another import",
          {}};
}

Result<void> Importer::usable() const {
  if (ended_) return std::unexpected(*ended_);
  return {};
}

void Importer::end(Error error) {
  if (ended_) return;
  ended_ = std::move(error);
  // A rollback that fails leaves a transaction that SQLite has already ended.
  if (db_->in_transaction()) (void)db_->exec("ROLLBACK");
}

void Importer::rollback() { end(over()); }

Result<void> Importer::raw(std::string_view block) {
  TB_DO(usable());
  return keep_or_end(raw_.append(block));
}

Result<std::int64_t> Importer::rows(const EventTable& table) {
  TB_DO(usable());
  Result<std::int64_t> fresh = keep_or_end(events_.append(table));
  if (fresh) {
    new_rows_ += *fresh;
    known_rows_ += static_cast<std::int64_t>(table.rows()) - *fresh;
  }
  return fresh;
}

Result<void> Importer::change(Change change) {
  TB_DO(usable());
  TB_DO(db_->exec("SAVEPOINT change"));
  const Result<std::optional<std::int64_t>> seq = apply_change(session_, change);
  if (!db_->in_transaction()) {
    end(seq ? over() : seq.error());
    return usable();
  }
  TB_DO(keep_or_end(db_->exec(seq ? "RELEASE change" : "ROLLBACK TO change; RELEASE change")));
  if (!seq) return std::unexpected(seq.error());
  if (*seq) ++changes_;
  made_.push_back(std::move(change));
  return {};
}

// The import in force that already holds the file, so that people learn where it is.
Result<Import> Importer::nothing_new(Import import) {
  import.id = "";
  import.rows = 0;
  TB_TRY(const std::vector<std::string> in_force, imports_in_force(*db_));
  for (const std::string& id : in_force) {
    Query q = db_->query("SELECT 1 FROM \"import\" WHERE \"id\" = ?1 AND \"sha256\" = ?2");
    TB_TRY(const bool found, q.with(id).with(import.sha256).step());
    if (found) import.id = id;
  }
  return import;
}

Result<Import> Importer::finish(Import import) {
  import.id = id_;
  if (import.imported_at == Instant{}) import.imported_at = session_.at;
  ImportRow row = to_row(import);
  row.version = 1;
  row.created_at = session_.at;
  TB_TRY(row.events_hash, events_hash(*db_, id_));
  TB_TRY(row.raw_hash, raw_hash(*db_, id_));
  TB_TRY(const RecordType* type, catalog_->get(kImportType));
  TB_DO(add_record(session_, *type, to_record(row)));
  TB_DO(check_changes(session_, made_));
  TB_DO(db_->exec("COMMIT"));
  return import;
}

Result<Import> Importer::commit(Import import) {
  TB_DO(usable());
  TB_DO(keep_or_end(raw_.finish()));
  if (raw_.bytes() > 0) {
    import.bytes = raw_.bytes();
    if (import.sha256.empty()) {
      TB_TRY(import.sha256, keep_or_end(raw_sha256(*db_, id_)));
    }
  }
  // A caller that counts rows of its source, not of its tables, has filled these.
  if (import.rows == 0 && import.repeated == 0) {
    import.rows = new_rows_;
    import.repeated = known_rows_;
  }
  const bool has_news = new_rows_ > 0 || changes_ > 0;
  Result<Import> done = has_news ? finish(std::move(import)) : nothing_new(std::move(import));
  end(done ? over() : done.error());
  return done;
}

}  // namespace

Result<std::unique_ptr<Store::ImportWriter>> make_importer(std::unique_ptr<Db> db,
                                                           std::shared_ptr<const Catalog> catalog,
                                                           std::string actor, Instant at) {
  TB_DO(db->exec("BEGIN IMMEDIATE"));
  TB_TRY(const std::int64_t number, count_up(*db, "last_import"));
  return std::make_unique<Importer>(std::move(db), std::move(catalog),
                                    fmt::format("imp_{:06}", number), std::move(actor), at);
}

}  // namespace tiebeam::store
