// An Excel workbook (.xlsx, .xlsm): its sheets, its texts and which of its numbers are dates.
// Macros, links and everything else in it are left alone. Source: ECMA-376 part 1, SpreadsheetML.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "ingest/serial_date.h"
#include "ingest/zip_archive.h"

namespace tiebeam::ingest {

struct WorkbookLimits {
  ArchiveLimits archive;
  std::size_t shared_bytes = std::size_t{128} << 20;  // of the part that holds the shared texts
  std::size_t sheets = 1000;
  std::uint32_t rows = 1'048'576;  // what Excel can hold
  std::uint32_t columns = 16'384;
};

struct SheetInfo {
  std::string name;
  std::string part;  // of the archive
  bool is_hidden = false;
};

// What an archive or file is that is no workbook, by its first bytes.
[[nodiscard]] bool is_zip(std::string_view head);
[[nodiscard]] bool is_ole(std::string_view head);  // .xls, or a workbook locked with a password

class Workbook {
 public:
  // Errors: those of ZipArchive and XmlPart, ingest.unknown_format (a zip archive that is none),
  // ingest.workbook_too_large, ingest.workbook_damaged, ingest.workbook_no_sheet.
  static Result<Workbook> open(std::string file, std::string bytes, const WorkbookLimits& limits);

  [[nodiscard]] const std::string& file() const { return archive_->file(); }
  [[nodiscard]] ZipArchive& archive() { return *archive_; }
  [[nodiscard]] const WorkbookLimits& limits() const { return limits_; }
  [[nodiscard]] const std::vector<SheetInfo>& sheets() const { return sheets_; }
  [[nodiscard]] bool has_macros() const { return has_macros_; }
  [[nodiscard]] bool since_1904() const { return since_1904_; }
  // By the style of a cell; a number where there is no such style.
  [[nodiscard]] NumberFormat format(std::size_t style) const {
    return style < formats_.size() ? formats_[style] : NumberFormat{};
  }
  [[nodiscard]] std::size_t shared_texts() const { return shared_ends_.size(); }
  [[nodiscard]] std::string_view shared_text(std::size_t at) const {  // REQUIRES: there is one
    const std::size_t from = at == 0 ? 0 : shared_ends_[at - 1];
    return std::string_view(shared_).substr(from, shared_ends_[at] - from);
  }

 private:
  struct Parts;
  Workbook(ZipArchive archive, const WorkbookLimits& limits);
  Result<void> read_workbook(const Parts& parts);
  Result<void> read_shared(const std::string& part);
  Result<void> read_styles(const std::string& part);

  std::unique_ptr<ZipArchive> archive_;
  WorkbookLimits limits_;
  std::vector<SheetInfo> sheets_;
  bool has_macros_ = false, since_1904_ = false;
  std::vector<NumberFormat> formats_;       // by style of a cell
  std::string shared_;                      // all shared texts, one behind the other
  std::vector<std::uint32_t> shared_ends_;  // where each ends
};

// Adds text as a cell holds it: _x000D_ is the character it names, line breaks are LF.
void append_cell_text(std::string& out, std::string_view text);

}  // namespace tiebeam::ingest
