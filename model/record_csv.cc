#include "model/record_csv.h"

#include <fmt/format.h>

#include "base/csv.h"
#include "base/text.h"

namespace tiebeam {
namespace {

constexpr std::string_view kFormulaStarts = "=+-@\t\r";

bool looks_like_a_number(std::string_view text) { return parse_number(text).has_value(); }

// The start of a formula behind `apostrophes` and more of them.
bool is_formula_behind(std::string_view text, std::size_t apostrophes) {
  const std::size_t first = text.find_first_not_of('\'');
  return first != std::string_view::npos && first >= apostrophes &&
         kFormulaStarts.contains(text[first]);
}

std::string_view without_apostrophe(std::string_view text) {
  return is_formula_behind(text, 1) ? text.substr(1) : text;
}

Error located(Error error, std::uint32_t line, const std::string& column) {
  error.field = shown(column);
  error.detail = fmt::format("line {}, column '{}'", line, error.field);
  return error;
}

class Reader {
 public:
  Reader(const RecordType& type, std::string_view text) : type_(type) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    tokenizer_.feed(text, true);
  }

  ReadRecords read() {
    if (step() && read_header()) {
      while (step()) read_row();
    }
    return std::move(out_);
  }

 private:
  bool step() {
    const CsvTokenizer::Step step = tokenizer_.next();
    if (step == CsvTokenizer::Step::fault) out_.faults.push_back(tokenizer_.fault());
    return step == CsvTokenizer::Step::record;
  }

  bool read_header() {
    std::vector<std::string_view> names;
    for (const FieldInfo& field : type_.fields) names.push_back(field.name);
    for (std::size_t i = 0; i < tokenizer_.fields(); ++i) {
      const std::string name(trim(tokenizer_.field(i)));
      const std::size_t at = type_.index_of(name);
      if (at == std::string::npos) {
        out_.faults.push_back(
            located({.kind = Kind::invalid,
                     .code = "record.unknown_field",
                     .message = fmt::format("a {} has no field '{}'{}", type_.title, shown(name),
                                            did_you_mean(name, names)),
                     .detail = {},
                     .hint = "rename or remove the column",
                     .field = {},
                     .found = shown(name),
                     .expected = fmt::format("one of {}", fmt::join(names, ", "))},
                    1, name));
      } else if (std::ranges::find(columns_, at) != columns_.end()) {
        out_.faults.push_back(
            located({.kind = Kind::invalid,
                     .code = "record.doubled_column",
                     .message = fmt::format("the column '{}' stands twice", shown(name)),
                     .detail = {},
                     .hint = "keep one of the two",
                     .field = {},
                     .found = fmt::format("{} twice", shown(name)),
                     .expected = "each column once"},
                    1, name));
      }
      columns_.push_back(at);
    }
    return out_.faults.empty();
  }

  void read_row() {
    if (tokenizer_.is_blank()) return;
    Record record = blank(type_);
    for (std::size_t i = 0; i < columns_.size() && i < tokenizer_.fields(); ++i) {
      const FieldInfo& field = type_.fields[columns_[i]];
      if (field.kept && columns_[i] != kIdField) continue;
      auto value = parse_value(field, without_apostrophe(tokenizer_.field(i)));
      if (!value) {
        out_.faults.push_back(located(std::move(value).error(), tokenizer_.line(), field.name));
      } else if (columns_[i] != kIdField || value->index() != 0) {
        record.values[columns_[i]] = *std::move(value);
      }
    }
    if (record.id().empty()) record.values[kIdField] = slugify(record.name());
    out_.records.push_back(std::move(record));
    out_.lines.push_back(tokenizer_.line());
  }

  const RecordType& type_;
  CsvTokenizer tokenizer_;
  std::vector<std::size_t> columns_;
  ReadRecords out_;
};

}  // namespace

// Text that has an apostrophe there already gets another, so that reading takes off what was put
// on.
void append_csv_cell(std::string& out, std::string text) {
  if (is_formula_behind(text, 0) && !looks_like_a_number(text)) text.insert(0, 1, '\'');
  if (text.find_first_of(",\"\n\r") == std::string::npos) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

std::string to_csv(const RecordType& type, const std::vector<Record>& records) {
  std::string out;
  for (const FieldInfo& field : type.fields) out += (out.empty() ? "" : ",") + field.name;
  out += '\n';
  for (const Record& record : records) {
    for (std::size_t i = 0; i < type.fields.size(); ++i) {
      if (i > 0) out += ',';
      append_csv_cell(out, format_value(type.fields[i], record.values[i]));
    }
    out += '\n';
  }
  return out;
}

ReadRecords read_csv(const RecordType& type, std::string_view text) {
  return Reader(type, text).read();
}

}  // namespace tiebeam
