#include "rooms/partnership/api/review_queries.h"

#include "application/table.h"
#include "rooms/partnership/review.h"

namespace tiebeam::partnership {
namespace {

Result<Json> review(const Asking& asking) {
  TB_TRY(const Review review, review_of(*asking.book, asking.option("engagement")));
  return review_json(*asking.book, review, asking.table.rules.run(*asking.book));
}

Result<Json> engagements(const Asking& asking) {
  return engagements_json(*asking.book, asking.table.rules.run(*asking.book));
}

}  // namespace

std::vector<Query> review_queries() {
  return {{.room = "partnership",
           .name = "engagements",
           .help = "Every partner with a rhythm: last met, next, held of planned",
           .options = {},
           .run = engagements},
          {.room = "partnership",
           .name = "review",
           .help = "The pack for the next meeting, as `tiebeam partnership review --json`",
           .options = {{.name = "engagement",
                        .takes = "ID",
                        .help = "which one; needed where there are several",
                        .choices = {}}},
           .run = review}};
}

}  // namespace tiebeam::partnership
