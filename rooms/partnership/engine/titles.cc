#include "rooms/partnership/engine/titles.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace tiebeam::partnership {
namespace {

using Words = std::vector<std::string>;

// U+00C0 to U+017F without their accents; empty: not a letter of ours.
std::string_view plain_letter(std::uint32_t point) {
  constexpr std::u32string_view kAccented = U"àáâãäåçèéêëìíîïñòóôõöøùúûüýÿ";
  constexpr std::string_view kPlain = "aaaaaaceeeeiiiinoooooouuuuyy";
  if (point == 0xDF) return "ss";
  if (point == 0xE6 || point == 0xC6) return "ae";
  if (point == 0x152 || point == 0x153) return "oe";
  const std::uint32_t small = point >= 0xC0 && point <= 0xDE && point != 0xD7 ? point + 32 : point;
  const std::size_t at = kAccented.find(static_cast<char32_t>(small));
  return at == std::u32string_view::npos ? std::string_view{} : kPlain.substr(at, 1);
}

// One character of UTF-8 at `text[at]`, and how many bytes it takes. Broken text gives its bytes.
struct Point {
  std::uint32_t value;
  std::size_t bytes;
};
Point point_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned char first = byte(0);
  if (first >= 0xC2 && first < 0xE0 && at + 1 < text.size())
    return {static_cast<std::uint32_t>((first & 0x1FU) << 6U | (byte(1) & 0x3FU)), 2};
  if (first >= 0xE0 && first < 0xF0 && at + 2 < text.size())
    return {static_cast<std::uint32_t>((first & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U |
                                       (byte(2) & 0x3FU)),
            3};
  return {first, 1};
}

bool is_ascii_word(std::uint32_t point) {
  return (point >= 'a' && point <= 'z') || (point >= '0' && point <= '9');
}

// An answer's mark: the words before the first colon, "RE:", "WG: AW:".
bool is_answer_mark(std::string_view word) {
  constexpr std::array<std::string_view, 7> kMarks = {"re", "fw", "fwd", "aw", "wg", "tr", "antw"};
  return std::ranges::find(kMarks, word) != kMarks.end();
}

bool fits(std::string_view pattern, std::string_view word) {
  return pattern.ends_with('*') ? word.starts_with(pattern.substr(0, pattern.size() - 1))
                                : pattern == word;
}

// How many words of `words` from `first` the phrase takes; 0: it does not stand there.
std::size_t taken(std::string_view phrase, const Words& words, std::size_t first) {
  std::size_t count = 0;
  while (true) {
    const std::size_t blank = phrase.find(' ');
    if (first + count >= words.size() || !fits(phrase.substr(0, blank), words[first + count]))
      return 0;
    ++count;
    if (blank == std::string_view::npos) return count;
    phrase.remove_prefix(blank + 1);
  }
}
// The longest phrase of the list that stands at `first`.
std::size_t longest(std::span<const std::string_view> list, const Words& words, std::size_t first) {
  std::size_t out = 0;
  for (const std::string_view phrase : list) out = std::max(out, taken(phrase, words, first));
  return out;
}
bool anywhere(std::span<const std::string_view> list, const Words& words, std::size_t from) {
  for (std::size_t i = from; i < words.size(); ++i) {
    if (longest(list, words, i) > 0) return true;
  }
  return false;
}

// What is asked for, behind "please" and "we need".
struct Asked {
  std::size_t first = 0;
  bool has_asking = false;
};
Asked behind_fillers(const TitleWords& lists, const Words& words) {
  Asked out;
  while (out.first < words.size()) {
    const std::size_t asking = longest(lists.asking, words, out.first);
    const std::size_t filler = longest(lists.filler, words, out.first);
    if (asking == 0 && filler == 0) break;
    out.has_asking = out.has_asking || asking > 0;
    out.first += std::max(asking, filler);
  }
  return out;
}

}  // namespace

std::string_view title_shape_name(TitleShape shape) {
  constexpr std::array<std::string_view, 3> kNames = {"unclear", "solution", "need"};
  return kNames[static_cast<std::size_t>(shape)];
}

std::vector<std::string> title_words(std::string_view title) {
  Words out(1);
  std::size_t depth = 0;
  for (std::size_t at = 0; at < title.size();) {
    const Point point = point_at(title, at);
    at += point.bytes;
    if (point.value == '[' && title.find(']', at) != std::string_view::npos) ++depth;
    const bool inside = depth > 0;
    if (point.value == ']' && depth > 0) --depth;
    const std::uint32_t small =
        point.value >= 'A' && point.value <= 'Z' ? point.value + 32 : point.value;
    if (!inside && is_ascii_word(small)) {
      out.back() += static_cast<char>(small);
      continue;
    }
    const std::string_view plain =
        inside || small < 0x80 ? std::string_view{} : plain_letter(small);
    if (!plain.empty()) {
      out.back() += plain;
      continue;
    }
    if (point.value == ':' && is_answer_mark(out.back())) out.back().clear();
    if (!out.back().empty()) out.emplace_back();
  }
  if (out.back().empty()) out.pop_back();
  return out;
}

TitleShape shape_of(std::string_view title) {
  const TitleWords& lists = title_lists();
  const Words words = title_words(title);
  if (words.empty()) return TitleShape::unclear;
  if (anywhere(lists.need, words, 0)) return TitleShape::need;
  if (longest(lists.question, words, 0) > 0) return TitleShape::need;
  const Asked asked = behind_fillers(lists, words);
  if (asked.first < words.size()) {
    if (longest(lists.order, words, asked.first) > 0) return TitleShape::solution;
    if (asked.has_asking && longest(lists.thing, words, asked.first) > 0)
      return TitleShape::solution;
  }
  if (anywhere(lists.named, words, 0)) return TitleShape::solution;
  return title.find('?') == std::string_view::npos ? TitleShape::unclear : TitleShape::need;
}

}  // namespace tiebeam::partnership
