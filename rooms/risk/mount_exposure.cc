#include "rooms/risk/mount_exposure.h"

#include <thread>

#include "rooms/risk/api/queries.h"
#include "rooms/risk/cli/exposure.h"
#include "rooms/risk/cli/register_commands.h"
#include "rooms/risk/cli/simulate.h"
#include "rooms/risk/exposure_figures.h"
#include "rooms/risk/risk_rules.h"

namespace tiebeam::risk {
namespace {

FigureFamily loss_family(const KeepPtr& keep) {
  FigureFamily family;
  family.name = "risk.loss";
  family.figures = loss_specs();
  family.compute = [keep](const FigureBook& book) {
    return loss_figures(*usually_exposed(book, keep), seen_from(book));
  };
  family.evidence = [keep](const FigureBook& book, std::string_view key, std::size_t offset,
                           std::size_t limit) {
    return loss_evidence(*usually_exposed(book, keep), key, offset, limit);
  };
  return family;
}

}  // namespace

void mount_exposure(Table& table) {
  const auto keep = std::make_shared<SimulationKeep>(std::thread::hardware_concurrency());
  table.figures.add(loss_family(keep));
  for (Rule& rule : risk_rules(keep)) table.rules.add(std::move(rule));
  for (Query& query : risk_queries(keep)) table.queries.push_back(std::move(query));
  table.commands.push_back(simulate_command());
  table.commands.push_back(export_command());
  table.writings.push_back(import_writing());
  for (Command& command : exposure_commands(keep)) table.commands.push_back(std::move(command));
}

}  // namespace tiebeam::risk
