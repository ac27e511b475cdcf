// Whole numbers of one column of a chunk in as few bits as they need, written and read in blocks.
// The layout is in docs/format/store.md.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "store/bytes.h"

namespace tiebeam::store {

constexpr std::size_t kPackRows = 1024;  // rows of one block

// Appends `values`; kMissing is marked apart.
void pack_integers(std::string& out, std::vector<std::int64_t> values);

// Reads back block by block: kPackRows values each time, fewer at the end.
class IntegerReader {
 public:
  IntegerReader(std::string_view data, std::size_t rows);
  // The next values, nothing behind the last; wrong ones when is_good() turns false.
  [[nodiscard]] std::span<const std::int64_t> next();
  // All was well and all was read.
  [[nodiscard]] bool is_done() const {
    return reader_.is_good() && reader_.is_at_end() && left_ == 0;
  }
  [[nodiscard]] bool is_good() const { return reader_.is_good(); }

 private:
  void unpack(std::size_t rows);

  ByteReader reader_;
  std::size_t left_, done_ = 0;
  std::uint64_t unit_ = 1, before_ = 0;
  bool is_delta_ = false;
  std::string_view marks_;  // missing values, one bit a row; empty: none
  std::int64_t values_[kPackRows];
};

}  // namespace tiebeam::store
