#include "rooms/flow/engine/live/columns.h"

namespace tiebeam::flow::live {

EventColumns columns_of(const EventTable& table) {
  const Column& item = table.column("item");
  const Column& state = table.column("state");
  const Column& team = table.column("team");
  const Column& person = table.column("assignee");
  return {Numbers(item.narrow),
          Numbers(state.narrow),
          Numbers(team.narrow),
          Numbers(person.narrow),
          Numbers(table.column("blocked").narrow),
          Numbers(table.column("at").wide),
          Numbers(table.column("seq").wide),
          item.names.size(),
          state.names.size(),
          team.names.size(),
          person.names.size()};
}

}  // namespace tiebeam::flow::live
