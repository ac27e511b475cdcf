#include "model/json_fault.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/text.h"

namespace tiebeam {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

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
    if (here() == '.' && (++at_, !digits())) return false;
    if (here() != 'e' && here() != 'E') return true;
    ++at_;
    if (here() == '+' || here() == '-') ++at_;
    return digits();
  }
  bool text() {
    for (++at_; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '"') return ++at_, true;
      expected_ = "no line break or other control character within quotes";
      if (static_cast<unsigned char>(c) < 0x20) return false;
      if (c == '\\' && !escape()) return false;
    }
    expected_ = "the closing quote";
    return false;
  }
  // At the backslash; leaves at the last character.
  bool escape() {
    expected_ = "one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t or \\u with four hex digits";
    if (at_ + 1 == text_.size()) return false;
    const char c = text_[at_ + 1];
    if (c != 'u') return std::string_view("\"\\/bfnrt").contains(c) ? (++at_, true) : false;
    const std::string_view hex = text_.substr(at_ + 2, 4);
    const bool is_hex = hex.size() == 4 &&
                        hex.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
    if (is_hex) at_ += 5;
    return is_hex;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  const char* expected_ = "";
  std::vector<char> open_;  // what closes each
  bool is_fresh_ = false;   // the innermost was just opened
};

}  // namespace

JsonFault json_fault(std::string_view text) {
  Scanner scanner(text);
  scanner.all();
  JsonFault out{.offset = scanner.at(), .found = {}, .expected = scanner.expected()};
  const std::string_view before = text.substr(0, out.offset);
  out.line = 1 + static_cast<std::size_t>(std::ranges::count(before, '\n'));
  out.column = out.offset - (out.line == 1 ? 0 : before.rfind('\n') + 1) + 1;
  std::size_t end = out.offset + 1;  // of the character, which may have several bytes
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
  out.found = out.offset == text.size()
                  ? "the end of the text"
                  : "'" + shown(text.substr(out.offset, end - out.offset)) + "'";
  return out;
}

}  // namespace tiebeam
