#include "application/journal_json.h"

#include "model/record_json.h"

namespace tiebeam {

std::string_view op_name(store::Op op) {
  constexpr std::string_view names[] = {"add", "set", "remove"};
  return names[static_cast<int>(op)];
}

Json to_json(const store::JournalEntry& entry) {
  Json fields = Json::Array{};
  for (const store::FieldChange& change : entry.fields) {
    fields.push(
        Json::object({{"field", change.field},
                      {"before", change.before ? to_json(FieldInfo{}, *change.before) : Json()},
                      {"after", change.after ? to_json(FieldInfo{}, *change.after) : Json()},
                      {"erased", change.erased}}));
  }
  return Json::object({{"seq", entry.seq},
                       {"at", format_instant(entry.at)},
                       {"actor", entry.actor},
                       {"identity_verified", false},
                       {"command", entry.command},
                       {"op", op_name(entry.op)},
                       {"type", entry.type},
                       {"id", entry.id},
                       {"fields", std::move(fields)},
                       {"hash", entry.hash}});
}

}  // namespace tiebeam
