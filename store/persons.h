// Names of people in events become "Person N". The name itself is not kept: the table holds a keyed
// hash of it, so the same name gives the same number, and erasing the hash cuts the tie for good.
#pragma once

#include <string>
#include <string_view>

#include "store/sqlite.h"

namespace tiebeam::store {

class Persons {
 public:
  // REQUIRES: a write transaction is open on `db`.
  [[nodiscard]] static Result<Persons> open(Db& db);
  // "Person 17"; a new name gets the next number. Numbers are never given twice.
  [[nodiscard]] Result<std::string> pseudonym(std::string_view name);
  // Forgets who had the number; true when there was one.
  [[nodiscard]] Result<bool> forget(std::string_view name);

 private:
  Persons(Db& db, std::string secret) : db_(&db), secret_(std::move(secret)) {}
  [[nodiscard]] std::string key_of(std::string_view name) const;
  Db* db_;
  std::string secret_;  // of the organisation, made with the store
};

}  // namespace tiebeam::store
