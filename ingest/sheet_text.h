// A sheet as the text of a table, so that every reader of tables reads it: from its header row on,
// one record a row, in the dialect that kSheetDelimiter says. Counts on the way what is to be said.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "ingest/header_row.h"
#include "ingest/sheet_rows.h"

namespace tiebeam::ingest {

constexpr char kSheetDelimiter = '\x1f';

// Of one column of the table, below the header.
struct CellTally {
  std::int64_t dates = 0,
               others = 0;       // cells that are dates of the workbook; that are not, nor empty
  std::int64_t early_dates = 0;  // up to the 12th of a month
};
struct SheetNotes {
  std::uint32_t header_row = 0;  // 1-based; 0: the sheet is empty
  HeaderSign sign = HeaderSign::none;
  std::int64_t rows_above = 0;     // left out, not blank
  std::vector<CellTally> columns;  // by column of the sheet
  std::int64_t beside = 0, errors = 0;
  std::string first_beside, first_error;  // "H7", "#N/A in C5"
};

class SheetText {
 public:
  // Reads the first rows. REQUIRES: the workbook outlives it. Errors: those of SheetRows.
  static Result<SheetText> open(Workbook& workbook, const std::string& part,
                                const ColumnChoices& choices);
  [[nodiscard]] const SheetNotes& notes() const { return notes_; }
  [[nodiscard]] std::int64_t formulas() const { return rows_.formulas(); }

  // As ByteSource::read. Errors: those of SheetRows, ingest.workbook_too_large (texts that are
  // named again and again).
  [[nodiscard]] Result<std::size_t> read(std::span<char> into);

 private:
  struct Row {
    std::uint32_t number = 0;
    std::vector<std::string> cells;
    std::vector<SheetCell> about;  // without texts
  };
  SheetText(Workbook& workbook, SheetRows rows) : workbook_(&workbook), rows_(std::move(rows)) {}
  Result<void> read_head();
  void choose_header(const ColumnChoices& choices);
  void complete_header(std::vector<std::string>& header, const std::vector<std::string>& above);
  Result<bool> make_more();
  void put_row(std::uint32_t number, const std::vector<SheetCell>& cells);
  void put_cell(std::string_view text);
  void count_cell(const SheetCell& cell);
  [[nodiscard]] Result<void> check_limits(std::int64_t made) const;

  Workbook* workbook_;
  SheetRows rows_;
  SheetNotes notes_;
  std::vector<Row> head_;      // the first rows
  std::size_t next_head_ = 0;  // the first of them that was not put yet
  bool ended_ = false;
  std::size_t width_ = 0;       // of the header
  std::uint32_t next_row_ = 1;  // the number of the record that comes next
  std::string text_;            // made and not read yet
  std::size_t begin_ = 0;
  std::int64_t made_ = 0;
};

}  // namespace tiebeam::ingest
