// Which texts say the same: words cut to their stems, weighed by how rare they are, compared by the
// angle between them. docs/method/ai-tools.md, "Duplicates".
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace tiebeam::risk {

// Source: ours; of 30 pairs that it finds in the US inventory of 2024, drawn at random and read, 21
// name one purpose (docs/method/ai-tools.md).
constexpr double kSamePurpose = 0.5;

struct Likeness {
  std::size_t a = 0, b = 0;  // a < b
  double cosine = 0;         // 0: no word in common, 1: the same words equally often
};
// Pairs of `texts` that are at least `least` alike, by falling likeness, then a, then b.
//
// texts   [n] titles, each followed by a line break and sentences.
// A sentence that stands in three texts or more says nothing of one of them and is left out; a text
// of fewer than three different words that say something is like none. Two words must be shared.
// Source: Salton and Buckley 1988 (term weighting 'ltc'), with words cut to six letters.
// Cost: O(sum over words of their texts squared).
[[nodiscard]] std::vector<Likeness> alike(const std::vector<std::string>& texts, double least);

// Groups of texts around the one with most likenesses: no text is in two groups, and each is alike
// to the first of its group. Largest first, then by index.
[[nodiscard]] std::vector<std::vector<std::size_t>> groups_of(const std::vector<Likeness>& pairs,
                                                              std::size_t texts);

}  // namespace tiebeam::risk
