#include "rooms/risk/engine/ai/likeness.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>

namespace tiebeam::risk {
namespace {

// Of a handful of texts every word looks common: they are weighed as if they were these many.
constexpr std::size_t kLeastTexts = 200;
constexpr std::size_t kStem = 6, kLeastWords = 3, kSharedBy = 3, kLeastShared = 2;

// Words that say nothing of a purpose, in the languages of our readers. Source: ours.
constexpr std::array<std::string_view, 96> kCommon = {
    "a",     "across", "also",    "am",    "an",   "and",   "are",    "as",    "at",    "auf",
    "aus",   "be",     "been",    "bei",   "by",   "can",   "das",    "dass",  "de",    "dem",
    "den",   "der",    "des",     "die",   "du",   "durch", "ein",    "eine",  "einem", "einen",
    "einer", "en",     "et",      "for",   "from", "für",   "has",    "have",  "how",   "im",
    "in",    "into",   "is",      "ist",   "it",   "its",   "la",     "le",    "les",   "mit",
    "more",  "no",     "not",     "of",    "on",   "or",    "other",  "our",   "par",   "pour",
    "sich",  "sind",   "such",    "than",  "that", "the",   "their",  "them",  "these", "they",
    "this",  "those",  "through", "to",    "um",   "und",   "une",    "use",   "used",  "user",
    "uses",  "using",  "van",     "von",   "was",  "we",    "werden", "which", "who",   "will",
    "wird",  "with",   "within",  "would", "zu",   "zum"};
static_assert(std::ranges::is_sorted(kCommon));

bool is_common(const std::string& word) { return std::ranges::binary_search(kCommon, word); }

// Letters, digits and everything beyond ASCII.
bool is_of_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  std::string word;
  for (const char raw : text) {
    const char c = lower(raw);
    if (is_of_word(c)) {
      word += c;
    } else if (!word.empty()) {
      out.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) out.push_back(std::move(word));
  return out;
}

// The text in sentences, each as its words.
std::vector<std::vector<std::string>> sentences_of(std::string_view text) {
  std::vector<std::vector<std::string>> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(".!?;\n"), text.size());
    if (auto words = words_of(text.substr(0, end)); !words.empty()) out.push_back(std::move(words));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

using Counts = std::map<std::string, double>;

// How often each stem stands in the title and in the sentences that are the text's own.
std::vector<Counts> counts_of(const std::vector<std::string>& texts) {
  std::vector<std::vector<std::string>> titles(texts.size());
  std::vector<std::set<std::vector<std::string>>> bodies(texts.size());
  std::map<std::vector<std::string>, std::size_t> shared;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::size_t end = std::min(texts[i].find('\n'), texts[i].size());
    titles[i] = words_of(std::string_view(texts[i]).substr(0, end));
    for (auto& sentence : sentences_of(std::string_view(texts[i]).substr(end)))
      if (bodies[i].insert(sentence).second) ++shared[sentence];
  }
  std::vector<Counts> out(texts.size());
  const auto count = [](Counts& into, const std::vector<std::string>& words) {
    for (const std::string& word : words)
      if (word.size() > 1 && !is_common(word)) ++into[word.substr(0, kStem)];
  };
  for (std::size_t i = 0; i < texts.size(); ++i) {
    count(out[i], titles[i]);
    for (const auto& sentence : bodies[i])
      if (shared[sentence] < kSharedBy) count(out[i], sentence);
    if (out[i].size() < kLeastWords) out[i].clear();
  }
  return out;
}

struct Posting {
  std::size_t text;
  double weight;
};
using Postings = std::map<std::string, std::vector<Posting>>;  // by stem, texts rising

// (1 + ln count) x ln((n + 1) / (texts with it + 1/2)), each text of length one.
Postings weigh(const std::vector<Counts>& counts) {
  std::map<std::string, double> texts_with;
  for (const Counts& text : counts)
    for (const auto& [stem, times] : text) ++texts_with[stem];
  const double n = static_cast<double>(std::max(counts.size(), kLeastTexts));
  Postings out;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    std::vector<std::pair<const std::string*, double>> weights;
    double squares = 0;
    for (const auto& [stem, times] : counts[i]) {
      const double weight = (1 + std::log(times)) * std::log((n + 1) / (texts_with[stem] + 0.5));
      weights.emplace_back(&stem, weight);
      squares += weight * weight;
    }
    const double length = std::sqrt(squares);
    for (const auto& [stem, weight] : weights)
      if (length > 0) out[*stem].push_back({i, weight / length});
  }
  return out;
}

struct Sum {
  double cosine = 0;
  std::size_t words = 0;
};

}  // namespace

std::vector<Likeness> alike(const std::vector<std::string>& texts, double least) {
  const Postings postings = weigh(counts_of(texts));
  std::vector<std::vector<std::pair<const std::vector<Posting>*, std::size_t>>> by_text(
      texts.size());
  for (const auto& [stem, list] : postings)
    for (std::size_t at = 0; at < list.size(); ++at) by_text[list[at].text].emplace_back(&list, at);
  std::vector<Likeness> out;
  std::vector<Sum> sums(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    std::ranges::fill(sums, Sum{});
    for (const auto& [list, at] : by_text[i]) {
      for (std::size_t other = at + 1; other < list->size(); ++other) {
        Sum& sum = sums[(*list)[other].text];
        sum.cosine += (*list)[at].weight * (*list)[other].weight;
        ++sum.words;
      }
    }
    for (std::size_t j = i + 1; j < texts.size(); ++j)
      if (sums[j].cosine >= least && sums[j].words >= kLeastShared)
        out.push_back({i, j, std::min(1.0, sums[j].cosine)});
  }
  std::ranges::sort(out, [](const Likeness& x, const Likeness& y) {
    return std::tuple(-x.cosine, x.a, x.b) < std::tuple(-y.cosine, y.a, y.b);
  });
  return out;
}

std::vector<std::vector<std::size_t>> groups_of(const std::vector<Likeness>& pairs,
                                                std::size_t texts) {
  std::vector<std::vector<std::size_t>> near(texts);
  for (const Likeness& pair : pairs) {
    near[pair.a].push_back(pair.b);
    near[pair.b].push_back(pair.a);
  }
  std::vector<std::vector<std::size_t>> out;
  for (;;) {
    const auto most =
        std::ranges::max_element(near, {}, [](const auto& list) { return list.size(); });
    if (most == near.end() || most->empty()) break;
    std::vector<std::size_t> group = {static_cast<std::size_t>(most - near.begin())};
    std::ranges::sort(*most);
    group.insert(group.end(), most->begin(), most->end());
    for (const std::size_t taken : group) near[taken].clear();
    for (auto& list : near)
      std::erase_if(list,
                    [&](std::size_t one) { return std::ranges::find(group, one) != group.end(); });
    out.push_back(std::move(group));
  }
  return out;
}

}  // namespace tiebeam::risk
