#include "rooms/briefing/briefing.h"

#include <gtest/gtest.h>

namespace tiebeam::briefing {
namespace {

TEST(Brief, HtmlEscapesWhatPeopleWrote) {
  Brief brief;
  brief.organisation = "<script>alert(1)</script> & Co";
  const std::string page = to_html(brief);
  EXPECT_EQ(page.find("<script"), std::string::npos);
  EXPECT_NE(page.find("&lt;script&gt;alert(1)&lt;/script&gt; &amp; Co"), std::string::npos);
}

TEST(Brief, NothingStandsOutOnlyWhereNoFindingDoes) {
  Brief brief;
  EXPECT_NE(to_text(brief).find("Nothing stands out as wrong."), std::string::npos);
  Finding note, worst;
  note.severity = Severity::info;
  worst.message = "98 % of the waiting is <elsewhere>";
  brief.findings = {note};
  EXPECT_NE(to_text(brief).find("Nothing stands out as wrong."), std::string::npos);
  brief.findings = {worst, worst, note};
  EXPECT_NE(
      to_text(brief).find("2 things need a look; the first: 98 % of the waiting is <elsewhere>.\n"),
      std::string::npos)
      << to_text(brief);
  EXPECT_NE(to_html(brief).find("the first: 98 % of the waiting is &lt;elsewhere&gt;."),
            std::string::npos);
}

TEST(Brief, ADemonstrationIsMarkedEverywhere) {
  Brief brief;
  brief.organisation = "Northmere";
  brief.is_fictional = true;
  EXPECT_NE(to_text(brief).find("Northmere (demonstration)"), std::string::npos);
  EXPECT_NE(to_html(brief).find("Northmere (demonstration)"), std::string::npos);
}

}  // namespace
}  // namespace tiebeam::briefing
