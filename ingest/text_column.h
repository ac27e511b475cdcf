// A column of texts while it is read: as fast as memory allows where texts end in a number.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/intern_cache.h"
#include "ingest/short_text.h"
#include "model/event_table.h"

namespace tiebeam::ingest {

// Many texts end in a number ("PAY-1234", "INC0010234", "Team 7"), and sources count one by one:
// those whose numbers lie close together are found by number, and a block of them at a time, so
// that memory can be asked for all of them at once. Others are found by what was seen lately, then
// by the dictionary. Ids are those that the dictionary would give text by text.
class TextColumn {
 public:
  explicit TextColumn(Column& column)
      : names_(&column.names), to_(&column.narrow), cache_(column.names) {}
  void push(std::string_view text) {
    if (count_ == kAtOnce) flush();
    Waiting found = by_number(text);
    if (found.series == nullptr) found.number = by_name(text);
    waiting_[count_++] = found;
  }
  // Afterwards the column has all rows.
  void flush() {
    const std::span<Waiting> all = std::span(waiting_).first(count_);
    for (const Waiting& each : all)
      if (each.series != nullptr) __builtin_prefetch(&each.series->ids[each.number], 1);
    intern_new(all);
    std::array<std::uint32_t, kAtOnce> ids;
    std::ranges::transform(all, ids.begin(), [](Waiting& each) { return id_of(each); });
    to_->append(std::span<const std::uint32_t>(ids).first(count_));
    count_ = 0;
  }
  // The id of the text that was pushed last.
  [[nodiscard]] std::uint32_t last() {
    flush();
    return to_->back();
  }

 private:
  static constexpr std::size_t kAtOnce = 256;
  static constexpr std::size_t kMostDigits = 8, kMostSeries = 16;
  // Slots there may be, in all and for each name known so far; what lies further apart is not kept
  // by number.
  static constexpr std::size_t kSlotsAName = 4, kFirstSlots = std::size_t{1} << 20;
  struct Series {  // texts of one prefix and length: each number is one text
    std::string prefix;
    std::size_t digits = 0;
    std::uint64_t before = 0;        // last_word() of its texts, without_digits()
    std::vector<std::uint32_t> ids;  // by number; 0: not met
  };
  struct Waiting {  // without a series it is the id
    Series* series = nullptr;
    std::uint32_t number = 0;
  };
  static bool is_of(const Series& series, std::string_view text, std::uint64_t before) {
    return series.prefix.size() + series.digits == text.size() && series.before == before &&
           (text.size() <= 8 || text.starts_with(series.prefix));
  }
  static std::uint32_t& id_of(Waiting& waiting) {
    return waiting.series == nullptr ? waiting.number : waiting.series->ids[waiting.number];
  }
  // Gives an id to each number that has none yet.
  void intern_new(std::span<Waiting> all) {
    std::array<Waiting*, kAtOnce> fresh;
    std::array<std::size_t, kAtOnce + 1> ends;
    std::size_t count = ends[0] = 0;
    spelled_.clear();
    for (Waiting& each : all) {
      if (each.series == nullptr || id_of(each) != 0) continue;
      spell(each);
      fresh[count++] = &each;
      ends[count] = spelled_.size();
    }
    std::array<std::string_view, kAtOnce> texts;
    std::array<std::uint32_t, kAtOnce> ids;
    for (std::size_t i = 0; i < count; ++i)
      texts[i] = std::string_view(spelled_).substr(ends[i], ends[i + 1] - ends[i]);
    names_->intern(std::span(texts).first(count), std::span(ids).first(count));
    for (std::size_t i = 0; i < count; ++i) id_of(*fresh[i]) = ids[i];
  }
  // Appends its text to spelled_.
  void spell(const Waiting& key) {
    spelled_ += key.series->prefix;
    spelled_.append(key.series->digits, '0');
    std::uint32_t rest = key.number;
    for (std::size_t at = spelled_.size(); rest > 0; rest /= 10)
      spelled_[--at] = static_cast<char>('0' + rest % 10);
  }
  Waiting by_number(std::string_view text) {
    if (text.empty()) return {};
    const std::uint64_t last = last_word(text);
    const unsigned digits = trailing_digits(last);
    if (digits == 0) return {};
    const std::uint64_t before = without_digits(last, digits);
    Series*& series = last_[digits];
    if (series == nullptr || !is_of(*series, text, before))
      series = other_series(text, before, digits);
    const std::uint32_t number = trailing_number(last, digits);
    if (series == nullptr || (number >= series->ids.size() && !grow(*series, number))) return {};
    return {series, number};
  }
  // A text that nobody knows waits until those before it have their ids.
  std::uint32_t by_name(std::string_view text) {
    return cache_.find_or(text, [&] {
      if (const std::uint32_t known = names_->find(text); known != 0) return known;
      flush();
      return names_->intern(text);
    });
  }
  // `before`: the last_word() of the text, without its digits.
  Series* other_series(std::string_view text, std::uint64_t before, unsigned digits) {
    std::vector<std::unique_ptr<Series>>& all = series_[digits];
    for (const auto& each : all)
      if (is_of(*each, text, before)) return each.get();
    if (all.size() == kMostSeries) return nullptr;
    const std::string_view prefix = text.substr(0, text.size() - digits);
    all.push_back(std::make_unique<Series>(Series{std::string(prefix), digits, before, {}}));
    return all.back().get();
  }
  bool grow(Series& series, std::size_t number) {
    const std::size_t most = kFirstSlots + kSlotsAName * names_->size(), held = series.ids.size();
    const std::size_t room = most - std::min(most, slots_) + held;
    if (number >= room) return false;
    series.ids.resize(std::min(room, std::max(number + 1, 2 * held)));
    slots_ += series.ids.size() - held;
    return true;
  }
  Dictionary* names_;
  PackedVector<std::uint32_t>* to_;
  InternCache cache_;
  std::array<std::vector<std::unique_ptr<Series>>, kMostDigits + 1> series_;
  std::array<Series*, kMostDigits + 1> last_{};  // the series of the last text
  std::array<Waiting, kAtOnce> waiting_;
  std::size_t count_ = 0, slots_ = 0;
  std::string spelled_;
};

}  // namespace tiebeam::ingest
