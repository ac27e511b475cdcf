#include "model/record_type.h"

#include <fmt/format.h>

#include <cmath>

#include "base/text.h"

namespace tiebeam {

std::string_view kind_name(FieldKind kind) {
  constexpr std::string_view names[] = {"text",       "integer", "number", "fraction", "boolean",
                                        "money",      "instant", "day",    "estimate", "reference",
                                        "references", "list",    "choice"};
  return names[static_cast<int>(kind)];
}

std::size_t RecordType::index_of(std::string_view field) const {
  const auto at = std::ranges::find(fields, field, &FieldInfo::name);
  return at == fields.end() ? std::string::npos : static_cast<std::size_t>(at - fields.begin());
}

const FieldInfo* RecordType::find(std::string_view field) const {
  const std::size_t at = index_of(field);
  return at == std::string::npos ? nullptr : &fields[at];
}

const std::string& Record::name() const {
  static const std::string none;
  const auto* held = std::get_if<std::string>(&values[kNameField]);
  return held ? *held : none;
}

std::int64_t Record::version() const {
  const auto* held = std::get_if<std::int64_t>(&values[kVersionField]);
  return held ? *held : 0;
}

void Catalog::add(RecordType type) {
  const std::string name = type.name;
  TB_CHECK(types_.emplace(name, std::move(type)).second, "each record type is described once");
}

const RecordType* Catalog::find(std::string_view name) const {
  const auto held = types_.find(name);
  return held == types_.end() ? nullptr : &held->second;
}

Result<const RecordType*> Catalog::get(std::string_view name) const {
  if (const RecordType* type = find(name)) return type;
  std::vector<std::string_view> names;
  for (const auto& [known, type] : types_) names.push_back(known);
  return fail(Kind::not_found, "model.no_type",
              fmt::format("there is no record type '{}'{}", shown(name), did_you_mean(name, names)),
              fmt::format("the types are {}", fmt::join(names, ", ")));
}

std::vector<std::string> Catalog::dangling() const {
  std::vector<std::string> out;
  for (const auto& [name, type] : types_) {
    for (const FieldInfo& field : type.fields) {
      if (!field.refers_to.empty() && !find(field.refers_to)) {
        out.push_back(fmt::format("{}.{} refers to '{}', which is no record type", name, field.name,
                                  field.refers_to));
      }
    }
  }
  return out;
}

Record blank(const RecordType& type) {
  Record out;
  out.values.resize(type.fields.size());
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    const FieldKind kind = type.fields[i].kind;
    if (kind == FieldKind::references || kind == FieldKind::list)
      out.values[i] = std::vector<std::string>{};
  }
  out.values[kIdField] = std::string{};
  out.values[kVersionField] = std::int64_t{0};
  return out;
}

Record fresh(const RecordType& type) {
  Record out = blank(type);
  for (std::size_t i = kBaseFields; i < type.fields.size(); ++i) {
    if (type.fields[i].initial.index() != 0) out.values[i] = type.fields[i].initial;
  }
  return out;
}

}  // namespace tiebeam
