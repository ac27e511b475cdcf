// Erasing a person leaves the chain whole and the name nowhere.
#include "store/mask.h"
#include "store/raw_source.h"
#include "store/test_support.h"

namespace tiebeam::store::test {
namespace {

class Erasing : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    ASSERT_TRUE(write({add("person", "a-lee"), add("person", "bo")}));
    ASSERT_TRUE(write({set("person", "a-lee", "name", "Ann Lee")}));
    ASSERT_TRUE(
        write({add("thing", "t",
                   {{"words", "asked Ann Lee, not Ann Leeds"},
                    {"maker", "a-lee"},
                    {"helpers", std::vector<std::string>{"a-lee", "bo"}},
                    {"marks", std::vector<std::string>{"with A. Lee"}}}),
               add("link", "l", {{"from", "person/a-lee"}, {"kind", "owns"}, {"to", "thing/t"}})}));
    ASSERT_TRUE(store_->write({"Ann Lee", minute(40), "test", "", {add("thing", "u")}}));
    ASSERT_TRUE(import_table(visits(0, 10), "key;who\n1;Ann Lee\n2;Ann Leeds\n3;\"A. Lee\"\n"));
  }
  void erase() {
    const auto gone = store_->erase_person("a-lee", {"A. Lee"}, "dpo", minute(60));
    ASSERT_TRUE(gone) << said(gone);
    EXPECT_GT(*gone, 8);
  }
};

TEST_F(Erasing, TakesTheRecordAndEveryTieToIt) {
  erase();
  const auto snapshot = loaded();
  EXPECT_EQ(snapshot->find("person", "a-lee"), nullptr);
  EXPECT_EQ(snapshot->find("link", "l"), nullptr);
  const Thing thing = to_struct<Thing>(*snapshot->find("thing", "t"));
  EXPECT_EQ(thing.words, "asked xxxxxxx, not Ann Leeds");
  EXPECT_TRUE(thing.maker.empty());
  EXPECT_EQ(thing.helpers, std::vector{Id<"person">("bo")});
  EXPECT_EQ(thing.marks, std::vector<std::string>{"with xxxxxx"});
  EXPECT_EQ(raw_of("imp_000001"), "key;who\n1;xxxxxxx\n2;Ann Leeds\n3;\"xxxxxx\"\n");
}

TEST_F(Erasing, KeepsTheChainAndEarlierStates) {
  erase();
  expect_sound();
  reopen();
  expect_sound();
  const std::int64_t last = store_->last_seq().value();
  for (std::int64_t seq = 0; seq <= last; ++seq) {
    const auto then = store_->load(seq);
    ASSERT_TRUE(then) << said(then);
    EXPECT_EQ((*then)->find("person", "a-lee"), nullptr) << seq;
  }
  ASSERT_TRUE(write({add("thing", "v")}));
  EXPECT_EQ(loaded(last)->records, [&] {
    auto now = loaded()->records;
    std::erase_if(now["thing"], [](const Record& each) { return each.id() == "v"; });
    return now;
  }());
}

TEST_F(Erasing, LeavesNoByteOfTheNameInTheFile) {
  EXPECT_NE((file_bytes(path()) + file_bytes(path() + "-wal")).find("Ann Lee,"), std::string::npos);
  erase();
  std::string all = file_bytes(path()) + file_bytes(path() + "-wal");
  for (std::size_t at = all.find("Ann Leeds"); at != std::string::npos;
       at = all.find("Ann Leeds")) {
    all.replace(at, 9, 9, '.');
  }
  for (const char* word : {"Ann Lee", "a-lee", "A. Lee"}) {
    EXPECT_EQ(all.find(word), std::string::npos) << word;
  }
}

TEST_F(Erasing, IsJournaledWithoutNamingThePerson) {
  const std::int64_t before = store_->last_seq().value();
  erase();
  const auto entries = store_->journal(1, 1000);
  ASSERT_TRUE(entries);
  EXPECT_EQ((*entries)[0].id, "erased");
  for (const FieldChange& change : (*entries)[0].fields) EXPECT_TRUE(change.erased) << change.field;
  bool has_removal = false;
  for (const JournalEntry& entry : *entries) {
    EXPECT_NE(entry.actor, "Ann Lee");
    if (entry.seq <= before) continue;
    EXPECT_EQ(entry.command, "person.erase");
    EXPECT_EQ(entry.actor, "dpo");
    has_removal =
        has_removal || (entry.type == "person" && entry.op == Op::remove && entry.id == "erased");
  }
  EXPECT_TRUE(has_removal);
}

TEST_F(Erasing, CannotBeUndone) {
  erase();
  for (const std::int64_t seq :
       {std::int64_t{1}, std::int64_t{3}, std::int64_t{4}, store_->last_seq().value()}) {
    const auto refused = store_->undo(seq, "bob", minute(70));
    EXPECT_EQ(code_of(refused), "store.erased") << seq;
  }
}

