#include "ingest/sheet_source.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "ingest/reading.h"

namespace tiebeam::ingest {
namespace {
constexpr std::size_t kMostLooked = 30;  // sheets that are looked into for a table
constexpr std::int64_t kFewDates = 5;    // fewer say nothing of how they were made

std::string quoted(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 10;
  std::string out;
  for (std::size_t i = 0; i < std::min(names.size(), kShown); ++i)
    out += fmt::format("{}'{}'", i == 0 ? "" : ", ", shown(names[i], 40));
  return names.size() > kShown ? fmt::format("{} and {} more", out, names.size() - kShown) : out;
}

std::string utf16(std::string_view text) {
  std::string out;
  for (const char c : text) out += {c, '\0'};
  return out;
}

std::string_view why_chosen(HeaderSign sign) {
  return sign == HeaderSign::complete ? "the first with a table whose columns are known"
         : sign == HeaderSign::names  ? "the first with a table some of whose columns are known"
                                      : "the first that holds a table";
}
}  // namespace

Error refuse_ole(const std::string& file, std::string_view bytes) {
  const bool is_locked = bytes.contains(utf16("EncryptedPackage"));
  const bool is_old = bytes.contains(utf16("Workbook")) || bytes.contains(utf16("Book"));
  if (is_locked)
    return {Kind::invalid,
            "ingest.workbook_encrypted",
            fmt::format("'{}' is locked with a password", file),
            {},
            "open it in Excel, take the password off (File, Info, Protect) and save it as .xlsx",
            {}};
  return {Kind::invalid,
          "ingest.workbook_old",
          is_old ? fmt::format("'{}' is a workbook of Excel 97 to 2003 (.xls)", file)
                 : fmt::format("'{}' is a file of an older Office program", file),
          {},
          "open it in Excel or LibreOffice and save it as .xlsx",
          {}};
}

Result<std::shared_ptr<SheetSource>> SheetSource::open(ByteSource& source, const Options& options) {
  WorkbookLimits limits;
  limits.archive.unpacked_bytes = std::min(limits.archive.unpacked_bytes, options.unpacked_limit);
  TB_TRY(std::string bytes, source.read_whole(limits.archive.packed_bytes));
  if (is_ole(bytes)) return std::unexpected(refuse_ole(source.name(), bytes));
  TB_TRY(Workbook workbook, Workbook::open(source.name(), std::move(bytes), limits));
  // Shared: the stream reads from it while the import asks it what it saw.
  std::shared_ptr<SheetSource> out(new SheetSource(std::move(workbook)));
  TB_DO(out->choose(options));
  source.continue_with([out, on_raw = options.on_raw](std::span<char> into) -> Result<std::size_t> {
    if (on_raw) TB_DO(on_raw({}));
    return out->text_->read(into);
  });
  return out;
}

std::vector<std::string> SheetSource::names() const {
  std::vector<std::string> out;
  for (const SheetInfo& sheet : workbook_->sheets())
    if (!sheet.is_hidden) out.push_back(sheet.name);
  return out;
}

Result<void> SheetSource::choose_named(const Options& options) {
  const auto& sheets = workbook_->sheets();
  const auto found = std::ranges::find(sheets, options.sheet, &SheetInfo::name);
  if (found == sheets.end()) {
    const auto shown_ones = names();
    return invalid("ingest.workbook_no_sheet",
                   fmt::format("'{}' has no sheet '{}'{}", workbook_->file(), shown(options.sheet),
                               did_you_mean(options.sheet, {shown_ones.begin(), shown_ones.end()})),
                   fmt::format("choose one of: {}", quoted(shown_ones)));
  }
  TB_TRY(SheetText text, SheetText::open(*workbook_, found->part, options.columns));
  if (text.notes().header_row == 0)
    return invalid(
        "ingest.workbook_no_table",
        fmt::format("the sheet '{}' of '{}' is empty", shown(found->name), workbook_->file()),
        "choose the sheet with the tickets");
  chosen_ = *found;
  text_ = std::make_unique<SheetText>(std::move(text));
  describe_choice(options, 1);
  return {};
}

Result<void> SheetSource::choose(const Options& options) {
  if (!options.sheet.empty()) return choose_named(options);
  std::size_t looked_at = 0;
  for (const SheetInfo& sheet : workbook_->sheets()) {
    if (sheet.is_hidden || looked_at == kMostLooked) continue;
    ++looked_at;
    TB_TRY(SheetText text, SheetText::open(*workbook_, sheet.part, options.columns));
    if (text.notes().sign == HeaderSign::none) continue;
    if (text_ && text.notes().sign <= text_->notes().sign) continue;
    chosen_ = sheet;
    text_ = std::make_unique<SheetText>(std::move(text));
    if (text_->notes().sign == HeaderSign::complete) break;
  }
  if (!text_) {
    const auto all = names();
    return invalid(all.empty() ? "ingest.workbook_no_sheet" : "ingest.workbook_no_table",
                   all.empty() ? fmt::format("all sheets of '{}' are hidden", workbook_->file())
                               : fmt::format("no sheet of '{}' holds a table: looked at {}",
                                             workbook_->file(), quoted(all)),
                   all.empty() ? "show the sheet with the tickets, or name it with --sheet"
                               : "give a sheet with one row a ticket and the names of the columns "
                                 "in its first row");
  }
  describe_choice(options, looked_at);
  return {};
}

void SheetSource::describe_choice(const Options& options, std::size_t looked_at) {
  const SheetNotes& notes = text_->notes();
  const bool is_said = !options.sheet.empty();
  statements_.push_back(fmt::format("the file is a workbook; its sheet '{}' is read: {}",
                                    shown(chosen_.name, 40),
                                    is_said                           ? "so it was said"
                                    : workbook_->sheets().size() == 1 ? "its only one"
                                    : looked_at == 1                  ? "the first"
                                                                      : why_chosen(notes.sign)));
  std::vector<std::string> hidden;
  for (const SheetInfo& sheet : workbook_->sheets())
    if (sheet.is_hidden && sheet.name != chosen_.name) hidden.push_back(sheet.name);
  if (!hidden.empty())
    statements_.push_back(fmt::format("hidden sheets are left alone: {}", quoted(hidden)));
  if (notes.rows_above > 0)
    statements_.push_back(
        fmt::format("the names of the columns stand in row {}; left out above it: {}",
                    notes.header_row, counted(notes.rows_above, "row", "rows")));
  if (workbook_->has_macros())
    statements_.push_back("the macros of the workbook are ignored: only its cells are read");
}

void SheetSource::describe(Batch& batch) const {
  const SheetNotes& notes = text_->notes();
  if (text_->formulas() > 0)
    batch.statements.push_back(
        fmt::format("of {} the value is read that was kept when the workbook was saved",
                    counted(text_->formulas(), "formula", "formulas")));
  if (notes.beside > 0)
    batch.warnings.push_back(fmt::format("left out beside the table: {}, the first in {}",
                                         counted(notes.beside, "cell", "cells"),
                                         notes.first_beside));
  if (notes.errors > 0)
    batch.warnings.push_back(
        fmt::format("{} an error of a formula in place of a value, the first {}",
                    counted(notes.errors, "cell holds", "cells hold"), notes.first_error));
  describe_dates(batch);
}

const CellTally* SheetSource::tally_of(const Batch& batch, const std::string& column) const {
  const auto found = std::ranges::find(batch.columns, column, &ColumnUse::name);
  if (found == batch.columns.end()) return nullptr;
  const std::vector<CellTally>& all = text_->notes().columns;
  return found->position <= all.size() ? &all[found->position - 1] : nullptr;
}

// Which of the dates the workbook itself holds as dates: nothing of theirs is open, unless the
// program that made it took days for months.
void SheetSource::describe_dates(Batch& batch) const {
  for (DatesRead& dates : batch.dates) {
    const CellTally* tally = tally_of(batch, dates.column);
    if (tally == nullptr || tally->dates == 0) continue;
    const std::string cells = fmt::format(
        "{} of the workbook{}", counted(tally->dates, "cell is a date", "cells are dates"),
        workbook_->since_1904() ? ", counted from 1904" : "");
    const bool is_plain = tally->others == 0 || dates.order == "year-first";
    dates.evidence = is_plain ? cells : fmt::format("{}; {}", dates.evidence, cells);
    if (is_plain) {
      dates.order = "serial";
      dates.is_open = false;
    } else if (tally->early_dates == tally->dates && tally->dates >= kFewDates) {
      dates.is_open = true;
      batch.warnings.push_back(fmt::format(
          "'{}': all {} that are dates lie on the 1st to 12th of a month, the {} are text: the "
          "program that opened the export seems to have taken days for months; import the "
          "export itself, as it was downloaded",
          dates.column, counted(tally->dates, "cell", "cells"),
          counted(tally->others, "other", "others")));
    }
  }
}

}  // namespace tiebeam::ingest
