#include "ingest/column_words.h"

#include <gtest/gtest.h>

namespace tiebeam::ingest {
namespace {

TEST(ColumnWords, AreTheSameHoweverTheyAreJoinedAndAccented) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"created_at", "created at"},
      {"createdAt", "created at"},
      {"CreatedAt", "created at"},
      {"CREATED_AT", "created at"},
      {" Created  At ", "created at"},
      {"created-at", "created at"},
      {"created.at:", "created at"},
      {"Date/Time Opened", "date time opened"},
      {"Created At (UTC)", "created at utc"},
      {"Incident ID*+", "incident id"},
      {"TicketIDNumber", "ticket id number"},
      {"sys_updated_on", "sys updated on"},
      {"Eröffnungsdatum", "eroffnungsdatum"},
      {"ÖFFNUNGSDATUM", "offnungsdatum"},
      {"Schließdatum", "schliessdatum"},
      {"Re\xCC\x81solu", "resolu"},  // the accent behind its letter
      {"Date d\xE2\x80\x99ouverture", "date d'ouverture"},
      {"Closed\xC2\xA0"
       "at",
       "closed at"},
      {"dateÉchéance", "date echeance"},
      {"Ticket#", "ticket#"},
      {"N°", "n°"},
      {"создан", "создан"},
      {"__", ""},
      {"\xC3", "\xC3"},
      {"", ""},
  };
  for (const auto& [name, words] : cases) EXPECT_EQ(column_words(name), words) << name;
  EXPECT_EQ(column_key("TicketNummer"), column_key("ticketnummer"));
  EXPECT_EQ(column_key("value_stream"), "valuestream");
}

TEST(ColumnWords, OfALongTextAreNone) {
  for (const char c : {'a', 'A', '_'}) {
    EXPECT_EQ(column_words(std::string(kLongestName + 1, c)), "");
    EXPECT_EQ(column_key(std::string(kLongestName + 1, c)), "");
  }
  EXPECT_EQ(column_key(std::string(kLongestName, 'a')).size(), kLongestName);
}
}  // namespace
}  // namespace tiebeam::ingest
