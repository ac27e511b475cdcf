// The journal folded into records: what the tables held after any entry.
#pragma once

#include <map>
#include <string>

#include "store/journal.h"

namespace tiebeam::store {

class Fold {
 public:
  using Records = std::map<std::string, Record, std::less<>>;  // by id

  explicit Fold(const Catalog& catalog) : catalog_(catalog) {}
  // REQUIRES: entries come in order. Types and fields the catalog does not know are left out, and
  // so is what was erased. Errors: store.broken (a value that cannot be read, a record that is not
  // there).
  [[nodiscard]] Result<void> apply(const Entry& entry);
  [[nodiscard]] const Records& of(std::string_view type) const;
  // The entry that last touched the record; 0 when none did.
  [[nodiscard]] std::int64_t last_entry(std::string_view type, std::string_view id) const;

 private:
  const Catalog& catalog_;
  std::map<std::string, Records, std::less<>> records_;
  std::map<std::pair<std::string, std::string>, std::int64_t> last_;
};

// Folds all entries up to and including `seq`.
[[nodiscard]] Result<Fold> fold_journal(Db& db, const Catalog& catalog, std::int64_t seq);

}  // namespace tiebeam::store