TEST_F(Erasing, CutsTheTieToThePseudonym) {
  erase();
  EventTable table(visit_type());
  add_visit(table, "NEW", 500, "Ann Lee");
  add_visit(table, "NEW", 501, "Bo Diaz");
  ASSERT_TRUE(import_table(table, "x"));
  const auto snapshot = loaded();
  const Column& guest = snapshot->table("visit")->column("guest");
  EXPECT_EQ(guest.names.name(guest.narrow[0]), "Person 1");
  EXPECT_EQ(guest.names.name(guest.narrow[10]), "Person 3");
  EXPECT_EQ(guest.names.name(guest.narrow[11]), "Person 2");
}

TEST_F(Erasing, MasksNamesInEventTextsAndUndoneImportsToo) {
  EventTable table(visit_type());
  add_visit(table, "CALL", 900, "Bo Diaz", "printer of Ann Lee is stuck");
  ASSERT_TRUE(import_table(table, "Ann Lee"));
  const auto undone = store_->undo(store_->last_seq().value(), "bob", minute(50));
  ASSERT_TRUE(undone);
  erase();
  expect_sound();
  ASSERT_TRUE(store_->undo(undone->last_seq, "bob", minute(61)));
  const auto snapshot = loaded();
  const Column& state = snapshot->table("visit")->column("state");
  EXPECT_EQ(state.names.name(state.narrow.back()), "printer of xxxxxxx is stuck");
  EXPECT_EQ(raw_of("imp_000002"), "xxxxxxx");
  expect_sound();
}

TEST_F(Erasing, WorksAfterTheRecordWasRemovedAndRefusesStrangers) {
  ASSERT_TRUE(write({add("person", "cy")}));
  ASSERT_TRUE(write({remove("person", "cy")}));
  EXPECT_TRUE(store_->erase_person("cy", {}, "dpo", minute(60)));
  expect_sound();
  EXPECT_EQ(code_of(store_->erase_person("cy", {}, "dpo", minute(61))), "store.not_found");
  EXPECT_EQ(code_of(store_->erase_person("nobody", {}, "dpo", minute(61))), "store.not_found");
}

TEST_F(Erasing, FindsNamesAcrossBlockBorders) {
  for (const int shift : {-10, -7, -3, 0, 1}) {
    std::string raw(2 * kRawBlockBytes + 100, '.');
    const auto at = static_cast<std::size_t>(static_cast<int>(kRawBlockBytes) + shift);
    raw.replace(at, 7, "Ann Lee");
    raw.replace(at + kRawBlockBytes, 9, "Ann Leeds");
    EventTable table(visit_type());
    add_visit(table, "BORDER", 2000 + shift, "Bo Diaz");
    const auto import = import_table(table, raw);
    ASSERT_TRUE(import) << said(import);
    ASSERT_TRUE(write({add("person", fmt::format("p{}", shift + 20))}));
    ASSERT_TRUE(
        store_->erase_person(fmt::format("p{}", shift + 20), {"Ann Lee"}, "dpo", minute(60)));
    raw.replace(at, 7, "xxxxxxx");
    EXPECT_EQ(raw_of(import->id), raw) << shift;
  }
  expect_sound();
}

std::string wide(std::string_view text, bool is_little) {
  std::string out;
  for (const char each : text) out += is_little ? std::string{each, '\0'} : std::string{'\0', each};
  return out;
}

TEST(Mask, CoversWholeWordsOnlyInEveryEncoding) {
  const struct {
    const char* name;
    std::string given, wanted;
  } rows[] = {
      {"alone", "Zoë Ray", "xxxxxxxx"},
      {"field", "1,Zoë Ray;2", "1,xxxxxxxx;2"},
      {"longer", "Zoë Raymond", "Zoë Raymond"},
      {"joined", "xZoë Ray", "xZoë Ray"},
      {"before a letter outside ASCII", "Zoë Rayé", "Zoë Rayé"},
      {"twice", "Zoë Ray Zoë Ray", "xxxxxxxx xxxxxxxx"},
      {"windows-1252", "a;Zo\xEB Ray;b", "a;xxxxxxx;b"},
      {"utf-16le", wide("1,Bo,2", true), wide("1,xx,2", true)},
      {"utf-16be", wide("1,Bo,2", false), wide("1,xx,2", false)},
      {"utf-16 longer", wide("1,Bob,2", true), wide("1,Bob,2", true)},
  };
  const std::vector<Pattern> patterns = patterns_of({"Zoë Ray", "Bo", ""});
  for (const auto& row : rows) {
    std::string text = row.given;
    EXPECT_EQ(mask(text, patterns) > 0, row.given != row.wanted) << row.name;
    EXPECT_EQ(text, row.wanted) << row.name;
  }
}

}  // namespace
}  // namespace tiebeam::store::test
