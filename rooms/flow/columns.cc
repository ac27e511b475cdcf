#include "rooms/flow/columns.h"

namespace tiebeam::flow {

Json columns_json(std::span<const ArrayNotes> notes) {
  Json out = Json::Object{};
  for (const ArrayNotes& some : notes) {
    for (const RowName& name : some.rows) {
      Json columns = Json::Object{};
      for (const ColumnNote& note : some.columns) {
        if (std::string_view(note.array) != name.array) continue;
        columns.set(note.name, Json::object({{"label", note.label},
                                             {"unit", note.unit},
                                             {"formula", note.formula},
                                             {"method", note.method}}));
      }
      out.set(name.array, Json::object({{"row", name.row}, {"columns", std::move(columns)}}));
    }
  }
  return out;
}

Json interval_json(const std::optional<Interval>& interval) {
  if (!interval) return {};
  return Json::object(
      {{"low", interval->low}, {"high", interval->high}, {"level", interval->level}});
}

}  // namespace tiebeam::flow
