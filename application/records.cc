#include "application/records.h"

#include <fmt/format.h>

#include "application/record_faults.h"
#include "base/faults.h"
#include "base/json_pointer.h"
#include "base/text.h"

namespace tiebeam {
namespace {

std::unexpected<Faults> refused(Error error) { return std::unexpected(Faults{std::move(error)}); }

Error unknown_field(const RecordType& type, std::string_view name) {
  std::vector<std::string_view> names;
  for (const FieldInfo& field : type.fields) {
    if (!field.kept) names.push_back(field.name);
  }
  return {.kind = Kind::invalid,
          .code = "record.unknown_field",
          .message = fmt::format("a {} has no field '{}'{}", to_lower_ascii(type.title),
                                 shown(name), did_you_mean(name, names)),
          .detail = {},
          .hint = fmt::format("the fields are {}", fmt::join(names, ", ")),
          .field = fmt::format("/{}", pointer_part(name)),
          .found = shown(name),
          .expected = fmt::format("one of {}", fmt::join(names, ", "))};
}

// Reads typed values into `record`; which fields were named.
Checked<std::vector<std::size_t>> apply(const RecordType& type, const Typed& fields,
                                        Record& record) {
  std::vector<std::size_t> named;
  Faults faults;
  for (const auto& [name, text] : fields) {
    const std::size_t at = type.index_of(name);
    if (at == std::string::npos || (type.fields[at].kept && at != kIdField)) {
      faults.push_back(unknown_field(type, name));
      continue;
    }
    auto value = parse_value(type.fields[at], text);
    if (!value) {
      faults.push_back(std::move(value).error());
      continue;
    }
    record.values[at] =
        at == kIdField && value->index() == 0 ? Value{std::string{}} : *std::move(value);
    named.push_back(at);
  }
  if (!faults.empty()) return std::unexpected(std::move(faults));
  return named;
}

std::string free_id(const Snapshot& snapshot, const RecordType& type, const Record& record) {
  std::string stem = slugify(record.name());
  if (stem.empty()) stem = type.name;
  std::string id = stem;
  for (int n = 2; snapshot.find(type.name, id); ++n) id = fmt::format("{}-{}", stem, n);
  return id;
}

store::Change change_of(const RecordType& type, const Record& record, store::Op op,
                        const std::vector<std::size_t>& named) {
  store::Change change{
      .op = op, .type = type.name, .id = record.id(), .fields = {}, .expected_version = {}};
  for (const std::size_t at : named) {
    if (!type.fields[at].kept) change.fields.emplace_back(type.fields[at].name, record.values[at]);
  }
  return change;
}

store::Change removal_of(const RecordType& type, const std::string& id,
                         std::optional<std::int64_t> expected_version) {
  return {.op = store::Op::remove,
          .type = type.name,
          .id = id,
          .fields = {},
          .expected_version = expected_version};
}

std::vector<std::size_t> all_fields(const RecordType& type) {
  std::vector<std::size_t> out(type.fields.size());
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = i;
  return out;
}

// Fields that people write and that differ from what is held; all of them where nothing is.
std::vector<std::size_t> moved_fields(const RecordType& type, const Record* held,
                                      const Record& record) {
  std::vector<std::size_t> out;
  for (std::size_t at = 0; at < record.values.size(); ++at) {
    const bool moved = !held || held->values[at] != record.values[at];
    if (moved && !type.fields[at].kept) out.push_back(at);
  }
  return out;
}

Checked<store::Written> commit(store::Store& store, const Author& author, std::string command,
                               std::vector<store::Change> changes) {
  auto written = store.write({.actor = author.actor,
                              .at = author.at,
                              .command = std::move(command),
                              .idempotency_key = author.idempotency_key,
                              .changes = std::move(changes),
                              .request = author.request});
  if (written) return *written;
  Error error = std::move(written).error();
  if (error.code == "store.exists") error.field = "/id";
  return refused(std::move(error));
}

// Faults of one record of several, below its place.
void add_below(std::size_t place, Faults own, Faults& faults) {
  for (Error& fault : own) {
    fault.field = fmt::format("/{}{}", place, fault.field);
    faults.push_back(std::move(fault));
  }
}

// A link without a name reads as what it says.
void name_link(const RecordType& type, Record& record) {
  if (type.name != "link" || !record.name().empty()) return;
  const auto text = [&](std::string_view field) {
    const auto* held = std::get_if<std::string>(&record.values[type.index_of(field)]);
    return held ? *held : std::string{};
  };
  record.values[kNameField] = fmt::format("{} {} {}", text("from"), text("kind"), text("to"));
}

}  // namespace

Checked<Record> add_record(const Table& table, store::Store& store, const Snapshot& snapshot,
                           std::string_view type_name, const Typed& fields, const Author& author) {
  auto type = table.catalog.get(type_name);
  if (!type) return refused(std::move(type).error());
  Record record = fresh(**type);
  if (auto named = apply(**type, fields, record); !named) {
    add_other_faults(table, snapshot, **type, record, named.error());
    return std::unexpected(std::move(named).error());
  }
  return create_record(table, store, snapshot, type_name, std::move(record), author);
}

Checked<Record> create_record(const Table& table, store::Store& store, const Snapshot& snapshot,
                              std::string_view type_name, Record record, const Author& author) {
  auto type = table.catalog.get(type_name);
  if (!type) return refused(std::move(type).error());
  name_link(**type, record);
  if (record.id().empty()) record.values[kIdField] = free_id(snapshot, **type, record);
  Faults faults = all_faults(table, snapshot, **type, record, {});
  ask_guard(table, snapshot, **type, record.id(), &record, author.at, false, faults);
  if (!faults.empty()) return std::unexpected(std::move(faults));
  auto done = commit(store, author, "record.add",
                     {change_of(**type, record, store::Op::add, all_fields(**type))});
  if (!done) return std::unexpected(std::move(done).error());
  if (!done->repeated || done->first_seq == 0) return record;
  const auto entries = store.journal(done->first_seq, 1);
  if (!entries) return refused(entries.error());
  if (!entries->empty()) record.values[kIdField] = entries->front().id;
  return record;
}

Checked<std::int64_t> put_records(const Table& table, store::Store& store, const Snapshot& snapshot,
                                  std::string_view type_name, const std::vector<Record>& records,
                                  const Author& author, bool preview) {
  auto type = table.catalog.get(type_name);
  if (!type) return refused(std::move(type).error());
  AddedIds added;
  Faults faults;
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (added.emplace((*type)->name, records[i].id()).second) continue;
    faults.push_back({.kind = Kind::invalid,
                      .code = "record.doubled_id",
                      .message = fmt::format("the id '{}' stands twice", shown(records[i].id())),
                      .detail = {},
                      .hint = "keep one of the two, or give the other an id of its own",
                      .field = fmt::format("/{}/id", i),
                      .found = shown(records[i].id()),
                      .expected = "an id that no record before it has"});
  }
  const Step step{.records = {{(*type)->name, records}}, .removed = {}};
  std::vector<store::Change> changes;
  for (std::size_t i = 0; i < records.size(); ++i) {
    Record record = records[i];
    Faults own = all_faults(table, snapshot, **type, record, added);
    ask_guard(table, snapshot, **type, record.id(), &record, author.at, true, own, step);
    add_below(i, std::move(own), faults);
    const Record* held = snapshot.find((*type)->name, record.id());
    const std::vector<std::size_t> named = moved_fields(**type, held, record);
    if (named.empty()) continue;
    Faults sealed;
    check_sealed(table, snapshot, **type, record.id(), sealed);
    add_below(i, std::move(sealed), faults);
    changes.push_back(change_of(**type, record, held ? store::Op::set : store::Op::add, named));
  }
  keep_first_faults(faults);
  if (!faults.empty()) return std::unexpected(std::move(faults));
  const auto count = static_cast<std::int64_t>(changes.size());
  if (count == 0 || preview) return count;
  auto done = commit(store, author, "record.put", std::move(changes));
  if (!done) return std::unexpected(std::move(done).error());
  return count;
}

