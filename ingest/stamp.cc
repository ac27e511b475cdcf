#include "ingest/stamp.h"

#include <array>

#include "base/text.h"
#include "base/time.h"

namespace tiebeam::ingest {
namespace {
constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kDay = 86'400 * kSecond;

struct MonthName {
  std::string_view start;  // lower case; every spelling of the month begins with it
  int month;
};
// Longer beginnings first where one begins another. English, German, French, Spanish, Dutch.
constexpr std::array<MonthName, 28> kMonthNames = {{
    {"jan", 1}, {"ene", 1}, {"f\xC3\xA9v", 2}, {"fev", 2},        {"feb", 2},  {"mar", 3},
    {"mrt", 3}, {"maa", 3}, {"m\xC3\xA4r", 3}, {"mrz", 3},        {"apr", 4},  {"avr", 4},
    {"abr", 4}, {"may", 5}, {"mai", 5},        {"mei", 5},        {"juil", 7}, {"jul", 7},
    {"jui", 6}, {"jun", 6}, {"aug", 8},        {"ao\xC3\xBB", 8}, {"aou", 8},  {"ago", 8},
    {"sep", 9}, {"set", 9}, {"oct", 10},       {"okt", 10},
}};
constexpr std::array<MonthName, 6> kLateMonthNames = {{{"nov", 11},
                                                       {"dec", 12},
                                                       {"dez", 12},
                                                       {"d\xC3\xA9"
                                                        "c",
                                                        12},
                                                       {"dic", 12},
                                                       {"d\xC3\xA9z", 12}}};

// Reads a text from its front; every take_ leaves the text alone when it fails.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}
  [[nodiscard]] bool done() const { return text_.empty(); }
  [[nodiscard]] char peek() const { return text_.empty() ? '\0' : text_.front(); }
  bool take(char c) {
    if (peek() != c || text_.empty()) return false;
    text_.remove_prefix(1);
    return true;
  }
  // Also those that do not break (U+00A0, U+202F), which newer programs put before AM and PM.
  void skip_blanks() {
    for (;;) {
      const std::size_t bytes = peek() == ' '                       ? 1
                                : text_.starts_with("\xC2\xA0")     ? 2
                                : text_.starts_with("\xE2\x80\xAF") ? 3
                                                                    : 0;
      if (bytes == 0) return;
      text_.remove_prefix(bytes);
    }
  }
  // 1 to `most` digits; how many is in digits().
  std::optional<int> take_number(std::size_t most) {
    int value = 0;
    digits_ = 0;
    while (digits_ < text_.size() && digits_ < most && is_digit(text_[digits_]))
      value = value * 10 + (text_[digits_++] - '0');
    if (digits_ == 0 || (digits_ < text_.size() && is_digit(text_[digits_]))) return std::nullopt;
    text_.remove_prefix(digits_);
    return value;
  }
  [[nodiscard]] std::size_t digits() const { return digits_; }
  std::optional<int> take_month_name() {
    std::size_t length = 0;
    while (length < text_.size() && is_letter(text_[length])) ++length;
    const std::string word = to_lower_ascii(text_.substr(0, length));
    const auto find = [&](const auto& names) -> std::optional<int> {
      for (const auto& [start, month] : names)
        if (word.starts_with(start)) return month;
      return std::nullopt;
    };
    auto month = find(kMonthNames);
    if (!month) month = find(kLateMonthNames);
    if (!month) return std::nullopt;
    text_.remove_prefix(length);
    has_dot_ = take('.');
    return month;
  }
  // A dot stood behind the name of the month: 21.Nov.26.
  [[nodiscard]] bool has_dot() const { return has_dot_; }
  bool take_word(std::string_view upper) {
    if (text_.size() < upper.size()) return false;
    for (std::size_t i = 0; i < upper.size(); ++i)
      if ((text_[i] & ~0x20) != upper[i] && text_[i] != upper[i]) return false;
    text_.remove_prefix(upper.size());
    return true;
  }
  [[nodiscard]] std::string_view rest() const { return text_; }
  static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0;
  }
  static bool is_digit(char c) { return c >= '0' && c <= '9'; }

 private:
  std::string_view text_;
  std::size_t digits_ = 0;
  bool has_dot_ = false;
};

bool take_year(Cursor& in, Stamp& stamp) {
  const auto year = in.take_number(4);
  if (!year || (in.digits() != 2 && in.digits() != 4)) return false;
  stamp.is_short_year = in.digits() == 2;
  stamp.year = !stamp.is_short_year ? *year : *year >= 90 ? 1900 + *year : 2000 + *year;
  return true;
}

char take_separator(Cursor& in) {
  const char c = in.peek();
  if (c == ' ') {
    in.skip_blanks();
    return ' ';
  }
  if (c != '/' && c != '-' && c != '.') return '\0';
  in.take(c);
  if (c == '.') in.skip_blanks();
  return c;
}

// 2016-05-01, after the year.
bool take_year_first(Cursor& in, Stamp& stamp) {
  const char separator = take_separator(in);
  const auto month = in.take_number(2);
  if (separator == '\0' || !month || take_separator(in) != separator) return false;
  const auto day = in.take_number(2);
  stamp.first = *month;
  stamp.second = day.value_or(0);
  return day.has_value();
}

