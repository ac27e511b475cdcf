// How the lag between use and approval moves from month to month.
#pragma once

#include "rooms/risk/engine/ai/register.h"

namespace tiebeam::risk {

// Groups the tools with a lag by the month of their first use, and counts how many steps in a row
// the median grew, up to the newest month of which that can be told. A month whose median is not
// reached has grown when it was watched for longer than the median before it.
void put_months(AiRegister& ai);

}  // namespace tiebeam::risk