Json to_json(const WrittenPlan& written) {
  return Json::object({{"added", written.added},
                       {"changed", written.changed},
                       {"removed", written.removed},
                       {"first_entry", written.first_seq},
                       {"last_entry", written.last_seq},
                       {"repeated", written.repeated}});
}

Checked<WrittenPlan> write_plan(const Table& table, store::Store& store, const Snapshot& snapshot,
                                const RecordPlan& plan, std::string command, const Author& author) {
  if (!plan.faults.empty()) return std::unexpected(plan.faults);
  AddedIds added;
  for (const auto& [type, record] : plan.records) added.emplace(type, record.id());
  store::Write write{.actor = author.actor,
                     .at = author.at,
                     .command = std::move(command),
                     .idempotency_key = author.idempotency_key,
                     .changes = {},
                     .request = author.request};
  const Step step = step_of(plan);
  WrittenPlan out;
  Faults faults;
  for (std::size_t i = 0; i < plan.records.size(); ++i) {
    const std::string& type_name = plan.records[i].first;
    Record record = plan.records[i].second;
    auto type = table.catalog.get(type_name);
    if (!type) return refused(std::move(type).error());
    Faults own = all_faults(table, snapshot, **type, record, added);
    ask_guard(table, snapshot, **type, record.id(), &record, author.at, false, own, step);
    add_below(i, std::move(own), faults);
    const Record* held = snapshot.find(type_name, record.id());
    const std::vector<std::size_t> named = moved_fields(**type, held, record);
    if (named.empty()) continue;
    Faults sealed;
    check_sealed(table, snapshot, **type, record.id(), sealed);
    add_below(i, std::move(sealed), faults);
    write.changes.push_back(
        change_of(**type, record, held ? store::Op::set : store::Op::add, named));
    ++(held ? out.changed : out.added);
  }
  for (const auto& [type_name, id] : plan.removed) {
    auto type = table.catalog.get(type_name);
    if (!type) return refused(std::move(type).error());
    check_sealed(table, snapshot, **type, id, faults);
    ask_guard(table, snapshot, **type, id, nullptr, author.at, false, faults, step);
    write.changes.push_back(removal_of(**type, id, {}));
    ++out.removed;
  }
  keep_first_faults(faults);
  if (!faults.empty()) return std::unexpected(std::move(faults));
  if (write.changes.empty()) return out;
  auto written = store.write(std::move(write));
  if (!written) return refused(std::move(written).error());
  out.first_seq = written->first_seq;
  out.last_seq = written->last_seq;
  out.repeated = written->repeated;
  return out;
}

