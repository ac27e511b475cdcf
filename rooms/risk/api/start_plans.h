// What people ask for about starting points and appetite, understood; and what is written of it.
#pragma once

#include "application/command.h"
#include "rooms/risk/start.h"

namespace tiebeam::risk {

// Options --people, --revenue, --sector, --chosen or ID (several, apart by commas or lines), --all,
// --point LOSS@YEARS; with or without dashes. Errors: risk.bad_profile, risk.no_such_starter,
// risk.bad_point, appetite.not_in_order.
[[nodiscard]] Result<StartWish> start_wish(const Asking& asking);
// Controls, scenarios and reductions of the chosen starting points that are not held yet; what is
// held stays as it is. Errors: those of start_wish, risk.nothing_chosen.
[[nodiscard]] Result<RecordPlan> plan_start(const Asking& asking, const Writer& writer);
// The person that --by names by id or --by-name by name, who is put into the plan where they are
// not on record yet; their id. Errors: risk.no_such_person.
[[nodiscard]] Result<std::string> agreeing_person(const Asking& asking, RecordPlan& plan);
// Points of appetite set by a named person, who is put on record where they are not yet: --point,
// --by PERSON, --by-name NAME, --role ROLE. Errors: risk.bad_point, risk.no_such_person.
[[nodiscard]] Result<RecordPlan> plan_agree(const Asking& asking, const Writer& writer);

}  // namespace tiebeam::risk
