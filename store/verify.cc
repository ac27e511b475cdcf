#include "store/verify.h"

#include "base/hash.h"
#include "store/events.h"
#include "store/fold.h"
#include "store/import_row.h"
#include "store/migrate.h"
#include "store/raw_source.h"
#include "store/records.h"

namespace tiebeam::store {
namespace {

using Fault = std::optional<JournalFault>;
constexpr std::size_t kSaltBytes = 16;

// What is wrong with one value; "" when it holds. A salt of another length would let bytes move
// between salt and value under the same hash.
std::string fault_of(const Part& part) {
  if (!part.text)
    return part.salt.empty() ? "" : fmt::format("{} was removed without its salt", part.name);
  const bool holds =
      part.salt.size() == kSaltBytes && value_hash(part.salt, *part.text) == part.hash;
  return holds ? "" : fmt::format("{} was changed", part.name);
}

std::string fault_of(const Entry& entry, const Head& before) {
  if (entry.seq != before.seq + 1)
    return fmt::format("entry {} is missing before it", before.seq + 1);
  for (const Part* part : {&entry.actor, &entry.id}) {
    if (std::string fault = fault_of(*part); !fault.empty()) return fault;
  }
  for (const Part& part : entry.values) {
    if (std::string fault = fault_of(part); !fault.empty()) return fault;
  }
  if (entry_hash(before.hash, entry) != entry.hash)
    return "its hash does not follow from its content";
  return {};
}

// Walks the chain and folds it on the way.
Result<Fault> fault_in_chain(Db& db, Fold& fold, Head& head) {
  Fault out;
  const auto walked = each_entry(db, {}, [&](const Entry& entry) -> Result<bool> {
    std::string fault = fault_of(entry, head);
    if (fault.empty()) {
      const Result<void> folded = fold.apply(entry);
      if (!folded) fault = folded.error().message;
    }
    if (!fault.empty()) out = JournalFault{entry.seq, std::move(fault)};
    head = {entry.seq, entry.hash};
    return !out;
  });
  if (walked) return out;
  if (walked.error().code != "store.broken") return std::unexpected(walked.error());
  return JournalFault{head.seq + 1, walked.error().message};
}

// The chain cannot say by itself that its newest entries are gone; the counter beside it can.
Result<Fault> fault_at_end(Db& db, const Head& head) {
  TB_TRY(const std::string noted, meta(db, "journal_head"));
  const std::string expected = head_note(head);
  if (noted == expected || (noted.empty() && head.seq == 0)) return Fault{};
  return JournalFault{head.seq + 1,
                      fmt::format("the journal ends at entry {}, but more was written", head.seq)};
}

Result<Fault> fault_in_table(Db& db, const RecordType& type, const Fold& fold) {
  TB_TRY(const std::vector<Record> records, load_records(db, type));
  const Fold::Records& expected = fold.of(type.name);
  const auto fault = [&](const std::string& id, std::string_view what) {
    return JournalFault{fold.last_entry(type.name, id),
                        fmt::format("{} '{}' {}", type.name, id, what)};
  };
  for (const Record& record : records) {
    const auto wanted = expected.find(record.id());
    if (wanted == expected.end())
      return fault(record.id(), "is in its table, but not in the journal");
    if (wanted->second != record) return fault(record.id(), "differs from what the journal says");
  }
  if (records.size() == expected.size()) return Fault{};
  for (const auto& [id, record] : expected) {
    TB_TRY(const bool is_there, has_record(db, type.name, id));
    if (!is_there) return fault(id, "is in the journal, but not in its table");
  }
  return Fault{};
}

// Rows of a query (name, stored hash, bytes, more bytes): the first whose bytes do not have the
// hash.
Result<std::string> damaged_blob(Query q, std::string_view import_id, bool is_raw) {
  q.with(import_id);
  while (true) {
    TB_TRY(const bool more, q.step());
    if (!more) return std::string();
    const Digest plain = is_raw ? sha256(q.blob(2)) : Digest{};
    const std::string hash =
        is_raw ? std::string(reinterpret_cast<const char*>(plain.data()), plain.size())
               : chunk_hash(q.blob(2), q.blob(3));
    if (hash != q.blob(1)) return std::string(q.text(0));
  }
}

Result<std::string> fault_of_import(Db& db, const ImportRow& row) {
  TB_TRY(const std::string events, events_hash(db, row.id));
  if (events != row.events_hash)
    return std::string("chunks of its events were changed, added or removed");
  TB_TRY(const std::string raw, raw_hash(db, row.id));
  if (raw != row.raw_hash)
    return std::string("blocks of its raw source were changed, added or removed");
  TB_TRY(std::string chunk,
         damaged_blob(db.query("SELECT event || ' chunk ' || n, hash, columns, identity "
                               "FROM tb_chunk WHERE import = ?1 ORDER BY event, n"),
                      row.id, false));
  if (!chunk.empty()) return chunk + " was changed";
  TB_TRY(std::string names,
         damaged_blob(db.query("SELECT event || ' names of ' || \"column\", hash, names, NULL "
                               "FROM tb_dictionary WHERE import = ?1 ORDER BY event, part"),
                      row.id, false));
  if (!names.empty()) return names + " were changed";
  TB_TRY(std::string block, damaged_blob(db.query("SELECT 'raw block ' || n, hash, block "
                                                  "FROM tb_raw WHERE import = ?1 ORDER BY n"),
                                         row.id, true));
  if (!block.empty()) return block + " was changed";
  return std::string();
}

Result<Fault> fault_in_imports(Db& db, const Fold& fold) {
  for (const auto& [id, record] : fold.of(kImportType)) {
    TB_TRY(const std::string fault, fault_of_import(db, to_struct<ImportRow>(record)));
    if (!fault.empty()) {
      return JournalFault{fold.last_entry(kImportType, id),
                          fmt::format("import {}: {}", id, fault)};
    }
  }
  return Fault{};
}

}  // namespace

Result<std::optional<JournalFault>> find_fault(Db& db, const Catalog& catalog) {
  Fold fold(catalog);
  Head head;
  TB_TRY(Fault fault, fault_in_chain(db, fold, head));
  if (fault) return fault;
  TB_TRY(fault, fault_at_end(db, head));
  if (fault) return fault;
  for (const auto& [name, type] : catalog.types()) {
    TB_TRY(fault, fault_in_table(db, type, fold));
    if (fault) return fault;
  }
  return fault_in_imports(db, fold);
}

}  // namespace tiebeam::store
