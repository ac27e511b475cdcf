#include "model/dictionary.h"

#include <algorithm>
#include <array>
#include <bit>

#include "base/error.h"
#include "base/hash.h"

namespace tiebeam {
namespace {
constexpr std::uint64_t kIdBits = 0xffff'ffff;
constexpr std::size_t kFewestSlots = 16;
constexpr std::uint64_t kMostNames = std::uint64_t{3} << 30U;  // then there are 2^32 slots
// Slots are filled to three quarters at most: then a text is two probes away on average.
bool is_full(std::size_t names, std::size_t slots) { return 4 * names > 3 * slots; }
// The slot where the search for a hash starts: its highest bits, which are in the slot, too.
std::size_t home_of(std::uint64_t hash, std::size_t slots) {
  return hash >> (64 - std::bit_width(slots - 1));
}
}  // namespace

std::size_t Dictionary::slot_of(std::string_view text, std::uint64_t hash) const {
  std::size_t at = home_of(hash, slots_.size());
  for (; slots_[at] != 0; at = (at + 1) & (slots_.size() - 1)) {
    const bool is_alike = (slots_[at] & ~kIdBits) == (hash & ~kIdBits);
    if (is_alike && name(static_cast<std::uint32_t>(slots_[at] & kIdBits)) == text) break;
  }
  return at;
}

// Gives every name a slot among `slots`, without a look at the names.
void Dictionary::spread(std::size_t slots) {
  std::vector<std::uint64_t> before(slots);
  before.swap(slots_);
  for (const std::uint64_t slot : before) {
    if (slot == 0) continue;
    std::size_t at = home_of(slot, slots);
    while (slots_[at] != 0) at = (at + 1) & (slots - 1);
    slots_[at] = slot;
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
  return intern(text, row_hash(text));
}

std::uint32_t Dictionary::intern(std::string_view text, std::uint64_t hash) {
  if (is_full(ends_.size(), slots_.size())) spread(std::max(kFewestSlots, 2 * slots_.size()));
  const std::size_t at = slot_of(text, hash);
  if (slots_[at] != 0) return static_cast<std::uint32_t>(slots_[at] & kIdBits);
  const std::uint64_t id = ends_.size();
  TB_CHECK(id < kMostNames, "a column has fewer than 3 * 2^30 different texts");
  text_.insert(text_.end(), text.begin(), text.end());
  ends_.push_back(text_.size());
  slots_[at] = (hash & ~kIdBits) | id;
  return static_cast<std::uint32_t>(id);
}

void Dictionary::intern(std::span<const std::string_view> texts, std::span<std::uint32_t> ids) {
  constexpr std::size_t kAtOnce = 64;  // as many slots are asked for before they are needed
  std::array<std::uint64_t, kAtOnce> hashes;
  for (std::size_t first = 0; first < texts.size(); first += kAtOnce) {
    const auto some = texts.subspan(first, std::min(kAtOnce, texts.size() - first));
    for (std::size_t i = 0; i < some.size(); ++i) {
      hashes[i] = row_hash(some[i]);
      if (!slots_.empty()) __builtin_prefetch(&slots_[home_of(hashes[i], slots_.size())], 1);
    }
    for (std::size_t i = 0; i < some.size(); ++i)
      ids[first + i] = some[i].empty() ? 0 : intern(some[i], hashes[i]);
  }
}

std::uint32_t Dictionary::find(std::string_view text) const {
  if (text.empty() || slots_.empty()) return 0;
  return static_cast<std::uint32_t>(slots_[slot_of(text, row_hash(text))] & kIdBits);
}

}  // namespace tiebeam
