#include "application/imports.h"

#include <fmt/format.h>

#include <filesystem>

#include "application/import_memory.h"
#include "application/import_states.h"
#include "base/text.h"
#include "model/figure_text.h"
#include "model/state_map_toml.h"

namespace tiebeam {
namespace {

using Failed = std::unexpected<ingest::Failure>;
Failed failed(Error error) { return Failed(ingest::Failure{std::move(error), {}, 0}); }

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
  if (request.state_map) options.state_map = request.state_map;
  if (!options.state_map) options.state_map = remembered_map(snapshot, request);
  options.reject_limit = request.reject_limit;
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

// What people said of the states goes to the stream, too: its map is the one that counts.
Result<void> remember_states(store::Store::ImportWriter& writer, const Snapshot& before,
                             const ImportRequest& request, const ImportReport& report) {
  if (request.states.empty() && request.parties.empty()) return {};
  const Record* stream = before.find("value_stream", report.value_stream);
  if (!stream) return {};
  const std::size_t at = before.catalog->find("value_stream")->index_of("state_map");
  const auto* text = std::get_if<std::string>(&stream->values[at]);
  const std::string held = text ? *text : std::string{};
  std::string map = stream_map_with(held, request, report.batch);
  if (map == held) return {};
  return writer.change({.op = store::Op::set,
                        .type = "value_stream",
                        .id = report.value_stream,
                        .fields = {{"state_map", std::move(map)}},
                        .expected_version = {}});
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
  import.upload = request.upload;
  import.header = header_of(report.batch);
  if (says_how_to_read(report.answers)) import.answers = write_json(to_json(report.answers));
  report.made_value_stream = !report.batch.is_delivery && report.new_rows > 0 &&
                             !before.find("value_stream", report.value_stream);
  if (report.made_value_stream)
    TB_DO(writer.change(stream_change(report.value_stream, import.state_map)));
  TB_DO(remember_states(writer, before, request, report));
  if (request.preview) {
    writer.rollback();
    report.import = std::move(import);
    return {};
  }
  TB_TRY(report.import, writer.commit(std::move(import)));
  return {};
}

// One way after another to read the file, each in an import of its own until one is kept.
class Attempts {
 public:
  Attempts(store::Store& store, const ImportRequest& request) : store_(store), request_(request) {}

  Result<void> begin() {
    writer_.reset();
    TB_TRY(writer_, store_.begin_import(request_.actor, request_.at));
    is_fresh_ = true;
    return {};
  }
  std::expected<ingest::Batch, ingest::Failure> read(ingest::Options options) {
    if (!is_fresh_) {
      if (auto begun = begin(); !begun) return failed(std::move(begun).error());
    }
    is_fresh_ = false;
    options.on_raw = [this](std::string_view block) -> Result<void> {
      if (request_.should_stop && request_.should_stop()) return cancelled();
      return writer_->raw(block);
    };
    return ingest::read_file(request_.read.path, options);
  }
  [[nodiscard]] store::Store::ImportWriter& writer() { return *writer_; }

