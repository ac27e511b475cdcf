// Reads the title of a request: does it name a solution ("Install Visio") or a need ("Cannot open
// drawings")? By words, in English, German and French; title_words.cc lists them with the reasons.
// How often it errs: docs/method/diagnosis.md.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tiebeam::partnership {

// unclear: no word of the lists decides, which is said and never guessed.
enum class TitleShape : std::uint8_t { unclear, solution, need };
[[nodiscard]] std::string_view title_shape_name(TitleShape shape);

[[nodiscard]] TitleShape shape_of(std::string_view title);

// The words of a title as they are compared: small letters, without accents ("ß" is "ss"), without
// marks of an answer ("RE:") and parts in square brackets; an apostrophe ends a word ("d'acces").
[[nodiscard]] std::vector<std::string> title_words(std::string_view title);

// The lists. A phrase is words in a row; a word that ends in '*' stands for all that begin so.
struct TitleWords {
  std::span<const std::string_view> need;      // anywhere: what does not work, or a purpose
  std::span<const std::string_view> question;  // as the first words
  std::span<const std::string_view> filler;    // politeness and "we need", before what is asked for
  std::span<const std::string_view> asking;    // those fillers after which a thing may follow
  std::span<const std::string_view> thing;     // words that begin such a thing: "a", "new"
  std::span<const std::string_view> order;     // first words: what IT is told to do
  std::span<const std::string_view> named;     // anywhere: the same as a noun, or as German says it
};
[[nodiscard]] const TitleWords& title_lists();

}  // namespace tiebeam::partnership
