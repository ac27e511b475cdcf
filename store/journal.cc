#include "store/journal.h"

#include <sodium.h>

#include <array>

#include "store/broken.h"
#include "store/migrate.h"
#include "store/value_text.h"

namespace tiebeam::store {
namespace {

constexpr std::size_t kSaltBytes = 16;

std::string bytes_of(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

void put(Sha256& hash, std::string_view bytes) {
  hash.update(fmt::format("{}:", bytes.size()));
  hash.update(bytes);
}

void put(Sha256& hash, const Part& part) {
  put(hash, part.name);
  put(hash, part.hash);
}

std::string new_salt() {
  // Salts must be unguessable, so they come from the system; no figure ever depends on them.
  std::string salt(kSaltBytes, '\0');
  randombytes_buf(salt.data(), salt.size());
  return salt;
}

Query& bind(Query& q, const Part& part) {
  if (!part.text) return q.with_null().with_null().with_blob(part.hash);
  return q.with(*part.text).with_blob(part.salt).with_blob(part.hash);
}

Part part_at(const Query& q, std::string name, int column) {
  Part part{std::move(name), std::nullopt, {}, std::string(q.blob(column + 2))};
  if (q.is_null(column)) return part;
  part.text = std::string(q.text(column));
  part.salt = q.blob(column + 1);
  return part;
}

Result<std::int64_t> number_at(const Query& q) {
  const std::int64_t seq = q.integer(0);
  if (seq > 0 && seq <= kHighestNumber) return seq;
  return broken(fmt::format("a journal entry cannot be read: no entry has the number {}", seq));
}

Result<Entry> entry_at(const Query& q) {
  Entry entry;
  TB_TRY(entry.seq, number_at(q));
  entry.at = Instant{Micros{q.integer(1)}};
  const std::int64_t op = q.integer(2);
  if (op < 0 || op > static_cast<std::int64_t>(Op::remove)) {
    return broken(fmt::format(
        "journal entry {} cannot be read: it neither adds, changes nor removes", entry.seq));
  }
  entry.op = static_cast<Op>(op);
  entry.command = q.text(3);
  entry.type = q.text(4);
  entry.actor = part_at(q, "actor", 5);
  entry.id = part_at(q, "id", 8);
  entry.hash = q.blob(11);
  return entry;
}

Result<void> read_values(Db& db, Entry& entry) {
  Query q =
      db.query("SELECT name, value, salt, hash FROM tb_journal_value WHERE seq = ?1 ORDER BY n");
  q.with(entry.seq);
  while (true) {
    TB_TRY(const bool more, q.step());
    if (!more) return {};
    entry.values.push_back(part_at(q, std::string(q.text(0)), 1));
  }
}

bool is_bookkeeping(std::string_view field) { return field == "created_at" || field == "version"; }

}  // namespace

const Part* Entry::find(std::string_view side, std::string_view field) const {
  for (const Part& part : values) {
    if (side_and_field(part.name) == std::pair(side, field)) return &part;
  }
  return nullptr;
}

Part make_part(std::string name, std::string text) {
  std::string salt = new_salt();
  std::string hash = value_hash(salt, text);
  return {std::move(name), std::move(text), std::move(salt), std::move(hash)};
}

Part make_gone_part(std::string name, std::string_view text) {
  return {std::move(name), std::nullopt, {}, value_hash(new_salt(), text)};
}

std::pair<std::string_view, std::string_view> side_and_field(std::string_view part_name) {
  const std::size_t dot = part_name.find('.');
  if (dot == std::string_view::npos) return {part_name, {}};
  return {part_name.substr(0, dot), part_name.substr(dot + 1)};
}

std::string value_hash(std::string_view salt, std::string_view text) {
  Sha256 hash;
  hash.update(salt);
  hash.update(text);
  return bytes_of(hash.finish());
}

std::string entry_hash(std::string_view previous, const Entry& entry) {
  Sha256 hash;
  put(hash, previous);
  put(hash, std::to_string(entry.seq));
  put(hash, std::to_string(entry.at.time_since_epoch().count()));
  put(hash, std::to_string(static_cast<int>(entry.op)));
  put(hash, entry.command);
  put(hash, entry.type);
  put(hash, entry.actor);
  put(hash, entry.id);
  for (const Part& part : entry.values) put(hash, part);
  return bytes_of(hash.finish());
}

Result<Head> journal_head(Db& db) {
  Query q = db.query("SELECT seq, hash FROM tb_journal ORDER BY seq DESC LIMIT 1");
  TB_TRY(const bool found, q.step());
  if (!found) return Head{};
  TB_TRY(const std::int64_t seq, number_at(q));
  return Head{seq, std::string(q.blob(1))};
}

std::string head_note(const Head& head) { return fmt::format("{} {}", head.seq, head.hash); }

Result<std::int64_t> append_entry(Db& db, Entry entry) {
  TB_TRY(const Head head, journal_head(db));
  entry.seq = head.seq + 1;
  entry.hash = entry_hash(head.hash, entry);
  Query q = db.query(
      "INSERT INTO tb_journal (seq, at, op, command, type, actor, actor_salt, actor_hash, "
      "id, id_salt, id_hash, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)");
  q.with(entry.seq)
      .with(entry.at.time_since_epoch().count())
      .with(static_cast<std::int64_t>(entry.op));
  q.with(entry.command).with(entry.type);
  bind(bind(q, entry.actor), entry.id).with_blob(entry.hash);
  TB_DO(q.run());
  Query value = db.query(
      "INSERT INTO tb_journal_value (seq, n, name, value, salt, hash) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
  for (std::size_t n = 0; n < entry.values.size(); ++n) {
    value.reset();
    value.with(entry.seq).with(static_cast<std::int64_t>(n)).with(entry.values[n].name);
    TB_DO(bind(value, entry.values[n]).run());
  }
  TB_DO(set_meta(db, "journal_head", head_note({entry.seq, entry.hash})));
  return entry.seq;
}

Result<void> each_entry(Db& db, const EntryFilter& filter, const EntrySink& sink) {
  const bool of_one = !filter.type.empty();
  std::string sql =
      "SELECT seq, at, op, command, type, actor, actor_salt, actor_hash, id, id_salt, id_hash, "
      "hash FROM tb_journal WHERE seq >= ?1 AND seq <= ?2";
  if (of_one) sql += " AND type = ?3 AND id = ?4";
  Query q = db.query(sql + " ORDER BY seq");
  q.with(filter.from).with(filter.to);
  if (of_one) q.with(filter.type).with(filter.id);
  while (true) {
    TB_TRY(const bool more, q.step());
    if (!more) return {};
    TB_TRY(Entry entry, entry_at(q));
    TB_DO(read_values(db, entry));
    TB_TRY(const bool go_on, sink(entry));
    if (!go_on) return {};
  }
}

Result<Entry> load_entry(Db& db, std::int64_t seq) {
  std::optional<Entry> found;
  TB_DO(each_entry(db, {.from = seq, .to = seq}, [&](const Entry& entry) -> Result<bool> {
    found = entry;
    return false;
  }));
  if (found) return *std::move(found);
  TB_TRY(const Head head, journal_head(db));
  return fail(Kind::not_found, "store.not_found",
              fmt::format("the journal has no entry {}; its newest is {}", seq, head.seq),
              "list the entries with: tiebeam journal log");
}

Result<JournalEntry> shown_entry(const Entry& entry) {
  JournalEntry out{entry.seq,     entry.at,   entry.actor.text.value_or(std::string(kErased)),
                   entry.command, entry.type, std::string(entry.id_text()),
                   entry.op,      {},         {}};
  Digest digest{};
  std::copy_n(entry.hash.begin(), std::min(entry.hash.size(), digest.size()), digest.begin());
  out.hash = to_hex(digest);
  for (const Part& part : entry.values) {
    const auto [side, field] = side_and_field(part.name);
    if (is_bookkeeping(field)) continue;
    if (out.fields.empty() || out.fields.back().field != field)
      out.fields.push_back({std::string(field), {}, {}});
    FieldChange& change = out.fields.back();
    if (!part.text) {
      change.erased = true;
      continue;
    }
    TB_TRY(Value value, value_from_text(*part.text));
    (side == "before" ? change.before : change.after) = std::move(value);
  }
  for (FieldChange& change : out.fields) {
    if (change.erased) change.before.reset(), change.after.reset();
  }
  return out;
}

}  // namespace tiebeam::store
