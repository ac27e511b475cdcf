// What keeps reading at memory speed: caches before a Dictionary, and a set of hashes.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/event_table.h"

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
  template <class T>
  static std::uint64_t load(const char* from) {
    T value;
    std::memcpy(&value, from, sizeof value);
    return value;
  }
  static Key key_of(std::string_view text) {
    const char* const p = text.data();
    const std::size_t size = text.size();
    Key key{.size = static_cast<std::uint32_t>(size)};
    if (size >= 8) {
      key.head = load<std::uint64_t>(p);
      key.tail = load<std::uint64_t>(p + size - 8);
    } else if (size >= 4) {
      key.head = load<std::uint32_t>(p);
      key.tail = load<std::uint32_t>(p + size - 4);
    } else {
      key.head = load<std::uint8_t>(p) | load<std::uint8_t>(p + size / 2) << 8U |
                 load<std::uint8_t>(p + size - 1) << 16U;
    }
    return key;
  }
  static std::size_t slot_of(const Key& key) {
    const std::uint64_t mix =
        (key.head ^ (key.tail << 29U | key.tail >> 35U) ^ key.size) * 0x9E3779B97F4A7C15U;
    return mix >> (64U - kSlotBits);
  }
  Dictionary* names_;
  std::vector<Slot> slots_;
};

// A column of texts. Many end in a number ("PAY-1234", "INC0010234", "Team 7"), and sources count
// one by one: those whose numbers lie close together are found by number, and a block of them at a
// time, so that memory can be asked for all of them at once. Others are found by what was seen
// lately, then by the dictionary. Ids are those that the dictionary would give text by text.
class TextColumn {
 public:
  explicit TextColumn(Column& column)
      : names_(&column.names),
        to_(&column.narrow),
        cache_(column.names),
        waiting_(kAtOnce),
        ids_(kAtOnce) {}
  void push(std::string_view text) {
    waiting_[count_] = by_number(text);
    if (waiting_[count_].series == nullptr) {
      const std::uint32_t id = by_name(text);
      waiting_[count_] = {nullptr, id};
    }
    if (++count_ == kAtOnce) flush();
  }
  // Afterwards the column has all rows.
  void flush() {
    for (std::size_t i = 0; i < count_; ++i)
      if (waiting_[i].series != nullptr)
        __builtin_prefetch(&waiting_[i].series->ids[waiting_[i].number], 1);
    for (std::size_t i = 0; i < count_; ++i) ids_[i] = id_of(waiting_[i]);
    to_->append(std::span<const std::uint32_t>(ids_).first(count_));
    count_ = 0;
  }
  // The id of the text that was pushed last.
  [[nodiscard]] std::uint32_t last() {
    flush();
    return to_->back();
  }

 private:
  static constexpr std::size_t kAtOnce = 256;
  static constexpr std::size_t kMostDigits = 9, kMostSeries = 16;
  // Slots there may be, in all and for each name known so far; what lies further apart is not kept
  // by number.
  static constexpr std::size_t kSlotsAName = 4, kFirstSlots = std::size_t{1} << 20;
  struct Series {  // texts of one prefix and length: each number is one text
    std::string prefix;
    std::size_t digits = 0;
    std::vector<std::uint32_t> ids;  // by number; 0: not met
  };
  struct Waiting {  // without a series it is the id
    Series* series = nullptr;
    std::uint32_t number = 0;
  };
  static std::size_t digits_of(std::string_view key) {
    std::size_t digits = 0;
    while (digits < kMostDigits && digits < key.size()) {
      const char c = key[key.size() - 1 - digits];
      if (c < '0' || c > '9') break;
      ++digits;
    }
    return digits;
  }
  std::string_view spelled(const Waiting& key) {
    text_ = key.series->prefix;
    text_.resize(text_.size() + key.series->digits);
    std::uint32_t rest = key.number;
    for (std::size_t i = 0; i < key.series->digits; ++i, rest /= 10)
      text_[text_.size() - 1 - i] = static_cast<char>('0' + rest % 10);
    return text_;
  }
  Waiting by_number(std::string_view text) {
    const std::size_t digits = digits_of(text);
    if (digits == 0) return {};
    Series* series = series_of(text.substr(0, text.size() - digits), digits);
    std::size_t number = 0;
    for (const char c : text.substr(text.size() - digits))
      number = number * 10 + static_cast<std::size_t>(c - '0');
    if (series == nullptr || (number >= series->ids.size() && !grow(*series, number))) return {};
    return {series, static_cast<std::uint32_t>(number)};
  }
  // A text that nobody knows waits until those before it have their ids.
  std::uint32_t by_name(std::string_view text) {
    return cache_.find_or(text, [&] {
      if (const std::uint32_t known = names_->find(text); known != 0) return known;
      flush();
      return names_->intern(text);
    });
  }
  std::uint32_t id_of(const Waiting& waiting) {
    if (waiting.series == nullptr) return waiting.number;
    std::uint32_t& id = waiting.series->ids[waiting.number];
    if (id == 0) id = names_->intern(spelled(waiting));
    return id;
  }
  Series* series_of(std::string_view prefix, std::size_t digits) {
    std::vector<std::unique_ptr<Series>>& all = series_[digits];
    Series*& last = last_[digits];
    if (last != nullptr && last->prefix == prefix) return last;
    for (const auto& each : all) {
      if (each->prefix == prefix) return last = each.get();
    }
    if (all.size() == kMostSeries) return nullptr;
    all.push_back(std::make_unique<Series>(Series{std::string(prefix), digits, {}}));
    return last = all.back().get();
  }
  bool grow(Series& series, std::size_t number) {
    const std::size_t most = kFirstSlots + kSlotsAName * names_->size(), held = series.ids.size();
    const std::size_t room = most - std::min(most, slots_) + held;
    if (number >= room) return false;
    series.ids.resize(std::min(room, std::max(number + 1, 2 * held)));
    slots_ += series.ids.size() - held;
    return true;
  }
  Dictionary* names_;
  PackedVector<std::uint32_t>* to_;
  InternCache cache_;
  std::array<std::vector<std::unique_ptr<Series>>, kMostDigits + 1> series_;
  std::array<Series*, kMostDigits + 1> last_{};
  std::vector<Waiting> waiting_;
  std::vector<std::uint32_t> ids_;
  std::size_t count_ = 0, slots_ = 0;
  std::string text_;
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
