#include "ingest/xml_part.h"

#include <fmt/format.h>

namespace tiebeam::ingest {
namespace {
constexpr std::size_t kBlock = std::size_t{64} << 10;
// A cell holds 32,767 characters at most.
constexpr XmlLimits kLimits = {
    .depth = 64, .tag_bytes = std::size_t{1} << 20, .attributes = 256, .with_text = true};
constexpr const char* kSaveAgain = "open it in your spreadsheet program and save it again as .xlsx";
}  // namespace

XmlPart::XmlPart(TextStream stream) : stream_(std::move(stream)), scanner_(kLimits) {}

Result<XmlPart> XmlPart::open(ZipArchive& archive, const std::string& name) {
  TB_TRY(ByteSource source, archive.entry(name));
  TB_TRY(TextStream stream, TextStream::open(std::move(source), kBlock));
  return XmlPart(std::move(stream));
}

// The first call comes here, too: the scanner was fed nothing yet, and a first block is at hand.
Result<XmlScanner::Step> XmlPart::go_on(XmlScanner::Step step) {
  while (step == XmlScanner::Step::need_more) {
    stream_.consume(scanner_.consumed());
    if (was_fed_ || stream_.text().empty()) TB_DO(stream_.fill(scanner_.next_line()));
    was_fed_ = true;
    if (stream_.encoding() == Encoding::windows_1252)
      return invalid("ingest.bad_encoding",
                     fmt::format("'{}': byte 0x{:02X} is not UTF-8", stream_.source().name(),
                                 stream_.odd_byte()),
                     kSaveAgain);
    scanner_.feed(stream_.text(), stream_.at_end());
    step = scanner_.next();
  }
  if (step != XmlScanner::Step::fault) return step;
  Error fault = scanner_.fault();
  fault.message = fmt::format("'{}', {}", stream_.source().name(), fault.message);
  if (fault.code == "ingest.too_large") fault.code = "ingest.workbook_too_large";
  fault.hint = kSaveAgain;
  return std::unexpected(std::move(fault));
}

}  // namespace tiebeam::ingest
