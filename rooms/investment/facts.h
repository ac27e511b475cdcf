// What the room's rules look at, taken from its cases.
#pragma once

#include "rooms/investment/benefits.h"
#include "rooms/investment/rules/rules.h"

namespace tiebeam::investment {

// An estimate that nobody has confirmed for so long is stale. Ours, docs/method/case.md.
constexpr int kStaleDays = 180;
[[nodiscard]] bool is_stale(const Assumption& assumption, Day today);

[[nodiscard]] Facts facts_of(const FigureBook& book, const KeepPtr& keep);
[[nodiscard]] std::vector<Rule> investment_rules(const KeepPtr& keep);

}  // namespace tiebeam::investment