 private:
  store::Store& store_;
  const ImportRequest& request_;
  std::unique_ptr<store::Store::ImportWriter> writer_;
  bool is_fresh_ = false;
};

struct ReadFile {
  ingest::Batch batch;
  ingest::Options options;
  std::string as_in;  // the earlier file it was read like
};
using Readable = std::expected<ReadFile, ingest::Failure>;

Readable read_plain(Attempts& attempts, const ingest::Options& options) {
  auto batch = attempts.read(options);
  if (!batch) return Failed(std::move(batch).error());
  return ReadFile{*std::move(batch), options, {}};
}

Readable read_as(Attempts& attempts, const ingest::Options& options, const Memory& memory) {
  const ImportAnswers& said = memory.answers;
  ingest::Options with = options;
  if (!said.format.empty()) with.format = said.format;
  with.date_order = said.date_order;
  with.encoding = said.encoding;
  with.sheet = said.sheet;
  with.delimiter = said.delimiter;
  with.columns = said.columns;
  Readable out = read_plain(attempts, with);
  if (!out) return out;
  out->as_in = memory.file;
  out->batch.statements.push_back(
      fmt::format("columns and dates are read as in {}, imported before", memory.file));
  return out;
}

bool was_cancelled(const Readable& read) {
  return !read && read.error().error.code == "import.cancelled";
}

// A file that says nothing by itself may be another of a kind that people explained before.
Readable read_like_others(Attempts& attempts, const ingest::Options& options,
                          const Snapshot& before, Readable plain) {
  for (const Memory& memory : newest_memories(before)) {
    Readable like = read_as(attempts, options, memory);
    if (was_cancelled(like) || (like && header_of(like->batch) == memory.header)) return like;
  }
  return plain;
}

// With the answers that were given for an earlier file of this name or with these columns; where
// they do not fit, by the file's own evidence.
Readable read_with_memory(Attempts& attempts, const ingest::Options& options,
                          const Snapshot& before, const ImportRequest& request) {
  if (!request.use_memory || says_how_to_read(reading_answers(options)))
    return read_plain(attempts, options);
  const std::string file = std::filesystem::path(request.read.path).filename().string();
  if (const auto named = memory_of_file(before, file)) {
    Readable like = read_as(attempts, options, *named);
    if (like || was_cancelled(like)) return like;
  }
  Readable plain = read_plain(attempts, options);
  if (was_cancelled(plain)) return plain;
  if (!plain) return read_like_others(attempts, options, before, std::move(plain));
  const auto known = memory_of_header(before, header_of(plain->batch));
  if (!known) return plain;
  Readable like = read_as(attempts, options, *known);
  return like || was_cancelled(like) ? std::move(like) : read_plain(attempts, options);
}

// The states as people said; tickets whose end depends on it are read again with that.
std::expected<void, ingest::Failure> settle_states(Attempts& attempts, const ImportRequest& request,
                                                   ingest::Options options, ingest::Batch& batch) {
  const bool reads_again = batch.is_ticket_list && moves_an_end(request, batch);
  const std::vector<ingest::StateCount> states = batch.states;
  say_states(request, batch);
  if (!reads_again) return {};
  options.state_map = batch.state_map;
  auto again = attempts.read(options);
  if (!again) return Failed(std::move(again).error());
  batch = *std::move(again);
  for (ingest::StateCount& count : batch.states) {
    const auto earlier = std::ranges::find(states, count.state, &ingest::StateCount::state);
    if (earlier != states.end()) count.reason = earlier->reason;
  }
  batch.state_map_is_guess = true;  // as far as their reasons say so
  say_states(request, batch);
  return {};
}

// The import that an earlier request made of the same waiting file.
std::optional<ImportReport> made_before(const Snapshot& before, const ImportRequest& request) {
  if (request.upload.empty()) return std::nullopt;
  const auto made = std::ranges::find(before.imports, request.upload, &Import::upload);
  if (made == before.imports.end()) return std::nullopt;
  ImportReport out;
  out.import = *made;
  out.was_made = true;
  out.new_rows = made->rows;
  out.known_rows = made->repeated;
  out.value_stream = made->value_stream;
  out.batch.file = made->file;
  out.batch.sha256 = made->sha256;
  out.batch.format = made->format;
  out.batch.accepted = made->rows + made->repeated;
  out.batch.rejected = made->rejected;
  out.batch.statements = made->statements;
  out.batch.warnings = made->warnings;
  return out;
}

std::expected<void, ingest::Failure> settle_stream(const Snapshot& before,
                                                   const ImportRequest& request,
                                                   ImportReport& report) {
  if (report.batch.is_delivery) return {};
  report.value_stream =
      request.value_stream.empty() ? choose_stream(before, report.batch) : request.value_stream;
  if (is_slug(report.value_stream)) return {};
  return failed(
      {.kind = Kind::invalid,
       .code = "import.bad_value_stream",
       .message = fmt::format("'{}' cannot name a value stream", shown(report.value_stream)),
       .detail = {},
       .hint = "use a-z, 0-9 and '-': --value-stream order-to-cash",
       .field = "/value_stream"});
}

// Age and forecast are counted to the last event: one stamp far ahead would move them all.
void warn_of_the_future(ingest::Batch& batch, Instant now) {
  const std::int64_t tomorrow = (now + std::chrono::days{1}).time_since_epoch().count();
  std::int64_t ahead = 0, latest = kMissing;
  for (const EventTable& events : batch.tables) {
    if (events.type->name == ingest::item_fact_type().name ||
        events.type->index_of("at") == std::string::npos)
      continue;
    const auto& times = events.column("at").wide;
    for (std::size_t row = 0; row < events.rows(); ++row) {
      ahead += times[row] > tomorrow;
      latest = std::max(latest, times[row]);
    }
  }
  if (ahead == 0) return;
  batch.warnings.push_back(
      fmt::format("{} {} after today, the latest on {}: ages are counted to the last event; is it "
                  "a placeholder or a mistyped year? then mend the file and import it again",
                  counted(ahead), ahead == 1 ? "event lies" : "events lie",
                  format_day(day_of(Instant{Micros{latest}}))));
}

}  // namespace

std::expected<ImportReport, ingest::Failure> import_file(const Table& table, store::Store& store,
                                                         const ImportRequest& request) {
  Attempts attempts(store, request);
  if (auto begun = attempts.begin(); !begun) return failed(std::move(begun).error());
  auto before = load_snapshot(store);
  if (!before) return failed(std::move(before).error());
  if (auto made = made_before(**before, request)) return *std::move(made);
  auto options = options_for(**before, request);
  if (!options) return failed(std::move(options).error());
  Readable read = read_with_memory(attempts, *options, **before, request);
  if (!read) return Failed(std::move(read).error());

  ImportReport report;
  report.preview = request.preview;
  report.as_in = read->as_in;
  report.answers = reading_answers(read->options);
  report.batch = std::move(read->batch);
  if (auto stream = settle_stream(**before, request, report); !stream)
    return Failed(std::move(stream).error());
  if (auto settled = settle_states(attempts, request, read->options, report.batch); !settled)
    return Failed(std::move(settled).error());
  if (report.batch.state_map_is_guess && request.confirm_guess && !request.preview &&
      !request.confirm_guess(report.batch)) {
    return failed(declined());
  }
  warn_of_the_future(report.batch, request.at);
  auto audits = audit(table, report.batch, read->options);
  if (!audits) return failed(std::move(audits).error());
  report.audits = *std::move(audits);
  if (auto kept = keep(attempts.writer(), **before, request, read->options, report); !kept) {
    return failed(std::move(kept).error());
  }
  report.batch.tables.clear();
  return report;
}

}  // namespace tiebeam
