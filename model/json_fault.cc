#include "model/json_fault.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <utility>
#include <vector>

#include "base/text.h"

namespace tiebeam {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

const std::string& too_deep() {
  static const std::string text =
      fmt::format("no value within more than {} lists and objects", kDeepestJson);
  return text;
}

// Goes through a text with what is open (objects and lists) on a stack of its own. Each step
// returns whether it went well; otherwise `at_` stands where it did not, `expected_` says for what.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  void all() {
    if (!value()) return;
    while (!open_.empty()) {
      if (!after_value()) return;
    }
    blanks();
    expected_ = "the end of the text";
  }
  [[nodiscard]] std::size_t at() const { return at_; }
  [[nodiscard]] const char* expected() const { return expected_; }
  // As much of what stands there as belongs together; 0: a character.
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool is_too_deep() const { return is_too_deep_; }

 private:
  [[nodiscard]] char here() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void blanks() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").contains(text_[at_])) ++at_;
  }
  bool need(char c, const char* what) {
    blanks();
    expected_ = what;
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  // A value, or as much of it as opens something.
  bool value() {
    blanks();
    expected_ = too_deep().c_str();
    is_too_deep_ = open_.size() > kDeepestJson;
    if (is_too_deep_) return false;
    expected_ = "a value: text in quotes, a number, true, false, null, a list or an object";
    switch (here()) {
      case '{':
        return open('}');
      case '[':
        return open(']');
      case '"':
        return text();
      case 't':
        return word("true");
      case 'f':
        return word("false");
      case 'n':
        return word("null");
      default:
        return number();
    }
  }
  bool open(char close) {
    ++at_;
    open_.push_back(close);
    is_fresh_ = true;
    return true;
  }
  bool key() {
    blanks();
    expected_ = "a name in quotes";
    if (here() != '"' || !text()) return false;
    return need(':', "':' after the name") && value();
  }
  // What may follow inside of what is open: its end, the first item, or a comma and the next.
  bool after_value() {
    blanks();
    const char close = open_.back();
    const bool is_first = std::exchange(is_fresh_, false);
    if (here() == close) {
      ++at_;
      open_.pop_back();
      return true;
    }
    if (!is_first && !need(',', close == '}' ? "',' or '}'" : "',' or ']'")) return false;
    return close == '}' ? key() : value();
  }

  bool word(std::string_view whole) {
    if (!text_.substr(at_).starts_with(whole)) return false;
    at_ += whole.size();
    return true;
  }
  bool digits() {
    const std::size_t from = at_;
    while (is_digit(here())) ++at_;
    return at_ > from;
  }
  bool number() {
    const std::size_t from = at_;
    if (here() == '-') ++at_;
    const bool is_zero = here() == '0';
    if (!digits()) {
      at_ = from;
      return false;
    }
    expected_ = "a number without a leading 0";
    if (is_zero && at_ - from > (text_[from] == '-' ? 2U : 1U)) return at_ = from, false;
    expected_ = "a digit";
    const bool is_whole = here() != '.' && here() != 'e' && here() != 'E';
    if (is_whole) return is_held(from, fits_64_bits(text_.substr(from, at_ - from)), kWhole);
    if (here() == '.' && (++at_, !digits())) return false;
    if (here() == 'e' || here() == 'E') {
      ++at_;
      if (here() == '+' || here() == '-') ++at_;
      if (!digits()) return false;
    }
    const std::string read(text_.substr(from, at_ - from));
    return is_held(from, std::isfinite(std::strtod(read.c_str(), nullptr)), kFinite);
  }
  static constexpr const char* kWhole =
      "a whole number of 64 bits (write a larger one with a decimal point, or as text)";
  static constexpr const char* kFinite = "a number from -1.797e308 to 1.797e308";
  static bool fits_64_bits(std::string_view digits) {
    std::int64_t number = 0;
    std::uint64_t large = 0;
    const char* end = digits.data() + digits.size();
    return std::from_chars(digits.data(), end, number).ec == std::errc() ||
           std::from_chars(digits.data(), end, large).ec == std::errc();
  }
  // The number since `from`.
  bool is_held(std::size_t from, bool is_so, const char* expected) {
    if (is_so) return true;
    expected_ = expected;
    size_ = at_ - from;
    at_ = from;
    return false;
  }
  bool text() {
    for (++at_; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '"') return ++at_, true;
      expected_ = "no line break or other control character within quotes";
      if (static_cast<unsigned char>(c) < 0x20) return false;
      if (static_cast<unsigned char>(c) >= 0x80 && !character()) return false;
      if (c == '\\' && !escape()) return false;
    }
    expected_ = "the closing quote";
    return false;
  }
  // Of several bytes; leaves at the last.
  bool character() {
    expected_ = "text in UTF-8";
    const auto lead = static_cast<unsigned char>(text_[at_]);
    const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (!is_valid_utf8(text_.substr(at_, size))) return false;
    at_ += size - 1;
    return true;
  }
  // The four digits after "\u" at `at`; none when they are not four.
  [[nodiscard]] std::optional<unsigned> hex_at(std::size_t at) const {
    const std::string_view hex = text_.substr(std::min(at, text_.size()), 4);
    unsigned out = 0;
    const auto read = std::from_chars(hex.data(), hex.data() + hex.size(), out, 16);
    const bool is_whole = hex.size() == 4 && read.ptr == hex.data() + hex.size();
    return is_whole ? std::optional(out) : std::nullopt;
  }
  // At the backslash; leaves at the last character.
  bool escape() {
    expected_ = "one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t or \\u with four hex digits";
    if (at_ + 1 == text_.size()) return false;
    const char c = text_[at_ + 1];
    if (c != 'u') return std::string_view("\"\\/bfnrt").contains(c) ? (++at_, true) : false;
    const auto first = hex_at(at_ + 2);
    if (!first) return false;
    const bool opens_a_pair = (*first & 0xFC00U) == 0xD800U;
    const bool closes_one = (*first & 0xFC00U) == 0xDC00U;
    expected_ = "both halves of a character beyond \\uFFFF";
    const auto second =
        text_.substr(at_).substr(6).starts_with("\\u") ? hex_at(at_ + 8) : std::nullopt;
    if (closes_one || (opens_a_pair && (!second || (*second & 0xFC00U) != 0xDC00U))) return false;
    at_ += opens_a_pair ? 11 : 5;
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  const char* expected_ = "";
  std::size_t size_ = 0;
  std::vector<char> open_;  // what closes each
  bool is_fresh_ = false;   // the innermost was just opened
  bool is_too_deep_ = false;
};

std::string what_stands(std::string_view text, std::size_t at, std::size_t size) {
  if (at == text.size()) return "the end of the text";
  std::size_t end = at + std::max<std::size_t>(size, 1);  // of the character of several bytes
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
  const std::string_view there = text.substr(at, end - at);
  if (!is_valid_utf8(there))
    return fmt::format("the byte 0x{:02x}", static_cast<unsigned char>(text[at]));
  return "'" + shown(there) + "'";
}

}  // namespace

JsonFault json_fault(std::string_view text) {
  Scanner scanner(text);
  scanner.all();
  JsonFault out{.offset = scanner.at(),
                .found = what_stands(text, scanner.at(), scanner.size()),
                .expected = scanner.expected(),
                .is_too_deep = scanner.is_too_deep()};
  const std::string_view before = text.substr(0, out.offset);
  out.line = 1 + static_cast<std::size_t>(std::ranges::count(before, '\n'));
  out.column = out.offset - (out.line == 1 ? 0 : before.rfind('\n') + 1) + 1;
  return out;
}

}  // namespace tiebeam
