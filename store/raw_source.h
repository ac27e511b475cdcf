// The bytes of a source as given, in compressed blocks with a hash each.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/mask.h"
#include "store/sqlite.h"
#include "store/store.h"

namespace tiebeam::store {

constexpr std::size_t kRawBlockBytes = std::size_t{1} << 20U;

// Cuts what it is given into blocks and writes each as soon as it is full.
class RawWriter {
 public:
  RawWriter(Db& db, std::string import_id) : db_(db), import_id_(std::move(import_id)) {}
  [[nodiscard]] Result<void> append(std::string_view bytes);
  [[nodiscard]] Result<void> finish();  // writes the last block
  [[nodiscard]] std::int64_t bytes() const { return bytes_; }

 private:
  [[nodiscard]] Result<void> write_block();
  Db& db_;
  std::string import_id_;
  std::string pending_;
  std::int64_t blocks_ = 0;
  std::int64_t bytes_ = 0;
};

// Errors: store.not_found (no such import), store.broken.
[[nodiscard]] Result<void> read_raw_blocks(Db& db, std::string_view import_id,
                                           const BlockSink& sink);
// Hex, of the bytes themselves. Cost: reads all blocks.
[[nodiscard]] Result<std::string> raw_sha256(Db& db, std::string_view import_id);
// Hex, over number, size and hash of each block; "" when the import kept no source.
[[nodiscard]] Result<std::string> raw_hash(Db& db, std::string_view import_id);
// Masks in place, names across block borders as well. Returns how many places changed.
[[nodiscard]] Result<std::int64_t> mask_raw(Db& db, const std::string& import_id,
                                            const std::vector<Pattern>& patterns);

}  // namespace tiebeam::store
