#include "model/dictionary.h"

#include <algorithm>
#include <bit>

#include "base/error.h"
#include "base/hash.h"

namespace tiebeam {
namespace {
constexpr std::uint64_t kIdBits = 0xffff'ffff;
constexpr std::size_t kFewestSlots = 16;
// Slots are filled to three quarters at most: then a text is two probes away on average.
bool is_full(std::size_t names, std::size_t slots) { return 4 * names > 3 * slots; }
}  // namespace

std::size_t Dictionary::slot_of(std::string_view text, std::uint64_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  for (; slots_[at] != 0; at = (at + 1) & mask) {
    const bool is_alike = (slots_[at] & ~kIdBits) == (hash & ~kIdBits);
    if (is_alike && name(static_cast<std::uint32_t>(slots_[at] & kIdBits)) == text) break;
  }
  return at;
}

// Gives every name a slot among `slots`.
void Dictionary::spread(std::size_t slots) {
  slots_.assign(slots, 0);
  for (std::size_t id = 1; id < ends_.size(); ++id) {
    const std::uint64_t hash = row_hash(name(static_cast<std::uint32_t>(id)));
    std::size_t at = hash & (slots - 1);
    while (slots_[at] != 0) at = (at + 1) & (slots - 1);
    slots_[at] = (hash & ~kIdBits) | id;
  }
}

void Dictionary::reserve(std::size_t names, std::size_t bytes) {
  ends_.reserve(names);
  text_.reserve(bytes);
  std::size_t slots = std::max(slots_.size(), kFewestSlots);
  while (is_full(names, slots)) slots *= 2;
  if (slots > slots_.size()) spread(slots);
}

std::uint32_t Dictionary::intern(std::string_view text) {
  if (text.empty()) return 0;
  if (is_full(ends_.size(), slots_.size())) spread(std::max(kFewestSlots, 2 * slots_.size()));
  const std::uint64_t hash = row_hash(text);
  const std::size_t at = slot_of(text, hash);
  if (slots_[at] != 0) return static_cast<std::uint32_t>(slots_[at] & kIdBits);
  const std::uint64_t id = ends_.size();
  TB_CHECK(id < kIdBits, "a column has fewer than 2^32 different texts");
  text_.insert(text_.end(), text.begin(), text.end());
  ends_.push_back(text_.size());
  slots_[at] = (hash & ~kIdBits) | id;
  return static_cast<std::uint32_t>(id);
}

std::uint32_t Dictionary::find(std::string_view text) const {
  if (text.empty() || slots_.empty()) return 0;
  return static_cast<std::uint32_t>(slots_[slot_of(text, row_hash(text))] & kIdBits);
}

}  // namespace tiebeam
