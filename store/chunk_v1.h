// Columns of chunks as format 1 wrote them: differences as varints, all of them in one zstd frame.
// Only read: docs/format/store.md.
#pragma once

#include <algorithm>
#include <span>
#include <string_view>
#include <vector>

#include "model/event_table.h"
#include "store/broken.h"
#include "store/bytes.h"

namespace tiebeam::store {

// Calls take(values) with all values of a column, some at a time. Errors: store.broken.
template <class F>
Result<void> unpack_v1(std::string_view data, std::size_t rows, F take) {
  constexpr std::size_t kAtOnce = 1024;
  ByteReader reader(data);
  const std::string_view marks = reader.take((rows + 7) / 8);
  if (!reader.is_good()) return broken_bytes("a column of events");
  std::vector<std::int64_t> values;
  values.reserve(std::min(rows, kAtOnce));
  std::uint64_t before = 0;
  for (std::size_t i = 0; i < rows; ++i) {
    const bool is_missing = (static_cast<unsigned char>(marks[i / 8]) >> (i % 8) & 1U) != 0;
    if (!is_missing) before += static_cast<std::uint64_t>(unzigzag(reader.varint()));
    values.push_back(is_missing ? kMissing : static_cast<std::int64_t>(before));
    if (values.size() < kAtOnce && i + 1 < rows) continue;
    take(std::span<const std::int64_t>(values));
    values.clear();
  }
  if (!reader.is_good() || !reader.is_at_end()) return broken_bytes("a column of events");
  return {};
}

}  // namespace tiebeam::store
