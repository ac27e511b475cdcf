#include "ingest/column_names.h"

#include "ingest/test_support.h"

namespace tiebeam::ingest {
namespace {

// "Name@1x2 role (evidence) a|b", one per column.
std::vector<std::string> told(const std::vector<ColumnUse>& columns) {
  std::vector<std::string> out;
  for (const ColumnUse& each : columns) {
    std::string text = each.name + "@" + std::to_string(each.position) + "x" +
                       std::to_string(each.times) + " " + each.role + " (" + each.evidence + ")";
    for (const std::string& example : each.examples) text += " " + example;
    out.push_back(text);
  }
  return out;
}
std::vector<std::string> told(const std::vector<DatesRead>& dates) {
  std::vector<std::string> out;
  for (const DatesRead& each : dates)
    out.push_back(each.column + " " + each.order + (each.is_open ? " open" : "") + ": " +
                  each.evidence);
  return out;
}

Options choosing(ColumnChoices choices) {
  Options out;
  out.columns = std::move(choices);
  return out;
}

TEST(Columns, AreToldWithRoleEvidenceAndExamples) {
  const Batch batch =
      value_of(read_text("Issue key,Issue id,Created,Updated,Resolved,Labels,Labels,Rank\n"
                         "AB-1,1,2026-01-02,2026-01-09,2026-01-03,x,,0|a\n"
                         "AB-2,2,2026-01-02,2026-01-09,,y,z,0|b\n"
                         "AB-3,3,2026-01-04,2026-01-09,,,,\n"));
  EXPECT_EQ(told(batch.columns),
            (std::vector<std::string>{
                "Issue key@1x1 key (its name) AB-1 AB-2 AB-3",
                "Issue id@2x1  ('Issue key' is read as key) 1 2 3",
                "Created@3x1 created (its name) 2026-01-02 2026-01-04",
                "Updated@4x1  (its name says when a ticket last changed, or is due) 2026-01-09",
                "Resolved@5x1 resolved (its name) 2026-01-03", "Labels@6x2 labels (its name) x y z",
                "Rank@8x1  (its name is none that is read) 0|a 0|b"}));
}

TEST(Columns, OfEveryTableAreTold) {
  const Batch events = value_of(read_text("item,at,state,x\nA,2026-01-02,New,1\n"));
  EXPECT_EQ(events.columns[1].role, "at");
  EXPECT_EQ(events.columns[3].role, "");
  const Batch audit =
      value_of(read_text("number,incident_state,sys_updated_at,sys_mod_count,closed_at\n"
                         "I1,New,2/1/2026 08:00,0,13/1/2026 08:00\n"));
  EXPECT_EQ(audit.format, "servicenow-audit");
  EXPECT_EQ(audit.columns[2].role, "sys_updated_at");
  EXPECT_EQ(audit.columns[4].role, "") << "its final value stands on every row";
  EXPECT_EQ(told(audit.dates),
            (std::vector<std::string>{
                "sys_updated_at day-first: servicenow-audit exports are written so"}));
  const Batch runs = value_of(read_text("deployment_id,finished_at\nd1,2026-01-02\n"));
  EXPECT_EQ(runs.columns[0].role, "deployment");
  EXPECT_EQ(told(runs.dates),
            (std::vector<std::string>{"finished_at year-first: 1 value begins with the year"}));
}

TEST(Columns, WhatWasFoundIsToldOfARefusedFileToo) {
  const auto read = read_text("Foo;Bar;Baz\n1;2;3\n");
  ASSERT_EQ(code_of(read), "ingest.unknown_format");
  const Batch& found = read.error().so_far;
  ASSERT_EQ(found.columns.size(), 3u);
  EXPECT_EQ(found.columns[2].examples, (std::vector<std::string>{"3"}));
  EXPECT_EQ(found.delimiter, ';');
  EXPECT_EQ(found.encoding, "UTF-8");
}

TEST(ColumnChoices, WinOverNamesAndContent) {
  const std::string_view text =
      "Issue key,Opened by,Created,Done on\nA-1,2026-01-02,2026-02-02,2026-01-05\n";
  const Batch batch = value_of(read_text(
      text, choosing({{"Opened by", "created"}, {"Done on", "closed"}, {"Issue key", "key"}})));
  EXPECT_EQ(events_of(batch), (std::vector<std::string>{"A-1 2026-01-02T00:00:00Z Created",
                                                        "A-1 2026-01-05T00:00:00Z Closed"}));
  EXPECT_EQ(told(batch.columns)[1], "Opened by@2x1 created (chosen by you) 2026-01-02");
  EXPECT_EQ(told(batch.columns)[2], "Created@3x1  (you chose 'Opened by' for created) 2026-02-02");
}

TEST(ColumnChoices, DecideTheFormat) {
  const std::string_view text = "Foo,Bar\nT-1,2026-01-02\n";
  EXPECT_EQ(code_of(read_text(text)), "ingest.unknown_format");
  EXPECT_EQ(value_of(read_text(text, choosing({{"Foo", "key"}, {"Bar", "created"}}))).format,
            "tickets");
}

TEST(ColumnChoices, LeaveColumnsOut) {
  const std::string_view text = "key,created,closed,resolved\n1,2026-01-02,2026-01-09,2026-01-05\n";
  const Batch batch = value_of(read_text(text, choosing({{"resolved", ""}})));
  EXPECT_EQ(events_of(batch)[1], "1 2026-01-09T00:00:00Z Closed");
  EXPECT_EQ(batch.columns[3].evidence, "left out by you");
  EXPECT_EQ(code_of(read_text(text, choosing({{"created", ""}, {"closed", ""}, {"resolved", ""}}))),
            "ingest.missing_column")
      << "a column that was left out is not taken by its content either";
}

TEST(ColumnChoices, SettleADoubledColumn) {
  const std::string_view text = "key,created,created\n1,2026-01-02,2026-03-02\n";
  EXPECT_EQ(code_of(read_text(text)), "ingest.doubled_column");
  EXPECT_EQ(events_of(value_of(read_text(text, choosing({{"created", "created"}}))))[0],
            "1 2026-01-02T00:00:00Z Created");
}

TEST(ColumnChoices, ThatMeanNothingAreRefused) {
  const std::string_view text = "key,created\n1,2026-01-02\n";
  EXPECT_EQ(code_of(read_text(text, choosing({{"keys", "key"}}))), "ingest.missing_column");
  EXPECT_EQ(code_of(read_text(text, choosing({{"key", "kee"}}))), "ingest.unknown_role");
  EXPECT_EQ(code_of(read_text(text, choosing({{"key", "seq"}}))), "ingest.unknown_role")
      << "a role of events, not of tickets";
  EXPECT_EQ(code_of(read_text(text, choosing({{"key", "key"}, {"created", "key"}}))),
            "ingest.bad_option");
  EXPECT_EQ(code_of(read_text("{\"item\":\"1\"}\n", choosing({{"item", "item"}}))),
            "ingest.missing_column");
}

TEST(DatesRead, SayOrderAndEvidenceOfEachColumn) {
  struct Case {
    std::string_view created, closed, told;
  };
  for (const Case& each : {Case{"2026-01-02", "",
                                "created year-first: in the dates of the file, 1 value begins with "
                                "the year"},
                           Case{"2/1/2026", "13/1/2026",
                                "created day-first: in the dates of the file, 1 value has a "
                                "day above 12, such as '13/1/2026'"},
                           Case{"1/2/2026", "1/13/2026",
                                "created month-first: in the dates of the file, 1 value has "
                                "a day above 12, such as '1/13/2026'"},
                           Case{"2/Nov/26", "3/Nov/26",
                                "created day-first: in the dates of the file, 2 values give "
                                "the month by name"},
                           Case{"Nov 2, 2026", "Nov 3, 2026",
                                "created month-first: in the dates of the file, 2 "
                                "values give the month by name"},
                           Case{"2.1.2026", "3.1.2026",
                                "created day-first: in the dates of the file, dates with dots "
                                "are"},
                           Case{"1/1/2026", "2/2/2026",
                                "created day-first: in the dates of the file, day and month "
                                "are the same number in all values"},
                           Case{"2/1/2026", "3/1/2026",
                                "created day-first open: in the dates of the file, 2 values "
                                "can be read both ways and none decides"}}) {
    const Batch batch = value_of(read_text("key;created;closed\n1;" + std::string(each.created) +
                                           ";" + std::string(each.closed) + "\n"));
    ASSERT_EQ(batch.dates.size(), 2u) << each.told;
    EXPECT_EQ(told(batch.dates)[0], each.told);
    EXPECT_EQ(batch.dates[1].column, "closed");
  }
}

TEST(DatesRead, AreNotOpenOnceSomebodySaidTheirOrder) {
  Options options;
  options.date_order = "month-first";
  const Batch batch = value_of(read_text("key,created\n1,2/1/2026\n", options));
  EXPECT_EQ(told(batch.dates), (std::vector<std::string>{"created month-first: so it was said"}));
}

TEST(Said, DelimiterAndEncodingWinOverTheEvidence) {
  Options options;
  options.delimiter = ';';
  const Batch batch = value_of(read_text("key;created;a,b\n1;2026-01-02;x,y\n", options));
  EXPECT_EQ(batch.columns[2].name, "a,b");
  EXPECT_TRUE(says(batch.statements, "separated by semicolon, as was said"));
  Options latin;
  latin.encoding = "windows-1252";
  const Batch mixed =
      value_of(read_text("key,created,title\n1,2026-01-02,Gr\xC3\xBC\xDF\n", latin));
  EXPECT_EQ(text_at(mixed.tables[1], "title", 0), "Gr\xC3\x83\xC2\xBC\xC3\x9F");
  EXPECT_TRUE(says(mixed.statements, "read as windows-1252, as was said"));
  EXPECT_FALSE(says(mixed.warnings, "windows-1252"));
  Options utf8;
  utf8.encoding = "UTF-8";
  EXPECT_EQ(code_of(read_text("key,created,title\n1,2026-01-02,Gr\xFC\xDF\n", utf8)),
            "ingest.bad_encoding");
  Options wide;
  wide.encoding = "UTF-16LE";
  std::string text;
  for (const char c : std::string_view("key\tcreated\n1\t2026-01-02\n")) text += {c, '\0'};
  EXPECT_EQ(value_of(read_text(text, wide)).encoding, "UTF-16LE");
  Options unknown;
  unknown.encoding = "EBCDIC";
  EXPECT_EQ(code_of(read_text("key,created\n", unknown)), "ingest.bad_option");
}

TEST(Said, DelimitersHaveNames) {
  EXPECT_EQ(delimiter_said("tab").value(), '\t');
  EXPECT_EQ(delimiter_said("\\t").value(), '\t');
  EXPECT_EQ(delimiter_said("Semicolon").value(), ';');
  EXPECT_EQ(delimiter_said("^").value(), '^');
  for (const std::string_view bad : {"", "a", "1", "\"", "\n", "::"})
    EXPECT_FALSE(delimiter_said(bad).has_value()) << bad;
}

}  // namespace
}  // namespace tiebeam::ingest
