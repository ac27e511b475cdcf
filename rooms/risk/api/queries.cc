#include "rooms/risk/api/queries.h"

#include "application/table.h"
#include "rooms/risk/exposure_json.h"
#include "rooms/risk/preview.h"

namespace tiebeam::risk {
namespace {

const std::vector<Option>& wishes() {
  static const std::vector<Option> all = {
      {"trials", "N", "years to simulate, to 1,000,000; 100,000 unless said", {}},
      {"seed", "N", "other draws; 1 unless said", {}}};
  return all;
}

std::vector<Option> with(std::vector<Option> own) {
  own.insert(own.end(), wishes().begin(), wishes().end());
  return own;
}

std::vector<Option> previewed() {
  std::vector<Option> out = {
      {"id", "ID", "a scenario on record that is being changed", {}},
      {"name", "NAME", "of a new one: its years are those it will have once it is saved", {}}};
  for (const std::string& field : preview_fields())
    out.push_back({field, "VALUE", "as the field of a scenario, typed", {}});
  return out;
}

}  // namespace

std::vector<Query> risk_queries(const KeepPtr& keep) {
  const auto exposure = [keep](const Asking& asking) -> Result<Json> {
    TB_TRY(const ExposureWish wanted, exposure_wish(asking.options, "", asking.recompute));
    return exposure_json(*asking.book, *keep, wanted, asking.table.rules.run(*asking.book));
  };
  const auto scenario = [keep](const Asking& asking) -> Result<Json> {
    TB_TRY(const ExposureWish wanted, exposure_wish(asking.options, "", asking.recompute));
    return scenario_json(*asking.book, *keep, asking.option("id"), wanted,
                         asking.table.rules.run(*asking.book));
  };
  const auto preview = [keep](const Asking& asking) -> Result<Json> {
    TB_TRY(const ExposureWish wanted, exposure_wish(asking.options, "", asking.recompute));
    return preview_json(*asking.book, *keep, asking.options, wanted);
  };
  const auto draws = [keep](const Asking& asking) -> Result<Json> {
    TB_TRY(const ExposureWish wanted, exposure_wish(asking.options, "", asking.recompute));
    return draws_json(*asking.book, *keep, wanted);
  };
  return {
      {.room = "risk",
       .name = "exposure",
       .help = "What the organisation could lose a year, against its appetite, and what its "
               "controls do about it, as `tiebeam risk exposure --json`",
       .options = with(
           {{"controls",
             "IDS",
             "exactly these controls work, separated by commas; absent: those in "
             "place",
             {}},
            {"budget", "AMOUNT", "a year: also find the best set of controls to add for it", {}}}),
       .run = exposure},
      {.room = "risk",
       .name = "scenario",
       .help = "One scenario with its curve and its controls, as `tiebeam risk scenario ID "
               "--json`",
       .options = with({{"id", "ID", "which scenario", {}}}),
       .run = scenario},
      {.room = "risk",
       .name = "preview",
       .help = "A scenario that is not saved: its figures and curve, or what it lacks",
       .options = with(previewed()),
       .run = preview},
      {.room = "risk",
       .name = "draws",
       .help = "2,000 years event by event, with which a page switches controls by itself",
       .options = with({}),
       .run = draws}};
}

}  // namespace tiebeam::risk
