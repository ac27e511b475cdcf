#include "store/erase.h"

#include <set>

#include "base/text.h"
#include "store/events.h"
#include "store/import_row.h"
#include "store/mask.h"
#include "store/persons.h"
#include "store/raw_source.h"
#include "store/value_text.h"

namespace tiebeam::store {
namespace {

constexpr std::string_view kPerson = "person";

struct Who {
  std::string id;
  std::vector<std::string> names;  // every name they had, and further spellings
  std::vector<Pattern> patterns;   // of the names, in our own texts
};

bool is_tie_to(const Who& who, std::string_view text) { return text == "person/" + who.id; }

std::optional<Value> cleaned_text(const Who& who, const FieldInfo& field, std::string text) {
  if (field.refers_to == kPerson)
    return text == who.id ? std::optional<Value>(Value{}) : std::nullopt;
  if (field.kind != FieldKind::text) return std::nullopt;
  if (is_tie_to(who, text)) return Value{};
  if (mask(text, who.patterns) == 0) return std::nullopt;
  return text;
}

std::optional<Value> cleaned_list(const Who& who, const FieldInfo& field,
                                  std::vector<std::string> list) {
  const std::size_t before = list.size();
  if (field.refers_to == kPerson) {
    std::erase(list, who.id);
    return list.size() == before ? std::nullopt : std::optional<Value>(std::move(list));
  }
  if (field.kind != FieldKind::list) return std::nullopt;
  std::erase_if(list, [&](const std::string& each) { return is_tie_to(who, each); });
  bool is_changed = list.size() != before;
  for (std::string& each : list) is_changed = mask(each, who.patterns) > 0 || is_changed;
  return is_changed ? std::optional<Value>(std::move(list)) : std::nullopt;
}

// The value without the person; nothing when it does not name them.
std::optional<Value> cleaned(const Who& who, const FieldInfo& field, const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return cleaned_text(who, field, *text);
  if (const auto* list = std::get_if<std::vector<std::string>>(&value))
    return cleaned_list(who, field, *list);
  return std::nullopt;
}

Entry quiet_entry(const Session& session, Op op, const std::string& type, Part id) {
  Entry entry;
  entry.at = session.at;
  entry.op = op;
  entry.command = kEraseCommand;
  entry.type = type;
  entry.actor = make_part("actor", session.actor);
  entry.id = std::move(id);
  return entry;
}

// Every name the journal knows for the person; nothing when it never heard of them.
Result<std::set<std::string>> names_in_journal(Session& session, const std::string& id,
                                               bool& is_known) {
  std::set<std::string> out;
  const EntryFilter filter{.type = kPerson, .id = id};
  TB_DO(each_entry(session.db, filter, [&](const Entry& entry) -> Result<bool> {
    is_known = true;
    for (const std::string_view side : {"before", "after"}) {
      const Part* part = entry.find(side, "name");
      if (part != nullptr && part->text && part->text->size() > 1)
        out.insert(part->text->substr(1));
    }
    return true;
  }));
  return out;
}

Result<Who> look_up(Session& session, std::string_view id,
                    const std::vector<std::string>& further) {
  bool is_known = false;
  TB_TRY(std::set<std::string> names, names_in_journal(session, std::string(id), is_known));
  if (!is_known) {
    return fail(Kind::not_found, "store.not_found",
                fmt::format("there is no person '{}'", shown(id)),
                "list the people with: tiebeam record person list");
  }
  names.insert(further.begin(), further.end());
  names.erase("");
  Who who{std::string(id), {names.begin(), names.end()}, {}};
  who.patterns = text_patterns_of(who.names);
  return who;
}

// Writes `record` without the person, and an entry whose values before are erased from the start.
Result<void> clean_record(Session& session, const Who& who, const RecordType& type, Record record) {
  std::vector<Part> parts;
  for (std::size_t i = 1; i < type.fields.size(); ++i) {
    std::optional<Value> value = cleaned(who, type.fields[i], record.values[i]);
    if (!value) continue;
    parts.push_back(make_gone_part("before." + type.fields[i].name, to_text(record.values[i])));
    TB_TRY(record.values[i], normal(type.fields[i], *std::move(value)));
    parts.push_back(make_part("after." + type.fields[i].name, to_text(record.values[i])));
  }
  if (parts.empty()) return {};
  record.values[kUpdatedField] = session.at;
  TB_TRY(record.values[kVersionField], next_version(record));
  TB_DO(update_record(session.db, type, record));
  Entry entry = quiet_entry(session, Op::set, type.name, make_part("id", record.id()));
  entry.values = std::move(parts);
  TB_DO(append_entry(session.db, std::move(entry)));
  return {};
}

bool is_tie(const Who& who, const RecordType& type, const Record& record) {
  if (type.name != "link") return false;
  return std::ranges::any_of(record.values, [&](const Value& value) {
    const auto* text = std::get_if<std::string>(&value);
    return text != nullptr && is_tie_to(who, *text);
  });
}

Result<void> remove_quietly(Session& session, const RecordType& type, const std::string& id,
                            Part shown_id) {
  TB_DO(delete_record(session.db, type, id));
  TB_DO(append_entry(session.db, quiet_entry(session, Op::remove, type.name, std::move(shown_id))));
  return {};
}

Result<void> clean_records(Session& session, const Who& who) {
  for (const auto& [name, type] : session.catalog.types()) {
    TB_TRY(std::vector<Record> records, load_records(session.db, type));
    for (Record& record : records) {
      if (name == kPerson && record.id() == who.id) continue;
      if (is_tie(who, type, record)) {
        TB_DO(remove_quietly(session, type, record.id(), make_part("id", record.id())));
      } else {
        TB_DO(clean_record(session, who, type, std::move(record)));
      }
    }
  }
  TB_TRY(const RecordType* person, session.catalog.get(kPerson));
  return remove_quietly(session, *person, who.id, make_gone_part("id", who.id));
}

struct Gone {  // where in the journal a value must go
  std::vector<std::int64_t> actors, ids;
  std::vector<std::pair<std::int64_t, std::int64_t>> values;  // seq, n
};

Result<bool> names_person(const Session& session, const Who& who, const Entry& entry,
                          const Part& part) {
  if (entry.type == kPerson && entry.id.text == who.id) return true;
  TB_TRY(const Value value, value_from_text(*part.text));
  const RecordType* type = session.catalog.find(entry.type);
  const FieldInfo* field = type == nullptr ? nullptr : type->find(side_and_field(part.name).second);
  return cleaned(who, field == nullptr ? FieldInfo{} : *field, value).has_value();
}

Result<Gone> find_in_journal(Session& session, const Who& who) {
  Gone out;
  const std::set<std::string> actors(who.names.begin(), who.names.end());
  TB_DO(each_entry(session.db, {}, [&](const Entry& entry) -> Result<bool> {
    if (entry.type == kPerson && entry.id.text == who.id) out.ids.push_back(entry.seq);
    if (entry.actor.text && (*entry.actor.text == who.id || is_tie_to(who, *entry.actor.text) ||
                             actors.contains(*entry.actor.text))) {
      out.actors.push_back(entry.seq);
    }
    for (std::size_t n = 0; n < entry.values.size(); ++n) {
      if (!entry.values[n].text) continue;
      TB_TRY(const bool is_named, names_person(session, who, entry, entry.values[n]));
      if (is_named) out.values.emplace_back(entry.seq, static_cast<std::int64_t>(n));
    }
    return true;
  }));
  return out;
}

Result<std::int64_t> clear_journal(Session& session, const Who& who) {
  TB_TRY(const Gone gone, find_in_journal(session, who));
  Db& db = session.db;
  for (const std::int64_t seq : gone.actors) {
    TB_DO(db.query("UPDATE tb_journal SET actor = NULL, actor_salt = NULL WHERE seq = ?1")
              .with(seq)
              .run());
  }
  for (const std::int64_t seq : gone.ids) {
    TB_DO(
        db.query("UPDATE tb_journal SET id = NULL, id_salt = NULL WHERE seq = ?1").with(seq).run());
  }
  for (const auto& [seq, n] : gone.values) {
    TB_DO(
        db.query("UPDATE tb_journal_value SET value = NULL, salt = NULL WHERE seq = ?1 AND n = ?2")
            .with(seq)
            .with(n)
            .run());
  }
  return static_cast<std::int64_t>(gone.actors.size() + gone.ids.size() + gone.values.size());
}

// Masks the sources and dictionaries of all imports, undone ones too, and notes their new hashes.
Result<std::int64_t> clear_imports(Session& session, const Who& who) {
  std::int64_t places = 0;
  const std::vector<Pattern> patterns = patterns_of(who.names);
  TB_TRY(const RecordType* type, session.catalog.get(kImportType));
  TB_TRY(const std::vector<Record> imports, load_records(session.db, *type));
  for (const Record& import : imports) {
    TB_TRY(const std::int64_t raw, mask_raw(session.db, import.id(), patterns));
    TB_TRY(const std::int64_t names, mask_dictionaries(session.db, import.id(), who.patterns));
    if (raw + names == 0) continue;
    places += raw + names;
    Change change{Op::set, std::string(kImportType), import.id(), {}, {}};
    TB_TRY(std::string raw_now, raw_hash(session.db, import.id()));
    TB_TRY(std::string events_now, events_hash(session.db, import.id()));
    change.fields.emplace_back("raw_hash", std::move(raw_now));
    change.fields.emplace_back("events_hash", std::move(events_now));
    TB_DO(apply_change(session, change));
  }
  return places;
}

Result<std::int64_t> forget_keys(Session& session, const Who& who) {
  std::int64_t gone = 0;
  TB_TRY(Persons persons, Persons::open(session.db));
  for (const std::string& name : who.names) {
    TB_TRY(const bool had_number, persons.forget(name));
    gone += had_number ? 1 : 0;
  }
  return gone;
}

}  // namespace

Result<std::int64_t> erase(Session& session, std::string_view id,
                           const std::vector<std::string>& names) {
  session.command = kEraseCommand;
  TB_TRY(const Who who, look_up(session, id, names));
  TB_DO(clean_records(session, who));
  TB_TRY(const std::int64_t values, clear_journal(session, who));
  TB_TRY(const std::int64_t places, clear_imports(session, who));
  TB_TRY(const std::int64_t keys, forget_keys(session, who));
  return values + places + keys;
}

}  // namespace tiebeam::store
