// For the fuzzers of readers: a file in memory, what was read as text to compare, and what holds of
// every reading.
#pragma once

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "base/fuzz_support.h"
#include "ingest/header_row.h"
#include "ingest/import.h"

namespace tiebeam::fuzz {

// Path of a file that holds `bytes` until the next call; the same path each time, no disk.
inline const std::string& path_of(std::string_view bytes) {
  static const int fd = ::memfd_create("fuzz", MFD_CLOEXEC);
  static const std::string path = fmt::format("/proc/self/fd/{}", fd);
  FUZZ_CHECK(fd >= 0 && ::ftruncate(fd, 0) == 0);
  FUZZ_CHECK(::pwrite(fd, bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()));
  return path;
}

// The file as text. REQUIRES: it can be opened as text.
inline ingest::TextStream stream_of(std::string_view bytes, std::size_t block) {
  auto source = ingest::ByteSource::open(path_of(bytes), block, {}, {});
  FUZZ_CHECK(source);
  auto stream = ingest::TextStream::open(*std::move(source), block);
  FUZZ_CHECK(stream);
  return *std::move(stream);
}

// Records below the header that are not blank. REQUIRES: they can all be read.
inline std::int64_t rows_of(std::string_view bytes) {
  ingest::TextStream stream = stream_of(bytes, 4096);
  auto opened = ingest::open_table(stream, 0, {});
  FUZZ_CHECK(opened);
  for (std::int64_t rows = 0;; ++rows) {
    const auto more = opened->table.next();
    FUZZ_CHECK(more);
    if (!*more) return rows;
  }
}

using ReadBatch = std::expected<ingest::Batch, ingest::Failure>;
inline ReadBatch read(std::string_view bytes, ingest::Options options, std::size_t block) {
  options.block_bytes = block;
  options.unpacked_limit = std::int64_t{8} << 20;
  return ingest::read_file(path_of(bytes), options);
}

// Summer time in 2026 from 29 March to 25 October, 01:00Z.
inline Zone clock_changes() {
  const auto at = [](int month, int day) {
    return Instant{std::chrono::sys_days{std::chrono::year{2026} / month / day}} +
           std::chrono::hours{1};
  };
  return {"Europe/Berlin",
          {{at(1, 1), std::chrono::hours{1}},
           {at(3, 29), std::chrono::hours{2}},
           {at(10, 25), std::chrono::hours{1}}}};
}

inline bool is_json(const ingest::Batch& batch) {
  return std::ranges::any_of(batch.statements, [](const std::string& each) {
    return each.contains("events in JSON lines");
  });
}

inline std::string cell_text(const Column& column, std::size_t row) {
  if (column.kind == ColumnKind::text) return std::string(column.names.name(column.narrow[row]));
  return fmt::format("{}", column.kind == ColumnKind::flag ? column.narrow[row] : column.wide[row]);
}

inline void append_rejects(std::string& out, const std::vector<ingest::Reject>& rejects) {
  for (const auto& each : rejects)
    out += fmt::format("reject {} '{}' '{}' '{}'\n", each.line, each.column, each.found,
                       each.expected);
}

// All that a batch says, less name, size and hash of the file.
inline std::string told(const ReadBatch& read) {
  std::string out;
  if (!read) {
    const Error& error = read.error().error;
    out = fmt::format("{}\n{}\n{}\n{}\n{} rejected\n", error.code, error.message, error.detail,
                      error.field, read.error().rejected);
    append_rejects(out, read.error().rejects);
    return out;
  }
  const ingest::Batch& batch = *read;
  out = fmt::format("{} {} {} {} accepted {} repeated {} rejected {}\n", batch.format,
                    batch.encoding, batch.delimiter, batch.is_ticket_list, batch.accepted,
                    batch.repeated, batch.rejected);
  append_rejects(out, batch.rejects);
  for (const auto& each : batch.statements) out += "statement " + each + "\n";
  for (const auto& each : batch.warnings) out += "warning " + each + "\n";
  for (const auto& each : batch.states)
    out += fmt::format("state {} {} {} {}\n", each.state, each.events,
                       state_class_name(each.meaning), each.reason);
  for (const EventTable& table : batch.tables) {
    for (std::size_t row = 0; row < table.rows(); ++row) {
      out += fmt::format("{} {:x}", table.line[row], table.identity[row]);
      for (const Column& column : table.columns) out += "|" + cell_text(column, row);
      out += '\n';
    }
  }
  return out;
}

inline void check_rejects(const std::vector<ingest::Reject>& rejects, std::int64_t rejected) {
  std::set<std::uint32_t> lines;
  for (const auto& each : rejects) {
    FUZZ_CHECK(each.line > 0 && !each.expected.empty());
    FUZZ_CHECK(is_valid_utf8(each.found) && is_valid_utf8(each.expected) &&
               is_valid_utf8(each.column));
    lines.insert(each.line);
  }
  FUZZ_CHECK(static_cast<std::int64_t>(lines.size()) <= rejected);
}

inline void check_column(const Column& column, const ColumnInfo& about, std::size_t rows) {
  const bool is_wide = column.kind == ColumnKind::instant || column.kind == ColumnKind::integer;
  FUZZ_CHECK((is_wide ? column.wide.size() : column.narrow.size()) == rows, about.name);
  constexpr std::int64_t kEarliest = 630'633'600'000'000, kLatest = 4'134'067'200'000'000;
  for (std::size_t row = 0; row < rows; ++row) {
    if (column.kind == ColumnKind::text) {
      FUZZ_CHECK(column.narrow[row] < column.names.size(), about.name);
    } else if (column.kind == ColumnKind::instant && column.wide[row] != kMissing) {
      // 1990 to 2100 on the clock: at most a day further in UTC
      FUZZ_CHECK(column.wide[row] > kEarliest && column.wide[row] < kLatest, about.name);
    }
    FUZZ_CHECK(
        !about.required || cell_text(column, row) != (is_wide ? fmt::format("{}", kMissing) : ""),
        about.name);
  }
  for (const std::string_view name : column.names.names())
    FUZZ_CHECK(is_valid_utf8(name) && !name.contains('\0'), name);
}

inline void check_batch(const ingest::Batch& batch) {
  check_rejects(batch.rejects, batch.rejected);
  FUZZ_CHECK(batch.tables.size() == 2 && batch.accepted >= 0);
  FUZZ_CHECK(batch.tables[0].rows() == static_cast<std::size_t>(batch.accepted));
  FUZZ_CHECK(batch.tables[1].rows() <= batch.tables[0].rows());
  for (const EventTable& table : batch.tables) {
    FUZZ_CHECK(table.identity.size() == table.rows() && table.spans.size() == 1);
    FUZZ_CHECK(table.spans[0].rows == table.rows());
    for (std::size_t c = 0; c < table.columns.size(); ++c)
      check_column(table.columns[c], table.type->columns[c], table.rows());
  }
  std::int64_t events = 0;
  for (const auto& each : batch.states) events += each.events;
  FUZZ_CHECK(events == batch.accepted);
  for (const auto* sentences : {&batch.statements, &batch.warnings})
    for (const std::string& each : *sentences)
      FUZZ_CHECK(!each.empty() && shown(each, each.size()) == each, each);
}

// `text` with 64 KB of blank lines behind its first line: what follows lies beyond the sample that
// is at hand from the start, so that blocks end inside it.
inline std::string stretched(std::string_view text, std::size_t more) {
  const std::size_t at = text.find('\n');
  if (at == std::string_view::npos) return std::string(text);
  std::string blanks;
  for (int i = 0; i < 64; ++i) blanks += '\n' + std::string(1023, ' ');
  return std::string(text.substr(0, at)) + blanks + std::string(more, ' ') +
         std::string(text.substr(at));
}

// One file, read in every way: blocks of any size tell the same; a file with rejects is refused as
// a whole unless they are to be left out; every failure says what to do.
inline ReadBatch check_reading(std::string_view bytes, ingest::Options options) {
  Draw draw(bytes);
  if (draw.one_in(3)) options.zone = clock_changes();
  options.zone_is_assumed = draw.one_in(2);
  if (draw.one_in(4)) options.date_order = draw.one_in(2) ? "day-first" : "month-first";
  if (draw.one_in(8)) options.reject_limit = 1;
  options.skip_bad = true;
  const ReadBatch lenient = read(bytes, options, std::size_t{64} << 10);
  if (lenient) {
    check_batch(*lenient);
  } else {
    check_error(lenient.error().error);
    check_rejects(lenient.error().rejects, lenient.error().rejected);
  }
  const std::string all = told(lenient);
  const std::string blocks = told(read(bytes, options, 1 + draw.below(70)));
  FUZZ_CHECK(blocks == all, all + "--- is not ---\n" + blocks);
  options.skip_bad = false;
  const ReadBatch strict = read(bytes, options, 4096);
  if (lenient && lenient->rejected > 0) {
    FUZZ_CHECK(!strict && strict.error().error.code == "ingest.rejected", all);
    FUZZ_CHECK(strict.error().rejected == lenient->rejected);
  } else {
    FUZZ_CHECK(told(strict) == all || (!lenient && !strict), all);
  }
  if (!strict) check_error(strict.error().error);
  if (draw.one_in(8)) {
    const std::string longer = stretched(bytes, draw.below(512));
    options.skip_bad = true;
    const std::string far = told(read(longer, options, std::size_t{1} << 17));
    const std::string near = told(read(longer, options, 512 + draw.below(64)));
    FUZZ_CHECK(near == far, far + "--- is not ---\n" + near);
  }
  return lenient;
}

}  // namespace tiebeam::fuzz
