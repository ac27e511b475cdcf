#include "rooms/flow/cli/delivery_arrays.h"

#include <fmt/format.h>

#include "cli/text_table.h"
#include "model/figure_text.h"

namespace tiebeam::flow {
namespace {

std::string days(const std::optional<double>& value) {
  return value ? in_words(*value, "days") : "too few";
}

}  // namespace

std::string delivery_text(const FigureBook& book) {
  const Dora& dora = *dora_of(book);
  if (dora.services.empty()) return {};
  cli::TextTable table({"service", ">deployments", ">a week", ">half in use within",
                        ">caused incidents", ">half over within"});
  for (const DoraService& row : dora.services) {
    const bool known = dora.has_incidents && row.deployments > 0;
    const double share =
        known ? static_cast<double>(row.failed) / static_cast<double>(row.deployments) : 0;
    table.add({cli::fit(row.service.empty() ? "(none)" : row.service, 32), counted(row.deployments),
               row.a_week ? rounded(*row.a_week) : "too few", days(row.lead_p50),
               known ? in_words(share, "share") : "not known", days(row.recovery_p50)});
  }
  return fmt::format("Deployments to production and what they caused\n{}\n", table.text());
}

}  // namespace tiebeam::flow
