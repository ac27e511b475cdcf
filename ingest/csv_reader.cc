#include "ingest/csv_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "ingest/column_words.h"
#include "ingest/sheet_text.h"

namespace tiebeam::ingest {
namespace {
constexpr char kUnitSeparator = '\x1f';
constexpr std::size_t kNamesShown = 12;

std::string list_of(const std::vector<std::string>& header) {
  std::string out;
  for (std::size_t i = 0; i < std::min(header.size(), kNamesShown); ++i)
    out += fmt::format("{}'{}'", i == 0 ? "" : ", ", shown(header[i], 40));
  return header.size() > kNamesShown
             ? fmt::format("{} and {} more", out, header.size() - kNamesShown)
             : out;
}

std::unexpected<Error> missing(std::string_view file, const std::vector<std::string>& header,
                               const ColumnSpec& spec) {
  std::vector<std::string> names;
  for (const std::string& name : header) names.push_back(to_lower_ascii(name));
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  const std::string_view near = near_miss(spec.name, candidates);
  auto fault =
      Error{Kind::invalid,
            "ingest.missing_column",
            fmt::format("'{}' has no column '{}'{}", file, spec.name,
                        near.empty() ? std::string() : fmt::format("; did you mean '{}'?", near)),
            fmt::format("its {} columns: {}", header.size(), list_of(header)),
            {},
            std::string(spec.name)};
  fault.hint = header.size() == 1
                   ? "separate the columns with comma, semicolon, tab or bar, and name them in the "
                     "first line"
                   : fmt::format("name the column '{}' in the first line{}", spec.name,
                                 near.empty() ? std::string(", or export it with the others")
                                              : fmt::format(", in place of '{}'", near));
  return std::unexpected(std::move(fault));
}
}  // namespace

Result<CsvReader> CsvReader::open(TextStream& stream, char delimiter) {
  const std::string_view sample = stream.text().substr(0, TextStream::kSample);
  const bool is_whole = stream.at_end() && sample.size() == stream.text().size();
  CsvReader reader(stream, detect_dialect(sample, is_whole, delimiter));
  if (reader.dialect_.skip > 0) {
    stream.consume(reader.dialect_.skip);
    reader.tokenizer_.start_at_line(2);
  }
  TB_DO(reader.read_header());
  return reader;
}

Result<CsvReader> CsvReader::open_sheet(TextStream& stream) {
  Dialect dialect;
  dialect.csv.delimiter = kSheetDelimiter;
  CsvReader reader(stream, std::move(dialect));
  reader.is_sheet_ = true;
  TB_DO(reader.read_header());
  return reader;
}

Result<void> CsvReader::read_header() {
  tokenizer_.feed(stream_->text(), stream_->at_end());
  TB_TRY(const bool found, next());
  if (!found)
    return invalid("ingest.empty",
                   fmt::format("'{}' is empty: there is no header line", stream_->source().name()),
                   "export it again; the first line names the columns");
  for (std::size_t i = 0; i < fields(); ++i) header_.emplace_back(trim(field(i)));
  return {};
}

Result<void> CsvReader::move_header(std::size_t rows) {
  for (std::size_t i = 0; i < rows; ++i) {
    TB_TRY(const bool found, next());
    TB_CHECK(found, "the sample held that row");
  }
  header_.clear();
  for (std::size_t i = 0; i < fields(); ++i) header_.emplace_back(trim(field(i)));
  return {};
}

std::uint32_t CsvReader::breaks_in_record() const {
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < fields(); ++i)
    out += static_cast<std::uint32_t>(std::ranges::count(field(i), '\n'));
  return out;
}

// What comes when there was no record: more text, or nothing.
Result<bool> CsvReader::go_on(CsvTokenizer::Step step) {
  stream_->consume(tokenizer_.consumed());
  if (step == CsvTokenizer::Step::end) return false;
  if (step == CsvTokenizer::Step::fault) {
    Error fault = tokenizer_.fault();
    fault.message = fmt::format("'{}', {}", stream_->source().name(), fault.message);
    return std::unexpected(std::move(fault));
  }
  TB_DO(stream_->fill(tokenizer_.next_line()));
  tokenizer_.feed(stream_->text(), stream_->at_end());
  return true;
}

Result<bool> CsvReader::next() {
  for (;;) {
    const CsvTokenizer::Step step = tokenizer_.next();
    if (is_sheet_ && step == CsvTokenizer::Step::record) {
      breaks_before_ = breaks_;
      breaks_ += breaks_in_record();
    }
    if (step != CsvTokenizer::Step::record) {
      TB_TRY(const bool more, go_on(step));
      if (!more) return false;
    } else if (!tokenizer_.is_blank()) {
      return true;
    } else {
      ++blank_rows_;
    }
  }
}

