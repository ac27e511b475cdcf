#include "application/imports.h"

#include <fmt/format.h>

#include <filesystem>

#include "base/text.h"
#include "model/state_map_toml.h"

namespace tiebeam {
namespace {

using Failed = std::unexpected<ingest::Failure>;
Failed failed(Error error) { return Failed(ingest::Failure{std::move(error), {}, 0}); }

// The stream an import goes to when nobody named one.
std::string default_stream(const ingest::Batch& batch) {
  if (batch.format == "servicenow-audit") return "incidents";
  const std::string stem = std::filesystem::path(batch.file).stem().stem().string();
  const std::string slug = slugify(stem);
  return slug.empty() ? "work" : slug;
}

// What was decided for this source before holds until somebody says otherwise.
std::optional<StateMap> remembered_map(const Snapshot& snapshot, const ImportRequest& request) {
  for (const Record& stream : snapshot.of("value_stream")) {
    if (stream.id() != request.value_stream) continue;
    const RecordType* type = snapshot.catalog->find("value_stream");
    const auto* text = std::get_if<std::string>(&stream.values[type->index_of("state_map")]);
    if (!text || text->empty()) continue;
    if (auto map = parse_state_map(*text)) return *std::move(map);
  }
  const std::string file = std::filesystem::path(request.read.path).filename().string();
  for (auto import = snapshot.imports.rbegin(); import != snapshot.imports.rend(); ++import) {
    if (import->file != file || import->state_map.empty()) continue;
    if (auto map = parse_state_map(import->state_map)) return *std::move(map);
  }
  return std::nullopt;
}

// An earlier import that this file goes on from: of the same format, and its map knows every state.
// Newest first; `map` is what its states mean.
const Import* goes_on_from(const Snapshot& before, const ingest::Batch& batch, StateMap& map) {
  for (auto import = before.imports.rbegin(); import != before.imports.rend(); ++import) {
    if (import->format != batch.format || batch.states.empty()) continue;
    auto known = parse_state_map(import->state_map);
    const auto is_known = [&](const ingest::StateCount& count) {
      return known->class_of(count.state).has_value();
    };
    if (!known || !std::ranges::all_of(batch.states, is_known)) continue;
    map = *std::move(known);
    return &*import;
  }
  return nullptr;
}

// The stream nobody named: that of the import this file goes on from, with its map when this file's
// was only guessed; else one of its own.
std::string choose_stream(const Snapshot& before, ingest::Batch& batch) {
  StateMap map;
  const Import* earlier = goes_on_from(before, batch, map);
  if (!earlier) return default_stream(batch);
  if (batch.state_map_is_guess) {
    batch.state_map = std::move(map);
    batch.state_map_is_guess = false;
    for (ingest::StateCount& state : batch.states) {
      state.meaning = *batch.state_map.class_of(state.state);
      state.reason = fmt::format("as in {}", earlier->file);
    }
  }
  batch.statements.push_back(
      fmt::format("it goes on from {}: the same format and states, so value stream '{}' (another: "
                  "--value-stream)",
                  earlier->file, earlier->value_stream));
  return earlier->value_stream;
}

// Figures of this file alone that must hold before a row of it is kept.
Result<std::vector<std::string>> audit(const Table& table, ingest::Batch& batch,
                                       const ingest::Options& options) {
  std::vector<std::string> passed;
  if (table.audits.empty()) return passed;
  const std::shared_ptr<const Snapshot> snapshot = view_of(table, batch, options);
  for (const ImportAudit& check : table.audits) {
    const double value = check.measure(*snapshot);
    if (!(value <= check.at_most)) {
      return fail(
          Kind::internal, "import.audit_failed",
          fmt::format("'{}' does not hold for this file: {} is {}, at most {} is allowed",
                      check.meaning, check.figure, shortest(value), shortest(check.at_most)),
          "nothing was imported; please report this with the file");
    }
    passed.push_back(fmt::format("{} ({} is {})", check.meaning, check.figure, shortest(value)));
  }
  return passed;
}

store::Change stream_change(const std::string& id, const std::string& state_map) {
  std::string name = id;
  std::ranges::replace(name, '-', ' ');
  if (!name.empty() && name[0] >= 'a' && name[0] <= 'z')
    name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return {.op = store::Op::add,
          .type = "value_stream",
          .id = id,
          .fields = {{"name", name}, {"state_map", state_map}},
          .expected_version = {}};
}

Result<ingest::Options> options_for(const Snapshot& snapshot, const ImportRequest& request) {
  ReadRequest read = request.read;
  const bool said = !read.zone.empty();
  if (!said) read.zone = snapshot.organisation.zone;
  TB_TRY(ingest::Options options, reader_options(read));
  // An organisation that never chose a zone has UTC; then nobody said so.
  if (!said && snapshot.organisation.zone == "UTC") options.zone_is_assumed = true;
  if (!options.state_map) options.state_map = remembered_map(snapshot, request);
  return options;
}

Result<void> cancelled() {
  return fail(Kind::conflict, "import.cancelled",
              "the import was cancelled; nothing of it was kept", "import again when it suits");
}

Error declined() {
  return {.kind = Kind::conflict,
          .code = "import.state_map_declined",
          .message = "nothing was imported: the guessed meaning of the states was not confirmed",
          .detail = {},
          .hint = "write a state map (docs/format/state-map.md) and import with --state-map FILE",
          .field = {}};
}

// Keeps what was read, or rolls it back for a preview.
Result<void> keep(store::Store::ImportWriter& writer, const Snapshot& before,
                  const ImportRequest& request, const ingest::Options& options,
                  ImportReport& report) {
  for (const EventTable& events : report.batch.tables) {
    TB_TRY(const std::int64_t fresh, writer.rows(events));
    if (events.type->name != ingest::item_fact_type().name) report.new_rows += fresh;
  }
  report.known_rows = report.batch.accepted - report.new_rows;
  Import import = import_of(report.batch, options);
  import.rows = report.new_rows;
  import.repeated += report.known_rows;
  import.value_stream = report.value_stream;
  report.made_value_stream = !report.batch.is_delivery && report.new_rows > 0 &&
                             !before.find("value_stream", report.value_stream);
  if (report.made_value_stream)
    TB_DO(writer.change(stream_change(report.value_stream, import.state_map)));
  if (request.preview) {
    writer.rollback();
    report.import = std::move(import);
    return {};
  }
  TB_TRY(report.import, writer.commit(std::move(import)));
  return {};
}

}  // namespace

std::expected<ImportReport, ingest::Failure> import_file(const Table& table, store::Store& store,
                                                         const ImportRequest& request) {
  auto before = load_snapshot(store);
  if (!before) return failed(std::move(before).error());
  auto options = options_for(**before, request);
  if (!options) return failed(std::move(options).error());
  auto writer = store.begin_import(request.actor, request.at);
  if (!writer) return failed(std::move(writer).error());
  options->on_raw = [&](std::string_view block) -> Result<void> {
    if (request.should_stop && request.should_stop()) return cancelled();
    return (*writer)->raw(block);
  };

  auto batch = ingest::read_file(request.read.path, *options);
  if (!batch) return Failed(std::move(batch).error());
  ImportReport report;
  report.preview = request.preview;
  report.batch = *std::move(batch);
  if (!report.batch.is_delivery) {
    report.value_stream =
        request.value_stream.empty() ? choose_stream(**before, report.batch) : request.value_stream;
  }
  if (!report.batch.is_delivery && !is_slug(report.value_stream)) {
    return failed(
        {.kind = Kind::invalid,
         .code = "import.bad_value_stream",
         .message = fmt::format("'{}' cannot name a value stream", shown(report.value_stream)),
         .detail = {},
         .hint = "use a-z, 0-9 and '-': --value-stream order-to-cash",
         .field = {}});
  }
  if (report.batch.state_map_is_guess && request.confirm_guess && !request.preview &&
      !request.confirm_guess(report.batch)) {
    return failed(declined());
  }
  auto audits = audit(table, report.batch, *options);
  if (!audits) return failed(std::move(audits).error());
  report.audits = *std::move(audits);
  if (auto kept = keep(**writer, **before, request, *options, report); !kept) {
    return failed(std::move(kept).error());
  }
  report.batch.tables.clear();
  return report;
}

}  // namespace tiebeam
