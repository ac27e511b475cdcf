#include "ingest/import.h"

#include <set>

#include "base/hash.h"
#include "ingest/test_support.h"

namespace tiebeam::ingest {
namespace {

std::string sample_path() {
  for (const char* path :
       {TIEBEAM_SOURCE_DIR "/sample/incident_event_log_2016Q1.csv.gz",
        TIEBEAM_SOURCE_DIR "/../shared/data/uci_incident/incident_event_log_2016Q1.csv.gz"})
    if (std::filesystem::exists(path)) return path;
  return {};
}

TEST(ReadFile, ReadsTheRealAuditLog) {
  if (sample_path().empty()) GTEST_SKIP() << "the sample is not here";
  const Batch batch = value_of(read_file(sample_path(), {}));
  EXPECT_EQ(batch.format, "servicenow-audit");
  EXPECT_EQ(batch.accepted, 59354);
  EXPECT_EQ(batch.rejected, 0);
  EXPECT_EQ(batch.tables[0].column("item").names.size() - 1, 9202u);
  std::vector<std::pair<std::string, std::int64_t>> states;
  for (const StateCount& each : batch.states) states.emplace_back(each.state, each.events);
  // Source: events_per_state of reference.json beside the data.
  EXPECT_EQ(states, (std::vector<std::pair<std::string, std::int64_t>>{{"Active", 18734},
                                                                       {"New", 13517},
                                                                       {"Resolved", 9581},
                                                                       {"Closed", 9238},
                                                                       {"Awaiting User Info", 7846},
                                                                       {"Awaiting Problem", 231},
                                                                       {"Awaiting Vendor", 200},
                                                                       {"Awaiting Evidence", 7}}));
  EXPECT_TRUE(
      says(batch.statements,
           "'sys_updated_at' has day before month: 34,705 values have a first part above 12"));
  EXPECT_FALSE(batch.state_map_is_guess);
}

TEST(ReadFile, TheBlockSizeChangesNothing) {
  if (sample_path().empty()) GTEST_SKIP() << "the sample is not here";
  const Batch whole = value_of(read_file(sample_path(), {}));
  for (const std::size_t block : {1'000u, 65'537u}) {
    Options options;
    options.block_bytes = block;
    const Batch parts = value_of(read_file(sample_path(), options));
    EXPECT_EQ(parts.statements, whole.statements);
    for (std::size_t t = 0; t < 2; ++t) {
      EXPECT_EQ(parts.tables[t].identity, whole.tables[t].identity);
      EXPECT_EQ(parts.tables[t].line, whole.tables[t].line);
      EXPECT_EQ(parts.tables[t].column("at").wide, whole.tables[t].column("at").wide);
    }
  }
}

TEST(ReadFile, EmptyFilesAreErrorsAndHeadersAloneAreNot) {
  EXPECT_EQ(code_of(read_text("")), "ingest.empty");
  EXPECT_EQ(code_of(read_text("\n\n \n")), "ingest.empty");
  EXPECT_EQ(code_of(read_text("\xEF\xBB\xBF")), "ingest.empty");
  EXPECT_EQ(code_of(read_text(gzipped(""))), "ingest.empty");
  for (const std::string_view header :
       {"item,at,state", "item,at,state\n", "key,created,status\r\n",
        "number,incident_state,sys_updated_at,opened_at\n"}) {
    const Batch batch = value_of(read_text(header));
    EXPECT_EQ(batch.accepted, 0) << header;
    EXPECT_EQ(batch.tables.size(), 2u);
    EXPECT_EQ(batch.tables[0].rows(), 0u);
  }
}

TEST(ReadFile, TheFormatIsToldByTheContent) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"item,at,state\n", "events"},
      {"{\"item\":\"A\",\"at\":\"2026-01-01\",\"state\":\"x\"}\n", "events"},
      {"number,incident_state,sys_updated_at\n", "servicenow-audit"},
      {"Number,State,sys_updated_on,Opened_at\n", "servicenow-audit"},
      {"Ticket,Created\n", "tickets"},
      {" <log/>", "xes"},
  };
  for (const auto& [text, format] : cases)
    EXPECT_EQ(value_of(read_text(text)).format, format) << text;
}

