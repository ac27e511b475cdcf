#include "store/persons.h"

#include <sodium.h>

#include "store/broken.h"
#include "store/migrate.h"

namespace tiebeam::store {

Result<Persons> Persons::open(Db& db) {
  TB_TRY(std::string secret, meta(db, "person_secret"));
  if (secret.size() != crypto_auth_hmacsha256_KEYBYTES) {
    return broken(fmt::format("{}: the secret for pseudonyms is gone", db.path()));
  }
  return Persons(db, std::move(secret));
}

std::string Persons::key_of(std::string_view name) const {
  std::string key(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256(reinterpret_cast<unsigned char*>(key.data()),
                         reinterpret_cast<const unsigned char*>(name.data()), name.size(),
                         reinterpret_cast<const unsigned char*>(secret_.data()));
  return key;
}

Result<std::string> Persons::pseudonym(std::string_view name) {
  const std::string key = key_of(name);
  {
    Query known = db_->query("SELECT number FROM tb_person WHERE key = ?1");
    TB_TRY(const bool found, known.with_blob(key).step());
    if (found) return fmt::format("Person {}", known.integer(0));
  }
  TB_TRY(const std::int64_t number, count_up(*db_, "last_person"));
  TB_DO(db_->query("INSERT INTO tb_person (key, number) VALUES (?1, ?2)")
            .with_blob(key)
            .with(number)
            .run());
  return fmt::format("Person {}", number);
}

Result<bool> Persons::forget(std::string_view name) {
  const std::string key = key_of(name);
  Query q = db_->query("DELETE FROM tb_person WHERE key = ?1 RETURNING number");
  TB_TRY(const bool found, q.with_blob(key).step());
  if (found) TB_DO(q.run());
  return found;
}

}  // namespace tiebeam::store
