#include "ingest/dialect.h"

#include <fmt/format.h>

#include <array>
#include <map>

#include "base/text.h"

namespace tiebeam::ingest {
namespace {
constexpr std::size_t kLines = 50;  // enough to see a pattern, few enough to be instant

struct Fit {
  std::size_t columns = 0;  // of the first line
  std::size_t lines = 0;    // read
  std::size_t alike = 0;    // with as many columns
  [[nodiscard]] bool is_table() const { return columns > 1; }
  [[nodiscard]] bool is_better_than(const Fit& other) const {
    if (!other.is_table()) return true;
    const std::size_t mine = alike * other.lines, its = other.alike * lines;
    return mine != its ? mine > its : columns > other.columns;
  }
};

Fit fit_of(std::string_view sample, bool is_whole_file, CsvDialect dialect) {
  Fit fit;
  CsvTokenizer tokenizer(dialect);
  tokenizer.feed(sample, is_whole_file);
  while (fit.lines < kLines && tokenizer.next() == CsvTokenizer::Step::record) {
    if (fit.lines == 0) fit.columns = tokenizer.fields();
    ++fit.lines;
    fit.alike += tokenizer.fields() == fit.columns;
  }
  return fit;
}

// The same by the number of columns that most lines have: titles may stand above a table.
Fit usual_fit_of(std::string_view sample, bool is_whole_file, CsvDialect dialect) {
  std::map<std::size_t, std::size_t> lines_with;
  Fit fit;
  CsvTokenizer tokenizer(dialect);
  tokenizer.feed(sample, is_whole_file);
  for (; fit.lines < kLines && tokenizer.next() == CsvTokenizer::Step::record; ++fit.lines)
    ++lines_with[tokenizer.fields()];
  for (const auto& [columns, lines] : lines_with)
    if (lines >= fit.alike) fit.columns = columns, fit.alike = lines;
  return fit;
}

// Outside of quoted fields lines end with CR and never with LF or CRLF.
bool has_only_carriage_returns(std::string_view sample, char said) {
  bool has_any = false, is_quoted = false;
  char before = '\n';
  for (const char c : sample) {
    const bool opens = !is_quoted && (std::string_view(",;\t|\r\n").contains(before) ||
                                      (said != 0 && before == said) || before == '"');
    if (c == '"') {
      is_quoted = !is_quoted && opens;
    } else if (!is_quoted) {
      if (c == '\n') return false;
      has_any = has_any || c == '\r';
    }
    before = c;
  }
  return has_any;
}

std::string name_of(char delimiter) {
  return delimiter == ','    ? "comma"
         : delimiter == ';'  ? "semicolon"
         : delimiter == '\t' ? "tab"
         : delimiter == '|'  ? "bar (|)"
                             : fmt::format("'{}'", shown({&delimiter, 1}));
}

// "sep=;" and a line break: Excel's way of naming the delimiter.
std::size_t separator_line(std::string_view sample, char& delimiter) {
  if (sample.size() < 6 || to_lower_ascii(sample.substr(0, 4)) != "sep=") return 0;
  const std::size_t end = sample.find_first_of("\r\n");
  if (end != 5) return 0;
  delimiter = sample[4];
  return sample.substr(end).starts_with("\r\n") ? end + 2 : end + 1;
}
}  // namespace

Result<char> delimiter_said(std::string_view said) {
  constexpr std::pair<std::string_view, char> names[] = {{"comma", ','}, {"semicolon", ';'},
                                                         {"tab", '\t'},  {"\\t", '\t'},
                                                         {"bar", '|'},   {"pipe", '|'}};
  const std::string lower = to_lower_ascii(said);
  for (const auto& [name, delimiter] : names)
    if (lower == name) return delimiter;
  const char c = said.size() == 1 ? said[0] : '\0';
  const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  if (c == '\t' || (c >= ' ' && c <= '~' && !is_letter && (c < '0' || c > '9') && c != '"'))
    return c;
  return invalid("ingest.bad_option", fmt::format("'{}' cannot separate columns", shown(said)),
                 "say comma, semicolon, tab, bar, or one sign such as ^");
}

Dialect detect_dialect(std::string_view sample, bool is_whole_file, char said) {
  Dialect out;
  out.csv.cr_ends_line = has_only_carriage_returns(sample, said);
  out.skip = separator_line(sample, out.csv.delimiter);
  if (said != 0) {
    out.csv.delimiter = said;
    out.statement = fmt::format("columns are separated by {}, as was said", name_of(said));
    return out;
  }
  if (out.skip > 0) {
    out.statement = fmt::format("columns are separated by {}: the first line says so",
                                name_of(out.csv.delimiter));
    return out;
  }
  Fit best;
  for (const char delimiter : std::array{',', ';', '\t', '|'}) {
    const Fit fit = fit_of(sample, is_whole_file, {delimiter, out.csv.cr_ends_line});
    if (fit.is_table() && fit.is_better_than(best)) best = fit, out.csv.delimiter = delimiter;
  }
  if (!best.is_table() || 2 * best.alike < best.lines) {
    Fit usual;
    for (const char delimiter : std::array{',', ';', '\t', '|'}) {
      const Fit fit = usual_fit_of(sample, is_whole_file, {delimiter, out.csv.cr_ends_line});
      const bool is_usual = fit.is_table() && fit.alike > 1 && 2 * fit.alike >= fit.lines;
      if (is_usual && fit.is_better_than(usual)) usual = fit, out.csv.delimiter = delimiter;
    }
    if (usual.is_table()) best = usual;
  }
  out.statement =
      best.is_table()
          ? fmt::format("columns are separated by {}: {} of the first {} lines have {}",
                        name_of(out.csv.delimiter), best.alike, best.lines, best.columns)
          : std::string(
                "there is one column: no comma, semicolon, tab or bar divides the first line");
  return out;
}

}  // namespace tiebeam::ingest
