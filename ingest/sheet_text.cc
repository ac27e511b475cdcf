#include "ingest/sheet_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "base/text.h"

namespace tiebeam::ingest {
namespace {
constexpr std::size_t kHeadRows = 60;
constexpr std::size_t kAtOnce = std::size_t{64} << 10;
constexpr std::size_t kMostOfCell = 1024;  // looked at to find the header
// The text of a table against the bytes of its file: a text that a thousand cells share is one in
// the file.
constexpr std::int64_t kMostText = std::int64_t{4} << 30, kRatio = 200,
                       kRatioFrom = std::int64_t{64} << 20;

bool is_early(std::string_view date) {  // "2026-11-21..."
  constexpr std::size_t kDayAt = 8, kDayDigits = 2;
  return date.size() >= kDayAt + kDayDigits && date.substr(kDayAt, kDayDigits) <= "12";
}
}  // namespace

Result<SheetText> SheetText::open(Workbook& workbook, const std::string& part,
                                  const ColumnChoices& choices) {
  TB_TRY(SheetRows rows, SheetRows::open(workbook, part));
  SheetText out(workbook, std::move(rows));
  TB_DO(out.read_head());
  out.choose_header(choices);
  return out;
}

Result<void> SheetText::read_head() {
  std::int64_t held = 0;
  while (head_.size() < kHeadRows) {
    TB_TRY(const bool found, rows_.next());
    ended_ = !found;
    if (ended_) break;
    Row row;
    row.number = rows_.row();
    for (const SheetCell& cell : rows_.cells()) {
      row.cells.resize(cell.column + 1);
      row.cells[cell.column] = trim(cell.text);
      row.about.push_back(cell);
      row.about.back().text = {};
      held += static_cast<std::int64_t>(cell.text.size());
    }
    TB_DO(check_limits(held));
    head_.push_back(std::move(row));
  }
  return {};
}

// A name that stands over two rows is in the upper one alone.
void SheetText::complete_header(std::vector<std::string>& header,
                                const std::vector<std::string>& above) {
  for (std::size_t i = 0; i < above.size(); ++i) {
    if (above[i].empty() || (i < header.size() && !header[i].empty())) continue;
    const bool has_values = std::ranges::any_of(head_, [&](const Row& row) {
      return row.number > notes_.header_row && i < row.cells.size() && !row.cells[i].empty();
    });
    if (!has_values) continue;
    if (i >= header.size()) header.resize(i + 1);
    header[i] = above[i];
  }
}

void SheetText::choose_header(const ColumnChoices& choices) {
  std::vector<std::vector<std::string>> rows;
  for (const Row& row : head_) {
    rows.emplace_back();
    for (const std::string& cell : row.cells) rows.back().push_back(cell.substr(0, kMostOfCell));
  }
  if (rows.empty()) return;
  const HeaderRow found = find_header(rows, choices);
  Row& header = head_[found.place];
  notes_.header_row = header.number;
  notes_.sign = found.sign;
  notes_.rows_above = static_cast<std::int64_t>(found.place);
  const bool has_neighbour = found.place > 0 && head_[found.place - 1].number + 1 == header.number;
  if (has_neighbour) complete_header(header.cells, head_[found.place - 1].cells);
  width_ = header.cells.size();
  notes_.columns.resize(width_);
  text_.assign(header.number - 1, '\n');  // so that lines are rows
  for (std::size_t i = 0; i < width_; ++i) {
    if (i > 0) text_ += kSheetDelimiter;
    put_cell(header.cells[i]);
  }
  text_ += '\n';
  next_row_ = header.number + 1;
  next_head_ = found.place + 1;
}

void SheetText::put_cell(std::string_view text) {
  const bool needs_quotes = text.find_first_of("\"\n\r\x1f") != std::string_view::npos;
  if (!needs_quotes) {
    text_ += text;
    return;
  }
  text_ += '"';
  for (const char c : text) {
    if (c == '"') text_ += c;
    text_ += c;
  }
  text_ += '"';
}

void SheetText::count_cell(const SheetCell& cell) {
  const auto name = [&] { return cell_name(cell.column, next_row_); };
  if (cell.column >= width_) {
    if (notes_.beside++ == 0) notes_.first_beside = name();
    return;
  }
  CellTally& tally = notes_.columns[cell.column];
  ++(cell.is_date ? tally.dates : tally.others);
  tally.early_dates += cell.is_date && is_early(cell.text);
  if (cell.is_error && notes_.errors++ == 0)
    notes_.first_error = fmt::format("{} in {}", shown(cell.text), name());
}

void SheetText::put_row(std::uint32_t number, const std::vector<SheetCell>& cells) {
  text_.append(number - next_row_, '\n');
  next_row_ = number;
  std::size_t column = 0;
  const bool is_beside = cells.front().column >= width_;
  for (const SheetCell& cell : cells) {
    count_cell(cell);
    if (cell.column >= width_) continue;
    text_.append(cell.column - column, kSheetDelimiter);
    column = cell.column;
    put_cell(cell.text);
  }
  if (!is_beside) text_.append(width_ - 1 - column, kSheetDelimiter);
  text_ += '\n';
  ++next_row_;
}

// `made`: bytes of text so far.
Result<void> SheetText::check_limits(std::int64_t made) const {
  const auto packed =
      static_cast<std::int64_t>(std::max<std::size_t>(workbook_->archive().bytes(), 1));
  if (made <= kMostText && (made <= kRatioFrom || made / packed <= kRatio)) return {};
  return invalid("ingest.workbook_too_large",
                 fmt::format("the sheet of '{}' holds more than {} times the text of its file: {} "
                             "bytes gave {} so far",
                             workbook_->file(), kRatio, packed, made),
                 "save the sheet with the tickets as CSV (UTF-8), without long descriptions");
}

// False at the end.
Result<bool> SheetText::make_more() {
  text_.clear();
  begin_ = 0;
  while (text_.size() < kAtOnce) {
    if (next_head_ < head_.size()) {
      Row& row = head_[next_head_++];
      for (SheetCell& cell : row.about) cell.text = row.cells[cell.column];
      put_row(row.number, row.about);
      continue;
    }
    if (ended_) break;
    TB_TRY(const bool found, rows_.next());
    ended_ = !found;
    if (found) put_row(rows_.row(), rows_.cells());
  }
  made_ += static_cast<std::int64_t>(text_.size());
  TB_DO(check_limits(made_));
  return !text_.empty();
}

Result<std::size_t> SheetText::read(std::span<char> into) {
  if (begin_ == text_.size()) {
    TB_TRY(const bool more, make_more());
    if (!more) return 0;
  }
  const std::size_t bytes = std::min(into.size(), text_.size() - begin_);
  std::memcpy(into.data(), text_.data() + begin_, bytes);
  begin_ += bytes;
  return bytes;
}

}  // namespace tiebeam::ingest
