// What the flow room notices. One file per rule; each says what is, why it matters and what to do.
#pragma once

#include "model/rules.h"
#include "rooms/flow/rules/delivery_facts.h"
#include "rooms/flow/rules/facts.h"
#include "rooms/flow/rules/people_facts.h"

namespace tiebeam::flow {

[[nodiscard]] Rule past_expectation_rule(ReadFacts read);
[[nodiscard]] Rule load_above_capacity_rule(ReadFacts read);
[[nodiscard]] Rule unmapped_states_rule(ReadFacts read);
[[nodiscard]] Rule efficiency_not_measurable_rule();
[[nodiscard]] Rule little_audit_failed_rule();
[[nodiscard]] Rule no_purpose_rule();
[[nodiscard]] Rule hero_dependency_rule(ReadHeroFacts read);
[[nodiscard]] Rule firefighting_rule(ReadFirefighting read);
[[nodiscard]] Rule load_on_people_rule(ReadTeamLoad read);
[[nodiscard]] Rule speed_without_stability_rule(ReadDelivery read);
[[nodiscard]] Rule waits_outside_rule();

}  // namespace tiebeam::flow
