#include "ingest/state_maps.h"

#include "ingest/state_words.h"
#include "ingest/test_support.h"
#include "model/state_map_toml.h"

namespace tiebeam::ingest {
namespace {

TEST(StateWords, TellTheClassInFiveLanguages) {
  using enum StateClass;
  const std::pair<std::string_view, StateClass> cases[] = {{"To Do", wait},
                                                           {"TODO", wait},
                                                           {"New", wait},
                                                           {"Open", wait},
                                                           {"Reopened", wait},
                                                           {"Backlog", backlog},
                                                           {"Product Backlog", backlog},
                                                           {"Selected for Development", wait},
                                                           {"Ready for Test", wait},
                                                           {"In Review", wait},
                                                           {"QA (old)", wait},
                                                           {"Waiting", wait},
                                                           {"Pending", wait},
                                                           {"Not started", wait},
                                                           {"In Progress", active},
                                                           {"In Development", active},
                                                           {"Testing", active},
                                                           {"Doing", active},
                                                           {"Blocked", blocked},
                                                           {"On Hold", blocked},
                                                           {"Waiting for customer", blocked},
                                                           {"Awaiting User Info", blocked},
                                                           {"Pending vendor", blocked},
                                                           {"Done", done},
                                                           {"Closed", done},
                                                           {"Resolved", done},
                                                           {"Complete", done},
                                                           {"Released", done},
                                                           {"Cancelled", cancelled},
                                                           {"Canceled", cancelled},
                                                           {"Rejected", cancelled},
                                                           {"Won't Do", cancelled},
                                                           {"Closed - duplicate", cancelled},
                                                           {"In Arbeit", active},
                                                           {"In Bearbeitung", active},
                                                           {"Erledigt", done},
                                                           {"Zu erledigen", wait},
                                                           {"Abgeschlossen", done},
                                                           {"Neu", wait},
                                                           {"Offen", wait},
                                                           {"Wartet auf Kunde", blocked},
                                                           {"Gel\xC3\xB6st", done},
                                                           {"Abgelehnt", cancelled},
                                                           {"Pr\xC3\xBC"
                                                            "fung",
                                                            wait},
                                                           {"Zur\xC3\xBC"
                                                            "ckgestellt",
                                                            blocked},
                                                           {"Termin\xC3\xA9", done},
                                                           {"En cours", active},
                                                           {"\xC3\x80 faire", wait},
                                                           {"En attente", wait},
                                                           {"R\xC3\xA9solu", done},
                                                           {"Annul\xC3\xA9", cancelled},
                                                           {"En curso", active},
                                                           {"Hecho", done},
                                                           {"Por hacer", wait},
                                                           {"Cerrado", done},
                                                           {"Gereed", done},
                                                           {"In behandeling", active},
                                                           {"Te doen", wait},
                                                           {"Accepted+Wait", wait},
                                                           {"Completed+Closed", done},
                                                           {"Queued+Awaiting Assignment", wait},
                                                           {"Accepted+In Progress", active}};
  for (const auto& [state, meaning] : cases) {
    const auto guess = guess_state(state);
    ASSERT_TRUE(guess.has_value()) << state;
    EXPECT_EQ(state_class_name(guess->meaning), state_class_name(meaning))
        << state << " by " << guess->word;
  }
  for (const std::string_view state : {"Foo", "-100", "", "Not done", "Unresolved", "Incomplete",
                                       "Nicht erledigt", "Unmatched+Unmatched"})
    EXPECT_FALSE(guess_state(state).has_value())
        << state << " by " << (guess_state(state) ? guess_state(state)->word : "");
}

TEST(StateMaps, WithAGivenMapNothingIsGuessed) {
  Options options;
  options.state_map = *parse_state_map("[states]\nOpen = \"active\"\n");
  const Batch batch = value_of(read_text(
      "item,at,state\nA,2026-01-01,Open\nA,2026-01-02,Done\nA,2026-01-03,Done\n", options));
  EXPECT_FALSE(batch.state_map_is_guess);
  EXPECT_EQ(batch.state_map.version, options.state_map->version);
  ASSERT_EQ(batch.states.size(), 2u);
  EXPECT_EQ(batch.states[0].state, "Done");
  EXPECT_EQ(batch.states[0].reason, "unmapped");
  EXPECT_EQ(batch.states[1].reason, "in the map");
  EXPECT_EQ(batch.states[1].meaning, StateClass::active);
  EXPECT_EQ(batch.state_map.class_of("Done"), std::nullopt);
  EXPECT_TRUE(says(batch.warnings, "1 state is in no state map, 2 events are of them: 'Done'"));
}

TEST(StateMaps, AGuessIsSaidStateByState) {
  const Batch batch =
      value_of(read_text("item,at,state\nA,2026-01-01,Open\nA,2026-01-02,Zorp\nA,2026-01-03,"
                         "Done\nB,2026-01-01,Cancelled\nA,2026-01-04,Reopened\n"));
  EXPECT_TRUE(batch.state_map_is_guess);
  EXPECT_TRUE(says(batch.statements, "state 'Open' is read as wait (guessed: contains 'open')"));
  EXPECT_TRUE(says(batch.warnings, "the meaning of 4 states is guessed"));
  EXPECT_TRUE(says(batch.warnings, "1 state is in no state map, 1 event is of them: 'Zorp'"));
  EXPECT_EQ(batch.state_map.class_of("Zorp"), std::nullopt);
  EXPECT_EQ(batch.state_map.class_of("Cancelled"), StateClass::cancelled);
  EXPECT_EQ(batch.state_map.class_of("Reopened"), StateClass::wait);
  EXPECT_EQ(batch.state_map.version, state_map_version(batch.state_map));
}

TEST(StateMaps, BuiltInMapsSayWhatTheContractSays) {
  const auto map = builtin_state_map("servicenow-audit");
  ASSERT_TRUE(map.has_value());
  EXPECT_EQ(to_toml(*map),
            "order = [\"New\", \"Active\", \"Resolved\", \"Closed\"]\n\n[states]\n\"Active\" = "
            "\"active\"\n\"Awaiting *\" = \"blocked\"\n\"Closed\" = \"done\"\n"
            "\"New\" = \"wait\"\n\"Resolved\" = \"wait\"\n\n[policy]\nfinish = "
            "\"last_done\"\nreopen_grace_days = 7\n");
  EXPECT_FALSE(builtin_state_map("events").has_value());
}
}  // namespace
}  // namespace tiebeam::ingest
