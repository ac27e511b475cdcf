#include "ingest/sheet_rows.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "base/text.h"

namespace tiebeam::ingest {
namespace {
using Step = XmlScanner::Step;
// A row of text may be this long in all formats (docs/format/events.md).
constexpr std::size_t kRowBytes = std::size_t{8} << 20;
constexpr double kExact = 9'007'199'254'740'992.0;  // 2^53

// "C5" to column 2 (0-based); nothing when it is none, or lies beyond four letters.
std::optional<std::uint32_t> column_of(std::string_view reference) {
  std::uint32_t column = 0;
  std::size_t letters = 0;
  for (; letters < reference.size() && reference[letters] >= 'A' && reference[letters] <= 'Z';
       ++letters)
    if (letters < 5)
      column = column * 26 + static_cast<std::uint32_t>(reference[letters] - 'A' + 1);
  if (letters == 0 || letters > 4) return std::nullopt;
  return column - 1;
}

std::optional<std::uint32_t> row_number(std::string_view text) {
  std::uint32_t out = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (fault != std::errc{} || end != text.data() + text.size() || out == 0) return std::nullopt;
  return out;
}
}  // namespace

std::string cell_name(std::uint32_t column, std::uint32_t row) {
  std::string letters;
  for (std::uint32_t rest = column + 1; rest > 0; rest = (rest - 1) / 26)
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  return fmt::format("{}{}", letters, row);
}

std::unexpected<Error> SheetRows::damaged(std::string what) const {
  return invalid("ingest.workbook_damaged",
                 fmt::format("'{}' is damaged: {}", workbook_->file(), what),
                 "open it in your spreadsheet program and save it again as .xlsx");
}

std::unexpected<Error> SheetRows::too_large(std::string what) const {
  return invalid("ingest.workbook_too_large",
                 fmt::format("'{}' is larger than a workbook can be: {}", workbook_->file(), what),
                 "save the sheet with the tickets as CSV (UTF-8)");
}

Result<SheetRows> SheetRows::open(Workbook& workbook, const std::string& part) {
  TB_TRY(XmlPart xml, XmlPart::open(workbook.archive(), part));
  return SheetRows(workbook, std::move(xml));
}

Result<bool> SheetRows::next() {
  for (;;) {
    TB_TRY(const Step step, xml_.next());
    if (step == Step::end) return false;
    if (step != Step::open || xml_.name() != "row") continue;
    TB_DO(begin_row());
    TB_DO(read_row());
    if (cells_.empty()) continue;
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      const std::size_t from = i == 0 ? 0 : ends_[i - 1];
      cells_[i].text = std::string_view(texts_).substr(from, ends_[i] - from);
    }
    return true;
  }
}

Result<void> SheetRows::begin_row() {
  const std::string_view said = xml_.attribute("r");
  const auto number = said.empty() ? std::optional(row_ + 1) : row_number(said);
  if (!number) return damaged(fmt::format("a row has the number '{}'", shown(said)));
  if (*number <= row_) return damaged(fmt::format("row {} stands behind row {}", *number, row_));
  row_ = *number;
  if (row_ > workbook_->limits().rows) return too_large(fmt::format("it has a row {}", row_));
  cells_.clear();
  ends_.clear();
  texts_.clear();
  next_column_ = 0;
  return {};
}

Result<void> SheetRows::read_row() {
  for (;;) {
    TB_TRY(const Step step, xml_.next());
    if (step == Step::close && xml_.name() == "row") return {};
    if (step == Step::end) return damaged("the sheet ends inside a row");
    if (step != Step::open || xml_.name() != "c") continue;
    TB_DO(begin_cell());
    TB_DO(read_cell());
    TB_DO(end_cell());
    if (texts_.size() > kRowBytes)
      return too_large(fmt::format("row {} holds more than {} MB", row_, kRowBytes >> 20));
  }
}

