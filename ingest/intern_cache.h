// Two helpers that keep reading at memory speed: a cache before a Dictionary, and a set of hashes.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "model/event_table.h"

namespace tiebeam::ingest {

// Interns into one column; texts seen lately are found without the dictionary's hash table.
class InternCache {
 public:
  explicit InternCache(Column& column) : column_(&column) {}
  std::uint32_t intern(std::string_view text) {
    if (text.empty()) return 0;
    std::uint32_t& slot = slots_[slot_of(text)];
    if (slot == 0 || column_->names.name(slot) != text) slot = column_->names.intern(text);
    return slot;
  }
  std::uint32_t push(std::string_view text) {
    column_->narrow.push_back(intern(text));
    return column_->narrow.back();
  }
  void push_id(std::uint32_t id) { column_->narrow.push_back(id); }

 private:
  static constexpr std::size_t kSlots = 1024;
  // Length and the last eight bytes: ids and labels of one source differ at their end.
  static std::size_t slot_of(std::string_view text) {
    std::uint64_t tail = 0;
    const std::size_t bytes = text.size() < 8 ? text.size() : 8;
    std::memcpy(&tail, text.data() + text.size() - bytes, bytes);
    return ((tail ^ text.size()) * 0x9E3779B97F4A7C15u) >> 54;
  }
  Column* column_;
  std::array<std::uint32_t, kSlots> slots_{};
};

// Which 64-bit hashes were seen. Open addressing; 0 stands for an empty slot.
class HashSet {
 public:
  // True the first time.
  bool insert(std::uint64_t hash) {
    if (2 * (used_ + 1) > slots_.size()) grow();
    hash += hash == 0;
    std::size_t at = hash & (slots_.size() - 1);
    for (; slots_[at] != 0; at = (at + 1) & (slots_.size() - 1))
      if (slots_[at] == hash) return false;
    slots_[at] = hash;
    ++used_;
    return true;
  }

 private:
  void grow() {
    std::vector<std::uint64_t> old(slots_.empty() ? 1024 : 2 * slots_.size());
    old.swap(slots_);
    used_ = 0;
    for (const std::uint64_t hash : old)
      if (hash != 0) insert(hash);
  }
  std::vector<std::uint64_t> slots_;
  std::size_t used_ = 0;
};

}  // namespace tiebeam::ingest
