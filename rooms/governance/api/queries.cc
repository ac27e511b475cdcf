#include "rooms/governance/api/queries.h"

#include "application/table.h"
#include "rooms/governance/governance.h"

namespace tiebeam::governance {
namespace {

Result<Json> say_do(const Asking& asking) {
  Json out = say_do_json(*asking.book, asking.table.rules.run(*asking.book));
  out.set("recompute", "tiebeam governance saydo --json" + asking.recompute);
  return out;
}

Result<Json> latency(const Asking& asking) {
  Json out = decisions_json(*asking.book, asking.table.rules.run(*asking.book));
  out.set("recompute", "tiebeam governance latency --json" + asking.recompute);
  return out;
}

}  // namespace

std::vector<Query> governance_queries() {
  return {{.room = "governance",
           .name = "saydo",
           .help = "Promises and what became of them, as `tiebeam governance saydo --json`",
           .options = {},
           .run = say_do},
          {.room = "governance",
           .name = "latency",
           .help = "Decisions waiting and taken, as `tiebeam governance latency --json`",
           .options = {},
           .run = latency}};
}

}  // namespace tiebeam::governance
