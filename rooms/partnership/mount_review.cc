#include "rooms/partnership/mount_review.h"

#include "rooms/partnership/api/review_queries.h"
#include "rooms/partnership/cli/review_commands.h"
#include "rooms/partnership/review.h"

namespace tiebeam::partnership {

void mount_review(Table& table) {
  table.sealed_by.emplace("meeting", "closed_at");
  for (FigureFamily& family : review_families()) table.figures.add(std::move(family));
  for (Rule& rule : review_rules()) table.rules.add(std::move(rule));
  for (Query& query : review_queries()) table.queries.push_back(std::move(query));
  for (Command& command : review_commands()) table.commands.push_back(std::move(command));
}

}  // namespace tiebeam::partnership
