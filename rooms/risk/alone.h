// One scenario of a register by itself, with what it shares and what reduces it: the same keys,
// hence the same years as among all others.
#pragma once

#include "rooms/risk/exposure.h"

namespace tiebeam::risk {

[[nodiscard]] Register alone_register(const Register& all, std::size_t scenario);
// Errors: those of simulate.
[[nodiscard]] Result<Exposed> alone_exposed(const RecordRegister& all, std::size_t scenario,
                                            SimulationKeep& keep, const Wish& wish);

}  // namespace tiebeam::risk
