// The room's facade for the value of initiatives: what the command line and tests call.
#pragma once

#include "rooms/investment/engine/figures.h"
#include "rooms/investment/engine/value.h"
