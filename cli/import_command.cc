// tiebeam import FILE...
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <span>

#include "application/import_json.h"
#include "application/imports.h"
#include "application/organisations.h"
#include "application/record_file.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/text_table.h"
#include "model/figure_text.h"

namespace tiebeam::cli {

void add_reader_options(CLI::App& command, ReaderOptions& options) {
  command.add_option("--format", options.format, "how to read the file")
      ->check(CLI::IsMember({"auto", "events", "tickets", "servicenow-audit", "xes", "deployments",
                             "incidents", "ai-inventory", "records"}))
      ->capture_default_str();
  command.add_option("--state-map", options.state_map,
                     "TOML file: what each state means (docs/format/state-map.md)");
  command.add_option("--state-from", options.state_from, "XES: what the state is made of")
      ->check(CLI::IsMember({"name", "name+lifecycle"}));
  command
      .add_option("--date-order", options.date_order,
                  "order of day and month, where the file leaves it open")
      ->check(CLI::IsMember({"day-first", "month-first"}));
  command.add_option("--tz", options.zone,
                     "time zone of stamps without an offset, such as Europe/Berlin");
  command
      .add_option("--column", options.columns,
                  "what a column is, over its name: --column \"Opened=created\"; nothing behind = "
                  "leaves it out; may be given several times")
      ->type_name("NAME=ROLE")
      ->allow_extra_args(false);
  command.add_option("--delimiter", options.delimiter,
                     "what separates columns: comma, semicolon, tab, bar or one sign");
  command.add_option("--encoding", options.encoding,
                     "of the text: UTF-8, UTF-16LE, UTF-16BE or windows-1252");
  command.add_option("--sheet", options.sheet, "the sheet of a workbook to read");
  command.add_flag("--skip-bad", options.skip_bad, "import the rest and list the rejected rows");
}

Result<ReadRequest> read_request(const ReaderOptions& options, const std::string& path) {
  TB_TRY(auto columns, column_choices(options.columns));
  return ReadRequest{.path = path,
                     .format = options.format,
                     .state_map_path = options.state_map,
                     .state_from = options.state_from,
                     .date_order = options.date_order,
                     .columns = std::move(columns),
                     .encoding = options.encoding,
                     .delimiter = options.delimiter,
                     .sheet = options.sheet,
                     .zone = options.zone,
                     .skip_bad = options.skip_bad,
                     .on_progress = {}};
}

namespace {

struct ImportOptions {
  std::vector<std::string> files;
  ReaderOptions reader;
  std::string value_stream, record_type, name, currency;
  bool preview = false;
};

std::string state_table(const ingest::Batch& batch) {
  TextTable table({"state", ">events", "means", "why"});
  for (const ingest::StateCount& state : batch.states) {
    const bool known = state.reason != "unmapped";
    table.add({state.state, counted(state.events),
               known ? std::string(state_class_name(state.meaning)) : "unknown", state.reason});
  }
  return table.text();
}

std::string reject_table(const std::vector<ingest::Reject>& rejects, std::int64_t total) {
  if (rejects.empty()) return {};
  constexpr std::size_t kShown = 20;
  TextTable table({">line", "column", "found", "expected"});
  for (std::size_t i = 0; i < rejects.size() && i < kShown; ++i) {
    table.add({fmt::format("{}", rejects[i].line), rejects[i].column, rejects[i].found,
               rejects[i].expected});
  }
  std::string out = table.text();
  if (total > static_cast<std::int64_t>(kShown))
    out += fmt::format("... and {} more\n", counted(total - static_cast<std::int64_t>(kShown)));
  return out;
}

std::string report_text(const ImportReport& report) {
  const ingest::Batch& batch = report.batch;
  std::string out = fmt::format("{}: {}, {} rows, {}\n", batch.file, batch.format,
                                counted(batch.accepted), batch.encoding);
  for (const std::string& statement : batch.statements) out += wrap(statement, kTextWidth, "  ");
  if (!batch.is_delivery) out += "\n" + state_table(batch);
  for (const std::string& warning : batch.warnings)
    out += wrap("warning: " + warning, kTextWidth, "  ");
  if (batch.rejected > 0)
    out += fmt::format("\n{} rows rejected:\n", counted(batch.rejected)) +
           reject_table(batch.rejects, batch.rejected);
  for (const std::string& audit : report.audits) out += wrap("checked: " + audit, kTextWidth, "  ");
  const std::string verb = report.preview ? "would be new" : "new";
  const bool is_inventory = batch.format == "ai-inventory";
  out += fmt::format("\n{} {} {}, {} already known, {} rejected", counted(report.new_rows),
                     is_inventory ? "AI uses" : "events", verb, counted(report.known_rows),
                     counted(batch.rejected));
  if (report.preview) return out + "; this was a preview, nothing was kept\n";
  if (report.new_rows == 0) return out + "; nothing changed\n";
  if (batch.is_delivery) return out + fmt::format("; kept as {}\n", report.import.id);
  return out +
         fmt::format("; kept as {} in value stream '{}'\n", report.import.id, report.value_stream);
}

std::function<void(std::int64_t, std::int64_t)> reading_line(const Environment& environment,
                                                             const std::string& file) {
  auto tell = progress_line(environment, file, "read");
  if (!tell) return {};
  return [tell](std::int64_t done, std::int64_t total) {
    if (total > 0) tell(static_cast<double>(done) / static_cast<double>(total));
  };
}

bool confirm(const Environment& environment, const ingest::Batch& batch) {
  environment.out(fmt::format("What the states of {} mean was guessed:\n\n{}\n", batch.file,
                              state_table(batch)));
  environment.out("Is this right? [y/N] ");
  const std::string line = environment.ask();
  return line == "y" || line == "Y" || line == "yes";
}

Result<ImportRequest> request_for(const Shell& shell, const ImportOptions& options,
                                  const std::string& file) {
  ImportRequest request;
  TB_TRY(request.read, read_request(options.reader, file));
  request.read.on_progress = reading_line(shell.environment, file);
  request.value_stream = options.value_stream;
  request.preview = options.preview;
  request.actor = shell.environment.actor;
  request.at = shell.environment.now();
  if (shell.environment.input_is_terminal && !shell.globals.json) {
    request.confirm_guess = [&shell](const ingest::Batch& batch) {
      return confirm(shell.environment, batch);
    };
  }
  return request;
}

// Records in a CSV or JSON file, checked as a whole before any is written.
Answered import_records(const Shell& shell, store::Store& store, const ImportOptions& options,
                        const std::string& path) {
  auto file = read_record_file(shell.table, path, options.record_type);
  if (!file) return std::unexpected(Refusal(std::move(file).error()));
  auto snapshot = shell.snapshot(store);
  if (!snapshot) return std::unexpected(Refusal(std::move(snapshot).error()));
  const Author author{
      .actor = shell.environment.actor, .at = shell.environment.now(), .idempotency_key = {}};
  auto moved = put_records(shell.table, store, **snapshot, file->type, file->records, author,
                           options.preview);
  if (!moved) {
    say_where(*file, path, moved.error());
    return std::unexpected(Refusal(std::move(moved).error()));
  }
  const auto count = static_cast<std::int64_t>(file->records.size());
  Answer out;
  out.text =
      fmt::format("{}: {} of {} {} records {}\n", path, counted(*moved), counted(count), file->type,
                  options.preview ? "would be new or changed; this was a preview, nothing was kept"
                                  : "are new or changed");
  out.json = Json::object({{"file", path},
                           {"type", file->type},
                           {"records", count},
                           {"changed", *moved},
                           {"preview", options.preview}});
  return out;
}

// Events in a file of any format.
Answered import_events(const Shell& shell, store::Store& store, const ImportOptions& options,
                       const std::string& path, bool& is_inventory) {
  auto request = request_for(shell, options, path);
  if (!request) return std::unexpected(Refusal(std::move(request).error()));
  auto report = import_file(shell.table, store, *request);
  if (!report) return std::unexpected(Refusal(std::move(report).error().error));
  is_inventory = report->batch.format == "ai-inventory";
  return Answer{.text = report_text(*report), .json = to_json(*report), .exit = 0};
}

// What became of the files, one after another: each is an import of its own.
struct Taken {
  std::string text;
  Json reports = Json::Array{};
  std::size_t files = 0;
  bool is_inventory = false;       // the last file
  std::optional<Refusal> refused;  // of the file behind those
};

// With several files it is said which it was, and what became of the others.
Refusal among_others(const ImportOptions& options, std::size_t at, Refusal refusal) {
  if (options.files.size() == 1) return refusal;
  Error& error = refusal.errors.front();
  const std::span<const std::string> files = options.files;
  const std::string name = std::filesystem::path(files[at]).filename().string();
  if (!error.message.contains(name)) error.message = fmt::format("{}: {}", name, error.message);
  std::string others;
  if (at > 0) {
    others = fmt::format("before it: {}, {}", fmt::join(files.first(at), ", "),
                         options.preview ? "looked at" : "imported and kept");
  }
  if (at + 1 < files.size()) {
    others += fmt::format("{}behind it: {}, not begun", others.empty() ? "" : "\n",
                          fmt::join(files.subspan(at + 1), ", "));
  }
  error.detail = error.detail.empty() ? others : fmt::format("{}\n{}", others, error.detail);
  return refusal;
}

Taken take_all(const Shell& shell, store::Store& store, const ImportOptions& options) {
  Taken out;
  for (const std::string& file : options.files) {
    const bool has_events = options.reader.format != "records";
    auto taken = has_events ? import_events(shell, store, options, file, out.is_inventory)
                            : import_records(shell, store, options, file);
    if (!taken) {
      out.refused = among_others(options, out.files, std::move(taken).error());
      return out;
    }
    if (has_events && out.files > 0) out.text += "\n";
    out.text += taken->text;
    out.reports.push(std::move(taken->json));
    ++out.files;
  }
  return out;
}

// Makes the organisation with what the files give it; one that gets nothing is not kept.
Result<void> make_of(const Shell& shell, const ImportOptions& options, Taken& taken) {
  const std::string& id = shell.globals.org;
  bool has_got_nothing = false;
  const auto fill = [&](store::Store& made) -> Result<void> {
    TB_TRY(const std::int64_t before, made.last_seq());
    taken = take_all(shell, made, options);
    TB_TRY(const std::int64_t after, made.last_seq());
    has_got_nothing = after == before;
    if (has_got_nothing) return std::unexpected(Error{});  // told by what was taken
    return {};
  };
  const auto made =
      create_organisation(shell.table, shell.data(),
                          {.id = id.empty() ? "main" : id,
                           .name = options.name,
                           .zone = options.reader.zone.empty() ? "UTC" : options.reader.zone,
                           .currency = options.currency.empty() ? "EUR" : options.currency,
                           .actor = shell.environment.actor,
                           .at = shell.environment.now(),
                           .fill = fill});
  if (!made && !has_got_nothing) return std::unexpected(made.error());
  return {};
}

// What only the making of an organisation uses is not lost without a word when it is there already.
Result<void> say_unused(const Shell& shell, const ImportOptions& options, store::Store& store) {
  const bool is_zone_read = options.reader.format != "records";
  const std::string zone = is_zone_read ? "" : options.reader.zone;
  if (options.name.empty() && options.currency.empty() && zone.empty()) return {};
  TB_TRY(const SnapshotPtr snapshot, shell.snapshot(store));
  const Organisation& held = snapshot->organisation;
  std::string given, fields;
  for (const auto& [option, field, value, is] :
       {std::tuple{"--name", "name", options.name, held.name},
        {"--currency", "currency", options.currency, held.currency},
        {"--tz", "zone", zone, held.zone}}) {
    if (value.empty() || value == is) continue;
    given += fmt::format("{}{} '{}'", given.empty() ? "" : ", ", option, shown(value));
    fields += fmt::format(" {}='{}'", field, shown(value));
  }
  if (given.empty()) return {};
  shell.environment.err(
      fmt::format("warning: the organisation '{}' is there already and stays as it is, without {}; "
                  "to change it: tiebeam record organisation set self{}{}\n",
                  held.name, given, fields, shell.options_text()));
  return {};
}

bool is_there(const Shell& shell) {
  const auto known = organisations_in(shell.data());
  const std::string& id = shell.globals.org;
  return id.empty() ? !known.empty() : std::ranges::find(known, id) != known.end();
}

// Into the organisation; the first import makes it.
Result<Taken> take_into(const Shell& shell, const ImportOptions& options) {
  Taken out;
  if (!is_there(shell)) {
    const Result<void> made = make_of(shell, options, out);
    if (made) return out;
    if (made.error().code != "store.exists") return std::unexpected(made.error());
    // Somebody made it meanwhile: the files go there.
  }
  TB_TRY(const auto store, shell.open());
  TB_DO(say_unused(shell, options, *store));
  return take_all(shell, *store, options);
}

Answered import_all(const Shell& shell, const ImportOptions& options) {
  for (const std::string& file : options.files) {
    if (!std::filesystem::exists(file)) {
      return std::unexpected(Refusal(Error{.kind = Kind::not_found,
                                           .code = "file.unreadable",
                                           .message = fmt::format("there is no file '{}'", file),
                                           .detail = {},
                                           .hint = "check the name and the folder",
                                           .field = {}}));
    }
  }
  auto taken = take_into(shell, options);
  if (!taken) return std::unexpected(Refusal(std::move(taken).error()));
  if (taken->refused && taken->files == 0) return std::unexpected(*std::move(taken->refused));
  Answer out;
  out.text = std::move(taken->text);
  out.json = Json::object({{"imports", std::move(taken->reports)}});
  if (taken->refused) {  // what was taken is told first
    answer(shell, out);
    return Answer{.text = {}, .json = {}, .exit = refuse(shell, *taken->refused)};
  }
  if (!options.preview && options.reader.format != "records" && is_there(shell))
    out.text += taken->is_inventory ? "next: tiebeam risk ai\n" : "next: tiebeam brief\n";
  return out;
}

}  // namespace

void add_import(CLI::App& app, Shell& shell) {
  auto options = std::make_shared<ImportOptions>();
  CLI::App* command = app.add_subcommand(
      "import", "read an export into an organisation; the first import makes it");
  command->add_option("FILE", options->files, "files to import")->required();
  add_reader_options(*command, options->reader);
  command->add_option("--value-stream", options->value_stream,
                      "the stream this work flows in (made when new)");
  command->add_option("--type", options->record_type,
                      "record type of --format records (default: the file's name)");
  command->add_option("--name", options->name, "name of a new organisation");
  command->add_option("--currency", options->currency,
                      "currency of a new organisation (default: EUR)");
  command->add_flag("--preview", options->preview, "the real import, rolled back");
  command->callback([options, &shell] {
    shell.action = [options, &shell] { return import_all(shell, *options); };
  });
}

}  // namespace tiebeam::cli
