// The rows of a sheet, one at a time, as text: numbers as they are, dates as ISO 8601, of formulas
// the value that was kept. Rows and cells that the sheet leaves out are empty.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "ingest/workbook.h"
#include "ingest/xml_part.h"

namespace tiebeam::ingest {

struct SheetCell {
  std::uint32_t column = 0;  // 0-based
  bool is_date = false;      // a number that is formatted as a date
  bool is_error = false;     // #N/A and the like
  std::string_view text = {};
};

// "C5" of column 2, row 5.
[[nodiscard]] std::string cell_name(std::uint32_t column, std::uint32_t row);

class SheetRows {
 public:
  // REQUIRES: the workbook outlives it. Errors: those of XmlPart.
  static Result<SheetRows> open(Workbook& workbook, const std::string& part);

  // The next row with a cell that is not empty; false at the end. Errors: those of XmlPart,
  // ingest.workbook_damaged (rows or cells out of order, texts that are missing),
  // ingest.workbook_too_large (beyond the limits of the workbook).
  [[nodiscard]] Result<bool> next();
  [[nodiscard]] std::uint32_t row() const { return row_; }                      // 1-based
  [[nodiscard]] const std::vector<SheetCell>& cells() const { return cells_; }  // not empty ones
  [[nodiscard]] std::int64_t formulas() const { return formulas_; }

 private:
  SheetRows(Workbook& workbook, XmlPart xml) : workbook_(&workbook), xml_(std::move(xml)) {}
  Result<void> begin_row();
  Result<void> read_row();
  Result<void> begin_cell();
  Result<void> read_cell();
  Result<void> end_cell();
  [[nodiscard]] Result<std::string_view> shared() const;
  [[nodiscard]] std::string number();
  [[nodiscard]] std::unexpected<Error> damaged(std::string what) const;
  [[nodiscard]] std::unexpected<Error> too_large(std::string what) const;

  Workbook* workbook_;
  XmlPart xml_;
  std::uint32_t row_ = 0;
  std::vector<SheetCell> cells_;
  std::vector<std::size_t> ends_;  // of the texts of cells_ in texts_
  std::string texts_;
  std::string type_, value_;  // of the current cell
  std::uint32_t column_ = 0;
  std::uint32_t next_column_ = 0;
  std::size_t style_ = 0;
  bool is_date_ = false;
  std::int64_t formulas_ = 0;
};

}  // namespace tiebeam::ingest
