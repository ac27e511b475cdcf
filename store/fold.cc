#include "store/fold.h"

#include "base/text.h"
#include "store/broken.h"
#include "store/records.h"
#include "store/value_text.h"

namespace tiebeam::store {
namespace {

Result<void> take_after_values(const RecordType& type, const Entry& entry, Record& record) {
  for (const Part& part : entry.values) {
    const auto [side, field] = side_and_field(part.name);
    const std::size_t index = type.index_of(field);
    if (side != "after" || index == std::string::npos) continue;
    Value value;
    if (part.text) {
      TB_TRY(value, value_from_text(*part.text));
    }
    TB_TRY(record.values[index], normal(type.fields[index], std::move(value)));
  }
  return {};
}

std::unexpected<Error> impossible(const Entry& entry, std::string_view what) {
  return broken(fmt::format("journal entry {} {} {}/{}", entry.seq, what, shown(entry.type),
                            shown(entry.id_text())));
}

}  // namespace

Result<void> Fold::apply(const Entry& entry) {
  const RecordType* type = catalog_.find(entry.type);
  if (type == nullptr || !entry.id.text) return {};
  Records& records = records_[entry.type];
  const std::string& id = *entry.id.text;
  last_[{entry.type, id}] = entry.seq;
  const auto found = records.find(id);
  if (entry.op == Op::add && found != records.end()) return impossible(entry, "adds again");
  if (entry.op != Op::add && found == records.end())
    return impossible(entry, "changes what is not there:");
  if (entry.op == Op::remove) {
    records.erase(found);
    return {};
  }
  Record record = entry.op == Op::add ? blank(*type) : found->second;
  record.values[kUpdatedField] = entry.at;
  TB_TRY(record.values[kVersionField], next_version(record));
  if (entry.op == Op::add) {
    record.values[kIdField] = id;
    record.values[kCreatedField] = entry.at;
  }
  TB_DO(take_after_values(*type, entry, record));
  records.insert_or_assign(id, std::move(record));
  return {};
}

const Fold::Records& Fold::of(std::string_view type) const {
  static const Records none;
  const auto found = records_.find(type);
  return found == records_.end() ? none : found->second;
}

std::int64_t Fold::last_entry(std::string_view type, std::string_view id) const {
  const auto found = last_.find({std::string(type), std::string(id)});
  return found == last_.end() ? 0 : found->second;
}

Result<Fold> fold_journal(Db& db, const Catalog& catalog, std::int64_t seq) {
  Fold fold(catalog);
  const auto take = [&](const Entry& entry) -> Result<bool> {
    TB_DO(fold.apply(entry));
    return true;
  };
  TB_DO(each_entry(db, {.to = seq}, take));
  return fold;
}

}  // namespace tiebeam::store
