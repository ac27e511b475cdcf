// Workbooks: a file as it is, or the XML of a sheet that is wrapped into one, so that what is told
// of its rows does not hang on checksums. Every cell is read, left out or refused with its reason.
#include <zlib.h>

#include "ingest/fuzz_support.h"
#include "ingest/workbook.h"

namespace tiebeam {
namespace {

using Entries = std::vector<std::pair<std::string, std::string>>;

void put(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i, value >>= 8) out += static_cast<char>(value & 0xFF);
}

// The part that the local header and the central directory share. Source: PKWARE APPNOTE 4.3.7.
std::string head_of(const std::string& text, const std::string& name) {
  std::string out;
  put(out, 20, 2), put(out, 0, 8);  // version, flags, stored, time and day
  put(out, crc32(0, reinterpret_cast<const Bytef*>(text.data()), static_cast<uInt>(text.size())),
      4);
  put(out, text.size(), 4), put(out, text.size(), 4);
  put(out, name.size(), 2), put(out, 0, 2);
  return out;
}

std::string stored(const Entries& entries) {
  std::string out, directory;
  for (const auto& [name, text] : entries) {
    const std::string head = head_of(text, name);
    directory += "PK\x01\x02";
    put(directory, 20, 2);
    directory += head;
    put(directory, 0, 10), put(directory, out.size(), 4);
    directory += name;
    out += "PK\x03\x04" + head + name + text;
  }
  const std::size_t at = out.size();
  out += directory + "PK\x05\x06";
  put(out, 0, 4), put(out, entries.size(), 2), put(out, entries.size(), 2);
  put(out, directory.size(), 4), put(out, at, 4), put(out, 0, 2);
  return out;
}

std::string wrapped(std::string_view sheet) {
  const std::string types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
  const auto relation = [&](const char* id, const char* type, const char* target) {
    return fmt::format("<Relationship Id=\"{}\" Type=\"{}{}\" Target=\"{}\"/>", id, types, type,
                       target);
  };
  return stored(
      {{"[Content_Types].xml", "<Types/>"},
       {"_rels/.rels", "<R>" + relation("a", "officeDocument", "xl/workbook.xml") + "</R>"},
       {"xl/workbook.xml",
        "<w><workbookPr date1904=\"0\"/><sheets><sheet name=\"S\" r:id=\"s1\"/></sheets></w>"},
       {"xl/_rels/workbook.xml.rels", "<R>" + relation("s1", "worksheet", "sheet1.xml") +
                                          relation("s2", "styles", "styles.xml") +
                                          relation("s3", "sharedStrings", "shared.xml") + "</R>"},
       {"xl/styles.xml",
        "<s><numFmts><numFmt numFmtId=\"164\" formatCode=\"d.m.yy h:mm\"/></numFmts><cellXfs>"
        "<xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/></cellXfs></s>"},
       {"xl/shared.xml", "<sst><si><t>key</t></si><si><t>created</t></si><si><t>A</t></si></sst>"},
       {"xl/sheet1.xml", std::string(sheet)}});
}

}  // namespace

FUZZ(input) {
  ingest::Options options;
  options.format = "tickets";
  const std::string bytes = ingest::is_zip(input) ? std::string(input) : wrapped(input);
  const auto batch = fuzz::check_reading(bytes, options);
  if (!batch) return;
  FUZZ_CHECK(batch->is_ticket_list && !batch->sheets.empty());
  for (const auto& each : batch->columns) FUZZ_CHECK(each.position > 0 && each.times > 0);
}

}  // namespace tiebeam
