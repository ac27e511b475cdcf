#include "ingest/ticket_names.h"

#include "ingest/test_support.h"

namespace tiebeam::ingest {
namespace {

// What a list of one finished ticket becomes: created on 2 January, resolved on the 3rd or, without
// that, closed on the 4th; changed on the 9th, due on the 8th.
struct Product {
  const char* name;
  std::string_view header;
  std::string_view row;
  std::string_view end = "2026-01-03";
};

TEST(TicketNames, OfProductsAreKnown) {
  const Product products[] = {
      {"ServiceNow",
       "number,short_description,caller_id,priority,state,category,assignment_group,assigned_to,"
       "opened_at,resolved_at,closed_at,sys_updated_on",
       "T1,a,b,3 - Moderate,Closed,c,d,e,2026-01-02,2026-01-03,2026-01-04,2026-01-09"},
      {"GitHub", "number,title,state,created_at,updated_at,closed_at",
       "T1,a,closed,2026-01-02,2026-01-09,2026-01-04", "2026-01-04"},
      {"GitLab API", "iid,title,state,created_at,updated_at,closed_at,due_date",
       "T1,a,closed,2026-01-02T00:00:00.000Z,2026-01-09T00:00:00.000Z,2026-01-04T00:00:00.000Z,"
       "2026-01-08",
       "2026-01-04"},
      {"GitLab export", "Title,Issue ID,State,Created At (UTC),Updated At (UTC),Closed At (UTC)",
       "a,T1,Closed,2026-01-02 00:00:00,2026-01-09 00:00:00,2026-01-04 00:00:00", "2026-01-04"},
      {"camel case", "id,createdAt,updatedAt,resolvedAt", "T1,2026-01-02,2026-01-09,2026-01-03"},
      {"kebab case", "ticket-id,created-at,closed-at", "T1,2026-01-02,2026-01-04", "2026-01-04"},
      {"capitals", "KEY,CREATED_AT,CLOSED_AT", "T1,2026-01-02,2026-01-04", "2026-01-04"},
      {"Salesforce, number", "CaseNumber,CreatedDate,ClosedDate,LastModifiedDate,Status",
       "T1,2026-01-02,2026-01-04,2026-01-09,Closed", "2026-01-04"},
      {"Salesforce, id", "Id,Subject,CreatedDate,ClosedDate,SystemModstamp",
       "T1,a,2026-01-02T00:00:00.000+0000,2026-01-04T00:00:00.000+0000,"
       "2026-01-09T00:00:00.000+0000",
       "2026-01-04"},
      {"Salesforce report", "Case Number,Date/Time Opened,Date/Time Closed,Status",
       "T1,2026-01-02,2026-01-04,Closed", "2026-01-04"},
      {"Dynamics", "Case Number,Created On,Resolved On,Modified On",
       "T1,2026-01-02,2026-01-03,2026-01-09"},
      {"ManageEngine", "Request ID,Subject,Created Time,DueBy Time,Completed Time,Request Status",
       "T1,a,2026-01-02,2026-01-08,2026-01-04,Closed", "2026-01-04"},
      {"Autotask", "Ticket Number,Ticket Title,Create Date,Due Date,Complete Date,Status",
       "T1,a,2026-01-02,2026-01-08,2026-01-04,Complete", "2026-01-04"},
      {"OTRS", "Ticket#,Created,Changed,Close Time,State,Queue",
       "T1,2026-01-02,2026-01-09,2026-01-04,closed successful,a", "2026-01-04"},
      {"GLPI, English", "ID;Title;Status;Last update;Opening date;Solution date;Closing date",
       "T1;a;Closed;2026-01-09;2026-01-02;2026-01-03;2026-01-04"},
      {"GLPI, German",
       "ID;Titel;Status;Letzte Änderung;Eröffnungsdatum;Lösungsdatum;Abschlussdatum",
       "T1;a;Geschlossen;2026-01-09;2026-01-02;2026-01-03;2026-01-04"},
      {"GLPI, French",
       "ID;Titre;Statut;Dernière modification;Date d'ouverture;Date de résolution;Date de clôture",
       "T1;a;Clos;2026-01-09;2026-01-02;2026-01-03;2026-01-04"},
      {"French, typographic", "ID;Date d’ouverture;Date de clôture", "T1;2026-01-02;2026-01-04",
       "2026-01-04"},
      {"GLPI, Spanish",
       "ID;Título;Última actualización;Fecha de apertura;Fecha de solución;Fecha de cierre",
       "T1;a;2026-01-09;2026-01-02;2026-01-03;2026-01-04"},
      {"without accents", "ID;Fecha de apertura;Fecha de solucion", "T1;2026-01-02;2026-01-03"},
      {"TOPdesk", "Meldingnummer;Aanmelddatum;Gereeddatum;Afgemeld;Wijzigingsdatum",
       "T1;2026-01-02;2026-01-03;2026-01-04;2026-01-09"},
      {"TOPdesk, with marks", "Meldingnummer;Aanmelddatum;Gereed;Afgemeld;Datum afgemeld",
       "T1;2026-01-02;Ja;Nee;2026-01-04", "2026-01-04"},
      {"Freshservice", "Ticket Id,Created Time,Ticket Closed Time,Last Updated Time",
       "T1,2026-01-02,2026-01-04,2026-01-09", "2026-01-04"},
      {"BMC", "Incident ID*+,Reported Date,Last Resolved Date,Last Modified Date,Status*",
       "T1,2026-01-02,2026-01-03,2026-01-09,Resolved"},
      {"Ivanti", "Incident Number,CreatedDateTime,ResolvedDateTime,ClosedDateTime,LastModDateTime",
       "T1,2026-01-02,2026-01-03,2026-01-04,2026-01-09"},
      {"Zendesk", "ID,Requester,Created at,Updated at,Solved at,Status",
       "T1,a,2026-01-02,2026-01-09,2026-01-03,Solved"},
      {"one word in capitals and small", "TicketNummer;ErstelltAm;GeschlossenAm",
       "T1;2026-01-02;2026-01-04", "2026-01-04"},
  };
  for (const Product& each : products) {
    const auto read = read_text(std::string(each.header) + "\n" + std::string(each.row) + "\n");
    ASSERT_EQ(code_of(read), "ok") << each.name << ": " << (read ? "" : read.error().error.message);
    EXPECT_EQ(read->format, "tickets") << each.name;
    const auto events = events_of(*read);
    ASSERT_EQ(events.size(), 2u) << each.name;
    EXPECT_EQ(events[0], "T1 2026-01-02T00:00:00Z Created") << each.name;
    EXPECT_TRUE(events[1].starts_with("T1 " + std::string(each.end) + "T00:00:00Z"))
        << each.name << ": " << events[1];
    EXPECT_FALSE(says(read->warnings, "is read as")) << each.name << ": by name, not by content";
  }
}

TEST(TicketNames, OfTheLastChangeAndTheDueDateAreNoCreationAndNoEnd) {
  for (const std::string_view name : {"updated_at",
                                      "UpdatedAt",
                                      "sys_updated_on",
                                      "Last update",
                                      "LastModifiedDate",
                                      "Modified On",
                                      "Last Modified Date",
                                      "Changed",
                                      "Last activity date",
                                      "Letzte Änderung",
                                      "Geändert am",
                                      "Änderungsdatum",
                                      "Aktualisiert",
                                      "Zuletzt bearbeitet",
                                      "Mis à jour le",
                                      "Dernière modification",
                                      "Modifié le",
                                      "Última actualización",
                                      "Fecha de modificación",
                                      "Gewijzigd op",
                                      "Laatste wijziging",
                                      "Wijzigingsdatum",
                                      "Bijgewerkt op",
                                      "Due date",
                                      "dueDate",
                                      "Fällig am",
                                      "Échéance",
                                      "Fecha de vencimiento",
                                      "Streefdatum"}) {
    EXPECT_TRUE(is_other_date(name)) << name;
    Options options;
    options.format = "tickets";
    EXPECT_EQ(code_of(read_text("key," + std::string(name) + "\n1,2026-01-02\n", options)),
              "ingest.missing_column")
        << name;
    const Batch batch =
        value_of(read_text("key,created," + std::string(name) + "\n1,2026-01-02,2026-01-09\n"));
    EXPECT_EQ(batch.tables[0].rows(), 1u) << name;
  }
  for (const std::string_view name : {"created", "Last Resolved Date", "Residue date", "Closed",
                                      "Date de clôture", "Lösungsdatum", "Foo", ""})
    EXPECT_FALSE(is_other_date(name)) << name;
}

TEST(TicketNames, AnEndIsNeverTakenForTheCreation) {
  EXPECT_EQ(code_of(read_text("key,Foo,closed\n1,x,2026-01-02\n")), "ingest.missing_column");
}

TEST(TicketNames, OneNameWrittenTwiceIsRefusedWhenItIsRead) {
  EXPECT_EQ(code_of(read_text("key,created_at,Created At\n1,2026-01-02,2026-01-03\n")),
            "ingest.doubled_column");
}
}  // namespace
}  // namespace tiebeam::ingest
