#include "application/source.h"

#include <fmt/format.h>

#include "application/small_file.h"
#include "application/zones.h"
#include "base/text.h"
#include "ingest/dialect.h"
#include "model/state_map_toml.h"

namespace tiebeam {
namespace {

// Every zone that a record names; one that is not known any more reads as UTC, with no harm done.
void load_zones(Snapshot& snapshot) {
  std::vector<std::string> names{snapshot.organisation.zone};
  for (const auto& calendar : snapshot.all<WorkCalendar>()) names.push_back(calendar.zone);
  for (const std::string& name : names) {
    if (auto zone = load_zone(name)) snapshot.zones.emplace(name, *std::move(zone));
  }
}

// All faults of a file as one error: the first speaks, the others stand below it.
Error as_one(const std::string& path, const std::vector<Error>& faults) {
  Error out = faults.front();
  out.message = fmt::format("{}: {}", path, out.message);
  for (const Error& fault : faults) {
    const bool is_first = &fault == &faults.front();
    if (is_first && fault.detail.empty()) continue;
    const std::string line =
        is_first ? fault.detail : fmt::format("{} {}", fault.message, fault.detail);
    out.detail = is_first || out.detail.empty() ? line : out.detail + "\n" + line;
  }
  return out;
}

std::vector<std::string> pseudonyms(std::vector<std::string>& seen, const Dictionary& names) {
  std::vector<std::string> out(names.size());
  for (std::uint32_t id = 1; id < names.size(); ++id) {
    seen.emplace_back(names.name(id));
    out[id] = fmt::format("Person {}", seen.size());
  }
  return out;
}

void hide_people(EventTable& table) {
  std::vector<std::string> seen;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (!table.type->columns[i].person) continue;
    Column& column = table.columns[i];
    const std::vector<std::string> masks = pseudonyms(seen, column.names);
    std::uint32_t next = 0;
    std::vector<std::uint32_t> ids;
    column.names =
        column.names.renamed([&](std::string_view /*name*/) { return masks[++next]; }, ids);
    column.narrow.transform([&](std::uint32_t id) { return ids[id]; });
  }
}

}  // namespace

Result<std::map<std::string, std::string, std::less<>>> column_choices(
    const std::vector<std::string>& said) {
  std::map<std::string, std::string, std::less<>> out;
  for (const std::string& each : said) {
    const std::size_t equals = each.rfind('=');
    if (equals == std::string::npos || trim(each.substr(0, equals)).empty())
      return invalid("ingest.bad_option", fmt::format("'{}' does not choose a column", shown(each)),
                     "write the column as the file names it, '=', and what it is: "
                     "--column \"Opened=created\"; nothing behind '=' leaves it out");
    const std::string name(trim(std::string_view(each).substr(0, equals)));
    const auto [place, is_new] =
        out.try_emplace(name, trim(std::string_view(each).substr(equals + 1)));
    if (!is_new)
      return invalid("ingest.bad_option",
                     fmt::format("the column '{}' is chosen twice", shown(name)),
                     "say once what a column is");
  }
  return out;
}

Result<ingest::Options> reader_options(const ReadRequest& request) {
  ingest::Options options;
  options.format = request.format;
  options.state_from = request.state_from;
  options.date_order = request.date_order;
  options.skip_bad = request.skip_bad;
  options.columns = request.columns;
  options.encoding = request.encoding;
  options.sheet = request.sheet;
  if (!request.delimiter.empty()) {
    TB_TRY(options.delimiter, ingest::delimiter_said(request.delimiter));
  }
  options.on_progress = request.on_progress;
  if (!request.zone.empty()) {
    TB_TRY(options.zone, load_zone(request.zone));
    options.zone_is_assumed = false;
  }
  if (!request.state_map_path.empty()) {
    constexpr std::size_t kLargestMap = 1 << 20;
    TB_TRY(const std::string text, read_small_file(request.state_map_path, kLargestMap));
    auto map = parse_state_map(text);
    if (!map) return std::unexpected(as_one(request.state_map_path, map.error()));
    options.state_map = *std::move(map);
  }
  return options;
}

Import import_of(const ingest::Batch& batch, const ingest::Options& options) {
  Import import;
  import.file = batch.file;
  import.sha256 = batch.sha256;
  import.bytes = batch.bytes;
  import.format = batch.format;
  import.state_map = to_toml(batch.state_map);
  import.zone = options.zone.name;
  import.is_ticket_list = batch.is_ticket_list;
  import.rows = batch.accepted;
  import.repeated = batch.repeated;
  import.rejected = batch.rejected;
  import.statements = batch.statements;
  import.warnings = batch.warnings;
  return import;
}

namespace {

// Without its events, whose rows become those of the import "file".
std::shared_ptr<Snapshot> snapshot_about(const Table& table, ingest::Batch& batch,
                                         const ingest::Options& options) {
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->catalog = &table.catalog;
  snapshot->organisation.id = "self";
  snapshot->organisation.zone = options.zone.name;
  snapshot->zones.emplace(options.zone.name, options.zone);
  Import import = import_of(batch, options);
  import.id = "file";
  snapshot->imports.push_back(std::move(import));
  for (EventTable& events : batch.tables) events.spans = {{"file", 0, events.rows()}};
  return snapshot;
}

}  // namespace

std::shared_ptr<const Snapshot> view_of(const Table& table, ingest::Batch& batch,
                                        const ingest::Options& options) {
  std::shared_ptr<Snapshot> snapshot = snapshot_about(table, batch, options);
  for (const EventTable& events : batch.tables)
    snapshot->events.emplace(events.type->name, std::shared_ptr<const EventTable>(
                                                    std::shared_ptr<const void>(), &events));
  return snapshot;
}

std::shared_ptr<Snapshot> snapshot_of(const Table& table, ingest::Batch batch,
                                      const ingest::Options& options) {
  std::shared_ptr<Snapshot> snapshot = snapshot_about(table, batch, options);
  for (EventTable& events : batch.tables) {
    hide_people(events);
    const std::string name = events.type->name;
    snapshot->events.emplace(name, std::make_shared<const EventTable>(std::move(events)));
  }
  return snapshot;
}

std::expected<FileSnapshot, ingest::Failure> read_snapshot(const Table& table,
                                                           const ReadRequest& request) {
  auto options = reader_options(request);
  if (!options) return std::unexpected(ingest::Failure{std::move(options).error(), {}, 0});
  auto batch = ingest::read_file(request.path, *options);
  if (!batch) return std::unexpected(std::move(batch).error());
  FileSnapshot out;
  out.warnings = batch->warnings;
  out.snapshot = snapshot_of(table, *std::move(batch), *options);
  return out;
}

namespace {
Result<SnapshotPtr> load_known(const store::Store& store, std::optional<std::int64_t> seq,
                               const SnapshotPtr& previous) {
  TB_TRY(std::shared_ptr<Snapshot> snapshot, store.load(seq, previous));
  load_zones(*snapshot);
  return SnapshotPtr(std::move(snapshot));
}
}  // namespace

Result<SnapshotPtr> load_snapshot(const store::Store& store, std::optional<Instant> known_at,
                                  const SnapshotPtr& previous) {
  std::optional<std::int64_t> seq;
  if (known_at) {
    TB_TRY(seq, store.seq_at(*known_at));
  }
  return load_known(store, seq, previous);
}

Result<SnapshotPtr> load_snapshot_at(const store::Store& store, std::int64_t seq,
                                     const SnapshotPtr& previous) {
  return load_known(store, seq, previous);
}

}  // namespace tiebeam
