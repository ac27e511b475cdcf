// The newest rows of a column before they go into it, a block at a time.
#pragma once

#include <span>
#include <vector>

#include "model/packed_vector.h"

namespace tiebeam::ingest {

template <class T>
class RowBuffer {
 public:
  explicit RowBuffer(PackedVector<T>& to) : to_(&to), rows_(PackedVector<T>::kBlock) {}
  void push(T value) {
    rows_[count_++] = value;
    if (count_ == rows_.size()) flush();
  }
  // Afterwards the column has all rows.
  void flush() {
    to_->append(std::span<const T>(rows_).first(count_));
    count_ = 0;
  }
  [[nodiscard]] std::size_t waiting() const { return count_; }

 private:
  PackedVector<T>* to_;
  std::vector<T> rows_;
  std::size_t count_ = 0;
};

}  // namespace tiebeam::ingest
