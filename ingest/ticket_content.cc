#include "ingest/ticket_content.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "ingest/event_rows.h"
#include "ingest/repeated_keys.h"
#include "ingest/stamp.h"
#include "ingest/ticket_names.h"

namespace tiebeam::ingest {
namespace {
constexpr std::size_t kSampleRows = 200;
constexpr std::size_t kLongestKey = 40;

using Row = std::vector<std::string>;

std::string_view cell(const Row& row, std::size_t column) {
  return column < row.size() ? trim(row[column]) : std::string_view{};
}
const ColumnSpec& spec_of(TicketColumn column) {
  return ticket_columns()[static_cast<std::size_t>(column)];
}

bool looks_like_key(std::string_view text) {
  return !text.empty() && text.size() <= kLongestKey && text.find(' ') == std::string_view::npos &&
         text.find_first_of("0123456789") != std::string_view::npos &&
         std::holds_alternative<StampFault>(parse_stamp(text));
}

bool looks_like_stamp(std::string_view text) {
  return std::holds_alternative<Stamp>(parse_stamp(text));
}

// The sampled rows, each once.
std::vector<Row> different_rows(const CsvReader& table) {
  std::vector<Row> rows = table.sample(kSampleRows);
  std::set<Row> seen;
  std::erase_if(rows, [&](const Row& row) { return !seen.insert(row).second; });
  return rows;
}

class Content {
 public:
  Content(Reading& reading, const CsvReader& table)
      : reading_(reading), names_(reading.names), rows_(different_rows(table)) {}

  void forget_marks();
  void prefer_a_key_that_tells_apart();
  void find_created();
  void find_key();

 private:
  template <class Test>
  [[nodiscard]] std::vector<std::size_t> columns_like(Test test, bool all_different) const;
  [[nodiscard]] bool holds_marks(std::size_t column) const;
  [[nodiscard]] std::string fault_of_key(std::size_t column) const;
  [[nodiscard]] bool tells_apart(std::size_t column) const;
  [[nodiscard]] bool lacks(TicketColumn column) const {
    return place_of_column(names_.names, spec_of(column)) == kNoColumn;
  }
  void use(std::size_t at, std::string_view as, const std::string& why,
           std::string_view subject = "it has ") {
    reading_.warn(fmt::format("the column '{}' is read as {}: {}{}", shown(names_.spelled[at], 40),
                              as, subject, why));
    names_.rename(at, as, why);
  }

  Reading& reading_;
  ColumnNames& names_;
  std::vector<Row> rows_;
};

// The columns without a known name whose values all pass `test`, and are all different where that
// is asked.
template <class Test>
std::vector<std::size_t> Content::columns_like(Test test, bool all_different) const {
  std::vector<bool> is_known(names_.names.size());
  for (const std::size_t at : places_of_columns(names_.names, ticket_columns()))
    if (at != kNoColumn) is_known[at] = true;
  std::vector<std::size_t> found;
  for (std::size_t column = 0; column < names_.names.size() && !rows_.empty(); ++column) {
    if (is_known[column] || !names_.is_free(column)) continue;
    const bool all =
        std::ranges::all_of(rows_, [&](const Row& row) { return test(cell(row, column)); });
    if (all && (!all_different || tells_apart(column))) found.push_back(column);
  }
  return found;
}

// Yes or no in every row that holds anything: 'Afgemeld' and 'Resolved' may be marks or dates.
bool Content::holds_marks(std::size_t column) const {
  std::size_t marks = 0;
  for (const Row& row : rows_) {
    const std::string_view text = cell(row, column);
    if (text.empty()) continue;
    if (!parse_flag(text)) return false;
    ++marks;
  }
  return marks > 0;
}

// Columns that are named like an end but hold yes or no lose their name.
void Content::forget_marks() {
  for (const TicketColumn column : {TicketColumn::resolved, TicketColumn::closed})
    for (const std::size_t at : HeaderKeys(names_.names).all_places(spec_of(column))) {
      if (!names_.is_free(at) || !holds_marks(at)) break;
      reading_.warn(fmt::format("the column '{}' holds yes or no, not dates: it is not read",
                                names_.spelled[at]));
      names_.rename(at, "", "it holds yes or no, not dates");
    }
}

// Why a column cannot be the key; empty when it can.
std::string Content::fault_of_key(std::size_t column) const {
  std::set<std::string_view> different;
  std::int64_t filled = 0;
  for (const Row& row : rows_)
    if (const std::string_view text = cell(row, column); !text.empty())
      ++filled, different.insert(text);
  const auto rows = static_cast<std::int64_t>(rows_.size());
  const auto values = static_cast<std::int64_t>(different.size());
  if (filled == 0) return fmt::format("is empty in the first {}", counted(rows, "row", "rows"));
  if (!is_general_key(names_.spelled[column]) || !are_many_repeats(filled - values, filled))
    return {};
  return fmt::format("has {} in the first {}",
                     counted(values, "different value", "different values"),
                     counted(rows, "row", "rows"));
}

bool Content::tells_apart(std::size_t column) const {
  std::set<std::string_view> seen;
  return std::ranges::all_of(rows_, [&](const Row& row) {
    const std::string_view text = cell(row, column);
    return !text.empty() && seen.insert(text).second;
  });
}

// The first name that is there is the key's, unless its column is empty, or its name is a general
// one and it tells no rows apart, and another's does. A ticket number that repeats is that of a
// log.
void Content::prefer_a_key_that_tells_apart() {
  const HeaderKeys keys(names_.names);
  const auto places = keys.all_places(spec_of(TicketColumn::key));
  if (rows_.empty() || places.size() < 2 || !names_.is_free(places[0])) return;
  if (keys.places(spec_of(TicketColumn::key)).size() > 1) return;  // one name twice is refused
  const std::string fault = fault_of_key(places[0]);
  if (fault.empty()) return;
  const auto other = std::ranges::find_if(places.begin() + 1, places.end(), [&](std::size_t at) {
    return names_.is_free(at) && tells_apart(at);
  });
  if (other == places.end()) return;
  names_.rename(places[0], "", "it " + fault);
  use(*other, "key", fmt::format("'{}' {}", shown(names_.spelled[places[0]], 40), fault), "");
}

void Content::find_created() {
  if (!lacks(TicketColumn::created)) return;
  auto found = columns_like(looks_like_stamp, false);
  std::erase_if(found, [&](std::size_t at) { return is_other_date(names_.spelled[at]); });
  if (found.size() == 1) use(found[0], "created", "the only date in every row");
}

void Content::find_key() {
  if (!lacks(TicketColumn::key)) return;
  const auto found = columns_like(looks_like_key, true);
  if (!found.empty()) use(found[0], "key", "values that are all different and look like keys");
}
}  // namespace

void name_by_content(Reading& reading, const CsvReader& table) {
  Content content(reading, table);
  content.forget_marks();
  content.prefer_a_key_that_tells_apart();
  content.find_created();
  content.find_key();
}

}  // namespace tiebeam::ingest
