#include "rooms/flow/times_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "base/text.h"

namespace tiebeam::flow {
namespace {

constexpr const char* kHint =
    "give a CSV file with the columns series,merged_at_unix: one row a finished piece of work, "
    "times "
    "in seconds since 1970";
constexpr std::size_t kFaultsShown = 20;

// Seconds since 1970 in the years that any of our readers takes.
std::string time_fault(std::string_view text) {
  const auto value = parse_integer(trim(text));
  constexpr std::int64_t kLeast = 631'152'000;   // 1990-01-01
  constexpr std::int64_t kMost = 4'133'980'800;  // 2101-01-01
  if (value && *value >= kLeast && *value < kMost) return {};
  std::string out = fmt::format("found '{}', expected seconds since 1970 in the years {} to {}",
                                shown(trim(text)), kFirstYear, kLastYear);
  if (value && *value / 1000 >= kLeast && *value / 1000 < kMost)
    out += "; these look like milliseconds";
  return out;
}

class Reading {
 public:
  Reading(std::string_view name, CsvTokenizer& rows) : name_(name), rows_(rows) {}

  Result<std::vector<Times>> read() {
    TB_DO(read_header());
    while (true) {
      const auto step = rows_.next();
      if (step == CsvTokenizer::Step::fault) return std::unexpected(tokenizer_fault());
      if (step != CsvTokenizer::Step::record) break;
      if (!rows_.is_blank()) read_row();
    }
    if (faults_ > 0) {
      first_.detail = details_;
      if (faults_ > kFaultsShown + 1)
        first_.detail += fmt::format("\nand {} more", faults_ - kFaultsShown - 1);
      return std::unexpected(std::move(first_));
    }
    if (out_.empty()) {
      return invalid("flow.backtest_empty",
                     fmt::format("{}: there is no row below the header", name_), kHint);
    }
    return std::move(out_);
  }

 private:
  Error tokenizer_fault() const {
    Error error = rows_.fault();
    error.message = fmt::format("{}: {}", name_, error.message);
    return error;
  }

  Result<void> read_header() {
    const auto step = rows_.next();
    if (step == CsvTokenizer::Step::fault) return std::unexpected(tokenizer_fault());
    std::vector<std::string> found;
    if (step == CsvTokenizer::Step::record) {
      for (std::size_t i = 0; i < rows_.fields(); ++i) {
        const std::string column = to_lower_ascii(trim(rows_.field(i)));
        if (column == "series" && !series_) series_ = i;
        if (column == "merged_at_unix" && !time_) time_ = i;
        found.push_back(std::string(shown(column)));
      }
    }
    if (series_ && time_) return {};
    Error error{
        .kind = Kind::invalid,
        .code = "flow.backtest_columns",
        .message = fmt::format("{}: line {}: there is no column {}", name_,
                               std::max(1U, rows_.line()), series_ ? "merged_at_unix" : "series"),
        .detail = found.empty() ? "the file is empty"
                                : fmt::format("found: {}; expected: series, merged_at_unix",
                                              fmt::join(found, ", ")),
        .hint = kHint,
        .field = series_ ? "merged_at_unix" : "series"};
    return std::unexpected(std::move(error));
  }

  void read_row() {
    const std::size_t needed = std::max(*series_, *time_);
    if (rows_.fields() <= needed) {
      return fault(
          rows_.fields() <= *series_ ? "series" : "merged_at_unix",
          fmt::format("found {} fields, expected at least {}", rows_.fields(), needed + 1));
    }
    const std::string_view series = trim(rows_.field(*series_));
    if (series.empty()) return fault("series", "found nothing, expected the name of a series");
    if (std::string what = time_fault(rows_.field(*time_)); !what.empty())
      return fault("merged_at_unix", what);
    const auto [held, is_new] = index_.emplace(std::string(series), out_.size());
    if (is_new) out_.push_back({std::string(series), {}});
    out_[held->second].at.push_back(*parse_integer(trim(rows_.field(*time_))));
  }

  void fault(std::string_view field, std::string_view what) {
    const std::string line = fmt::format("line {}: {}: {}", rows_.line(), field, what);
    if (++faults_ == 1) {
      first_ = Error{.kind = Kind::invalid,
                     .code = "flow.backtest_row",
                     .message = fmt::format("{}: {}", name_, line),
                     .detail = {},
                     .hint = kHint,
                     .field = std::string(field)};
    } else if (faults_ <= kFaultsShown + 1) {
      details_ += (details_.empty() ? "" : "\n") + line;
    }
  }

  std::string_view name_;
  CsvTokenizer& rows_;
  std::optional<std::size_t> series_, time_;
  std::unordered_map<std::string, std::size_t> index_;
  std::vector<Times> out_;
  std::size_t faults_ = 0;
  Error first_;
  std::string details_;
};

}  // namespace

Result<std::vector<Times>> read_times(std::string_view name, std::string_view text,
                                      const CsvDialect& dialect) {
  CsvTokenizer rows(dialect);
  rows.feed(text, true);
  return Reading(name, rows).read();
}

}  // namespace tiebeam::flow
