// From a file that is a workbook to the text of one of its sheets: which sheet, and what is said of
// it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ingest/import.h"
#include "ingest/sheet_text.h"
#include "ingest/text_stream.h"
#include "ingest/workbook.h"

namespace tiebeam::ingest {

class SheetSource {
 public:
  // Turns `source`, whose bytes are a workbook, into the text of its sheet. Errors: those of
  // Workbook and SheetText, ingest.workbook_no_sheet (no sheet of that name, none that is shown),
  // ingest.workbook_no_table.
  static Result<std::shared_ptr<SheetSource>> open(ByteSource& source, const Options& options);

  [[nodiscard]] const std::string& name() const { return chosen_.name; }
  [[nodiscard]] std::vector<std::string> names() const;  // of all sheets that are shown
  // What was decided when it was opened.
  [[nodiscard]] const std::vector<std::string>& statements() const { return statements_; }
  // What was seen on the way. REQUIRES: the text was read to its end.
  void describe(Batch& batch) const;

 private:
  explicit SheetSource(Workbook workbook)
      : workbook_(std::make_unique<Workbook>(std::move(workbook))) {}
  Result<void> choose(const Options& options);
  Result<void> choose_named(const Options& options);
  void describe_choice(const Options& options, std::size_t looked_at);
  void describe_dates(Batch& batch) const;
  [[nodiscard]] const CellTally* tally_of(const Batch& batch, const std::string& column) const;

  std::unique_ptr<Workbook> workbook_;
  SheetInfo chosen_;
  std::unique_ptr<SheetText> text_;
  std::vector<std::string> statements_;
};

// Why a file of Microsoft's older container is refused. `bytes`: all of it.
[[nodiscard]] Error refuse_ole(const std::string& file, std::string_view bytes);

}  // namespace tiebeam::ingest