std::vector<std::vector<std::string>> CsvReader::sample(std::size_t rows) const {
  // More than the stream's sample may be at hand, or not: what is told must not depend on that.
  const std::size_t behind = stream_->consumed() + tokenizer_.consumed();
  const std::size_t left = TextStream::kSample - std::min(TextStream::kSample, behind);
  const std::string_view ahead = stream_->text().substr(tokenizer_.consumed());
  CsvTokenizer tokenizer(dialect_.csv);
  tokenizer.feed(ahead.substr(0, left), stream_->at_end() && ahead.size() <= left);
  std::vector<std::vector<std::string>> out;
  while (out.size() < rows && tokenizer.next() == CsvTokenizer::Step::record) {
    if (tokenizer.is_blank()) continue;
    out.emplace_back();
    for (std::size_t i = 0; i < tokenizer.fields(); ++i)
      out.back().emplace_back(tokenizer.field(i));
  }
  return out;
}

std::uint64_t CsvReader::identity() { return row_hash(tokenizer_.joined(kUnitSeparator)); }

std::optional<std::string> CsvReader::other_width() const {
  const std::size_t fields = tokenizer_.fields();
  bool is_padding = fields > header_.size();
  for (std::size_t i = header_.size(); is_padding && i < fields; ++i)
    is_padding = tokenizer_.field(i).empty();
  if (is_padding) return std::nullopt;
  return fmt::format("{} fields", fields);
}

HeaderKeys::HeaderKeys(const std::vector<std::string>& header) {
  for (std::size_t i = 0; i < header.size(); ++i)
    if (std::string key = column_key(header[i]); !key.empty()) places_[std::move(key)].push_back(i);
}

std::span<const std::size_t> HeaderKeys::places_of(std::string_view name) const {
  const auto found = places_.find(column_key(name));
  return found == places_.end() ? std::span<const std::size_t>() : found->second;
}

std::vector<std::size_t> HeaderKeys::places(const ColumnSpec& spec) const {
  auto found = places_of(spec.name);
  for (std::size_t i = 0; found.empty() && i < spec.aliases.size(); ++i)
    found = places_of(spec.aliases[i]);
  return {found.begin(), found.end()};
}

std::vector<std::size_t> HeaderKeys::all_places(const ColumnSpec& spec) const {
  const auto own = places_of(spec.name);
  std::vector<std::size_t> places(own.begin(), own.end());
  for (const std::string_view alias : spec.aliases)
    for (const std::size_t place : places_of(alias))
      if (std::ranges::find(places, place) == places.end()) places.push_back(place);
  return places;
}

std::size_t HeaderKeys::count_of(const std::set<std::string>& keys) const {
  std::size_t out = 0;
  for (const auto& [key, places] : places_)
    if (keys.contains(key)) out += places.size();
  return out;
}

std::size_t HeaderKeys::count_missing(std::span<const ColumnSpec> specs) const {
  return static_cast<std::size_t>(std::ranges::count_if(
      specs, [&](const ColumnSpec& spec) { return spec.required && !has(spec); }));
}

std::size_t place_of_column(const std::vector<std::string>& header, const ColumnSpec& spec) {
  const auto places = HeaderKeys(header).places(spec);
  return places.empty() ? kNoColumn : places[0];
}

std::vector<std::size_t> places_of_columns(const std::vector<std::string>& header,
                                           std::span<const ColumnSpec> specs) {
  const HeaderKeys keys(header);
  std::vector<std::size_t> out;
  for (const ColumnSpec& spec : specs) {
    const auto places = keys.places(spec);
    out.push_back(places.empty() ? kNoColumn : places[0]);
  }
  return out;
}

Result<std::vector<std::size_t>> bind_columns(std::string_view file,
                                              const std::vector<std::string>& header,
                                              std::span<const ColumnSpec> specs) {
  const HeaderKeys keys(header);
  std::vector<std::size_t> bound;
  for (const ColumnSpec& spec : specs) {
    const auto places = keys.places(spec);
    if (places.empty() && spec.required) return missing(file, header, spec);
    if (places.size() > 1 && !spec.may_repeat) {
      auto fault = Error{Kind::invalid,
                         "ingest.doubled_column",
                         fmt::format("'{}' has the column '{}' {} times", file,
                                     shown(header[places[0]], 40), places.size()),
                         fmt::format("as columns {} and {}", places[0] + 1, places[1] + 1),
                         "keep one of them, or rename the others",
                         std::string(spec.name)};
      return std::unexpected(std::move(fault));
    }
    bound.push_back(places.empty() ? kNoColumn : places[0]);
  }
  return bound;
}

}  // namespace tiebeam::ingest
