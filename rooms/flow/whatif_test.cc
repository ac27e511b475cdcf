// The words of a question, and that its JSON says what the replay found.
#include "rooms/flow/whatif.h"

#include <gtest/gtest.h>

#include "rooms/flow/api/answers.h"
#include "rooms/flow/engine/test_log.h"
#include "rooms/flow/flow.h"
#include "rooms/flow/report_json.h"

namespace tiebeam::flow {
namespace {

using testing::Org;

const FigureRegistry& registry() {
  static const FigureRegistry all = [] {
    FigureRegistry out;
    for (FigureFamily& family : flow_families()) out.add(std::move(family));
    return out;
  }();
  return all;
}

std::string day(int offset) {
  return format_instant(testing::at("2024-01-01T08:00:00Z") + std::chrono::days{offset});
}
// Ten finished items that wait for a vendor, and one that still does.
Org ten() {
  Org org;
  org.import(std::string(testing::kMap) + "[party]\n\"Awaiting *\" = \"vendor\"\n");
  ValueStream stream;
  stream.id = "orders", stream.name = "Orders";
  org.record(stream);
  for (int i = 0; i < 10; ++i) {
    const std::string item = "A-" + std::to_string(i);
    org.event(item, day(i), "New").event(item, day(i + 1), "Active", "Lab");
    org.event(item, day(i + 2), "Awaiting parts", "Lab").event(item, day(i + 6), "Closed", "Lab");
    org.created(item, day(i), "", i < 5 ? "orders" : "");
  }
  return org.event("B-1", day(12), "Awaiting parts").event("END", day(20), "Idea");
}

class Words : public ::testing::Test {
 protected:
  Org org = ten();
  FigureBook book{registry(), org.shared(), {}};
  std::string code_of(const WhatIfWords& words) {
    const auto read = read_question(book, words);
    return read ? "read" : read.error().code;
  }
};

TEST_F(Words, AreReadAsMeant) {
  const auto read = read_question(book, {.cut = "New=30%\nawaiting parts:12.5",
                                         .remove = "Active",
                                         .add_capacity = "Active=2\nActive=20%",
                                         .cost = "New=5000\nActive=USD 7",
                                         .cost_of_delay = "120",
                                         .stream = "Orders"});
  ASSERT_TRUE(read.has_value()) << read.error().message;
  ASSERT_EQ(read->levers.size(), 5U);
  EXPECT_DOUBLE_EQ(read->levers[0].amount, 0.3);
  EXPECT_EQ(read->levers[1].state, "Awaiting parts") << "in the log's own spelling";
  EXPECT_DOUBLE_EQ(read->levers[1].amount, 0.125);
  EXPECT_EQ(read->levers[2].kind, LeverKind::remove);
  EXPECT_FALSE(read->levers[3].is_share);
  EXPECT_TRUE(read->levers[4].is_share);
  EXPECT_DOUBLE_EQ(read->levers[4].amount, 0.2);
  EXPECT_EQ(read->costs[1].second.currency().code(), "USD");
  EXPECT_EQ(read->cost_of_delay->amount(), "120.00");
  EXPECT_TRUE(read->stream.has_value());
}

TEST_F(Words, ThatMeanNothingAreRefusedWithTheNearest) {
  EXPECT_EQ(code_of({.cut = "Nex=30%"}), "flow.whatif_no_such_state");
  EXPECT_NE(read_question(book, {.cut = "Nex=30%"}).error().message.find("did you mean 'New'"),
            std::string::npos);
  for (const char* cut :
       {"New", "New=", "New=x", "New=0.3", "New=0%", "New=101%", "New=-5", "New=nan"})
    EXPECT_EQ(code_of({.cut = cut}), "flow.whatif_bad_amount") << cut;
  for (const char* more : {"New", "New=0", "New=-1", "New=1e9", "New=two"})
    EXPECT_EQ(code_of({.add_capacity = more}), "flow.whatif_bad_amount") << more;
  EXPECT_EQ(code_of({.cost = "New=0"}), "flow.whatif_bad_amount");
  EXPECT_NE(code_of({.cost = "New=lots"}), "read");
  EXPECT_EQ(code_of({.stream = "order"}), "flow.whatif_no_such_stream");
  EXPECT_EQ(code_of({}), "read");
}

TEST_F(Words, AnswerOnlyForTheStreamAsked) {
  const auto question = read_question(book, {.remove = "Awaiting parts", .stream = "orders"});
  const WhatIf found = compute_whatif(book, *question);
  EXPECT_EQ(found.stays.items.size(), 5U);
  const Json json = whatif_json(book, *question, found, {});
  EXPECT_EQ(*json.find("stream")->if_string(), "orders");
  const Json& mean = *json.find("together")->find("mean");
  EXPECT_DOUBLE_EQ(*mean.find("now")->number(), 6);
  EXPECT_DOUBLE_EQ(*mean.find("saved")->number(), 4);
  EXPECT_EQ(*json.find("levers")->if_array()->front().find("how")->if_string(), "exact");
  EXPECT_EQ(json.find("items")->if_array()->size(), 5U);
  EXPECT_NE(json.find("value_missing")->if_string()->find("cost_of_delay"), std::string::npos);
  EXPECT_EQ(options_of({.cut = "New=30%\nActive=5%", .stream = "orders"}),
            " --cut \"New=30%\" --cut \"Active=5%\" --stream \"orders\"");
}

TEST_F(Words, WaitingIsDrilledToItsItems) {
  const Json vendor = waiting_items(book, {.state = "", .stream = "", .party = "vendor"});
  EXPECT_EQ(*vendor.find("n")->if_integer(), 10);
  EXPECT_EQ(*vendor.find("open")->if_integer(), 1);
  EXPECT_DOUBLE_EQ(*vendor.find("days")->number(), 40);
  const Json& first = vendor.find("items")->if_array()->front();
  EXPECT_EQ(*first.find("item")->if_string(), "B-1") << "it waits for 8 days and still does";
  EXPECT_TRUE(*first.find("open")->if_bool());
  const Json unnamed = waiting_items(book, {.state = "", .stream = "", .party = ""});
  EXPECT_DOUBLE_EQ(*unnamed.find("days")->number(), 10) << "a day in New each";
  const Json stream = waiting_items(book, {.state = "New", .stream = "orders", .party = {}});
  EXPECT_EQ(*stream.find("n")->if_integer(), 5);
}

TEST_F(Words, AStateIsDrilledToItsItems) {
  const Json parts = state_items(book, "Awaiting parts");
  EXPECT_EQ(*parts.find("n")->if_integer(), 10);
  EXPECT_DOUBLE_EQ(*parts.find("days")->number(), 40);
  const Json& first = parts.find("items")->if_array()->front();
  EXPECT_DOUBLE_EQ(*first.find("share_of_item")->number(), 4.0 / 6);
  EXPECT_EQ(*state_items(book, "Nowhere").find("n")->if_integer(), 0);
}

// Every column that is declared is there in the rows, so that a page can say how each cell was
// made.
TEST_F(Words, EveryDeclaredColumnStandsInItsRows) {
  const auto question = read_question(book, {.cut = "New=30%"});
  for (const Json& json : {metrics_json(book, {}, {}, {}),
                           whatif_json(book, *question, compute_whatif(book, *question), {})}) {
    for (const auto& [array, notes] : *json.find("columns")->if_object()) {
      const Json* rows = json.find(array);
      ASSERT_NE(rows, nullptr) << array;
      if (rows->if_array()->empty()) continue;
      for (const auto& [name, note] : *notes.find("columns")->if_object()) {
        const Json* cell = &rows->if_array()->front();
        const std::string path = name;
        for (std::size_t at = 0; cell && at != std::string::npos;) {
          const std::size_t dot = path.find('.', at);
          const std::string part = path.substr(at, dot == std::string::npos ? dot : dot - at);
          if (cell->if_array())
            cell = cell->if_array()->empty() ? nullptr : &cell->if_array()->front();
          if (cell) cell = cell->is_null() ? nullptr : cell->find(part);
          const bool may_be_null = !cell;
          at = dot == std::string::npos ? dot : dot + 1;
          if (may_be_null) {
            EXPECT_TRUE(path.starts_with("more_load") || path.starts_with("types"))
                << array << "." << name;
          }
        }
      }
    }
  }
}

}  // namespace
}  // namespace tiebeam::flow