Result<void> SheetRows::begin_cell() {
  const std::string_view said = xml_.attribute("r");
  const auto column = said.empty() ? std::optional(next_column_) : column_of(said);
  if (!column || *column < next_column_)
    return damaged(fmt::format("the cell '{}' of row {} is out of order", shown(said), row_));
  column_ = *column;
  next_column_ = column_ + 1;
  if (column_ >= workbook_->limits().columns)
    return too_large(fmt::format("it has a column {}", column_ + 1));
  type_ = xml_.attribute("t");
  const std::string_view style = xml_.attribute("s");
  style_ = 0;
  std::from_chars(style.data(), style.data() + style.size(), style_);
  return {};
}

// <v> holds the value, <is> text of the cell's own, <f> the formula behind it.
Result<void> SheetRows::read_cell() {
  value_.clear();
  bool in_value = false, in_reading = false;
  for (;;) {
    TB_TRY(const Step step, xml_.next());
    if (step == Step::end) return damaged("the sheet ends inside a cell");
    if (step == Step::text) {
      if (in_value && !in_reading) append_cell_text(value_, xml_.text());
      continue;
    }
    const bool opens = step == Step::open;
    const std::string_view name = xml_.name();
    if (name == "c" && !opens) return {};
    if (name == "v" || name == "t") in_value = opens;
    if (name == "rPh") in_reading = opens;
    formulas_ += name == "f" && opens;
    if (value_.size() > kRowBytes)
      return too_large(fmt::format("the cell {} holds more than {} MB", cell_name(column_, row_),
                                   kRowBytes >> 20));
  }
}

Result<std::string_view> SheetRows::shared() const {
  std::size_t at = 0;
  const auto [end, fault] = std::from_chars(value_.data(), value_.data() + value_.size(), at);
  if (fault != std::errc{} || end != value_.data() + value_.size() ||
      at >= workbook_->shared_texts())
    return damaged(fmt::format("the cell {} names text '{}' of {}", cell_name(column_, row_),
                               shown(value_), workbook_->shared_texts()));
  return workbook_->shared_text(at);
}

// The text of a number: a date where it is formatted so, whole where it is whole.
std::string SheetRows::number() {
  double value = 0;
  const auto [end, fault] = std::from_chars(value_.data(), value_.data() + value_.size(), value);
  if (fault != std::errc{} || end != value_.data() + value_.size() || !std::isfinite(value))
    return value_;
  const NumberFormat format = workbook_->format(style_);
  if (format.kind == NumberKind::date || (format.kind == NumberKind::time && value >= 1)) {
    auto date = date_of_serial(value, workbook_->since_1904());
    is_date_ = date.has_value();
    return date ? *std::move(date) : value_;
  }
  if (format.kind == NumberKind::time && value >= 0) return time_of_serial(value);
  if (value != std::floor(value) || std::abs(value) >= kExact) return value_;
  const auto whole = static_cast<std::int64_t>(value);
  return format.kind == NumberKind::padded ? fmt::format("{:0{}}", whole, format.digits)
                                           : fmt::format("{}", whole);
}

Result<void> SheetRows::end_cell() {
  is_date_ = false;
  const bool is_error = type_ == "e";
  if (type_ == "s" && !value_.empty()) {
    TB_TRY(const std::string_view text, shared());
    texts_ += text;
  } else if (type_ == "b") {
    texts_ += value_ == "1" || value_ == "true" ? "true" : value_.empty() ? "" : "false";
  } else if (type_.empty() || type_ == "n") {
    if (!value_.empty()) texts_ += number();
  } else {
    texts_ += value_;
  }
  const std::size_t from = ends_.empty() ? 0 : ends_.back();
  if (trim(std::string_view(texts_).substr(from)).empty()) {
    texts_.resize(from);
    return {};
  }
  ends_.push_back(texts_.size());
  cells_.push_back({.column = column_, .is_date = is_date_, .is_error = is_error});
  return {};
}

}  // namespace tiebeam::ingest
