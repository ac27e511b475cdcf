#include "rooms/flow/engine/party/waiting.h"

#include <gtest/gtest.h>

#include "rooms/flow/engine/test_log.h"

namespace tiebeam::flow {
namespace {

using testing::Org;

std::string day(int offset) {
  return format_instant(testing::at("2024-01-01T08:00:00Z") + std::chrono::days{offset});
}

std::string map_with(std::string_view parties) {
  return std::string(testing::kMap) + "[party]\n" + std::string(parties);
}

// Eight items: 1 day New, 1 Active, 6 awaiting the vendor, 2 awaiting a reply, 1 Review.
Org eight(const std::string& map) {
  Org org;
  org.import(map);
  for (int i = 0; i < 8; ++i) {
    const std::string item = "V-" + std::to_string(i);
    org.event(item, day(i), "New").event(item, day(i + 1), "Active");
    org.event(item, day(i + 2), "Awaiting parts").event(item, day(i + 8), "Awaiting reply");
    org.event(item, day(i + 10), "Review").event(item, day(i + 11), "Closed");
  }
  return org;
}
Waiting waiting_of(Org& org) { return compute_waiting(compute_report(org.snapshot(), {})); }

TEST(Waiting, IsSplitByPartyInTheMapsOwnWords) {
  Org org = eight(map_with("\"Awaiting parts\" = \"Acme, our supplier\"\n\"New\" = \"IT\"\n"));
  const Waiting found = waiting_of(org);
  ASSERT_EQ(found.parties.size(), 3U);
  EXPECT_EQ(found.parties[0].party, "Acme, our supplier");
  EXPECT_EQ(found.parties[0].kind, PartyKind::vendor);
  EXPECT_DOUBLE_EQ(found.parties[0].days, 48);
  EXPECT_DOUBLE_EQ(found.parties[0].share, 48.0 / 72);
  EXPECT_EQ(found.parties[1].party, "");
  EXPECT_EQ(found.parties[1].states, std::vector<std::string>{"Awaiting reply"});
  EXPECT_EQ(found.parties[2].kind, PartyKind::it);
  EXPECT_EQ(found.is_it, IsIt::no);
  EXPECT_EQ(found.sentence,
            "Of 100 days of waiting 67 are for others than IT, 11 for IT: it waits outside IT.");
}

TEST(Waiting, APrefixNamesThePartyOfSeveralStates) {
  Org org = eight(map_with("\"Awaiting *\" = \"IT operations\"\n"));
  const Waiting found = waiting_of(org);
  EXPECT_EQ(found.parties[0].kind, PartyKind::it);
  EXPECT_EQ(found.parties[0].states.size(), 2U);
  EXPECT_EQ(found.is_it, IsIt::yes);
}

// Waiting that nobody named is on no side, and another stream may be IT's own.
TEST(Waiting, WhatIsNotSaidIsOnNoSide) {
  Org org = eight(map_with("\"Awaiting reply\" = \"business decision\"\n"));
  const Waiting unnamed = waiting_of(org);
  EXPECT_EQ(unnamed.is_it, IsIt::not_known);
  EXPECT_NE(unnamed.missing.find("Awaiting parts"), std::string::npos) << unnamed.missing;
  Org other = eight(map_with("\"Awaiting *\" = \"other stream\"\n\"New\" = \"IT\"\n"));
  EXPECT_EQ(waiting_of(other).is_it, IsIt::not_known);
}

TEST(Waiting, WithoutPartiesItSaysHowToNameThem) {
  Org org = eight(std::string(testing::kMap));
  const Waiting found = waiting_of(org);
  EXPECT_FALSE(found.has_parties);
  EXPECT_EQ(found.is_it, IsIt::not_known);
  EXPECT_NE(found.missing.find("[party]"), std::string::npos);
}

TEST(Waiting, OpenWorkThatWaitsNowIsCounted) {
  Org org = eight(map_with("\"Awaiting *\" = \"vendor\"\n"));
  org.event("NOW", day(10), "Active").event("NOW", day(12), "Awaiting parts");
  org.event("END", day(18), "Active");
  const Waiting found = waiting_of(org);
  EXPECT_EQ(found.parties[0].now, 1U);
  EXPECT_DOUBLE_EQ(found.parties[0].now_days, 6);
}

TEST(Waiting, CostsWhatTheStreamSaysADayCosts) {
  Org org = eight(map_with("\"Awaiting *\" = \"vendor\"\n"));
  ValueStream stream;
  stream.id = "orders", stream.cost_of_delay_a_day = *Money::parse("100.01", Currency());
  org.record(stream);
  for (int i = 0; i < 3; ++i) org.created("V-" + std::to_string(i), day(i), "", "orders");
  const Waiting found = waiting_of(org);
  EXPECT_EQ(found.cost.total()->amount(), "2700.27");  // 3 items x 9 days
  EXPECT_EQ(found.parties[0].cost->amount(), "2400.24");
  EXPECT_GT(found.cost.without(), 0U);
}

TEST(PartyKind, IsReadFromTheWords) {
  for (const auto& [words, kind] : std::initializer_list<std::pair<const char*, PartyKind>>{
           {"", PartyKind::not_said},
           {"IT", PartyKind::it},
           {"it operations", PartyKind::it},
           {"Italy branch", PartyKind::other},
           {"Business Decision", PartyKind::business_decision},
           {"steering board", PartyKind::business_decision},
           {"requirement change", PartyKind::requirement_change},
           {"Funding", PartyKind::funding},
           {"vendor", PartyKind::vendor},
           {"our suppliers", PartyKind::vendor},
           {"other stream", PartyKind::other_stream},
           {"customer", PartyKind::other}}) {
    EXPECT_EQ(party_kind(words), kind) << words;
  }
}

}  // namespace
}  // namespace tiebeam::flow
