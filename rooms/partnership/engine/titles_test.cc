// What the words read right and wrong, on titles that were labelled by hand.
#include "rooms/partnership/engine/titles.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/text.h"

namespace tiebeam::partnership {
namespace {

using enum TitleShape;

TEST(Titles, TellOrdersFromNeeds) {
  const std::pair<const char*, TitleShape> cases[] = {
      {"Install Visio", solution},
      {"RE: AW: please install Visio", solution},
      {"[IT-4711] Set up VPN", solution},
      {"Could you install Visio?", solution},
      {"I need a second monitor", solution},
      {"I need to see last year's sales", unclear},
      {"How do I install Visio?", need},
      {"Installation of Visio fails", need},
      {"Cannot install Visio", need},
      {"Visio?", need},
      {"Visio", unclear},
      {"Drucker einrichten", solution},
      {"Zugriff auf Laufwerk P: nicht möglich", need},
      {"GROẞER FEHLER", need},
      {"Accès à la boîte partagée", solution},
      {"L'accès est impossible", need},
      {"", unclear},
      {"???", unclear},
      {"\xff\xfe[", unclear}};
  for (const auto& [title, shape] : cases)
    EXPECT_EQ(title_shape_name(shape_of(title)), title_shape_name(shape)) << title;
}

TEST(Titles, WordsAreComparedWithoutAccentsMarksAndBrackets) {
  EXPECT_EQ(title_words("AW: [X-1] Größe d’accès: ÉTÉ"),
            (std::vector<std::string>{"grosse", "d", "acces", "ete"}));
  EXPECT_EQ(title_words("a [b"), (std::vector<std::string>{"a", "b"}));
}

struct Counted {
  int solutions = 0, found = 0, right = 0, needs = 0, called_need = 0, needs_right = 0, unclear = 0;
};

// The counts that docs/method/diagnosis.md states.
TEST(Titles, AreReadRightAsOftenAsTheMethodSays) {
  std::ifstream file(TIEBEAM_SOURCE_DIR "/rooms/partnership/testdata/titles.tsv");
  ASSERT_TRUE(file.good());
  Counted all;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.front() == '#') continue;
    const auto cells = split_at(line, '\t');
    ASSERT_EQ(cells.size(), 3U) << line;
    const bool is_solution = cells[1] == "solution";
    const TitleShape shape = shape_of(cells[2]);
    all.solutions += is_solution ? 1 : 0;
    all.needs += is_solution ? 0 : 1;
    all.found += shape == solution ? 1 : 0;
    all.right += shape == solution && is_solution ? 1 : 0;
    all.called_need += shape == need ? 1 : 0;
    all.needs_right += shape == need && !is_solution ? 1 : 0;
    all.unclear += shape == unclear ? 1 : 0;
  }
  ASSERT_EQ(all.solutions + all.needs, 111);
  EXPECT_EQ(all.right, 56);  // of 57 that were called orders, of 61 that are
  EXPECT_EQ(all.found, 57);
  EXPECT_EQ(all.needs_right, 34);  // of 35 that were called needs, of 50 that are
  EXPECT_EQ(all.called_need, 35);
  EXPECT_EQ(all.unclear, 19);
}

}  // namespace
}  // namespace tiebeam::partnership
