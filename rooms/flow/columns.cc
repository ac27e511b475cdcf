#include "rooms/flow/columns.h"

namespace tiebeam::flow {

void add_columns(Json& json, const ArrayNotes& notes) {
  const Json* held = json.find("columns");
  Json all = held ? *held : Json(Json::Object{});
  for (const RowName& name : notes.rows) {
    Json columns = Json::Object{};
    for (const ColumnNote& note : notes.columns) {
      if (std::string_view(note.array) != name.array) continue;
      columns.set(note.name, Json::object({{"label", note.label},
                                           {"unit", note.unit},
                                           {"formula", note.formula},
                                           {"method", note.method}}));
    }
    all.set(name.array, Json::object({{"row", name.row}, {"columns", std::move(columns)}}));
  }
  json.set("columns", std::move(all));
}

Json interval_json(const std::optional<Interval>& interval) {
  if (!interval) return {};
  return Json::object(
      {{"low", interval->low}, {"high", interval->high}, {"level", interval->level}});
}

}  // namespace tiebeam::flow