namespace {
struct Changing {
  const RecordType& type;
  std::string_view id;
  Record record;                   // as it should be
  std::vector<std::size_t> named;  // fields that were said
  std::optional<std::int64_t> expected_version;
};

Checked<Record> change_record(const Table& table, store::Store& store, const Snapshot& snapshot,
                              Changing wanted, const Author& author) {
  if (wanted.record.id() != wanted.id) {
    return refused({.kind = Kind::invalid,
                    .code = "record.id_is_fixed",
                    .message = fmt::format("the id of {} '{}' cannot change: others refer to it",
                                           wanted.type.name, wanted.id),
                    .detail = {},
                    .hint = "change its name instead",
                    .field = "/id"});
  }
  Faults faults = all_faults(table, snapshot, wanted.type, wanted.record, {});
  if (!wanted.named.empty()) check_sealed(table, snapshot, wanted.type, wanted.id, faults);
  ask_guard(table, snapshot, wanted.type, wanted.id, &wanted.record, author.at, false, faults);
  if (!faults.empty()) return std::unexpected(std::move(faults));
  // A derived record is written down the first time somebody adds to it: its name and what was
  // said.
  const bool first_time = !snapshot.find(wanted.type.name, wanted.id);
  const bool is_named = std::ranges::find(wanted.named, kNameField) != wanted.named.end();
  if (first_time && !is_named) wanted.named.push_back(kNameField);
  store::Change change = change_of(wanted.type, wanted.record,
                                   first_time ? store::Op::add : store::Op::set, wanted.named);
  if (!first_time) change.expected_version = wanted.expected_version;
  auto done = commit(store, author, "record.set", {std::move(change)});
  if (!done) return std::unexpected(std::move(done).error());
  return std::move(wanted.record);
}
}  // namespace

