#include "rooms/risk/alone.h"

#include <algorithm>

namespace tiebeam::risk {

Register alone_register(const Register& all, std::size_t scenario) {
  Register out;
  out.currency = all.currency;
  out.scenarios = {all.scenarios[scenario]};
  for (const CommonCause& each : all.common_causes) {
    if (each.id == out.scenarios[0].common_cause) out.common_causes.push_back(each);
  }
  for (Control control : all.controls) {
    std::erase_if(control.reduces,
                  [&](const Reduction& each) { return each.scenario != scenario; });
    if (control.reduces.empty()) continue;
    for (Reduction& each : control.reduces) each.scenario = 0;
    out.controls.push_back(std::move(control));
  }
  return out;
}

Result<Exposed> alone_exposed(const RecordRegister& all, std::size_t scenario, SimulationKeep& keep,
                              const Wish& wish) {
  Exposed out{.trials = wish.trials, .seed = wish.seed};
  auto own = std::make_shared<RecordRegister>();
  own->wanted = alone_register(all.wanted, scenario);
  Settings settings{.trials = out.trials, .seed = out.seed, .threads = keep.threads()};
  settings.keep = true;
  TB_TRY(out.simulation, keep.simulated(own->wanted, settings));
  out.records = std::move(own);
  return out;
}

}  // namespace tiebeam::risk
