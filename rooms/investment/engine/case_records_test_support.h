// Records of a small organisation for tests.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "rooms/investment/engine/from_records.h"

namespace tiebeam::investment {

inline Estimate estimate(std::string_view text) {
  const auto read = parse_estimate(text);
  EXPECT_TRUE(read) << text;
  return read.value_or(Estimate::point(0));
}
inline Day day(std::string_view text) { return *parse_day(text); }

inline strategy::Kpi kpi(std::string id, std::string_view worth,
                         strategy::Direction direction = strategy::Direction::up) {
  strategy::Kpi out;
  out.id = id;
  out.name = std::move(id);
  out.unit = "units";
  out.direction = direction;
  if (!worth.empty()) out.value_per_unit = *Money::parse_with_currency(worth);
  out.value_agreed_by = Id<"person">("cfo");
  return out;
}
inline Initiative initiative(std::string id, std::string_view cost = "1000") {
  Initiative out;
  out.id = id;
  out.name = std::move(id);
  if (!cost.empty()) out.one_off_cost = estimate(cost);
  out.duration = estimate("0");
  return out;
}
inline InitiativeEffect effect(const std::string& of, const std::string& kpi,
                               std::string_view change) {
  InitiativeEffect out;
  out.id = of + "-" + kpi;
  out.initiative = Id<"initiative">(of);
  out.kpi = Id<"kpi">(kpi);
  out.change = estimate(change);
  return out;
}
inline InvestmentPolicy policy(double rate = 0.08, std::int64_t years = 5) {
  InvestmentPolicy out;
  out.id = "policy";
  out.discount_rate = *Fraction::create(rate);
  out.horizon_years = years;
  return out;
}
inline CaseRecords records() {
  CaseRecords out;
  out.policies = {policy()};
  out.as_of = *parse_instant("2026-11-02");
  out.today = day("2026-11-02");
  return out;
}
inline bool says(const RecordCase& one, std::string_view words) {
  return std::ranges::any_of(
      one.missing, [&](const std::string& each) { return each.find(words) != std::string::npos; });
}

}  // namespace tiebeam::investment
