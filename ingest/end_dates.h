// Whether a list of tickets says when they ended: a list whose dates of the end stand in a column
// of unknown name would look as if nothing was ever finished. Used by ingest/tickets.cc.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "ingest/column_names.h"
#include "ingest/csv_reader.h"
#include "ingest/reading.h"

namespace tiebeam::ingest {

// Empty, or what help desks write for no date: '?' (ServiceNow audits), '-'.
[[nodiscard]] bool is_no_date(std::string_view text);

// What is found out about the ends of tickets while the rows are read.
class EndDates {
 public:
  EndDates() = default;
  // `bound` as by bind_columns: the other columns may hold dates that nobody understood.
  EndDates(const ColumnNames& names, const std::vector<std::size_t>& bound);

  void read_row(const CsvReader& table, Packed created, std::string_view status, bool is_finished);

  // None of the tickets is finished, although a status says that some are over, or, unless all
  // states are those of open tickets, although a further column holds dates none of which lies
  // before its ticket's day of creation. REQUIRES: called after the last row.
  // Errors: ingest.no_end_date.
  [[nodiscard]] Result<void> check(const Reading& reading) const;

 private:
  // A column of dates without a known name.
  struct Further {
    std::size_t at;
    StampColumn stamps;
    bool is_never_earlier[2] = {true, true};  // day first, month first
  };
  [[nodiscard]] DateOrder order_of(const Reading& reading, const Further& column) const;

  std::vector<Further> further_;
  std::vector<std::string> end_columns_;  // as the header spells them
  std::map<std::string, std::int64_t, std::less<>> statuses_;
  std::int64_t rows_ = 0, finished_ = 0;
};

}  // namespace tiebeam::ingest
