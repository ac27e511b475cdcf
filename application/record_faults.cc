#include "application/record_faults.h"

#include <fmt/format.h>

#include <set>

#include "application/zones.h"
#include "base/calendar.h"
#include "base/text.h"
#include "model/kernel_records.h"

namespace tiebeam {
namespace {

// Answers whether a record exists, also among derived ones, and among those being added now.
Exists exists_in(const Table& table, const Snapshot& snapshot, const AddedIds& added) {
  return [&table, &snapshot, &added](std::string_view type, std::string_view id) {
    if (snapshot.find(type, id)) return true;
    if (added.contains({std::string(type), std::string(id)})) return true;
    const auto derive = table.derived.find(type);
    if (derive == table.derived.end()) return false;
    const auto records = derive->second.records(snapshot);
    return std::ranges::binary_search(records, id, {},
                                      [](const Record& r) -> std::string_view { return r.id(); });
  };
}

void check_link(const Table& table, const RecordType& type, const Record& record, Faults& faults) {
  if (type.name != "link") return;
  const auto text = [&](std::string_view field) {
    const auto* held = std::get_if<std::string>(&record.values[type.index_of(field)]);
    return held ? *held : std::string{};
  };
  const std::string kind = text("kind");
  const auto end_type = [&](std::string_view field) {
    return text(field).substr(0, text(field).find('/'));
  };
  std::vector<std::string_view> kinds;
  for (const LinkKind& known : table.links) {
    kinds.push_back(known.name);
    if (known.name != kind) continue;
    const bool from_fits = std::ranges::find(known.from, end_type("from")) != known.from.end();
    const bool to_fits = std::ranges::find(known.to, end_type("to")) != known.to.end();
    if (from_fits && to_fits) return;
    faults.push_back(
        {.kind = Kind::invalid,
         .code = "link.wrong_ends",
         .message = fmt::format("a {} cannot '{}' a {}", end_type("from"), kind, end_type("to")),
         .detail = {},
         .hint = fmt::format("'{}' goes from {} to {}", kind, fmt::join(known.from, ", "),
                             fmt::join(known.to, ", ")),
         .field = "/kind",
         .found = fmt::format("{} to {}", shown(end_type("from")), shown(end_type("to"))),
         .expected =
             fmt::format("{} to {}", fmt::join(known.from, ", "), fmt::join(known.to, ", "))});
    return;
  }
  faults.push_back({.kind = Kind::invalid,
                    .code = "link.unknown_kind",
                    .message = fmt::format("'{}' is not a kind of link{}", shown(kind),
                                           did_you_mean(kind, kinds)),
                    .detail = {},
                    .hint = fmt::format("the kinds are {}", fmt::join(kinds, ", ")),
                    .field = "/kind",
                    .found = fmt::format("'{}'", shown(kind)),
                    .expected = fmt::format("one of {}", fmt::join(kinds, ", "))});
}

// A field whose text a reader of its own takes or refuses.
struct Text {
  std::string_view field, value;
  std::string_view expected = {};  // where the reader does not say
};

template <class T>
void collect(Faults& faults, const Text& text, Result<T> result) {
  if (result) return;
  Error error = std::move(result).error();
  error.field = fmt::format("/{}", text.field);
  if (error.found.empty()) error.found = fmt::format("'{}'", shown(text.value));
  if (error.expected.empty()) error.expected = text.expected;
  faults.push_back(std::move(error));
}

// What the kernel's own records mean beyond their fields' kinds: zones, currencies, hours, days.
void check_kernel(const RecordType& type, const Record& record, Faults& faults) {
  if (type.name == "organisation") {
    const auto organisation = to_struct<Organisation>(record);
    if (organisation.id != "self") {
      faults.push_back({.kind = Kind::invalid,
                        .code = "organisation.only_one",
                        .message = "a store holds one organisation, and its id is 'self'",
                        .detail = {},
                        .hint = "import with another --org to begin a second one",
                        .field = "/id",
                        .found = fmt::format("'{}'", shown(organisation.id)),
                        .expected = "'self'"});
    }
    collect(faults, {"zone", organisation.zone}, load_zone(organisation.zone));
    collect(faults, {"currency", organisation.currency}, Currency::create(organisation.currency));
  } else if (type.name == "calendar") {
    const auto calendar = to_struct<WorkCalendar>(record);
    if (!calendar.zone.empty()) collect(faults, {"zone", calendar.zone}, load_zone(calendar.zone));
    collect(faults, {"hours", calendar.hours, "hours such as Mon-Fri 09:00-17:00"},
            parse_week(calendar.hours));
    for (const std::string& day : calendar.holidays)
      collect(faults, {"holidays", day, "days such as 2026-12-25"}, parse_day(day));
  }
}

}  // namespace

void check_sealed(const Table& table, const Snapshot& snapshot, const RecordType& type,
                  std::string_view id, Faults& faults) {
  const auto seal = table.sealed_by.find(type.name);
  const Record* held = seal == table.sealed_by.end() ? nullptr : snapshot.find(type.name, id);
  if (!held) return;
  const FieldInfo* field = type.find(seal->second);
  const Value& value = held->values[type.index_of(seal->second)];
  if (!field || value.index() == 0) return;
  faults.push_back(
      {.kind = Kind::conflict,
       .code = "record.sealed",
       .message = fmt::format("{} '{}' is closed since {}: it stays as it was agreed",
                              to_lower_ascii(type.title), id, format_value(*field, value)),
       .detail = {},
       .hint = "write what is to be corrected as a new one, or undo the closing in "
               "the journal",
       .field = fmt::format("/{}", seal->second),
       .found = fmt::format("closed since {}", format_value(*field, value)),
       .expected = "a record that is not closed yet"});
}

Faults all_faults(const Table& table, const Snapshot& snapshot, const RecordType& type,
                  const Record& record, const AddedIds& added) {
  Faults faults = faults_of(type, record, exists_in(table, snapshot, added));
  check_link(table, type, record, faults);
  check_kernel(type, record, faults);
  return faults;
}

void add_other_faults(const Table& table, const Snapshot& snapshot, const RecordType& type,
                      const Record& record, Faults& told) {
  const auto top = [](const Error& fault) {
    return fault.field.substr(0, fault.field.find('/', 1));
  };
  std::set<std::string> fields;
  for (const Error& fault : told) fields.insert(top(fault));
  if (record.id().empty()) fields.insert("/id");  // made of the name when all is well
  for (Error& fault : all_faults(table, snapshot, type, record, {})) {
    if (!fields.contains(top(fault))) told.push_back(std::move(fault));
  }
}

Step step_of(const RecordPlan& plan) {
  Step out;
  for (const auto& [type, record] : plan.records) out.records[type].push_back(record);
  for (const auto& [type, id] : plan.removed) out.removed[type].push_back(id);
  return out;
}

void ask_guard(const Table& table, const Snapshot& snapshot, const RecordType& type,
               std::string_view id, Record* record, Instant at, bool from_file, Faults& faults,
               const Step& step) {
  const auto guard = table.guards.find(type.name);
  if (guard == table.guards.end() || (record == nullptr && !faults.empty())) return;
  const auto of = [&](const auto& all) {
    const auto found = all.find(type.name);
    using Items = std::remove_cvref_t<decltype(found->second)>;
    static const Items kNone;
    return std::span(found == all.end() ? kNone : found->second);
  };
  // The snapshot outlives the book: nobody has to own it.
  const FigureBook book(table.figures, SnapshotPtr(SnapshotPtr{}, &snapshot), {});
  const Watched writing{.book = book,
                        .held = snapshot.find(type.name, id),
                        .record = record,
                        .at = at,
                        .from_file = from_file,
                        .together = of(step.records),
                        .removed = of(step.removed)};
  const std::size_t before = faults.size();
  const auto is_told = [&](const Error& fault) {
    return std::any_of(faults.begin(), faults.begin() + static_cast<std::ptrdiff_t>(before),
                       [&](const Error& each) { return each.field == fault.field; });
  };
  for (Error& fault : guard->second(writing)) {
    if (!is_told(fault)) faults.push_back(std::move(fault));
  }
}

}  // namespace tiebeam
