// The records of a delimited file, one at a time, with its header bound by name.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/csv.h"
#include "ingest/dialect.h"
#include "ingest/text_stream.h"

namespace tiebeam::ingest {

// A column that a format reads.
struct ColumnSpec {
  std::string_view name;
  bool required = false;
  std::vector<std::string_view> aliases = {};  // earlier ones win
  bool may_repeat = false;                     // then the first is bound
};

class CsvReader {
 public:
  // Reads the header. `delimiter`: 0 by evidence. Errors: ingest.empty, those of TextStream and
  // CsvTokenizer.
  static Result<CsvReader> open(TextStream& stream, char delimiter = 0);
  // The same of the text of a sheet (ingest/sheet_text.h), in which a record is a row: line() is
  // its number, whatever line breaks its cells hold.
  static Result<CsvReader> open_sheet(TextStream& stream);

  // The header is `rows` rows further down: what stood above it is left out.
  // REQUIRES: no row was read yet, and sample() has more than that. Errors: those of next().
  [[nodiscard]] Result<void> move_header(std::size_t rows);

  [[nodiscard]] const std::vector<std::string>& header() const { return header_; }
  // Empty for kNoColumn.
  [[nodiscard]] std::string_view name_of(std::size_t column) const {
    return column < header_.size() ? std::string_view(header_[column]) : std::string_view{};
  }
  [[nodiscard]] const Dialect& dialect() const { return dialect_; }
  [[nodiscard]] std::uint32_t line() const { return tokenizer_.line() - breaks_before_; }
  [[nodiscard]] std::int64_t blank_rows() const { return blank_rows_; }

  // The next record that is not blank, false at the end.
  [[nodiscard]] Result<bool> next();
  [[nodiscard]] std::size_t fields() const { return tokenizer_.fields(); }
  // Empty when the record has no such field.
  [[nodiscard]] std::string_view field(std::size_t index) const {
    return index < tokenizer_.fields() ? tokenizer_.field(index) : std::string_view{};
  }
  // Up to `rows` records from here on, decoded, without moving. Only those in the stream's sample.
  [[nodiscard]] std::vector<std::vector<std::string>> sample(std::size_t rows) const;
  // Hash of the decoded fields: the same for every delimiter and way of quoting.
  [[nodiscard]] std::uint64_t identity();
  // What is wrong with the number of fields, or nothing. Empty fields beyond the header are let be.
  [[nodiscard]] std::optional<std::string> width_fault() const {
    if (tokenizer_.fields() == header_.size()) return std::nullopt;
    return other_width();
  }

 private:
  explicit CsvReader(TextStream& stream, Dialect dialect)
      : stream_(&stream), dialect_(std::move(dialect)), tokenizer_(dialect_.csv) {}
  [[nodiscard]] Result<bool> go_on(CsvTokenizer::Step step);
  [[nodiscard]] Result<void> read_header();
  [[nodiscard]] std::uint32_t breaks_in_record() const;
  [[nodiscard]] std::optional<std::string> other_width() const;

  TextStream* stream_;
  Dialect dialect_;
  CsvTokenizer tokenizer_;
  std::vector<std::string> header_;
  std::int64_t blank_rows_ = 0;
  bool is_sheet_ = false;
  std::uint32_t breaks_ = 0,
                breaks_before_ = 0;  // in the cells of a sheet, with and without the record
};

constexpr std::size_t kNoColumn = static_cast<std::size_t>(-1);

// The names of a header as they are compared (ingest/column_words.h), made once for many questions.
class HeaderKeys {
 public:
  explicit HeaderKeys(const std::vector<std::string>& header);
  // By the first of the column's names that is there; all columns of that name, or none.
  [[nodiscard]] std::vector<std::size_t> places(const ColumnSpec& spec) const;
  // By all of the column's names, in their order.
  [[nodiscard]] std::vector<std::size_t> all_places(const ColumnSpec& spec) const;
  [[nodiscard]] bool has(const ColumnSpec& spec) const { return !places(spec).empty(); }
  // The number of required columns that are missing.
  [[nodiscard]] std::size_t count_missing(std::span<const ColumnSpec> specs) const;
  // How many columns go by one of these keys.
  [[nodiscard]] std::size_t count_of(const std::set<std::string>& keys) const;

 private:
  [[nodiscard]] std::span<const std::size_t> places_of(std::string_view name) const;
  std::map<std::string, std::vector<std::size_t>> places_;  // by key, in the order of the header
};

// Where each of `specs` stands in `header` (kNoColumn when an optional one is missing), by name or
// alias; names are compared by their words (ingest/column_words.h). Errors: ingest.missing_column,
// ingest.doubled_column.
[[nodiscard]] Result<std::vector<std::size_t>> bind_columns(std::string_view file,
                                                            const std::vector<std::string>& header,
                                                            std::span<const ColumnSpec> specs);
// The first place of one, by name or alias.
[[nodiscard]] std::size_t place_of_column(const std::vector<std::string>& header,
                                          const ColumnSpec& spec);
// The same for each of several; kNoColumn where there is none.
[[nodiscard]] std::vector<std::size_t> places_of_columns(const std::vector<std::string>& header,
                                                         std::span<const ColumnSpec> specs);

}  // namespace tiebeam::ingest
