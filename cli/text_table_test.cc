#include "cli/text_table.h"

#include <gtest/gtest.h>

namespace tiebeam::cli {
namespace {

std::size_t widest_line(const std::string& text) {
  std::size_t out = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    out = std::max(out, display_width(std::string_view(text).substr(at, end - at)));
    at = end + 1;
  }
  return out;
}

TEST(TextTable, IsAsWideAsItsCells) {
  TextTable table({"name", ">days"});
  table.add({"a", "1"});
  table.add({"long one", "12.5"});
  EXPECT_EQ(table.text(), "name      days\na            1\nlong one  12.5\n");
}

TEST(TextTable, TheWidestTextsGiveWayAndNumbersNever) {
  TextTable table({"key", "label", ">value", "note"});
  table.add(
      {"flow.cycle_time.km.p85", std::string(70, 'l'), std::string(30, '9'), std::string(20, 'n')});
  const std::string text = table.text();
  EXPECT_EQ(widest_line(text), 100U) << text;
  EXPECT_NE(text.find("flow.cycle_time.km"), std::string::npos);
  EXPECT_NE(text.find(std::string(30, '9')), std::string::npos);
  EXPECT_NE(text.find("lll..."), std::string::npos);
}

TEST(TextTable, CutsAtCharactersNotBytes) {
  TextTable table({"name", ">value"});
  std::string name;
  for (int i = 0; i < 120; ++i) name += "\u00e9";
  table.add({name, "1"});
  EXPECT_EQ(widest_line(table.text()), 100U);
}

}  // namespace
}  // namespace tiebeam::cli
