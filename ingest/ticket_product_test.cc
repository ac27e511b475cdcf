// Exports as products write them; the columns are those of docs/format/tickets.md.
#include "ingest/ticket_product.h"

#include "ingest/repeated_columns.h"
#include "ingest/test_support.h"

namespace tiebeam::ingest {
namespace {

std::string role_of(const Batch& batch, std::string_view column) {
  const auto found = std::ranges::find(batch.columns, column, &ColumnUse::name);
  return found == batch.columns.end() ? "no such column" : found->role;
}

TEST(Products, JiraWithItsRepeatedColumns) {
  const Batch batch = value_of(read_text(
      "Summary,Issue key,Issue id,Issue Type,Status,Project key,Priority,Resolution,Assignee,"
      "Reporter,Creator,Created,Updated,Last Viewed,Resolved,Due date,Labels,Labels,Sprint,Sprint,"
      "Comment,Comment,Status Category\r\n"
      "\"Broken, again\",AB-1,10001,Bug,Done,AB,High,Done,Ann,Bob,Bob,21/Nov/26 7:00 AM,22/Nov/26 "
      "9:00 AM,23/Nov/26 9:00 AM,22/Nov/26 7:00 PM,,x,y,S 1,S 2,21/Nov/26 8:00 AM;ann;first; and "
      "more,\"22/Nov/26 8:00 AM;bob;two\nlines\",Done\r\n"
      "Slow,AB-2,10002,Task,To Do,AB,Low,,,Bob,Bob,22/Nov/26 7:00 AM,22/Nov/26 7:00 AM,,,,x,,,,"
      "no date here,,To Do\r\n"));
  EXPECT_EQ(events_of(batch), (std::vector<std::string>{"AB-1 2026-11-21T07:00:00Z Created",
                                                        "AB-1 2026-11-22T19:00:00Z Done",
                                                        "AB-2 2026-11-22T07:00:00Z Created"}));
  EXPECT_TRUE(says(batch.statements, "the columns are those of an export of Jira"));
  EXPECT_TRUE(says(batch.warnings,
                   "cycle time, waiting and handoffs are not measurable; ask Jira "
                   "for it (GET /rest/api/3/issue/KEY/changelog)"));
  EXPECT_TRUE(says(batch.statements,
                   "the 2 columns 'Labels' together hold 3 values, 2 different, on 2 tickets"));
  EXPECT_TRUE(says(batch.statements, "the 2 columns 'Sprint' together hold 2 values"));
  EXPECT_TRUE(says(batch.statements,
                   "the 2 columns 'Comment' together hold 3 comments by 2 people "
                   "on 2 tickets; 1 does not begin with date;author;"));
  EXPECT_EQ(role_of(batch, "Labels"), "labels");
  EXPECT_EQ(role_of(batch, "Last Viewed"), "");
  EXPECT_EQ(batch.dates[0].order, "day-first");
}

TEST(Products, CommentsArePartedAtTheirFirstTwoSigns) {
  const auto comment = split_comment("21/Nov/26 7:00 AM; ann ;one; two;three");
  ASSERT_TRUE(comment);
  EXPECT_EQ(comment->date, "21/Nov/26 7:00 AM");
  EXPECT_EQ(comment->author, "ann");
  EXPECT_EQ(comment->body, "one; two;three");
  for (const char* odd : {"", "text", "a;b;c", "21/Nov/26 7:00 AM;ann"})
    EXPECT_FALSE(split_comment(odd)) << odd;
}

TEST(Products, JiraInGermanFrenchSpanishAndDutchDates) {
  const Batch batch = value_of(read_text(
      "Zusammenfassung,Vorgangsschlüssel,Vorgangs-ID,Vorgangstyp,Status,Priorität,Lösung,"
      "Zugewiesene Person,Erstellt,Aktualisiert,Zuletzt angezeigt,Erledigt,Stimmen\n"
      "Drucker,AB-1,1,Fehler,Fertig,Hoch,Erledigt,Ann,01.Dez.26 7:00 AM,,,02.Dez.26 7:00 PM,0\n"));
  EXPECT_TRUE(says(batch.statements, "an export of Jira"));
  EXPECT_EQ(events_of(batch)[1], "AB-1 2026-12-02T19:00:00Z Fertig");
  for (const char* date :
       {"21/nov./26 7:00 AM", "21/novembre/26 7:00 AM", "21/Nov/26 7:00 AM",
        "21/noviembre/26 7:00 a. m.", "21-nov-26 07:00", "21. November 2026 07:00"})
    EXPECT_EQ(events_of(value_of(read_text("key;created\n1;" + std::string(date) + "\n")))[0],
              "1 2026-11-21T07:00:00Z Created")
        << date;
}

TEST(Products, GlpiWithItsClosingSemicolon) {
  const Batch batch = value_of(read_text(
      "\"ID\";\"Title\";\"Priority\";\"Requester - Requester\";\"Status\";\"Assigned To - "
      "Technician\";\"Category\";\"Opening Date\";\"Last Update\";\"Closing Date\";\"Resolution "
      "Date\";\n"
      "\"1 234\";\"Printer\";\"Medium\";\"Ann\";\"Solved\";\"Bob\";\"Hardware\";\"13-01-2026 "
      "08:00\";\"15-01-2026 08:00\";\"\";\"14-01-2026 09:30\";\n"));
  EXPECT_TRUE(says(batch.statements, "an export of GLPI"));
  EXPECT_EQ(events_of(batch)[1], "1234 2026-01-14T09:30:00Z Solved");
  EXPECT_EQ(role_of(batch, "Assigned To - Technician"), "assignee");
}

TEST(Products, GlpiInFrench) {
  const Batch batch =
      value_of(read_text("\xEF\xBB\xBF\"ID\";\"Titre\";\"Statut\";\"Attribu\xC3\xA9 \xC3\xA0 - "
                         "Technicien\";\"Attribu\xC3\xA9 "
                         "\xC3\xA0 - Groupe de techniciens\";\"Date "
                         "d'ouverture\";\"Derni\xC3\xA8re modification\";\"Date de "
                         "r\xC3\xA9solution\"\n"
                         "\"5\xC2\xA0"
                         "732\xC2\xA0"
                         "943\";\"Panne\";\"R\xC3\xA9solu\";\"Ann\nBob\";\"Support\";\"05-01-2026 "
                         "16:24\";\"13-01-2026 16:24\";\"06-01-2026 09:00\"\n"));
  EXPECT_TRUE(says(batch.statements, "an export of GLPI"));
  EXPECT_EQ(events_of(batch)[1], "5732943 2026-01-06T09:00:00Z R\xC3\xA9solu");
  EXPECT_EQ(text_at(batch.tables[0], "assignee", 0), "Ann");
  EXPECT_TRUE(says(batch.statements, "1 team or assignee holds several names, one a line"));
}

TEST(Products, OnlyNumbersLoseTheirGrouping) {
  std::string scratch;
  for (const char* key : {"A 123", "12 34", "1234 567", "1  234", "123", "1 234 ", ""})
    EXPECT_EQ(without_grouping(key, scratch), key);
  EXPECT_EQ(without_grouping("1 234 567", scratch), "1234567");
}

TEST(Products, FreshdeskServiceNowAndAutotask) {
  const Batch fresh = value_of(
      read_text("Ticket Id,Subject,Status,Priority,Source,Customer,Requester,Agent,Group,Created "
                "Time,Due by Time,Resolved Time\n"
                "1,Slow,Closed,Low,Email,ACME,Ann,Bob,Desk,2026-01-02 08:00:00,2026-01-09 "
                "08:00:00,2026-01-03 08:00:00\n"));
  EXPECT_TRUE(says(fresh.statements, "an export of Freshdesk or Freshservice"));
  EXPECT_EQ(events_of(fresh)[1], "1 2026-01-03T08:00:00Z Closed");
  const Batch now = value_of(
      read_text("Number,Opened,Short description,Caller,Priority,State,Category,Assignment "
                "group,Assigned to,Updated,Resolved\n"
                "INC1,2026-01-02 08:00:00,Slow,Ann,3 - Moderate,Resolved,Network,Desk,Bob,"
                "2026-01-04 08:00:00,2026-01-03 08:00:00\n"));
  EXPECT_TRUE(says(now.statements, "an export of ServiceNow"));
  EXPECT_EQ(events_of(now)[1], "INC1 2026-01-03T08:00:00Z Resolved");
  EXPECT_EQ(role_of(now, "Updated"), "");
  EXPECT_EQ(product_of({"Ticket Number", "Create Date/Time", "External (Legacy) Ticket ID"})->name,
            "Autotask");
  EXPECT_EQ(product_of({"Issue key", "Created"}), nullptr);
}

}  // namespace
}  // namespace tiebeam::ingest
