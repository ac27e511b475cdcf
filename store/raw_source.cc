#include "store/raw_source.h"

#include "base/hash.h"
#include "base/text.h"
#include "store/bytes.h"
#include "store/journal.h"
#include "store/records.h"

namespace tiebeam::store {
namespace {

std::string block_hash(std::string_view packed) {
  const Digest digest = sha256(packed);
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

struct Block {
  std::int64_t n;
  std::string bytes;
  bool is_changed = false;
};

Result<void> rewrite(Db& db, const std::string& import_id, const Block& block) {
  if (!block.is_changed) return {};
  const std::string packed = compress(block.bytes);
  const std::string hash = block_hash(packed);
  return db
      .query("UPDATE tb_raw SET block = ?1, hash = ?2, masked = 1 WHERE import = ?3 AND n = ?4")
      .with_blob(packed)
      .with_blob(hash)
      .with(import_id)
      .with(block.n)
      .run();
}

Result<std::optional<Block>> load_block(Db& db, const std::string& import_id, std::int64_t n) {
  Query q = db.query("SELECT block FROM tb_raw WHERE import = ?1 AND n = ?2");
  TB_TRY(const bool found, q.with(import_id).with(n).step());
  if (!found) return std::nullopt;
  TB_TRY(std::string bytes, decompress(q.blob(0), kRawBlockBytes));
  return Block{n, std::move(bytes)};
}

// Masks two neighbours as one text, so that a name across their border is found.
std::int64_t mask_pair(Block& first, Block& second, const std::vector<Pattern>& patterns,
                       Cuts cuts) {
  std::string both = first.bytes + second.bytes;
  const std::int64_t places = mask(both, patterns, cuts);
  if (places == 0) return 0;
  const std::string_view masked = both;
  const std::size_t border = first.bytes.size();
  first.is_changed = first.is_changed || masked.substr(0, border) != first.bytes;
  second.is_changed = second.is_changed || masked.substr(border) != second.bytes;
  second.bytes = masked.substr(border);
  first.bytes = masked.substr(0, border);
  return places;
}

Result<void> for_each_block(Db& db, std::string_view import_id, const BlockSink& sink) {
  Query q = db.query("SELECT block FROM tb_raw WHERE import = ?1 ORDER BY n");
  q.with(import_id);
  while (true) {
    TB_TRY(const bool more, q.step());
    if (!more) return {};
    TB_TRY(const std::string block, decompress(q.blob(0), kRawBlockBytes));
    if (!sink(block)) return {};
  }
}

}  // namespace

Result<void> RawWriter::append(std::string_view bytes) {
  bytes_ += static_cast<std::int64_t>(bytes.size());
  while (!bytes.empty()) {
    const std::size_t room = std::min(kRawBlockBytes - pending_.size(), bytes.size());
    pending_ += bytes.substr(0, room);
    bytes.remove_prefix(room);
    if (pending_.size() == kRawBlockBytes) TB_DO(write_block());
  }
  return {};
}

Result<void> RawWriter::finish() {
  if (pending_.empty()) return {};
  return write_block();
}

Result<void> RawWriter::write_block() {
  const std::string packed = compress(pending_);
  const std::string hash = block_hash(packed);
  const auto bytes = static_cast<std::int64_t>(pending_.size());
  pending_.clear();
  return db_
      .query(
          "INSERT INTO tb_raw (import, n, bytes, masked, block, hash) VALUES (?1, ?2, ?3, 0, ?4, "
          "?5)")
      .with(import_id_)
      .with(blocks_++)
      .with(bytes)
      .with_blob(packed)
      .with_blob(hash)
      .run();
}

Result<void> read_raw_blocks(Db& db, std::string_view import_id, const BlockSink& sink) {
  TB_TRY(const bool is_known, has_record(db, "import", import_id));
  if (!is_known) {
    return fail(Kind::not_found, "store.not_found",
                fmt::format("there is no import '{}'", shown(import_id)),
                "find the imports with: tiebeam journal log");
  }
  return for_each_block(db, import_id, sink);
}

Result<std::string> raw_sha256(Db& db, std::string_view import_id) {
  Sha256 hash;
  TB_DO(for_each_block(db, import_id, [&](std::string_view block) {
    hash.update(block);
    return true;
  }));
  return to_hex(hash.finish());
}

Result<std::string> raw_hash(Db& db, std::string_view import_id) {
  Query q = db.query("SELECT n, bytes, hash FROM tb_raw WHERE import = ?1 ORDER BY n");
  q.with(import_id);
  Sha256 hash;
  bool has_any = false;
  while (true) {
    TB_TRY(const bool more, q.step());
    if (!more) break;
    has_any = true;
    hash.update(fmt::format("{} {} ", q.integer(0), q.integer(1)));
    hash.update(q.blob(2));
  }
  return has_any ? to_hex(hash.finish()) : std::string();
}

Result<std::int64_t> mask_raw(Db& db, const std::string& import_id,
                              const std::vector<Pattern>& patterns) {
  std::int64_t places = 0;
  TB_TRY(std::optional<Block> before, load_block(db, import_id, 0));
  if (!before) return 0;
  TB_TRY(std::optional<Block> block, load_block(db, import_id, 1));
  if (!block) {
    places = mask(before->bytes, patterns);
    before->is_changed = places > 0;
  }
  for (std::int64_t n = 2; block; ++n) {
    TB_TRY(std::optional<Block> after, load_block(db, import_id, n));
    places +=
        mask_pair(*before, *block, patterns, {.at_start = n > 2, .at_end = after.has_value()});
    TB_DO(rewrite(db, import_id, *before));
    before = std::move(block);
    block = std::move(after);
  }
  TB_DO(rewrite(db, import_id, *before));
  return places;
}

}  // namespace tiebeam::store
