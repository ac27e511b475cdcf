// tiebeam record TYPE list | show | add | set | remove: generic, for every record type on the
// table.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "application/records.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/text_table.h"
#include "model/figure_text.h"
#include "model/record_csv.h"
#include "model/record_json.h"

namespace tiebeam::cli {
namespace {

struct RecordOptions {
  std::string type, id;
  std::vector<std::string> fields;  // name=value
  std::string format = "text";
  std::optional<std::int64_t> if_version;
  std::int64_t limit = 100;
};

struct Opened {
  std::unique_ptr<store::Store> store;
  SnapshotPtr snapshot;
  const RecordType* type = nullptr;
};

Result<Opened> open(const Shell& shell, const RecordOptions& options) {
  Opened out;
  TB_TRY(out.type, shell.table.catalog.get(options.type));
  TB_TRY(out.store, shell.open());
  TB_TRY(out.snapshot, shell.snapshot(*out.store));
  return out;
}

Author author(const Shell& shell) {
  return {.actor = shell.environment.actor, .at = shell.environment.now(), .idempotency_key = {}};
}

Checked<Typed> typed(const std::vector<std::string>& fields) {
  Typed out;
  std::vector<Error> faults;
  for (const std::string& field : fields) {
    const std::size_t equals = field.find('=');
    if (equals == std::string::npos || equals == 0) {
      faults.push_back({.kind = Kind::invalid,
                        .code = "cli.not_a_field",
                        .message = fmt::format("'{}' is not field=value", shown(field)),
                        .detail = {},
                        .hint = "write for example: name=\"Order to cash\"",
                        .field = {}});
      continue;
    }
    out.emplace_back(field.substr(0, equals), field.substr(equals + 1));
  }
  if (!faults.empty()) return std::unexpected(std::move(faults));
  return out;
}

// Columns for a list: id, name and the first three fields of its own that anybody filled in.
std::vector<std::size_t> list_columns(const RecordType& type, const std::vector<Record>& records) {
  std::vector<std::size_t> out{kIdField, kNameField};
  for (std::size_t i = kBaseFields; i < type.fields.size() && out.size() < 5; ++i) {
    const bool filled = std::ranges::any_of(records, [&](const Record& r) {
      return !format_value(type.fields[i], r.values[i]).empty() &&
             format_value(type.fields[i], r.values[i]).size() < 60;
    });
    if (filled) out.push_back(i);
  }
  return out;
}

std::string list_text(const RecordType& type, const std::vector<Record>& records,
                      std::size_t total) {
  if (records.empty()) {
    return fmt::format("no {} yet; add one: tiebeam record {} add name=...\n", type.plural,
                       type.name);
  }
  const auto columns = list_columns(type, records);
  std::vector<std::string> headers;
  for (const std::size_t at : columns) headers.push_back(type.fields[at].name);
  TextTable table(headers);
  for (const Record& record : records) {
    std::vector<std::string> cells;
    for (const std::size_t at : columns)
      cells.push_back(fit(format_value(type.fields[at], record.values[at]), 40));
    table.add(std::move(cells));
  }
  std::string out = table.text();
  if (total > records.size())
    out += fmt::format("... and {} more; --limit -1 shows all\n",
                       counted(static_cast<std::int64_t>(total - records.size())));
  return out;
}

Answered list(const Shell& shell, const RecordOptions& options) {
  auto opened = open(shell, options);
  if (!opened) return std::unexpected(Refusal(std::move(opened).error()));
  std::vector<Record> records = records_of(shell.table, *opened->snapshot, options.type);
  const std::size_t total = records.size();
  Answer out;
  if (options.format == "csv") {
    out.text = to_csv(*opened->type, records);
    return out;
  }
  const bool cut = options.limit >= 0 && total > static_cast<std::size_t>(options.limit);
  if (cut && !shell.globals.json) records.resize(static_cast<std::size_t>(options.limit));
  Json json = Json::Array{};
  if (shell.globals.json) {
    for (const Record& record : records) json.push(to_json(*opened->type, record));
  }
  out.json = Json::object({{"records", std::move(json)}});
  out.text = list_text(*opened->type, records, total);
  return out;
}

Answer show_answer(const RecordType& type, const Record& record) {
  TextTable table({"field", "value"});
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    std::string text = format_value(type.fields[i], record.values[i]);
    std::ranges::replace(text, '\n', ' ');
    if (!text.empty()) table.add({type.fields[i].name, text});
  }
  Answer out;
  out.text = table.text();
  out.json = to_json(type, record);
  return out;
}

// A record as the store holds it now, with its version.
Answered show_kept(const Shell& shell, const Opened& opened, const std::string& id) {
  auto snapshot = shell.snapshot(*opened.store);
  if (!snapshot) return std::unexpected(Refusal(std::move(snapshot).error()));
  auto record = get_record(shell.table, **snapshot, opened.type->name, id);
  if (!record) return std::unexpected(Refusal(std::move(record).error()));
  return show_answer(*opened.type, *record);
}

Answered show(const Shell& shell, const RecordOptions& options) {
  auto opened = open(shell, options);
  if (!opened) return std::unexpected(Refusal(std::move(opened).error()));
  auto record = get_record(shell.table, *opened->snapshot, options.type, options.id);
  if (!record) return std::unexpected(Refusal(std::move(record).error()));
  return show_answer(*opened->type, *record);
}

Answered add(const Shell& shell, const RecordOptions& options) {
  auto opened = open(shell, options);
  if (!opened) return std::unexpected(Refusal(std::move(opened).error()));
  auto fields = typed(options.fields);
  if (!fields) return std::unexpected(Refusal(std::move(fields).error()));
  auto record = add_record(shell.table, *opened->store, *opened->snapshot, options.type, *fields,
                           author(shell));
  if (!record) return std::unexpected(Refusal(std::move(record).error()));
  return show_kept(shell, *opened, record->id());
}

Answered set(const Shell& shell, const RecordOptions& options) {
  auto opened = open(shell, options);
  if (!opened) return std::unexpected(Refusal(std::move(opened).error()));
  auto fields = typed(options.fields);
  if (!fields) return std::unexpected(Refusal(std::move(fields).error()));
  auto record = set_record(shell.table, *opened->store, *opened->snapshot, options.type, options.id,
                           *fields, options.if_version, author(shell));
  if (!record) return std::unexpected(Refusal(std::move(record).error()));
  return show_answer(*opened->type, *record);
}

Answered remove(const Shell& shell, const RecordOptions& options) {
  auto opened = open(shell, options);
  if (!opened) return std::unexpected(Refusal(std::move(opened).error()));
  auto gone = remove_record(shell.table, *opened->store, *opened->snapshot, options.type,
                            options.id, author(shell));
  if (!gone) return std::unexpected(Refusal(std::move(gone).error()));
  auto entry = opened->store->last_seq();
  if (!entry) return std::unexpected(Refusal(std::move(entry).error()));
  Answer out;
  out.text = fmt::format("removed {} '{}'; take it back with: tiebeam journal undo {}\n",
                         options.type, options.id, *entry);
  out.json = Json::object({{"removed", options.id}, {"entry", *entry}});
  return out;
}

// What a person may write into each field, from its description.
std::string fields_help(const RecordType& type) {
  TextTable table({"field", "kind", "what it says"});
  for (const FieldInfo& field : type.fields) {
    if (field.kept && field.name != "id") continue;
    std::string kind(kind_name(field.kind));
    if (!field.refers_to.empty()) kind = fmt::format("-> {}", field.refers_to);
    if (field.kind == FieldKind::choice)
      kind = fit(fmt::format("{}", fmt::join(field.choices, "|")), 44);
    table.add({field.name + (field.required ? " *" : ""), kind, field.help});
  }
  return fmt::format("{}\n\n{}* needed\n", type.help, table.text());
}

void add_type(CLI::App& record, Shell& shell, const RecordType& type) {
  auto options = std::make_shared<RecordOptions>();
  options->type = type.name;
  CLI::App* command = record.add_subcommand(type.name, type.help);
  command->require_subcommand(1);
  command->footer([&type] { return fields_help(type); });
  const auto act = [&shell, options](CLI::App* verb,
                                     Answered (*run)(const Shell&, const RecordOptions&)) {
    verb->callback([&shell, options, run] {
      shell.action = [&shell, options, run] { return run(shell, *options); };
    });
  };
  CLI::App* list_verb = command->add_subcommand("list", fmt::format("all {}", type.plural));
  list_verb->add_option("--format", options->format, "text or csv")
      ->check(CLI::IsMember({"text", "csv"}));
  list_verb->add_option("--limit", options->limit, "how many to print; -1 for all")
      ->capture_default_str();
  act(list_verb, list);
  CLI::App* show_verb = command->add_subcommand("show", "one with all its fields");
  show_verb->add_option("ID", options->id)->required();
  act(show_verb, show);
  CLI::App* add_verb = command->add_subcommand("add", "write down a new one");
  add_verb->add_option("FIELD=VALUE", options->fields)->required();
  act(add_verb, add);
  CLI::App* set_verb =
      command->add_subcommand("set", "change fields; an empty value takes it away");
  set_verb->add_option("ID", options->id)->required();
  set_verb->add_option("FIELD=VALUE", options->fields)->required();
  set_verb->add_option("--if-version", options->if_version,
                       "refuse when somebody changed it since this version");
  act(set_verb, set);
  CLI::App* remove_verb = command->add_subcommand("remove", "take one away (the journal keeps it)");
  remove_verb->add_option("ID", options->id)->required();
  act(remove_verb, remove);
}

}  // namespace

void add_record(CLI::App& app, Shell& shell) {
  CLI::App* record =
      app.add_subcommand("record", "list, show, add, set and remove records of every type");
  record->require_subcommand(1);
  for (const auto& [name, type] : shell.table.catalog.types()) add_type(*record, shell, type);
}

}  // namespace tiebeam::cli