TEST(ReadFile, WhatCannotBeReadSaysWhyAndWhatToDo) {
  struct Case {
    const char* name;
    std::string text, code, part;
    std::string format = "auto";
  };
  const Case cases[] = {
      {"missing column", "item,when,state\nA,2026-01-01,x\n", "ingest.missing_column",
       "no column 'at'"},
      {"misspelled column", "item,at,stat\nA,2026-01-01,x\n", "ingest.missing_column",
       "did you mean 'stat'?"},
      {"doubled column", "item,at,state,at\n", "ingest.doubled_column", "'at' 2 times"},
      {"doubled column of two lines", "item,\"a\nt\",state,at\n", "ingest.doubled_column",
       "'a?t' 2 times"},
      {"wrong delimiter", "item^at^state\nA^2026-01-01^x\n", "ingest.unknown_format",
       "'item^at^state'"},
      {"wrong delimiter, format said", "item^at^state\nA^2026-01-01^x\n", "ingest.missing_column",
       "no column 'item'", "events"},
      {"other table", "name,price\na,1\n", "ingest.unknown_format", "'name', 'price'"},
      {"no such format", "item,at,state\n", "ingest.unknown_format", "did you mean 'events'?",
       "event"},
      {"JSON array", "[{\"item\":\"A\"}]", "ingest.unknown_format", "one JSON array"},
      {"half a workbook", "PK\x03\x04rest", "ingest.workbook_damaged",
       "the end of the zip archive"},
      {"table said to be xes", "item,at,state\n", "ingest.unknown_format", "is not XML", "xes"},
      {"xml said to be tickets", "<log/>", "ingest.unknown_format", "is XML", "tickets"},
      {"open quote", "item,at,state\nA,2026-01-01,\"x\nB,2026-01-01,y\n", "csv.open_quote",
       "line 2"},
      {"NUL", std::string("item,at,state\nA,2026-01-01,x\0y\n", 31), "ingest.nul_byte", "line 2"},
      {"two date orders", "item,at,state\nA,13/1/2026,x\nA,1/14/2026,x\n", "ingest.two_date_orders",
       "(line 2)"},
      {"too wide", std::string(10'000, ',') + "\n", "csv.too_wide", "10000 columns"},
  };
  for (const Case& each : cases) {
    Options options;
    options.format = each.format;
    const auto read = read_text(each.text, options);
    ASSERT_FALSE(read.has_value()) << each.name;
    EXPECT_EQ(read.error().error.code, each.code)
        << each.name << ": " << read.error().error.message;
    EXPECT_TRUE(read.error().error.message.contains(each.part))
        << each.name << ": " << read.error().error.message;
    EXPECT_FALSE(read.error().error.hint.empty()) << each.name;
    EXPECT_EQ(exit_status(read.error().error.kind), 2) << each.name;
  }
}

TEST(ReadFile, AFieldOfManyMegabytesIsAnErrorNotMemory) {
  const std::string long_text(std::size_t{17} << 20, 'x');
  EXPECT_EQ(code_of(read_text("item,at,state\nA,2026-01-01," + long_text + "\n")), "csv.too_long");
  EXPECT_EQ(code_of(read_text("item,at,state\nA,2026-01-01,\"" + long_text + "\n")),
            "csv.open_quote");
  EXPECT_EQ(code_of(read_text("{\"item\":\"" + long_text + "\"}")), "ingest.line_too_long");
}

TEST(ReadFile, EncodingsAndWritingsGiveOneResult) {
  const std::string plain =
      "item,at,state\nA,2026-01-01T00:00Z,Pr\xC3\xBC"
      "fung\n";
  const std::vector<std::string> expected = {
      "A 2026-01-01T00:00:00Z Pr\xC3\xBC"
      "fung"};
  std::string wide = "\xFF\xFE";
  for (const char c : std::string("item\tat\tstate\r\nA\t2026-01-01T00:00Z\tPr\xFC"
                                  "fung\r\n"))
    (wide += c) += '\0';
  struct Case {
    std::string text, encoding;
    char delimiter;
  };
  for (const Case& each :
       {Case{plain, "UTF-8", ','}, Case{"\xEF\xBB\xBF" + plain, "UTF-8 with BOM", ','},
        Case{wide, "UTF-16LE", '\t'},
        Case{"item;at;state\rA;2026-01-01T00:00Z;Pr\xFC"
             "fung\r",
             "windows-1252", ';'},
        Case{gzipped("sep=|\n"
                     "item|at|state\nA|2026-01-01T00:00Z|\"Pr\xC3\xBC"
                     "fung\""),
             "UTF-8", '|'}}) {
    const Batch batch = value_of(read_text(each.text));
    EXPECT_EQ(events_of(batch), expected) << each.encoding;
    EXPECT_EQ(batch.encoding, each.encoding);
    EXPECT_EQ(batch.delimiter, each.delimiter);
    EXPECT_EQ(batch.bytes, static_cast<std::int64_t>(each.text.size()));
    EXPECT_EQ(batch.sha256, to_hex(sha256(each.text)));
    EXPECT_EQ(says(batch.warnings, "windows-1252"), each.encoding == "windows-1252");
  }
}

TEST(ReadFile, HandsOutTheBytesAsGiven) {
  const std::string text = gzipped("item,at,state\nA,2026-01-01T00:00Z,x\n");
  std::string raw;
  Options options;
  options.on_raw = [&](std::string_view block) -> Result<void> {
    raw += block;
    return {};
  };
  EXPECT_EQ(value_of(read_text(text, options)).accepted, 1);
  EXPECT_EQ(raw, text);
  EXPECT_EQ(code_of(read_text(text.substr(0, text.size() - 3))), "ingest.truncated");
  EXPECT_EQ(code_of(read_file("/nowhere.csv", {})), "ingest.unreadable");
}

TEST(ReadFile, BlanksBeforeEverythingTellTheSameInBlocksOfAnySize) {
  const std::string text = std::string(70'000, '\n') + "<log></log>";
  std::set<std::string> codes;
  for (const std::size_t block : {512u, 4096u, 1u << 17}) {
    Options options;
    options.block_bytes = block;
    codes.insert(code_of(read_text(text, options)));
  }
  EXPECT_EQ(codes.size(), 1u);
}

TEST(ReadFile, ATextOfItsOwnInEveryRowIsNoState) {
  std::string events = "item,at,state\n", tickets = "key,created,resolved,status\n";
  for (int i = 0; i < 10'000; ++i) {
    events += "A,2026-01-01,s" + std::to_string(i) + "\n";
    tickets += std::to_string(i) + ",2026-01-01,,s" + std::to_string(i) + "\n";
  }
  EXPECT_EQ(code_of(read_text(events)), "ok");
  EXPECT_EQ(code_of(read_text(tickets)), "ok");
  const auto refused = read_text(events + "A,2026-01-01,more\n");
  ASSERT_EQ(code_of(refused), "ingest.too_many_states");
  EXPECT_TRUE(refused.error().error.message.contains("has 10,001 different states, such as 's0'"));
  EXPECT_EQ(code_of(read_text(tickets + "more,2026-01-01,,more\n")), "ingest.too_many_states");
}

TEST(ReadFile, BlankRowsAreLeftOutAndSaid) {
  const Batch batch = value_of(read_text("item;at;state\nA;2026-01-01;x\n;;\n ; ;\n"));
  EXPECT_EQ(batch.accepted, 1);
  EXPECT_TRUE(says(batch.statements, "2 blank rows are left out"));
}
}  // namespace
}  // namespace tiebeam::ingest
