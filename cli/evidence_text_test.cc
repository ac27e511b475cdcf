#include "cli/evidence_text.h"

#include <gtest/gtest.h>

namespace tiebeam::cli {
namespace {

TEST(EvidenceText, NumbersAreRoundedAndPairsAreWords) {
  struct Row {
    const char* what;
    const char* words;
  };
  for (const Row& row : {
           Row{"part=30.108159722222222 whole=87.64571759259259 days in Review",
               "30.1 of 87.6 days in Review"},
           Row{"part=1 whole=0.11813 of the others", "1 against 0.118 of the others"},
           Row{"entry_days=0 exit_days=87.64571759259259 event=done",
               "done at an age of 87.6 days"},
           Row{"entry_days=3.25 exit_days=9.5 event=cancelled",
               "seen from an age of 3.25 days on, given up at an age of 9.5 days"},
           Row{"entry_days=0 exit_days=0.5 event=open committed 2024-01-01T00:00:00Z, not in use",
               "still open at an age of 12 hours, committed 2024-01-01T00:00:00Z, not in use"},
           Row{"finished 2025-04-21T08:57:26Z week=-45 first=-59",
               "finished 2025-04-21T08:57:26Z in week 15 of the 59 that are known"},
           Row{"week=-1 first=-9 off=-3,-2", "in week 9 of the 9 that are known, off -3,-2"},
           Row{"left_seconds=129302594.000004 right_seconds=3",
               "left seconds 129,302,594, right seconds 3"},
           Row{"said p05=17 p95=41.26, came 24, part=1 whole=1",
               "said p05 17, p95 41.3, came 24, 1 of 1"},
           Row{"asked for 2016-02-29T01:16:00Z, finished",
               "asked for 2016-02-29T01:16:00Z, finished"},
           Row{"", ""},
       }) {
    EXPECT_EQ(detail_in_words(row.what), row.words);
  }
}

TEST(EvidenceText, MoneyIsToldWithItsCurrency) {
  Figure cost;
  cost.unit = "money";
  cost.value = *Money::parse("1250", Currency());
  Evidence row;
  row.value = 360.5;
  EXPECT_EQ(part_in_words(row, cost), std::string(Currency().code()) + " 360");
  row.value.reset();
  EXPECT_EQ(part_in_words(row, cost), "");
  cost.unit = "share", cost.value = 0.5;
  row.value = 0.25;
  EXPECT_EQ(part_in_words(row, cost), "25 %");
}

}  // namespace
}  // namespace tiebeam::cli
