#include "ingest/key_damage.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "ingest/reading.h"
#include "ingest/stamp.h"

namespace tiebeam::ingest {
namespace {
constexpr std::size_t kDigitsKept = 15;  // of a number in a spreadsheet
constexpr std::size_t kLongestNumber = 40;
constexpr std::int64_t kFewRows = 20;  // fewer say nothing of a pattern

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_digit);
}

// 1.23457E+14, with either sign of decimals.
bool is_scientific(std::string_view key) {
  const std::size_t e = key.find_first_of("eE");
  if (e == key.npos || e < 3 || !is_digit(key[0]) || (key[1] != '.' && key[1] != ',')) return false;
  const std::string_view power = key.substr(e + 1);
  return all_digits(key.substr(2, e - 2)) && power.starts_with('+') && all_digits(power.substr(1));
}

// Sixteen digits and more of which all behind the fifteenth are zeros.
bool is_rounded_whole(std::string_view key) {
  return key.size() > kDigitsKept && key.size() < kLongestNumber && all_digits(key) &&
         key.find_first_not_of('0', kDigitsKept) == key.npos;
}

bool is_date(std::string_view text) { return std::holds_alternative<Stamp>(parse_stamp(text)); }

// "12. Mrz", "Mar-12", "Jan 99": a day and a month, or a month and a year.
bool is_short_date(std::string_view key) {
  constexpr std::size_t kLongest = 14;
  // Programs write no month in capitals alone, projects are called so: MAR-12.
  const auto is_small = [](char c) { return (c >= 'a' && c <= 'z') || (c & 0x80) != 0; };
  const bool may_be = key.size() >= 5 && key.size() <= kLongest &&
                      std::ranges::any_of(key, is_digit) && std::ranges::any_of(key, is_small);
  if (!may_be) return false;
  const char separator = key.contains('-') ? '-' : key.contains('/') ? '/' : ' ';
  return is_date(fmt::format("{}{}2026", key, separator)) ||
         is_date(fmt::format("1{}{}", separator, key));
}
}  // namespace

KeyFault fault_of_key(std::string_view key) {
  if (key.empty() || key.size() > kLongestNumber) return KeyFault::none;
  if (is_scientific(key)) return KeyFault::rounded;
  if (is_rounded_whole(key)) return KeyFault::ends_in_zeros;
  const bool has_separator = key.find_first_of("-./ ") != key.npos;
  return has_separator && (is_date(key) || is_short_date(key)) ? KeyFault::made_a_date
                                                               : KeyFault::none;
}

void KeyDamage::add(std::string_view key, Packed created) {
  ++rows_;
  const KeyFault fault = fault_of_key(key);
  long_numbers_ += key.size() > kDigitsKept && all_digits(key);
  add_number(key, created);
  if (fault == KeyFault::none) return;
  Tally& tally = fault == KeyFault::rounded         ? rounded_
                 : fault == KeyFault::ends_in_zeros ? zeros_
                                                    : dates_;
  if (tally.rows++ == 0) tally.first = key;
  tally.shared += tally.keys[std::string(key)]++ > 0;
}

void KeyDamage::add_number(std::string_view key, Packed created) {
  all_numbers_ = all_numbers_ && all_digits(key) && key.size() <= kDigitsKept && key[0] != '0';
  if (!all_numbers_) numbers_.clear();
  if (all_numbers_ && created != kMissing)
    numbers_.push_back({static_cast<std::uint8_t>(key.size()), created});
}

// Numbers that are given in turn grow with time: the shorter ones are the older ones. Where they
// are not, and one length is by far the most frequent, zeros went.
std::optional<std::string> KeyDamage::lost_zeros(std::string_view column, DateOrder order) const {
  std::map<std::uint8_t, std::vector<std::int64_t>> by_length;
  for (const Number& each : numbers_)
    by_length[each.digits].push_back(StampColumn::micros(each.created, order));
  if (by_length.size() < 2) return std::nullopt;
  auto& longest = by_length.rbegin()->second;
  const auto all = static_cast<std::int64_t>(numbers_.size());
  const std::int64_t shorter = all - static_cast<std::int64_t>(longest.size());
  if (all < kFewRows || 2 * shorter > all) return std::nullopt;
  std::ranges::sort(longest);
  const std::int64_t middle = longest[longest.size() / 2];
  std::int64_t late = 0;
  for (auto group = by_length.begin(); std::next(group) != by_length.end(); ++group)
    late += std::ranges::count_if(group->second, [&](std::int64_t at) { return at > middle; });
  if (4 * late < shorter) return std::nullopt;
  return fmt::format(
      "'{}' may have lost zeros in front: {} digits, {} fewer, and these are not the older ones; "
      "if so, import the export itself, as it was downloaded",
      column,
      fmt::format("{} {}", counted(all - shorter, "number has", "numbers have"),
                  by_length.rbegin()->first),
      counted(shorter, "has", "have"));
}

// `what`: "a spreadsheet program rounded".
Result<std::optional<std::string>> KeyDamage::told(const Tally& tally, std::string_view file,
                                                   std::string_view column,
                                                   std::string_view what) const {
  constexpr const char* kHint =
      "import the export itself, as it was downloaded; in Excel: Data, From Text/CSV, and make the "
      "column text";
  if (tally.rows == 0) return std::nullopt;
  const std::string said =
      fmt::format("'{}' holds {} that {}, such as '{}'", column, counted(tally.rows, "key", "keys"),
                  what, shown(tally.first));
  if (tally.shared > 0)
    return invalid("ingest.damaged_keys",
                   fmt::format("'{}', {}, and {} share theirs with another row", file, said,
                               grouped(tally.shared)),
                   kHint);
  return said + "; " + kHint;
}

Result<std::vector<std::string>> KeyDamage::check(std::string_view file, std::string_view column,
                                                  DateOrder order) const {
  std::vector<std::string> out;
  const auto add = [&out](std::optional<std::string> warning) {
    if (warning) out.push_back(*std::move(warning));
  };
  TB_TRY(auto rounded, told(rounded_, file, column, "a spreadsheet program rounded"));
  add(std::move(rounded));
  // A number may end in zeros; that all long ones do is no chance.
  if (zeros_.rows >= kFewRows && zeros_.rows == long_numbers_) {
    TB_TRY(auto zeros, told(zeros_, file, column, "a spreadsheet program rounded to 15 digits"));
    add(std::move(zeros));
  }
  if (dates_.rows < rows_) {
    TB_TRY(auto dates, told(dates_, file, column, "a spreadsheet program made dates"));
    add(std::move(dates));
  }
  add(lost_zeros(column, order));
  return out;
}

}  // namespace tiebeam::ingest
