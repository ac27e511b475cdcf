// Columns that an export repeats, one for each label, sprint or comment of a ticket (Jira): read by
// their position, all of a name together.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/csv_reader.h"

namespace tiebeam::ingest {

// "21/Nov/26 7:00 AM;ann;text; more text". Nothing when it does not begin with a date and an
// author.
struct Comment {
  std::string_view date, author, body;
};
[[nodiscard]] std::optional<Comment> split_comment(std::string_view text);

// "5 732 943", with blanks of any kind, as the number it is; other texts as they are.
[[nodiscard]] std::string_view without_grouping(std::string_view key, std::string& scratch);

class RepeatedColumns {
 public:
  // `first`: the first of them, or kNoColumn.
  RepeatedColumns(const std::vector<std::string>& header, std::size_t first, bool are_comments);
  void read_row(const CsvReader& table);
  // "3 columns 'Labels' hold 80 values, 12 different ones, on 57 tickets"; nothing without a
  // column.
  [[nodiscard]] std::optional<std::string> statement() const;

 private:
  std::string name_;
  std::vector<std::size_t> places_;
  bool are_comments_;
  std::int64_t tickets_ = 0, values_ = 0, odd_ = 0;
  std::set<std::string, std::less<>> different_;  // values, or authors of comments
};

}  // namespace tiebeam::ingest
