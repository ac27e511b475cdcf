// A zip archive in memory, read by the names of its entries: nothing is unpacked to disk, so a name
// can lead nowhere. What it may unpack to is limited before and while it is read.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "ingest/byte_source.h"

namespace tiebeam::ingest {

// Deflate makes at most 1032 bytes of one; sheets of real exports stay below 60.
struct ArchiveLimits {
  std::size_t packed_bytes = std::size_t{200} << 20;
  std::size_t entries = 10'000;
  std::int64_t unpacked_bytes = std::int64_t{4} << 30;  // of all entries that are read, in sum
  std::int64_t ratio = 200;
  std::int64_t ratio_from = std::int64_t{16} << 20;
};

class ZipArchive {
 public:
  // Errors: ingest.workbook_damaged, ingest.workbook_encrypted, ingest.workbook_too_large.
  static Result<ZipArchive> open(std::string file, std::string bytes, ArchiveLimits limits);
  ZipArchive(ZipArchive&&) noexcept;
  ZipArchive& operator=(ZipArchive&&) noexcept;
  ~ZipArchive();

  [[nodiscard]] const std::string& file() const;  // name of the archive
  [[nodiscard]] std::size_t bytes() const;        // of the archive
  [[nodiscard]] const std::vector<std::string>& names() const;
  [[nodiscard]] bool has(std::string_view name) const;
  // Errors: ingest.workbook_damaged (no such entry); while it is read: ingest.workbook_damaged,
  // ingest.workbook_too_large. REQUIRES: the archive outlives it.
  [[nodiscard]] Result<ByteSource> entry(const std::string& name);

 private:
  struct State;
  explicit ZipArchive(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace tiebeam::ingest
