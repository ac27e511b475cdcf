#include "cli/evidence_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "base/text.h"
#include "model/figure_text.h"

namespace tiebeam::cli {
namespace {

// A word of a sentence; as a pair it has a name, and `tail` is the mark behind its value.
struct Word {
  std::string_view text, name, value, tail;
  [[nodiscard]] bool is_pair() const { return !name.empty(); }
};

Word word_of(std::string_view text) {
  Word out{text, {}, {}, {}};
  const std::size_t sign = text.find('=');
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  };
  if (sign == 0 || sign == std::string_view::npos ||
      !std::ranges::all_of(text.substr(0, sign), is_letter))
    return out;
  out.name = text.substr(0, sign);
  out.value = text.substr(sign + 1);
  if (out.value.ends_with(',') || out.value.ends_with(';')) {
    out.tail = out.value.substr(out.value.size() - 1);
    out.value.remove_suffix(1);
  }
  return out;
}

std::string value_in_words(std::string_view value) {
  const auto number = parse_number(value);
  if (number) return rounded(*number);
  std::string out(value);
  std::ranges::replace(out, '_', ' ');
  return out;
}

class Reader {
 public:
  explicit Reader(std::string_view what) {
    for (const std::string_view text : split_at(what, ' ')) words_.push_back(word_of(text));
  }

  std::string read() {
    while (at_ < words_.size()) {
      const bool is_pair = words_[at_].is_pair();
      // Pairs that follow each other are a list; a list that ends is set off from the sentence.
      if (was_pair_ && (is_pair || is_closed_)) comma();
      was_pair_ = is_pair;
      is_closed_ = false;
      if (!(part_of() || age() || week())) plain();
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool has(std::size_t ahead, std::string_view name) const {
    return at_ + ahead < words_.size() && words_[at_ + ahead].name == name;
  }
  [[nodiscard]] std::optional<double> number(std::size_t ahead) const {
    return parse_number(words_[at_ + ahead].value);
  }
  void comma() {
    if (!out_.empty() && out_.back() != ',' && out_.back() != ';') out_ += ',';
  }
  // Takes `count` words and writes `text` for them.
  bool say(std::string_view text, std::size_t count) {
    if (!out_.empty()) out_ += ' ';
    out_ += text;
    out_ += words_[at_ + count - 1].tail;
    at_ += count;
    return true;
  }

  bool part_of() {
    if (!has(0, "part") || !has(1, "whole") || !number(0) || !number(1)) return false;
    const double part = *number(0), whole = *number(1);
    if (part < 0 || part > whole)
      return say(fmt::format("{} against {}", rounded(part), rounded(whole)), 2);
    return say(fmt::format("{} of {}", rounded(part), rounded(whole)), 2);
  }
  bool age() {
    if (!has(0, "entry_days") || !has(1, "exit_days") || !has(2, "event")) return false;
    const std::string_view event = words_[at_ + 2].value;
    std::string out;
    if (number(0).value_or(0) > 0)
      out = fmt::format("seen from an age of {} on, ", in_words(*number(0), "days"));
    out += event == "done" ? "done" : event == "cancelled" ? "given up" : "still open";
    out += " at an age of " + in_words(number(1).value_or(0), "days");
    is_closed_ = true;
    return say(out, 3);
  }
  // The weeks of a history count back from its end: -1 is the last.
  bool week() {
    if (!has(0, "week") || !has(1, "first") || !number(0) || !number(1)) return false;
    return say(fmt::format("in week {} of the {} that are known",
                           counted(static_cast<std::int64_t>(*number(0) - *number(1)) + 1),
                           counted(static_cast<std::int64_t>(-*number(1)))),
               2);
  }
  void plain() {
    const Word& word = words_[at_];
    if (!word.is_pair()) {
      say(word.text, 1);
      return;
    }
    std::string name(word.name);
    std::ranges::replace(name, '_', ' ');
    say(fmt::format("{} {}", name, value_in_words(word.value)), 1);
  }

  std::vector<Word> words_;
  std::size_t at_ = 0;
  std::string out_;
  bool was_pair_ = false, is_closed_ = false;
};

}  // namespace

std::string detail_in_words(std::string_view what) { return Reader(what).read(); }

std::string part_in_words(const Evidence& row, const Figure& figure) {
  if (!row.value) return {};
  const auto* money = std::get_if<Money>(&figure.value);
  const std::string value = in_words(*row.value, figure.unit);
  if (!money) return value;
  const Currency currency = money->currency();
  return fmt::format("{} {}", currency.code(), value);
}

}  // namespace tiebeam::cli
