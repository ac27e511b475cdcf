// Delimited text: the same records for every way of handing it over, and those of a reader that
// goes one byte at a time.
#include "base/csv.h"
#include "base/fuzz_support.h"

namespace tiebeam {
namespace {

using Fields = std::vector<std::string>;
struct Read {
  std::vector<Fields> records;
  std::vector<std::uint32_t> lines;
  std::string fault, message;
  friend bool operator==(const Read&, const Read&) = default;
};

void take_record(CsvTokenizer& tokenizer, Read& out) {
  Fields fields;
  std::string joined;
  bool is_blank = true;
  for (std::size_t i = 0; i < tokenizer.fields(); ++i) {
    fields.emplace_back(tokenizer.field(i));
    joined += (i == 0 ? "" : "\x1f") + fields.back();
    is_blank = is_blank && fields.back().find_first_not_of(" \t") == std::string::npos;
  }
  FUZZ_CHECK(tokenizer.joined('\x1f') == joined);
  FUZZ_CHECK(tokenizer.is_blank() == is_blank);
  out.records.push_back(std::move(fields));
  out.lines.push_back(tokenizer.line());
}

// Hands the text over `piece` bytes at a time, each time in a place of its own.
Read read(std::string_view text, CsvDialect dialect, CsvLimits limits, std::size_t piece) {
  CsvTokenizer tokenizer(dialect, limits);
  Read out;
  std::size_t begin = 0, end = std::min(piece, text.size());
  std::string at_hand(text.substr(begin, end - begin));
  tokenizer.feed(at_hand, end == text.size());
  for (;;) {
    switch (tokenizer.next()) {
      case CsvTokenizer::Step::record:
        take_record(tokenizer, out);
        break;
      case CsvTokenizer::Step::need_more:
        FUZZ_CHECK(end < text.size());
        begin += tokenizer.consumed();
        end = std::min(end + piece, text.size());
        at_hand = std::string(text.substr(begin, end - begin));
        tokenizer.feed(at_hand, end == text.size());
        break;
      case CsvTokenizer::Step::fault:
        fuzz::check_error(tokenizer.fault());
        out.fault = tokenizer.fault().code;
        out.message = tokenizer.fault().message;
        return out;
      case CsvTokenizer::Step::end:
        return out;
    }
  }
}

// RFC 4180 as base/csv.h tells it, one byte at a time.
class Plain {
 public:
  Plain(std::string_view text, CsvDialect dialect) : rest_(text), dialect_(dialect) {}
  Read read() {
    while (!rest_.empty() && out_.fault.empty()) read_record();
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::size_t line_break() const {  // its length; 0: none stands here
    if (dialect_.cr_ends_line) return rest_.starts_with('\r') || rest_.starts_with('\n') ? 1 : 0;
    return rest_.starts_with("\r\n")                  ? 2
           : rest_.starts_with('\n') || rest_ == "\r" ? rest_.size() - rest_.substr(1).size()
                                                      : 0;
  }
  void read_record() {
    Fields fields;
    bool is_quoted = false;
    for (;;) {
      fields.emplace_back();
      if (rest_.starts_with('"')) {
        is_quoted = true;
        if (!take_quoted(fields.back())) return;
      }
      while (!rest_.empty() && line_break() == 0 && rest_[0] != dialect_.delimiter) {
        if (is_after_quote_) return fail("csv.text_after_quote");
        fields.back() += take();
      }
      is_after_quote_ = false;
      if (!rest_.starts_with(dialect_.delimiter)) break;
      take();
    }
    rest_.remove_prefix(line_break());
    if (fields.size() > 1 || !fields[0].empty() || is_quoted) out_.records.push_back(fields);
  }
  bool take_quoted(std::string& field) {
    take();
    for (;;) {
      if (rest_.empty()) return fail("csv.open_quote"), false;
      const char c = take();
      if (c == '"' && !rest_.starts_with('"')) return is_after_quote_ = true;
      if (c == '"') take();
      field += c;
    }
  }
  char take() {
    const char c = rest_[0];
    rest_.remove_prefix(1);
    return c;
  }
  void fail(const char* code) { out_.fault = code; }

  std::string_view rest_;
  CsvDialect dialect_;
  bool is_after_quote_ = false;
  Read out_;
};

std::string written(const Read& table, char delimiter) {
  std::string out;
  for (const Fields& fields : table.records) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (i > 0) out += delimiter;
      out += '"';
      for (const char c : fields[i]) out.append(c == '"' ? 2 : 1, c);
      out += '"';
    }
    out += "\r\n";
  }
  return out;
}

void check(std::string_view text, CsvDialect dialect, std::size_t piece) {
  const Read whole = read(text, dialect, {}, text.size());
  FUZZ_CHECK(read(text, dialect, {}, 1) == whole);
  FUZZ_CHECK(read(text, dialect, {}, piece) == whole);
  Read plain = Plain(text, dialect).read();
  FUZZ_CHECK(plain.records == whole.records);
  FUZZ_CHECK(plain.fault == whole.fault, plain.fault + " / " + whole.fault);
  const Read again = read(written(whole, dialect.delimiter), dialect, {}, text.size() + 1);
  if (!dialect.cr_ends_line) FUZZ_CHECK(again.records == whole.records);
}

// With limits that bind: the same records before the first that does not fit.
void check_limits(std::string_view text, CsvDialect dialect, std::size_t piece) {
  const CsvLimits limits{.columns = 1 + text.size() % 7, .record_bytes = 1 + text.size() % 19};
  const Read whole = read(text, dialect, limits, text.size());
  const Read pieces = read(text, dialect, limits, piece);
  FUZZ_CHECK(whole.records == pieces.records && whole.lines == pieces.lines);
  FUZZ_CHECK(whole.fault.empty() == pieces.fault.empty());
  for (const Fields& fields : whole.records) FUZZ_CHECK(fields.size() <= limits.columns);
}

}  // namespace

FUZZ(input) {
  fuzz::Draw draw(input);
  const std::size_t piece = 1 + draw.below(100);
  for (const bool cr : {false, true}) {
    const CsvDialect dialect{draw.of({',', ';', '\t', '|'}), cr};
    check(input, dialect, piece);
    check_limits(input, dialect, piece);
  }
}

}  // namespace tiebeam
