#include "ingest/repeated_columns.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "ingest/reading.h"
#include "ingest/stamp.h"

namespace tiebeam::ingest {
namespace {
constexpr std::size_t kMostDifferent = 10'000;
}  // namespace

std::optional<Comment> split_comment(std::string_view text) {
  const std::size_t first = text.find(';');
  const std::size_t second = first == text.npos ? text.npos : text.find(';', first + 1);
  if (second == text.npos) return std::nullopt;
  const Comment out{trim(text.substr(0, first)), trim(text.substr(first + 1, second - first - 1)),
                    text.substr(second + 1)};
  if (!std::holds_alternative<Stamp>(parse_stamp(out.date))) return std::nullopt;
  return out;
}

std::string_view without_grouping(std::string_view key, std::string& scratch) {
  constexpr std::string_view blanks[] = {" ", "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89"};
  constexpr std::size_t kGroup = 3;
  scratch.clear();
  std::size_t group = 0, groups = 1;
  for (std::size_t i = 0; i < key.size();) {
    if (key[i] >= '0' && key[i] <= '9') {
      scratch += key[i++];
      ++group;
      continue;
    }
    const auto blank = std::ranges::find_if(
        blanks, [&](std::string_view each) { return key.substr(i).starts_with(each); });
    const bool fits = groups == 1 ? group >= 1 && group <= kGroup : group == kGroup;
    if (blank == std::end(blanks) || !fits) return key;
    i += blank->size();
    group = 0;
    ++groups;
  }
  return groups > 1 && group == kGroup ? std::string_view(scratch) : key;
}

RepeatedColumns::RepeatedColumns(const std::vector<std::string>& header, std::size_t first,
                                 bool are_comments)
    : are_comments_(are_comments) {
  if (first == kNoColumn) return;
  name_ = header[first];
  for (std::size_t i = first; i < header.size(); ++i)
    if (header[i] == name_) places_.push_back(i);
}

void RepeatedColumns::read_row(const CsvReader& table) {
  const std::int64_t before = values_;
  for (const std::size_t place : places_) {
    std::string_view text = trim(table.field(place));
    if (text.empty()) continue;
    ++values_;
    if (are_comments_) {
      const auto comment = split_comment(text);
      odd_ += !comment;
      text = comment ? comment->author : std::string_view{};
    }
    if (!text.empty() && different_.size() < kMostDifferent) different_.emplace(text);
  }
  tickets_ += values_ > before;
}

std::optional<std::string> RepeatedColumns::statement() const {
  if (values_ == 0) return std::nullopt;
  const auto columns = static_cast<std::int64_t>(places_.size());
  const std::string where = columns == 1
                                ? fmt::format("the column '{}' holds", name_)
                                : fmt::format("the {} columns '{}' together hold", columns, name_);
  const std::string on = counted(tickets_, "ticket", "tickets");
  const auto different = static_cast<std::int64_t>(different_.size());
  if (!are_comments_)
    return fmt::format("{} {}, {} different, on {}", where, counted(values_, "value", "values"),
                       grouped(different), on);
  std::string out = fmt::format("{} {} by {} on {}", where, counted(values_, "comment", "comments"),
                                counted(different, "person", "people"), on);
  if (odd_ > 0) out += fmt::format("; {} not begin with date;author;", counted(odd_, "does", "do"));
  return out;
}

}  // namespace tiebeam::ingest
