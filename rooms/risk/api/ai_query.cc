#include "rooms/risk/api/ai_query.h"

#include "application/table.h"
#include "rooms/risk/ai.h"

namespace tiebeam::risk {

Query ai_query() {
  return {.room = "risk",
          .name = "ai",
          .help = "AI tools, what was decided and what is missing, as `tiebeam risk ai --json`",
          .options = {},
          .run = [](const Asking& asking) -> Result<Json> {
            Json out = ai_json(*asking.book, asking.table.rules.run(*asking.book));
            out.set("recompute", "tiebeam risk ai --json" + asking.recompute);
            return out;
          }};
}

}  // namespace tiebeam::risk
