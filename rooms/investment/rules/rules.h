// The rules of the investment room, one file each.
#pragma once

#include "model/rules.h"
#include "rooms/investment/rules/facts.h"

namespace tiebeam::investment {

[[nodiscard]] Rule no_champion_rule(ReadFacts read);
[[nodiscard]] Rule no_business_owner_rule(ReadFacts read);
[[nodiscard]] Rule technology_only_rule(ReadFacts read);
[[nodiscard]] Rule not_signed_rule(ReadFacts read);
[[nodiscard]] Rule signature_void_rule(ReadFacts read);
[[nodiscard]] Rule funded_loss_rule(ReadFacts read);
[[nodiscard]] Rule no_benefit_rule(ReadFacts read);
[[nodiscard]] Rule stale_estimate_rule(ReadFacts read);
[[nodiscard]] Rule no_benefit_reading_rule(ReadFacts read);
[[nodiscard]] Rule benefits_overlap_rule(ReadFacts read);

}  // namespace tiebeam::investment
