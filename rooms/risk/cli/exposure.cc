#include "rooms/risk/cli/exposure.h"

#include "application/table.h"
#include "rooms/risk/cli/exposure_text.h"
#include "rooms/risk/exposure_json.h"

namespace tiebeam::risk {
namespace {

std::vector<Option> with_wishes(std::vector<Option> own) {
  own.push_back({"--trials", "N", "years to simulate, to 1,000,000; 100,000 unless said", {}});
  own.push_back({"--seed", "N", "other draws; 1 unless said", {}});
  return own;
}

Result<Answer> run_exposure(const Asking& asking, const KeepPtr& keep) {
  TB_TRY(const ExposureWish wanted, exposure_wish(asking.options, "--", asking.recompute));
  const auto findings = asking.table.rules.run(*asking.book);
  Answer answer;
  TB_TRY(answer.json, exposure_json(*asking.book, *keep, wanted, findings));
  if (!asking.json) answer.text = exposure_text(answer.json);
  return answer;
}

Result<Answer> run_scenario(const Asking& asking, const KeepPtr& keep) {
  TB_TRY(const ExposureWish wanted, exposure_wish(asking.options, "--", asking.recompute));
  Answer answer;
  TB_TRY(answer.json, scenario_json(*asking.book, *keep, asking.option("ID"), wanted,
                                    asking.table.rules.run(*asking.book)));
  if (!asking.json) answer.text = scenario_text(answer.json);
  return answer;
}

}  // namespace

std::vector<Command> exposure_commands(const KeepPtr& keep) {
  return {
      {.room = "risk",
       .name = "exposure",
       .help = "what could be lost a year, against what was agreed, and what controls do about it",
       .details = "On the organisation's scenarios, controls and appetite.\n"
                  "Method: docs/method/risk.md.",
       .takes_file = false,
       .options = with_wishes(
           {{"--controls",
             "IDS",
             "exactly these controls work, separated by commas; else those in place",
             {}},
            {"--budget", "AMOUNT", "a year: also find the best controls to add for it", {}}}),
       .run = [keep](const Asking& asking) { return run_exposure(asking, keep); }},
      {.room = "risk",
       .name = "scenario",
       .help = "one scenario: its chances, what it rests on, what each control does about it",
       .details = "Method: docs/method/risk.md.",
       .takes_file = false,
       .options = with_wishes({{"ID", "ID", "which scenario", {}}}),
       .run = [keep](const Asking& asking) { return run_scenario(asking, keep); }}};
}

}  // namespace tiebeam::risk
