// Records of delimited text (RFC 4180 and what spreadsheets make of it), read from blocks of any
// size without an allocation per field. Pure: text in, views out. Encoding, dialect detection and
// header names are the business of the caller (ingest/text_stream.h, ingest/dialect.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace tiebeam {

struct CsvDialect {
  char delimiter = ',';
  bool cr_ends_line = false;  // old Macintosh files: a lone CR ends a record
};

struct CsvLimits {
  std::size_t columns = 10'000;
  std::size_t record_bytes = std::size_t{16} << 20;
};

// A quote opens a quoted field only as its first character; elsewhere it is text (5" disk).
// Records end with LF, CRLF or, in that dialect, CR. Lines that hold nothing are skipped.
//
//   tokenizer.feed(text, at_end);
//   while (tokenizer.next() == CsvTokenizer::Step::record) use(tokenizer.field(0));
//
// On `need_more` the caller feeds again: text from consumed() on, with more behind it.
class CsvTokenizer {
 public:
  enum class Step : std::uint8_t { record, need_more, end, fault };

  explicit CsvTokenizer(CsvDialect dialect = {}, CsvLimits limits = {});

  // REQUIRES: text starts with the bytes of the last text from consumed() on, and outlives the
  // reading of it. `at_end`: nothing follows.
  void feed(std::string_view text, bool at_end);
  void start_at_line(std::uint32_t line) { next_line_ = line; }  // when lines went before
  // Errors (after Step::fault): csv.open_quote, csv.text_after_quote, csv.too_wide, csv.too_long.
  [[nodiscard]] Step next();
  [[nodiscard]] const Error& fault() const { return *fault_; }

  [[nodiscard]] std::size_t consumed() const { return cursor_; }
  // 1-based line on which unread text begins, and on which the current record began.
  [[nodiscard]] std::uint32_t next_line() const { return next_line_; }
  [[nodiscard]] std::uint32_t line() const { return line_; }

  // The current record; views hold until the next call of next() or feed(), also of the tokenizer
  // that this one is moved to.
  [[nodiscard]] std::size_t fields() const { return fields_; }
  [[nodiscard]] std::string_view field(std::size_t index) const {  // REQUIRES: it exists
    return has_quotes_ ? unquoted_[index] : raw(index);
  }
  // All fields, decoded, with `separator` between: the same for every delimiter and way of quoting.
  [[nodiscard]] std::string_view joined(char separator);
  // Every field is empty or blanks.
  [[nodiscard]] bool is_blank() const {
    const std::string_view first = field(0);
    return (first.empty() || first[0] <= ' ') && has_only_blanks();
  }

 private:
  enum class Quoted : std::uint8_t { closed, open, broken };
  [[nodiscard]] std::uint64_t marks_at(std::size_t offset) const;
  [[nodiscard]] std::size_t next_mark();
  void take_delimiters();
  [[nodiscard]] bool has_only_blanks() const;
  [[nodiscard]] Step read_record();
  [[nodiscard]] Quoted skip_quoted(std::size_t opening);
  [[nodiscard]] Quoted behind_quote(std::size_t at) const;
  [[nodiscard]] bool push_end(std::size_t end);
  [[nodiscard]] Step finish_record(std::size_t end, std::size_t resume);
  [[nodiscard]] Step starved(bool in_quotes);
  void unquote();
  Step fail_with(const char* code, std::string message, std::string hint);
  Step too_wide();
  Step too_long();
  [[nodiscard]] bool ends_line(char c) const {
    return c == '\n' || (c == '\r' && dialect_.cr_ends_line);
  }
  [[nodiscard]] std::string_view raw(std::size_t index) const {
    const std::size_t from = index == 0 ? start_ : ends_[index - 1] + 1;
    return text_.substr(from, ends_[index] - from);
  }

  CsvDialect dialect_;
  CsvLimits limits_;
  std::string_view text_;
  bool at_end_ = false;
  std::size_t cursor_ = 0;     // start of unread text
  std::size_t mark_base_ = 0;  // the 64 bytes that marks_ speaks of
  std::uint64_t marks_ = 0;
  std::uint32_t line_ = 1;
  std::uint32_t next_line_ = 1;
  std::uint32_t quote_line_ = 1;
  std::size_t start_ = 0;  // of the current record
  std::vector<std::size_t> ends_;
  std::size_t fields_ = 0;
  bool has_quotes_ = false;
  bool after_cr_ = false;  // the record before ended with CR: an LF now is part of that line break
  std::vector<std::string_view> unquoted_;  // the fields, when the record has quotes
  // Fields with doubled quotes, decoded; no std::string, whose few bytes move when it is moved.
  std::vector<char> scratch_;
  std::vector<char> joined_;
  std::optional<Error> fault_;
};

}  // namespace tiebeam
