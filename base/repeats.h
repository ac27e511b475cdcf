// Which of very many hashes occurred before: without a table of all of them at once.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace tiebeam {

// Places of the hashes that stand at an earlier place, too, ascending. Exact.
// Cost: O(n), with four bytes of scratch memory a hash.
[[nodiscard]] std::vector<std::size_t> repeated_places(std::span<const std::uint64_t> hashes);

}  // namespace tiebeam
