// The events as the live engine reads them: columns of numbers, block by block or one row.
// The only file of this folder that knows how an event table keeps its columns.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "model/event_table.h"
#include "model/packed_vector.h"

namespace tiebeam::flow::live {

// A column of whole numbers, wherever it lies. REQUIRES: the column outlives it; it may grow.
template <class T>
class Numbers {
 public:
  explicit Numbers(const std::vector<T>& plain) : plain_(&plain) {}
  explicit Numbers(const PackedVector<T>& packed) : packed_(&packed) {}

  [[nodiscard]] std::size_t size() const { return packed_ ? packed_->size() : plain_->size(); }
  [[nodiscard]] T operator[](std::size_t row) const {
    return packed_ ? (*packed_)[row] : (*plain_)[row];
  }
  // Rows [first, first + out.size()).
  void read(std::size_t first, std::span<T> out) const {
    if (packed_) return packed_->read(first, out);
    std::copy_n(plain_->data() + first, out.size(), out.data());
  }
  // True when all rows are known to be equal.
  [[nodiscard]] bool is_constant() const { return packed_ && packed_->width() == 0; }

 private:
  const std::vector<T>* plain_ = nullptr;
  const PackedVector<T>* packed_ = nullptr;
};

// One event. state, team and person are ids, 0: none; row is its row in the table.
struct Event {
  std::int64_t at = 0;
  std::uint32_t item = 0, row = 0, state = 0, team = 0, person = 0;
  bool is_flagged = false;
};

constexpr std::size_t kBlock =
    256;  // rows read at once: all columns of a block fit the first cache

struct EventColumns {
  Numbers<std::uint32_t> item, state, team, person, flag;
  Numbers<std::int64_t> at, seq;
  std::size_t items = 0, states = 0, teams = 0, persons = 0;  // ids are below these

  [[nodiscard]] std::size_t rows() const { return at.size(); }
  [[nodiscard]] Event event(std::uint32_t row) const {
    return {at[row], item[row], row, state[row], team[row], person[row], flag[row] != 0};
  }
  // The total order of an item's events: at, seq, row.
  [[nodiscard]] bool is_before(std::uint32_t a, std::uint32_t b) const {
    const std::int64_t left = at[a], right = at[b];
    if (left != right) return left < right;
    const std::int64_t first = seq[a], second = seq[b];
    return first != second ? first < second : a < b;
  }
};

// REQUIRES: a table of transitions that outlives the columns.
[[nodiscard]] EventColumns columns_of(const EventTable& table);

// The rows of one block, side by side.
class EventBlock {
 public:
  explicit EventBlock(const EventColumns& columns) : columns_(columns) {}

  // The items of rows [first, first + size), then the rest of them. REQUIRES: size <= kBlock.
  void read_items(std::size_t first, std::size_t size) {
    columns_.item.read(first, std::span(item).first(size));
  }
  void read_rest(std::size_t first, std::size_t size) {
    columns_.at.read(first, std::span(at).first(size));
    read(columns_.state, first, size, state);
    read(columns_.team, first, size, team);
    read(columns_.person, first, size, person);
    read(columns_.flag, first, size, flag);
    is_read_ = is_read_ || size == kBlock;
  }
  [[nodiscard]] Event event(std::size_t i, std::size_t first) const {
    return {at[i],     item[i],     static_cast<std::uint32_t>(first + i), state[i], team[i],
            person[i], flag[i] != 0};
  }

  std::array<std::int64_t, kBlock> at;
  std::array<std::uint32_t, kBlock> item, state, team, person, flag;

 private:
  // A constant column stays as the first whole block left it.
  void read(const Numbers<std::uint32_t>& column, std::size_t first, std::size_t size,
            std::array<std::uint32_t, kBlock>& out) const {
    if (is_read_ && column.is_constant()) return;
    column.read(first, std::span(out).first(size));
  }
  const EventColumns& columns_;
  bool is_read_ = false;
};

}  // namespace tiebeam::flow::live