Checked<Record> set_record(const Table& table, store::Store& store, const Snapshot& snapshot,
                           std::string_view type_name, std::string_view id, const Typed& fields,
                           std::optional<std::int64_t> expected_version, const Author& author) {
  auto type = table.catalog.get(type_name);
  if (!type) return refused(std::move(type).error());
  auto record = get_record(table, snapshot, type_name, id);
  if (!record) return refused(std::move(record).error());
  const std::string kept_id = record->id();
  auto named = apply(**type, fields, *record);
  if (!named) return std::unexpected(std::move(named).error());
  return change_record(table, store, snapshot,
                       {**type, kept_id, *std::move(record), *std::move(named), expected_version},
                       author);
}

Checked<Record> replace_record(const Table& table, store::Store& store, const Snapshot& snapshot,
                               std::string_view type_name, std::string_view id, Record record,
                               std::optional<std::int64_t> expected_version, const Author& author) {
  auto type = table.catalog.get(type_name);
  if (!type) return refused(std::move(type).error());
  auto held = get_record(table, snapshot, type_name, id);
  if (!held) return refused(std::move(held).error());
  if (record.id().empty()) record.values[kIdField] = held->id();
  std::vector<std::size_t> named = moved_fields(**type, &*held, record);
  return change_record(table, store, snapshot,
                       {**type, held->id(), std::move(record), std::move(named), expected_version},
                       author);
}

Checked<void> remove_record(const Table& table, store::Store& store, const Snapshot& snapshot,
                            std::string_view type_name, std::string_view id, const Author& author,
                            std::optional<std::int64_t> expected_version) {
  auto type = table.catalog.get(type_name);
  if (!type) return refused(std::move(type).error());
  auto record = get_record(table, snapshot, type_name, id);
  if (!record) return refused(std::move(record).error());
  if ((*type)->name == "organisation") {
    return refused({.kind = Kind::forbidden,
                    .code = "organisation.not_removable",
                    .message = "the organisation itself cannot be removed from its store",
                    .detail = {},
                    .hint = "to be rid of all of it, delete its file from the data directory",
                    .field = {}});
  }
  Faults faults;
  check_sealed(table, snapshot, **type, record->id(), faults);
  ask_guard(table, snapshot, **type, record->id(), nullptr, author.at, false, faults);
  if (!faults.empty()) return std::unexpected(std::move(faults));
  auto done =
      commit(store, author, "record.remove", {removal_of(**type, record->id(), expected_version)});
  if (!done) return std::unexpected(std::move(done).error());
  return {};
}

Result<Record> get_record(const Table& table, const Snapshot& snapshot, std::string_view type_name,
                          std::string_view id) {
  TB_TRY(const RecordType* type, table.catalog.get(type_name));
  std::vector<Record> all = records_of(table, snapshot, type_name);
  const auto find = [&](std::string_view wanted) {
    const auto at = std::ranges::lower_bound(
        all, wanted, {}, [](const Record& r) -> std::string_view { return r.id(); });
    return at != all.end() && at->id() == wanted ? &*at : nullptr;
  };
  if (const Record* record = find(id)) return *record;
  // People also know a record by the key it has in its source: INC0000045 is inc0000045.
  if (const Record* record = find(slugify(id))) return *record;
  std::vector<std::string_view> ids;
  for (const Record& record : all) ids.push_back(record.id());
  Error missing{.kind = Kind::not_found,
                .code = "record.no_such",
                .message = fmt::format("there is no {} '{}'{}", to_lower_ascii(type->title),
                                       shown(id), did_you_mean(id, ids)),
                .detail = {},
                .hint = fmt::format("list them with: tiebeam record {} list", type->name),
                .field = {},
                .found = fmt::format("'{}'", shown(id)),
                .expected = fmt::format("the id of a {} that exists", to_lower_ascii(type->title))};
  return std::unexpected(std::move(missing));
}

}  // namespace tiebeam
