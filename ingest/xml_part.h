// One XML part of a workbook, tag by tag: its bytes unpacked, decoded and scanned a block at a
// time.
#pragma once

#include <string>

#include "base/error.h"
#include "ingest/text_stream.h"
#include "ingest/xml_scanner.h"
#include "ingest/zip_archive.h"

namespace tiebeam::ingest {

class XmlPart {
 public:
  // REQUIRES: the archive outlives it. Errors: those of ZipArchive::entry.
  static Result<XmlPart> open(ZipArchive& archive, const std::string& name);

  // open, close, text or end. Errors: those of XmlScanner and of the archive, with the part named.
  [[nodiscard]] Result<XmlScanner::Step> next() {
    const XmlScanner::Step step = scanner_.next();
    if (step != XmlScanner::Step::need_more && step != XmlScanner::Step::fault) return step;
    return go_on(step);
  }
  [[nodiscard]] std::string_view name() const { return scanner_.name(); }
  [[nodiscard]] std::string_view text() const { return scanner_.text(); }
  [[nodiscard]] std::string_view attribute(std::string_view name) const {
    return scanner_.attribute(name).value_or(std::string_view{});
  }
  [[nodiscard]] std::size_t depth() const { return scanner_.depth(); }
  [[nodiscard]] std::size_t unpacked() const { return stream_.consumed(); }

 private:
  explicit XmlPart(TextStream stream);
  [[nodiscard]] Result<XmlScanner::Step> go_on(XmlScanner::Step step);
  TextStream stream_;
  XmlScanner scanner_;
  bool was_fed_ = false;
};

}  // namespace tiebeam::ingest
