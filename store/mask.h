// Finds names where they stand alone, and covers them with as many 'x'.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tiebeam::store {

// A name in one encoding.
struct Pattern {
  std::string find;
  std::string cover;  // same length
  std::size_t unit;   // bytes a character unit: 1 (UTF-8, Windows-1252), 2 (UTF-16)
  bool is_little = true;
};

// The names in UTF-8, Windows-1252 (where it differs) and both UTF-16, longest first. Empty names
// are left out.
[[nodiscard]] std::vector<Pattern> patterns_of(const std::vector<std::string>& names);
// UTF-8 only: for texts of our own.
[[nodiscard]] std::vector<Pattern> text_patterns_of(const std::vector<std::string>& names);

// Covers each place where a pattern stands between non-word characters (or at an end). A word
// character is a letter, a digit, '_' or anything outside ASCII. A cut is an end where the text
// goes on elsewhere: what touches it is left alone. Returns how many places.
struct Cuts {
  bool at_start = false, at_end = false;
};
std::int64_t mask(std::string& bytes, const std::vector<Pattern>& patterns, Cuts cuts = {});

}  // namespace tiebeam::store