// 21/Nov/26, 21. November 2026, 3/4/2016, after the first number.
bool take_number_first(Cursor& in, Stamp& stamp, int number) {
  const char separator = take_separator(in);
  if (separator == '\0') return false;
  if (Cursor::is_letter(in.peek())) {
    const auto month = in.take_month_name();
    in.take(',');
    if (!month || (take_separator(in) == '\0' && !in.has_dot())) return false;
    stamp.names_month = true;
    stamp.first = *month;
    stamp.second = number;
    return take_year(in, stamp);
  }
  const auto second = in.take_number(2);
  if (!second || separator == ' ' || take_separator(in) != separator) return false;
  stamp.is_numeric = true;
  stamp.has_dots = separator == '.';
  stamp.first = number;
  stamp.second = *second;
  return take_year(in, stamp);
}

bool take_date(Cursor& in, Stamp& stamp) {
  if (Cursor::is_letter(in.peek())) {  // Nov 21, 2026
    const auto month = in.take_month_name();
    if (!month || take_separator(in) == '\0') return false;
    const auto day = in.take_number(2);
    in.take(',');
    if (!day || take_separator(in) == '\0') return false;
    stamp.names_month = stamp.month_leads = true;
    stamp.first = *month;
    stamp.second = *day;
    return take_year(in, stamp);
  }
  const auto number = in.take_number(4);
  if (!number || in.digits() == 3) return false;
  if (in.digits() < 4) return take_number_first(in, stamp, *number);
  stamp.year = *number;
  return take_year_first(in, stamp);
}

std::int64_t take_fraction(Cursor& in) {
  std::int64_t micros = 0;
  for (std::int64_t scale = kSecond / 10; Cursor::is_digit(in.peek()); scale /= 10) {
    micros += scale * (in.peek() - '0');
    in.take(in.peek());
  }
  return micros;
}

// AM or PM, if there is one; false when it contradicts the hour.
bool take_half_of_day(Cursor& in, Stamp& stamp, int& hour) {
  Cursor ahead = in;
  ahead.skip_blanks();
  const auto take_half = [&ahead](char letter) {
    Cursor here = ahead;
    if (!here.take_word({&letter, 1})) return false;
    if (here.take('.')) here.skip_blanks();  // a. m.
    if (!here.take_word("M")) return false;
    here.take('.');
    ahead = here;
    return true;
  };
  const bool is_am = take_half('A'), is_pm = !is_am && take_half('P');
  if (!is_am && !is_pm) return true;
  in = ahead;
  stamp.is_twelve_hour = true;
  if (hour < 1 || hour > 12) return false;
  hour = hour % 12 + (is_pm ? 12 : 0);
  return true;
}

bool take_offset(Cursor& in, Stamp& stamp) {
  in.skip_blanks();
  if (in.done()) return true;
  if (in.take_word("Z") || in.take_word("UTC") || in.take_word("GMT")) {
    stamp.offset_seconds = 0;
    if (in.done()) return true;
  }
  const bool is_west = in.peek() == '-';
  if (!in.take('-') && !in.take('+')) return false;
  auto hours = in.take_number(4);
  if (!hours || in.digits() == 3 || in.digits() == 1) return false;
  int minutes = 0;
  if (in.digits() == 4) {
    minutes = *hours % 100;
    hours = *hours / 100;
  } else if (in.take(':')) {
    const auto read = in.take_number(2);
    if (!read || in.digits() != 2) return false;
    minutes = *read;
  }
  if (*hours > 15 || minutes > 59) return false;
  stamp.offset_seconds = (is_west ? -1 : 1) * (*hours * 3600 + minutes * 60);
  return true;
}

bool take_time(Cursor& in, Stamp& stamp) {
  in.take(',');
  if (in.peek() == 'T' || in.peek() == 't') {
    in.take(in.peek());
  } else {
    in.skip_blanks();
  }
  if (in.done()) return true;
  auto hour = in.take_number(2);
  if (!hour || (!in.take(':') && !in.take('.'))) return false;
  const auto minute = in.take_number(2);
  if (!minute || in.digits() != 2 || *minute > 59) return false;
  std::int64_t seconds = 0, fraction = 0;
  if (in.take(':') || in.take('.')) {
    const auto read = in.take_number(2);
    if (!read || *read > 60) return false;
    seconds = *read;
    if (in.take('.') || in.take(',')) fraction = take_fraction(in);
  }
  if (!take_half_of_day(in, stamp, *hour)) return false;
  stamp.has_time = true;
  stamp.micros = ((*hour * 60 + *minute) * 60 + seconds) * kSecond + fraction;
  return stamp.micros <= kDay && take_offset(in, stamp);
}

bool is_possible(const Stamp& stamp) {
  const auto fits = [&](int month, int day) {
    return month >= 1 && month <= 12 && day >= 1 && day <= days_in_month(stamp.year, month);
  };
  return fits(stamp.first, stamp.second) || (stamp.is_numeric && fits(stamp.second, stamp.first));
}
}  // namespace

std::string_view expected_text(StampFault fault) {
  return fault == StampFault::out_of_range ? "a date from 1990 to 2100"
                                           : "a date and time such as 2026-11-21T08:30:00Z";
}

int days_in_month(int year, int month) {
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return days[month - 1] + (month == 2 && is_leap ? 1 : 0);
}

std::int64_t wall_micros(int year, int month, int day, std::int64_t micros) {
  const std::chrono::sys_days date{std::chrono::year{year} / month / day};
  return date.time_since_epoch().count() * kDay + micros;
}

std::variant<Stamp, StampFault> parse_stamp(std::string_view text) {
  Stamp stamp;
  Cursor in(trim(text));
  if (!take_date(in, stamp) || !take_time(in, stamp) || !in.done() || !is_possible(stamp))
    return StampFault::not_a_date;
  if (stamp.year < kFirstYear || stamp.year > kLastYear) return StampFault::out_of_range;
  return stamp;
}

}  // namespace tiebeam::ingest
