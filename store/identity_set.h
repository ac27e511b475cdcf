// A set of 64-bit row identities: ten million of them in 128 MB, without an allocation each.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace tiebeam::store {

class IdentitySet {
 public:
  void reserve(std::size_t count) {
    std::size_t wanted = slots_.size();
    while (wanted < count * 2) wanted *= 2;
    if (wanted > slots_.size()) rehash(wanted);
  }
  // True when it was not there yet.
  bool insert(std::uint64_t identity) {
    if (identity == 0) return !std::exchange(has_zero_, true);
    if ((size_ + 1) * 2 > slots_.size()) rehash(slots_.size() * 2);
    return place(identity);
  }
  [[nodiscard]] bool empty() const { return size_ == 0 && !has_zero_; }
  [[nodiscard]] bool contains(std::uint64_t identity) const {
    if (identity == 0) return has_zero_;
    return slots_[slot_of(identity)] == identity;
  }

 private:
  // Identities are hashes already; the multiplication spreads those of a careless caller.
  [[nodiscard]] std::size_t slot_of(std::uint64_t identity) const {
    std::size_t slot = (identity * 0x9E3779B97F4A7C15U) & (slots_.size() - 1);
    while (slots_[slot] != 0 && slots_[slot] != identity) slot = (slot + 1) & (slots_.size() - 1);
    return slot;
  }
  bool place(std::uint64_t identity) {
    std::uint64_t& slot = slots_[slot_of(identity)];
    if (slot == identity) return false;
    slot = identity;
    ++size_;
    return true;
  }
  void rehash(std::size_t slots) {
    std::vector<std::uint64_t> old(slots, 0);
    old.swap(slots_);
    size_ = 0;
    for (const std::uint64_t identity : old) {
      if (identity != 0) place(identity);
    }
  }

  std::vector<std::uint64_t> slots_ = std::vector<std::uint64_t>(1024, 0);
  std::size_t size_ = 0;
  bool has_zero_ = false;
};

}  // namespace tiebeam::store
