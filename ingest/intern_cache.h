// What keeps reading at memory speed: caches before a Dictionary, and a set of hashes.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "ingest/short_text.h"
#include "model/dictionary.h"

namespace tiebeam::ingest {

// Interns into one dictionary; short texts seen lately are found without its hash table.
class InternCache {
 public:
  explicit InternCache(Dictionary& names) : names_(&names), slots_(kSlots) {}
  std::uint32_t intern(std::string_view text) {
    return find_or(text, [&] { return names_->intern(text); });
  }
  // The same, with `otherwise()` for texts that were not seen lately.
  template <class F>
  std::uint32_t find_or(std::string_view text, F otherwise) {
    if (text.empty()) return 0;
    if (text.size() > kLongest) return otherwise();
    const Key key = key_of(text);
    Slot& slot = slots_[slot_of(key)];
    if (slot.id == 0 || slot.key != key) slot = {key, otherwise()};
    return slot.id;
  }

 private:
  static constexpr unsigned kSlotBits = 12;
  static constexpr std::size_t kSlots = std::size_t{1} << kSlotBits, kLongest = 16;
  // The whole text, up to kLongest bytes of it: its first and last eight, which may overlap.
  struct Key {
    std::uint64_t head = 0, tail = 0;
    std::uint32_t size = 0;
    bool operator==(const Key&) const = default;
  };
  struct Slot {
    Key key;
    std::uint32_t id = 0;
  };
  static Key key_of(std::string_view text) {
    return {first_word(text), last_word(text), static_cast<std::uint32_t>(text.size())};
  }
  static std::size_t slot_of(const Key& key) {
    const std::uint64_t mix =
        (key.head ^ (key.tail << 29U | key.tail >> 35U) ^ key.size) * 0x9E3779B97F4A7C15U;
    return mix >> (64U - kSlotBits);
  }
  Dictionary* names_;
  std::vector<Slot> slots_;
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
