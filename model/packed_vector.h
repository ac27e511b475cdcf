// A column of whole numbers in as few bytes a row as its values need: none while all rows are
// equal, then 1, 2, 4 or 8. It grows wider by itself. Loops over many rows read them block by block
// into plain numbers (`read`) and never ask for the width row by row.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <iterator>
#include <span>
#include <vector>

#include "base/byte_buffer.h"

namespace tiebeam {

// T: std::uint32_t (ids, flags, lines) or std::int64_t (instants, counts). Negative numbers and
// those above 2^32 take eight bytes. Thread: as std::vector.
template <class T>
class PackedVector {
 public:
  class Iterator;
  using value_type = T;
  using iterator = Iterator;
  using const_iterator = Iterator;
  static constexpr std::size_t kBlock = 1024;  // rows that for_each_block hands over at once
  PackedVector() = default;
  PackedVector(std::initializer_list<T> values) {
    append(std::span(values.begin(), values.size()));
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t width() const { return width_; }  // bytes a row: 0, 1, 2, 4 or 8
  [[nodiscard]] std::size_t bytes() const { return data_.capacity(); }
  [[nodiscard]] T operator[](std::size_t row) const {  // REQUIRES: row < size()
    switch (width_) {
      case 0:
        return constant_;
      case 1:
        return load<std::uint8_t>(row);
      case 2:
        return load<std::uint16_t>(row);
      case 4:
        return static_cast<T>(load<std::uint32_t>(row));
      default:
        return load<T>(row);
    }
  }
  [[nodiscard]] T back() const { return (*this)[size_ - 1]; }
  [[nodiscard]] Iterator begin() const { return {this, 0}; }
  [[nodiscard]] Iterator end() const { return {this, size_}; }
  // Rows [first, first + out.size()). REQUIRES: they exist.
  void read(std::size_t first, std::span<T> out) const {
    switch (width_) {
      case 0:
        return std::fill(out.begin(), out.end(), constant_);
      case 1:
        return read_as<std::uint8_t>(first, out);
      case 2:
        return read_as<std::uint16_t>(first, out);
      case 4:
        return read_as<std::uint32_t>(first, out);
      default:
        return read_as<T>(first, out);
    }
  }

  void push_back(T value) {
    if (size_ == 0) constant_ = value;
    if (width_ == 0 && value == constant_) {
      ++size_;
      return;
    }
    if (const std::size_t needed = width_of(value); needed > width_) widen(needed);
    (void)data_.extend(width_);
    store(size_++, value);
  }
  void append(std::span<const T> values) {
    if (values.empty()) return;
    if (size_ == 0) constant_ = values[0];
    const bool is_constant =
        width_ == 0 && std::ranges::all_of(values, [&](T value) { return value == constant_; });
    if (!is_constant) {
      widen(width_of(values));
      (void)data_.extend(values.size() * width_);
      write(size_, values);
    }
    size_ += values.size();
  }
  void append(const PackedVector& other) {
    other.for_each_block([&](std::span<const T> block) { append(block); });
  }
  // `rows` more of one value.
  void append(std::size_t rows, T value) {
    if (size_ == 0) constant_ = value;
    if (width_ == 0 && value == constant_) {
      size_ += rows;
      return;
    }
    for (std::size_t i = 0; i < rows; ++i) push_back(value);
  }
  void set(std::size_t row, T value) {  // REQUIRES: row < size()
    if (width_ == 0 && value == constant_) return;
    if (const std::size_t needed = width_of(value); needed > width_) widen(needed);
    store(row, value);
  }
  // The same for rows [first, first + values.size()). REQUIRES: they exist.
  void replace(std::size_t first, std::span<const T> values) {
    const auto is_same = [&](T value) { return value == constant_; };
    if (values.empty() || (width_ == 0 && std::ranges::all_of(values, is_same))) return;
    widen(width_of(values));
    write(first, values);
  }
  // Leaves out the rows at `places`, which ascend.
  void erase(std::span<const std::size_t> places) {
    PackedVector out;
    std::array<T, kBlock> kept;
    std::size_t row = 0;
    auto next = places.begin();
    for_each_block([&](std::span<const T> block) {
      std::size_t count = 0;
      for (const T value : block) {
        const bool goes = next != places.end() && *next == row;
        if (goes) ++next;
        ++row;
        kept[count] = value;
        count += !goes;
      }
      out.append(std::span<const T>(kept).first(count));
    });
    *this = std::move(out);
  }
  void resize(std::size_t rows, T value) {  // REQUIRES: rows >= size()
    append(rows - size_, value);
  }
  // Room for `rows` in all, whatever they will take.
  void reserve(std::size_t rows) {
    expected_ = rows;
    data_.reserve(rows * width_);
  }

  // Calls `take` with all rows in order, at most kBlock at a time.
  template <class F>
  void for_each_block(F take) const {
    std::array<T, kBlock> block;
    for (std::size_t first = 0; first < size_; first += kBlock) {
      const std::span<T> rows = std::span(block).first(std::min(kBlock, size_ - first));
      read(first, rows);
      take(std::span<const T>(rows));
    }
  }
  // Replaces every value by `of(value)`; the rows may get narrower.
  template <class F>
  void transform(F of) {
    PackedVector out;
    std::array<T, kBlock> mapped;
    for_each_block([&](std::span<const T> block) {
      std::ranges::transform(block, mapped.begin(), of);
      out.append(std::span<const T>(mapped).first(block.size()));
    });
    *this = std::move(out);
  }

  // Equal rows, whatever their width.
  bool operator==(const PackedVector& other) const {
    return size_ == other.size_ && std::equal(begin(), end(), other.begin());
  }
  bool operator==(const std::vector<T>& other) const {
    return std::equal(begin(), end(), other.begin(), other.end());
  }

 private:
  template <class U>
  [[nodiscard]] U load(std::size_t row) const {
    U value;
    std::memcpy(&value, data_.data() + row * sizeof(U), sizeof(U));
    return value;
  }
  template <class U>
  void save(std::size_t row, T value) {
    const auto narrow = static_cast<U>(value);
    std::memcpy(data_.data() + row * sizeof(U), &narrow, sizeof(U));
  }
  void store(std::size_t row, T value) {
    switch (width_) {
      case 0:
        return;
      case 1:
        return save<std::uint8_t>(row, value);
      case 2:
        return save<std::uint16_t>(row, value);
      case 4:
        return save<std::uint32_t>(row, value);
      default:
        return save<T>(row, value);
    }
  }
  template <class U>
  void read_as(std::size_t first, std::span<T> out) const {
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<T>(load<U>(first + i));
  }
  // The room is there.
  void write(std::size_t first, std::span<const T> values) {
    switch (width_) {
      case 1:
        return write_as<std::uint8_t>(first, values);
      case 2:
        return write_as<std::uint16_t>(first, values);
      case 4:
        return write_as<std::uint32_t>(first, values);
      default:
        return write_as<T>(first, values);
    }
  }
  template <class U>
  void write_as(std::size_t first, std::span<const T> values) {
    for (std::size_t i = 0; i < values.size(); ++i) save<U>(first + i, values[i]);
  }
  static std::size_t width_of_bits(std::uint64_t all) {
    return all < 1U << 8U ? 1 : all < 1U << 16U ? 2 : all < std::uint64_t{1} << 32U ? 4 : 8;
  }
  static std::size_t width_of(T value) {
    return width_of_bits(static_cast<std::uint64_t>(static_cast<std::int64_t>(value)));
  }
  static std::size_t width_of(std::span<const T> values) {
    std::uint64_t all = 0;
    for (const T value : values)
      all |= static_cast<std::uint64_t>(static_cast<std::int64_t>(value));
    return width_of_bits(all);
  }
  // Writes all rows anew when they are to take more bytes.
  void widen(std::size_t width) {
    if (width <= width_) return;
    PackedVector wider;
    wider.width_ = width;
    wider.data_.reserve(std::max(expected_, size_ + size_ / 2) * width);
    for_each_block([&](std::span<const T> block) {
      (void)wider.data_.extend(block.size() * width);
      wider.write(wider.size_, block);
      wider.size_ += block.size();
    });
    data_.swap(wider.data_);
    width_ = width;
  }

  ByteBuffer data_;
  std::size_t size_ = 0, width_ = 0;
  std::size_t expected_ = 0;  // rows that reserve() told of
  T constant_{};              // of every row while width_ is 0
};

template <class T>
class PackedVector<T>::Iterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = T;
  using difference_type = std::ptrdiff_t;
  using pointer = void;
  using reference = T;

  Iterator() = default;
  Iterator(const PackedVector* of, std::size_t row) : of_(of), row_(row) {}
  T operator*() const { return (*of_)[row_]; }
  Iterator& operator++() { return ++row_, *this; }
  Iterator operator++(int) { return {of_, row_++}; }
  bool operator==(const Iterator& other) const { return row_ == other.row_; }

 private:
  const PackedVector* of_ = nullptr;
  std::size_t row_ = 0;
};

}  // namespace tiebeam
