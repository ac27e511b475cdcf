#include "ingest/column_words.h"

#include <algorithm>

#include "base/text.h"
#include "ingest/latin.h"

namespace tiebeam::ingest {
namespace {

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_small(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool parts_words(char c) { return std::string_view(" \t\r\n_-./:*+()[]").contains(c); }

// U+00C0 to U+00FF, written as 0xC3 and `second`.
std::string unaccented(unsigned char second) {
  const unsigned point = 0xC0u | (second & 0x3Fu);
  if (point == 0xDF) return "ss";
  const char letter = plain_letter(point);
  return {point < 0xDF && is_small(letter) ? static_cast<char>(letter - 'a' + 'A') : letter};
}

// Without accents, whether they are part of the letter or stand behind it; capitals stay.
std::string without_accents(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const std::string_view rest = name.substr(i);
    const auto second = static_cast<unsigned char>(rest.size() > 1 ? rest[1] : '\0');
    if (rest.starts_with('\xC3') && second >= 0x80) {
      out += unaccented(second);
      ++i;
    } else if (rest.starts_with('\xCC') || (rest.starts_with('\xCD') && second < 0xB0)) {
      ++i;  // a combining accent, U+0300 to U+036F
    } else if (rest.starts_with("\xC2\xA0")) {
      out += ' ';
      ++i;
    } else if (rest.starts_with("\xE2\x80\x99")) {
      out += '\'';
      i += 2;
    } else {
      out += name[i];
    }
  }
  return out;
}

// A word starts at `i`: "createdAt", "IDNumber".
bool starts_word(std::string_view text, std::size_t i) {
  if (i == 0 || !is_capital(text[i])) return false;
  const char before = text[i - 1];
  return is_small(before) || is_digit(before) ||
         (is_capital(before) && i + 1 < text.size() && is_small(text[i + 1]));
}
}  // namespace

std::string column_words(std::string_view name) {
  if (name.size() > kLongestName) return {};
  const std::string text = without_accents(name);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (parts_words(text[i]) || starts_word(text, i)) out += ' ';
    if (!parts_words(text[i])) out += text[i];
  }
  const auto doubled =
      std::ranges::unique(out, [](char a, char b) { return a == ' ' && b == ' '; });
  out.erase(doubled.begin(), doubled.end());
  return to_lower_ascii(trim(out));
}

std::string column_key(std::string_view name) {
  if (name.size() > kLongestName) return {};
  // As most of our own names are written: nothing to take apart.
  const bool is_plain =
      std::ranges::all_of(name, [](char c) { return is_small(c) || is_digit(c) || c == ' '; });
  std::string out = is_plain ? std::string(name) : column_words(name);
  std::erase(out, ' ');
  return out;
}

}  // namespace tiebeam::ingest
