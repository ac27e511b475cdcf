#include "rooms/partnership/mount.h"

#include "rooms/partnership/cli/diagnose.h"
#include "rooms/partnership/mount_review.h"
#include "rooms/partnership/records.h"

namespace tiebeam::partnership {

void mount(Table& table) {
  table.record<Engagement>("partnership");
  table.record<Meeting>("partnership");
  table.record<Action>("partnership");
  table.record<MetricVote>("partnership");
  mount_diagnosis(table);
  mount_review(table);
}

}  // namespace tiebeam::partnership
