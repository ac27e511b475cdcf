// `flow forecast` and `flow backtest`.
#pragma once

#include "application/command.h"

namespace tiebeam::flow {

[[nodiscard]] Command forecast_command();
[[nodiscard]] Command backtest_command();

}  // namespace tiebeam::flow
