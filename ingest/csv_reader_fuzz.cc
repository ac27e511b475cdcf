// A table of any dialect: how it is written is decided the same for blocks of any size, what lies
// ahead is what comes, columns are found by their words.
#include "ingest/column_words.h"
#include "ingest/event_rows.h"
#include "ingest/fuzz_support.h"
#include "ingest/ticket_names.h"

namespace tiebeam {
namespace {

using ingest::CsvReader;

struct Got {
  std::string statement, fault;
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> ahead, rows;
  std::vector<std::uint32_t> lines;
  std::int64_t blank_rows = 0;
  friend bool operator==(const Got&, const Got&) = default;
};

std::vector<std::string> fields_of(const CsvReader& table) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < table.fields(); ++i) out.emplace_back(table.field(i));
  return out;
}

Got read(std::string_view bytes, std::size_t block) {
  ingest::TextStream stream = fuzz::stream_of(bytes, block);
  Got got;
  auto table = CsvReader::open(stream);
  if (!table) return fuzz::check_error(table.error()), got.fault = table.error().message, got;
  got.statement = table->dialect().statement;
  got.header = table->header();
  got.ahead = table->sample(200);
  for (;;) {
    const auto more = table->next();
    if (!more) {
      fuzz::check_error(more.error());
      got.fault = more.error().message;
      break;
    }
    if (!*more) break;
    got.rows.push_back(fields_of(*table));
    got.lines.push_back(table->line());
    (void)table->width_fault();
  }
  got.blank_rows = table->blank_rows();
  return got;
}

void check_columns(const std::vector<std::string>& header) {
  for (const std::string& name : header) {
    const std::string words = ingest::column_words(name);
    if (words.size() <= ingest::kLongestName)
      FUZZ_CHECK(ingest::column_words(words) == words, words);
    FUZZ_CHECK(!ingest::column_key(name).contains(' '), name);
    (void)ingest::is_other_date(name);
  }
  for (const auto specs :
       {ingest::event_columns(), ingest::servicenow_columns(), ingest::ticket_columns()}) {
    const auto bound = ingest::bind_columns("file.csv", header, specs);
    if (!bound) {
      fuzz::check_error(bound.error());
      continue;
    }
    for (std::size_t i = 0; i < specs.size(); ++i) {
      FUZZ_CHECK((*bound)[i] == ingest::kNoColumn || (*bound)[i] < header.size());
      FUZZ_CHECK((*bound)[i] == ingest::place_of_column(header, specs[i]));
    }
  }
}

}  // namespace

FUZZ(input) {
  if (input.starts_with("\x1f\x8b")) return;  // gzip_fuzz.cc
  fuzz::Draw draw(input);
  const Got whole = read(input, std::size_t{1} << 16);
  FUZZ_CHECK(read(input, 1 + draw.below(64)) == whole, whole.fault);
  FUZZ_CHECK(whole.ahead.size() <= whole.rows.size() || !whole.fault.empty());
  for (std::size_t i = 0; i < whole.ahead.size() && i < whole.rows.size(); ++i)
    FUZZ_CHECK(whole.ahead[i] == whole.rows[i]);
  if (draw.one_in(8)) {
    const std::string longer = fuzz::stretched(input, draw.below(512));
    const Got far = read(longer, std::size_t{1} << 17);
    FUZZ_CHECK(read(longer, 512 + draw.below(64)) == far, far.fault);
  }
  check_columns(whole.header);
}

}  // namespace tiebeam
