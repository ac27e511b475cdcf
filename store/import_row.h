// An import as a record of the store's own type "import": so it is journaled, undone, folded and
// erased like any other record. Not part of the application's catalog.
#pragma once

#include "base/describe.h"
#include "model/record_type.h"
#include "model/snapshot.h"

namespace tiebeam::store {

inline constexpr std::string_view kImportType = "import";

struct ImportRow : RecordBase {
  std::string file;
  std::string sha256;  // of the bytes as given
  std::int64_t bytes = 0;
  std::string format;
  std::string value_stream;
  std::string state_map;
  std::string zone;
  bool is_ticket_list = false;
  std::int64_t rows = 0;
  std::int64_t repeated = 0;
  std::int64_t rejected = 0;
  std::optional<Instant> imported_at;
  std::vector<std::string> statements;
  std::vector<std::string> warnings;
  std::string upload;
  std::string header;
  std::string answers;
  std::string events_hash;  // hex, over its chunks and dictionaries in order
  std::string raw_hash;     // hex, over its raw blocks in order
  bool withdrawn = false;   // undone: its events do not count
};

[[nodiscard]] ImportRow to_row(const Import& import);
[[nodiscard]] Import to_import(const ImportRow& row);

}  // namespace tiebeam::store

template <>
struct tiebeam::Describe<tiebeam::store::ImportRow> {
  static constexpr std::string_view name = "import", title = "Import", plural = "imports",
                                    help = "A source file that was imported.";
  using T = store::ImportRow;
  static constexpr auto fields = std::tuple{
      field("file", &T::file, {.help = "name of the file"}),
      field("sha256", &T::sha256, {.help = "hash of the bytes as given"}),
      field("bytes", &T::bytes, {.help = "size of the file"}),
      field("format", &T::format, {.help = "how it was read"}),
      field("value_stream", &T::value_stream, {.help = "default stream of its items"}),
      field("state_map", &T::state_map, {.help = "meaning of its states"}),
      field("zone", &T::zone, {.help = "zone of stamps without offset"}),
      field("is_ticket_list", &T::is_ticket_list, {.help = "rows are the items' latest states"}),
      field("rows", &T::rows, {.help = "rows that were new"}),
      field("repeated", &T::repeated, {.help = "rows already known"}),
      field("rejected", &T::rejected, {.help = "rows that could not be read"}),
      field("imported_at", &T::imported_at, {.help = "when it was imported"}),
      field("statements", &T::statements, {.help = "decisions while reading"}),
      field("warnings", &T::warnings, {.help = "caveats while reading"}),
      field("upload", &T::upload, {.help = "the waiting file it was made of"}),
      field("header", &T::header, {.help = "hash of the names of its columns"}),
      field("answers", &T::answers, {.help = "how people said it is to be read, as JSON"}),
      field("events_hash", &T::events_hash, {.help = "hash over its chunks and dictionaries"}),
      field("raw_hash", &T::raw_hash, {.help = "hash over its raw blocks"}),
      field("withdrawn", &T::withdrawn, {.help = "undone: its events do not count"})};
};
static_assert(tiebeam::complete<tiebeam::store::ImportRow>());
