#include "base/repeats.h"

#include <algorithm>
#include <bit>
#include <unordered_set>

namespace tiebeam {
namespace {

// Hashes are sorted by their upper bits into parts that fit the nearest cache, and told apart there
// by 32 further bits. What is alike in both is looked at again as a whole.
constexpr std::size_t kPartHashes = 2048;  // of one part, on average
constexpr unsigned kMostPartBits = 13;

// Spreads also what is no good hash.
std::uint64_t mixed(std::uint64_t hash) {
  hash = (hash ^ (hash >> 32U)) * 0x9E3779B97F4A7C15U;
  return hash ^ (hash >> 32U);
}

struct Split {
  unsigned bits;  // of the part
  [[nodiscard]] std::size_t parts() const { return std::size_t{1} << bits; }
  [[nodiscard]] std::size_t part(std::uint64_t mix) const {
    return bits == 0 ? 0 : static_cast<std::size_t>(mix >> (64U - bits));
  }
  [[nodiscard]] static std::uint32_t rest(std::uint64_t mix) {
    return static_cast<std::uint32_t>(mix);
  }
  [[nodiscard]] std::uint64_t whole(std::uint64_t mix) const {
    return std::uint64_t{part(mix)} << 32U | rest(mix);
  }
};

// The rests of all hashes, part by part; part p ends before ends[p + 1].
struct Parted {
  std::vector<std::uint32_t> rests;
  std::vector<std::size_t> ends;
};
Parted parted(std::span<const std::uint64_t> hashes, Split split) {
  Parted out{std::vector<std::uint32_t>(hashes.size()),
             std::vector<std::size_t>(split.parts() + 1)};
  for (const std::uint64_t hash : hashes) ++out.ends[split.part(mixed(hash)) + 1];
  for (std::size_t part = 0; part < split.parts(); ++part) out.ends[part + 1] += out.ends[part];
  std::vector<std::size_t> next(out.ends.begin(), out.ends.end() - 1);
  for (const std::uint64_t hash : hashes) {
    const std::uint64_t mix = mixed(hash);
    out.rests[next[split.part(mix)]++] = Split::rest(mix);
  }
  return out;
}

// Calls take(rest) for each rest of a part that was there before. 0 stands apart.
template <class F>
void find_in_part(std::span<const std::uint32_t> rests, std::vector<std::uint32_t>& slots, F take) {
  slots.assign(std::bit_ceil(2 * rests.size() + 2), 0);
  const std::size_t mask = slots.size() - 1;
  bool has_zero = false;
  for (const std::uint32_t rest : rests) {
    std::size_t at = rest & mask;
    while (slots[at] != 0 && slots[at] != rest) at = (at + 1) & mask;
    const bool was_here = rest == 0 ? has_zero : slots[at] == rest;
    has_zero = has_zero || rest == 0;
    slots[at] = rest;
    if (was_here) take(rest);
  }
}

// Part and rest of every hash that may occur twice, ascending; almost none that does not.
std::vector<std::uint64_t> find_suspects(std::span<const std::uint64_t> hashes, Split split) {
  const Parted all = parted(hashes, split);
  std::vector<std::uint64_t> out;
  std::vector<std::uint32_t> slots;
  for (std::size_t part = 0; part < split.parts(); ++part) {
    const auto rests =
        std::span(all.rests).subspan(all.ends[part], all.ends[part + 1] - all.ends[part]);
    find_in_part(rests, slots,
                 [&](std::uint32_t rest) { out.push_back(std::uint64_t{part} << 32U | rest); });
  }
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  return out;
}

}  // namespace

std::vector<std::size_t> repeated_places(std::span<const std::uint64_t> hashes) {
  const auto bits = static_cast<unsigned>(std::bit_width(hashes.size() / kPartHashes));
  const Split split{std::min(bits, kMostPartBits)};
  const std::vector<std::uint64_t> suspects = find_suspects(hashes, split);
  std::vector<std::size_t> out;
  if (suspects.empty()) return out;
  constexpr std::size_t kMarks = std::size_t{1} << 16U;  // most hashes are let go by these
  std::vector<bool> is_marked(kMarks);
  for (const std::uint64_t suspect : suspects) is_marked[suspect % kMarks] = true;
  std::unordered_set<std::uint64_t> seen;
  for (std::size_t place = 0; place < hashes.size(); ++place) {
    const std::uint64_t whole = split.whole(mixed(hashes[place]));
    if (!is_marked[whole % kMarks] || !std::ranges::binary_search(suspects, whole)) continue;
    if (!seen.insert(hashes[place]).second) out.push_back(place);
  }
  return out;
}

}  // namespace tiebeam
