#include "rooms/flow/columns_json.h"

namespace tiebeam::flow {

void add_columns(Json& json, std::span<const ArrayRow> arrays, std::span<const ColumnNote> notes) {
  const Json* held = json.find("columns");
  Json all = held ? *held : Json(Json::Object{});
  for (const auto& [array, row] : arrays) {
    Json columns = Json::Object{};
    for (const ColumnNote& note : notes) {
      if (std::string_view(note.array) != array) continue;
      columns.set(note.name, Json::object({{"label", note.label},
                                           {"unit", note.unit},
                                           {"formula", note.formula},
                                           {"method", note.method}}));
    }
    all.set(array, Json::object({{"row", row}, {"columns", std::move(columns)}}));
  }
  json.set("columns", std::move(all));
}

}  // namespace tiebeam::flow
