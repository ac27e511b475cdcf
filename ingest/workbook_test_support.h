// For tests: workbooks made of the XML of their parts.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/test_support.h"

namespace tiebeam::ingest {

using ZipEntries = std::vector<std::pair<std::string, std::string>>;
[[nodiscard]] std::string zipped(const ZipEntries& entries);  // zip_archive_test.cc

struct TestSheet {
  std::string name;
  std::string rows;        // what stands in <sheetData>
  std::string state = {};  // "hidden"
};

struct TestBook {
  std::vector<TestSheet> sheets;
  std::string shared = {};      // what stands in <sst>
  std::string styles = {};      // what stands in <styleSheet>
  std::string properties = {};  // attributes of <workbookPr>
  ZipEntries further = {};

  [[nodiscard]] std::string bytes() const;
};

inline std::string TestBook::bytes() const {
  const std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
  const std::string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const std::string types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
  const auto relation = [&](const std::string& id, std::string_view type, std::string_view target) {
    return "<Relationship Id=\"" + id + "\" Type=\"" + types + std::string(type) + "\" Target=\"" +
           std::string(target) + "\"/>";
  };
  const std::string relations =
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/"
      "2006/relationships\">";
  ZipEntries out = {
      {"[Content_Types].xml", xml + "<Types/>"},
      {"_rels/.rels", xml + relations + relation("rId1", "officeDocument", "xl/workbook.xml") +
                          "</Relationships>"}};
  std::string book = xml + "<workbook xmlns=\"" + main + "\" xmlns:r=\"r\"><workbookPr " +
                     properties + "/><sheets>";
  std::string rels = xml + relations + relation("st", "styles", "styles.xml") +
                     relation("sh", "sharedStrings", "sharedStrings.xml");
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    book += "<sheet name=\"" + sheets[i].name + "\" sheetId=\"" + number + "\" r:id=\"s" + number +
            "\"" + (sheets[i].state.empty() ? "" : " state=\"" + sheets[i].state + "\"") + "/>";
    rels += relation("s" + number, "worksheet", "worksheets/sheet" + number + ".xml");
    out.emplace_back("xl/worksheets/sheet" + number + ".xml",
                     xml + "<worksheet xmlns=\"" + main + "\"><sheetData>" + sheets[i].rows +
                         "</sheetData></worksheet>");
  }
  out.emplace_back("xl/workbook.xml", book + "</sheets></workbook>");
  out.emplace_back("xl/_rels/workbook.xml.rels", rels + "</Relationships>");
  out.emplace_back("xl/styles.xml", xml + "<styleSheet>" + styles + "</styleSheet>");
  out.emplace_back("xl/sharedStrings.xml", xml + "<sst>" + shared + "</sst>");
  out.insert(out.end(), further.begin(), further.end());
  return zipped(out);
}

// A row of texts of their own: row_of(3, {"a", "", "b"}); empty ones are left out.
inline std::string row_of(int number, const std::vector<std::string>& cells) {
  std::string out = "<row r=\"" + std::to_string(number) + "\">";
  for (std::size_t i = 0; i < cells.size(); ++i)
    if (!cells[i].empty())
      out += "<c r=\"" + std::string(1, static_cast<char>('A' + i)) + std::to_string(number) +
             "\" t=\"inlineStr\"><is><t>" + cells[i] + "</t></is></c>";
  return out + "</row>";
}

inline std::expected<Batch, Failure> read_book(const TestBook& book, const Options& options = {}) {
  return read_text(book.bytes(), options);
}

}  // namespace tiebeam::ingest
