// What the room refuses beside the field before a record is written.
#pragma once

#include "application/table.h"

namespace tiebeam::risk {

// Of scenarios, common causes, controls, reductions, insurance layers and the appetite. Errors,
// each with its field: risk.cannot_be (engine/records/field_faults.h); appetite.not_in_order, of a
// point that is rarer and not dearer than another, or as likely as another.
void mount_guards(Table& table);

}  // namespace tiebeam::risk
