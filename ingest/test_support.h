// For tests: files that live as long as the test, and what was read from them in a form to compare.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/test_support.h"
#include "ingest/import.h"

namespace tiebeam::ingest {

class TestFile {
 public:
  explicit TestFile(std::string_view content, std::string_view name = "file.csv") {
    path_ = folder_ / std::string(name);
    std::ofstream(path_, std::ios::binary)
        .write(content.data(), static_cast<std::streamsize>(content.size()));
  }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  TestFolder folder_;
  std::string path_;
};

[[nodiscard]] std::string gzipped(std::string_view text);  // byte_source_test.cc

inline std::expected<Batch, Failure> read_text(std::string_view content,
                                               const Options& options = {}) {
  const TestFile file(content);
  return read_file(file.path(), options);
}

// The code of the error, or "ok".
inline std::string code_of(const std::expected<Batch, Failure>& read) {
  return read ? "ok" : read.error().error.code;
}

// REQUIRES: it was read; fails the test with its error otherwise.
inline Batch value_of(std::expected<Batch, Failure> read) {
  if (read) return *std::move(read);
  ADD_FAILURE() << read.error().error.message << "\n" << read.error().error.detail;
  Batch none;
  none.tables = {EventTable(transition_type()), EventTable(item_fact_type())};
  return none;
}

inline std::string text_at(const EventTable& table, std::string_view column, std::size_t row) {
  const Column& found = table.column(column);
  return std::string(found.names.name(found.narrow[row]));
}
inline std::string instant_at(const EventTable& table, std::string_view column, std::size_t row) {
  const std::int64_t at = table.column(column).wide[row];
  return at == kMissing ? "" : format_instant(Instant{Micros{at}});
}

// "A-1 2016-05-01T08:00:00Z Open", one per event, in the order of the file.
inline std::vector<std::string> events_of(const Batch& batch) {
  std::vector<std::string> out;
  const EventTable& table = batch.tables[0];
  for (std::size_t row = 0; row < table.rows(); ++row)
    out.push_back(text_at(table, "item", row) + " " + instant_at(table, "at", row) + " " +
                  text_at(table, "state", row));
  return out;
}

inline bool says(const std::vector<std::string>& sentences, std::string_view part) {
  return std::ranges::any_of(sentences,
                             [&](const std::string& each) { return each.contains(part); });
}

// Central Europe around 2026: summer time from 29 March to 25 October, changes at 01:00Z.
inline Zone berlin() {
  const auto at = [](int month, unsigned day) {
    return Instant{std::chrono::sys_days{std::chrono::year{2026} / month / static_cast<int>(day)}} +
           std::chrono::hours{1};
  };
  return {"Europe/Berlin",
          {{at(1, 1), std::chrono::hours{1}},
           {at(3, 29), std::chrono::hours{2}},
           {at(10, 25), std::chrono::hours{1}}}};
}

}  // namespace tiebeam::ingest
