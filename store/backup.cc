#include "store/backup.h"

#include <sodium.h>

#include "base/text.h"
#include "store/files.h"
#include "store/migrate.h"
#include "store/schema.h"
#include "store/verify.h"

namespace tiebeam::store {
namespace {

std::unexpected<Error> broken(const std::string& path, std::string_view what) {
  return fail(Kind::unavailable, "store.broken",
              fmt::format("{} does not hold: {}", goal_of(path), what), "use another backup");
}

Result<void> check_pages(Db& db) {
  TB_TRY(const std::string integrity, db.text("PRAGMA integrity_check(1)"));
  if (integrity == "ok") return {};
  const std::string_view where = integrity;  // a heading of SQLite's stands before its finding
  return broken(db.path(), shown(where.substr(where.rfind('\n') + 1), 200));
}

}  // namespace

Result<void> check_store(Db& db, const Catalog& catalog) {
  TB_TRY(const Transaction transaction, Transaction::begin(db, Transaction::Kind::read));
  TB_DO(check_pages(db));
  TB_TRY(const std::string loose, db.text("PRAGMA foreign_key_check"));
  if (!loose.empty()) return broken(db.path(), fmt::format("a {} refers to nothing", loose));
  TB_TRY(const auto fault, find_fault(db, catalog));
  if (fault)
    return broken(db.path(), fmt::format("journal entry {}: {}", fault->seq, fault->message));
  return {};
}

Result<void> copy_store(Db& db, const std::string& file, const Catalog& catalog) {
  return publish(file, [&](const std::string& draft) -> Result<void> {
    TB_DO(db.copy_to(draft));
    TB_TRY(const auto copy, Db::open(draft, {}));
    TB_DO(migrate(*copy, catalog));
    TB_DO(check_store(*copy, catalog));
    return copy->fold_log();
  });
}

Result<void> restore(const std::string& file, const std::string& path, const Catalog& catalog) {
  TB_CHECK(sodium_init() >= 0, "the system gives random bytes");
  if (!file_exists(file)) {
    return fail(Kind::not_found, "store.not_found", fmt::format("there is no backup at {}", file),
                "name the file that 'tiebeam backup' made");
  }
  const Catalog full = with_import(catalog);
  TB_TRY(const auto db, Db::open(file, {}));
  TB_DO(recognise(*db));
  TB_DO(check_pages(*db));
  return copy_store(*db, path, full);
}

}  // namespace tiebeam::store
