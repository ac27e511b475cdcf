#include "ingest/workbook.h"

#include "ingest/workbook_test_support.h"

namespace tiebeam::ingest {
namespace {

const std::string kHeader = row_of(1, {"key", "created", "closed", "status", "title"});

// Styles: 1 a date by its number, 2 by its code, 3 five digits.
const std::string kStyles =
    "<numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy hh:mm\"/>"
    "<numFmt numFmtId=\"165\" formatCode=\"00000\"/></numFmts><cellStyleXfs><xf numFmtId=\"14\"/>"
    "</cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/>"
    "<xf numFmtId=\"165\"/></cellXfs>";

TestBook tickets(const std::string& rows) {
  return {.sheets = {{"Tickets", kHeader + rows}}, .styles = kStyles};
}

TEST(Workbook, IsReadAsItsCellsAreShown) {
  TestBook book = tickets(
      "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>1</v></c><c r=\"B3\" s=\"2\"><v>46023.25</v></c>"
      "<c r=\"C3\" s=\"1\"><f>B3+3</f><v>46026</v></c><c r=\"D3\" t=\"str\"><f>X</f><v>Closed</v>"
      "</c><c r=\"E3\" t=\"s\"><v>2</v></c></row>"
      "<row><c s=\"3\"><v>42</v></c><c t=\"d\"><v>2026-01-02T08:00:00</v></c></row>");
  book.shared =
      "<si><t>unused</t></si><si><t>A-1</t></si><si><r><t>Printer </t></r><r><rPr><b/></rPr>"
      "<t>dead</t></r><rPh sb=\"0\" eb=\"1\"><t>no</t></rPh></si>";
  const Batch batch = value_of(read_book(book));
  EXPECT_EQ(batch.format, "tickets");
  EXPECT_EQ(batch.sheet, "Tickets");
  EXPECT_EQ(events_of(batch), (std::vector<std::string>{"A-1 2026-01-01T06:00:00Z Created",
                                                        "A-1 2026-01-04T00:00:00Z Closed",
                                                        "00042 2026-01-02T08:00:00Z Created"}));
  EXPECT_EQ(text_at(batch.tables[1], "title", 0), "Printer dead");
  EXPECT_EQ(batch.tables[0].line, (std::vector<std::uint32_t>{3, 3, 4})) << "rows of the sheet";
  EXPECT_TRUE(says(batch.statements, "of 2 formulas the value is read"));
  EXPECT_TRUE(says(batch.statements, "its sheet 'Tickets' is read: its only one"));
  EXPECT_EQ(batch.columns[1].examples,
            (std::vector<std::string>{"2026-01-01T06:00:00", "2026-01-02T08:00:00"}));
}

TEST(Workbook, DatesOfTheWorkbookAreSerial) {
  const Batch batch = value_of(read_book(
      tickets("<row r=\"2\"><c r=\"A2\"><v>7</v></c><c r=\"B2\" s=\"1\"><v>46023</v></c></row>")));
  ASSERT_FALSE(batch.dates.empty());
  EXPECT_EQ(batch.dates[0].order, "serial");
  EXPECT_EQ(batch.dates[0].evidence, "1 cell is a date of the workbook");
  TestBook since =
      tickets("<row r=\"2\"><c r=\"A2\"><v>7</v></c><c r=\"B2\" s=\"1\"><v>44561</v></c></row>");
  since.properties = "date1904=\"1\"";
  EXPECT_EQ(events_of(value_of(read_book(since)))[0], "7 2026-01-01T00:00:00Z Created");
}

TEST(Workbook, PlaceholdersBefore1900sFalseLeapDayAreNoDates) {
  const auto read = read_book(
      tickets("<row r=\"2\"><c r=\"A2\"><v>7</v></c><c r=\"B2\" s=\"1\"><v>60</v></c></row>"));
  ASSERT_EQ(code_of(read), "ingest.rejected");
  EXPECT_EQ(read.error().rejects[0].found, "1900-02-29");
}

TEST(Workbook, LineBreaksInCellsDoNotMoveTheRows) {
  const auto read = read_book(tickets(row_of(2, {"1", "2026-01-02", "", "", "a&#10;b_x000D_\nc"}) +
                                      row_of(5, {"2", "soon"})));
  ASSERT_EQ(code_of(read), "ingest.rejected");
  EXPECT_EQ(read.error().rejects[0].line, 5u);
}

TEST(Workbook, TitlesAboveTheHeaderAreLeftOut) {
  TestBook book = {
      .sheets = {
          {"Report", row_of(1, {"All tickets", "", "2026"}) + row_of(2, {"made on", "2026-01-09"}) +
                         row_of(4, {"Key", "Dates", ""}) + row_of(5, {"", "Created", "Closed"}) +
                         row_of(6, {"1", "2026-01-02", "2026-01-03"})}}};
  const Batch batch = value_of(read_book(book));
  EXPECT_EQ(events_of(batch)[1], "1 2026-01-03T00:00:00Z Closed");
  EXPECT_TRUE(
      says(batch.statements, "the names of the columns stand in row 5; left out above it: 3 rows"));
  EXPECT_EQ(batch.tables[0].line[0], 6u);
  EXPECT_EQ(batch.columns[0].name, "Key") << "a name over two rows";
}

TEST(Workbook, TheSheetWithTheTableIsFound) {
  const std::string cover = row_of(1, {"Northmere"}) + row_of(3, {"made by", "Ann"});
  const std::string table = kHeader + row_of(2, {"1", "2026-01-02"});
  const TestBook book = {.sheets = {{"Cover", cover},
                                    {"Old", table, "hidden"},
                                    {"Secret", table, "veryHidden"},
                                    {"Data", table}}};
  const Batch batch = value_of(read_book(book));
  EXPECT_EQ(batch.sheet, "Data");
  EXPECT_EQ(batch.sheets, (std::vector<std::string>{"Cover", "Data"}));
  EXPECT_TRUE(says(batch.statements, "hidden sheets are left alone: 'Old', 'Secret'"));
  Options said;
  said.sheet = "Old";
  EXPECT_EQ(value_of(read_book(book, said)).sheet, "Old") << "who names it may have it";
  EXPECT_EQ(code_of(read_text("key,created\n1,2026-01-02\n", said)), "ingest.workbook_no_sheet");
  said.sheet = "Dat";
  EXPECT_EQ(code_of(read_book(book, said)), "ingest.workbook_no_sheet");
  EXPECT_EQ(code_of(read_book({.sheets = {{"A", ""}}})), "ingest.workbook_no_table");
  EXPECT_EQ(code_of(read_book({.sheets = {{"A", table, "hidden"}}})), "ingest.workbook_no_sheet");
}

TEST(Workbook, CellsBesideTheTableAndErrorsAreSaid) {
  const Batch batch = value_of(read_book(
      tickets(row_of(2, {"1", "2026-01-02", "", "", "", "", "note"}) +
              "<row r=\"3\"><c r=\"A3\"><v>2</v></c><c r=\"B3\" s=\"1\"><v>46023</v></c>"
              "<c r=\"D3\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c><c r=\"E3\" t=\"b\"><v>1</v></c>"
              "</row>")));
  EXPECT_TRUE(says(batch.warnings, "left out beside the table: 1 cell, the first in G2"));
  EXPECT_TRUE(says(batch.warnings, "the first #DIV/0! in D3"));
  EXPECT_EQ(text_at(batch.tables[1], "title", 1), "true");
}

TEST(Workbook, DatesThatWereTakenForOthersAreWarnedOf) {
  std::string rows;
  for (int i = 2; i < 10; ++i)
    rows += "<row r=\"" + std::to_string(i) + "\"><c r=\"A" + std::to_string(i) + "\"><v>" +
            std::to_string(i) + "</v></c><c r=\"B" + std::to_string(i) + "\" s=\"1\"><v>" +
            std::to_string(46023 + i) + "</v></c></row>";
  const Batch batch = value_of(read_book(tickets(rows + row_of(10, {"10", "13/01/2026"}))));
  EXPECT_TRUE(says(batch.warnings, "taken days for months"));
  EXPECT_TRUE(batch.dates[0].is_open);
}

TEST(Workbook, IsHandedOnAsItIsAndCanBeStopped) {
  const std::string bytes = tickets(row_of(2, {"1", "2026-01-02"})).bytes();
  std::string raw;
  Options options;
  options.block_bytes = 100;
  options.on_raw = [&](std::string_view block) -> Result<void> {
    raw += block;
    return {};
  };
  const Batch batch = value_of(read_text(bytes, options));
  EXPECT_EQ(raw, bytes);
  EXPECT_EQ(batch.bytes, static_cast<std::int64_t>(bytes.size()));
  options.on_raw = [](std::string_view block) -> Result<void> {
    if (block.empty()) return invalid("test.stopped", "stopped", "go on");
    return {};
  };
  EXPECT_EQ(code_of(read_text(bytes, options)), "test.stopped");
}

TEST(Workbook, MacrosAreIgnored) {
  TestBook book = tickets(row_of(2, {"1", "2026-01-02"}));
  book.further = {
      {"xl/vbaProject.bin", "Sub Auto_Open()"}, {"/etc/passwd", "x"}, {"../../up", "x"}};
  const Batch batch = value_of(read_book(book));
  EXPECT_EQ(batch.accepted, 1);
  EXPECT_TRUE(says(batch.statements, "macros of the workbook are ignored"));
}

TEST(Workbook, OtherFilesInTheSameWrapperAreNamed) {
  const auto message = [](const std::string& bytes) {
    const auto read = read_text(bytes);
    return read ? "read" : read.error().error.message;
  };
  EXPECT_TRUE(message(zipped({{"tickets.csv", "key,created\n"}})).contains("is a zip archive"));
  EXPECT_TRUE(message(zipped({{"mimetype", ""}, {"content.xml", ""}})).contains("OpenDocument"));
  EXPECT_TRUE(message(zipped({{"[Content_Types].xml", ""}, {"word/document.xml", ""}}))
                  .contains("Word document"));
  EXPECT_TRUE(
      message(zipped({{"[Content_Types].xml", ""}, {"xl/workbook.bin", ""}})).contains(".xlsb"));
  const std::string ole("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 W\0o\0r\0k\0b\0o\0o\0k\0", 25);
  EXPECT_TRUE(message(ole).contains("Excel 97 to 2003"));
  std::string locked = ole.substr(0, 8);
  for (const char c : std::string_view("EncryptedPackage")) locked += {c, '\0'};
  EXPECT_EQ(code_of(read_text(locked)), "ingest.workbook_encrypted");
}

TEST(Workbook, LongTextsStayWholeAndAreNoNames) {
  const std::string text(3000, 'x');
  const Batch batch =
      value_of(read_book({.sheets = {{"a", row_of(1, {"key", "created", "title", text}) +
                                               row_of(2, {"T1", "2026-01-02", text, "y"})}}}));
  EXPECT_EQ(text_at(batch.tables[1], "title", 0), text);
  EXPECT_EQ(batch.columns[3].name, text);
}

TEST(Workbook, ATextThatManyRowsNameIsRefusedBeforeItIsHeldForEach) {
  const std::string megabyte(std::size_t{1} << 19, 'x');
  std::string rows;
  for (int i = 2; i < 50; ++i)
    rows += "<row r=\"" + std::to_string(i) + "\"><c t=\"s\"><v>0</v></c></row>";
  TestBook book = tickets(rows);
  book.shared = "<si><r><t>" + megabyte + "</t></r><r><t>" + megabyte + "</t></r><r><t>" +
                megabyte + "</t></r><r><t>" + megabyte + "</t></r></si>";
  EXPECT_EQ(code_of(read_book(book)), "ingest.workbook_too_large");
}

TEST(Workbook, DamageIsTold) {
  for (const auto& [rows, code] : std::vector<std::pair<std::string, std::string>>{
           {"<row r=\"2\"><c r=\"A2\" t=\"s\"><v>9</v></c></row>", "ingest.workbook_damaged"},
           {"<row r=\"0\"><c><v>9</v></c></row>", "ingest.workbook_damaged"},
           {"<row r=\"9\"/><row r=\"8\"/>", "ingest.workbook_damaged"},
           {"<row r=\"2\"><c r=\"B2\"/><c r=\"A2\"/></row>", "ingest.workbook_damaged"},
           {"<row r=\"2000000\"><c r=\"A2\"/></row>", "ingest.workbook_too_large"},
           {"<row r=\"2\"><c r=\"ZZZZ2\"/></row>", "ingest.workbook_too_large"},
           {"<row r=\"2\"><c r=\"A2\"></row>", "ingest.bad_xml"},
           {"<row r=\"2\"><c r=\"A2\" t=\"str\"><v>\xFF</v></c></row>", "ingest.bad_encoding"}})
    EXPECT_EQ(code_of(read_book(tickets(rows))), code) << rows;
}

}  // namespace
}  // namespace tiebeam::ingest
