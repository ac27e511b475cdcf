#include "ingest/end_dates.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "ingest/state_words.h"
#include "ingest/ticket_names.h"

namespace tiebeam::ingest {
namespace {

std::int64_t day_of(Packed packed, DateOrder order) {
  return std::chrono::floor<std::chrono::days>(
             std::chrono::microseconds{StampColumn::micros(packed, order)})
      .count();
}

std::optional<StateClass> meaning_of(const std::string& status, const Reading& reading) {
  if (reading.options.state_map) return reading.options.state_map->class_of(status);
  const auto guess = guess_state(status);
  return guess ? std::optional(guess->meaning) : std::nullopt;
}

bool is_open(std::optional<StateClass> meaning) {
  return meaning && *meaning != StateClass::done && *meaning != StateClass::cancelled;
}

std::string quoted(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names)
    out += fmt::format("{}'{}'", out.empty() ? "" : ", ", shown(name, 40));
  return out;
}

// Why no end was found. `columns`: with dates that nobody understood.
std::string reason(const std::vector<std::string>& columns, const std::vector<std::string>& ends) {
  if (!columns.empty())
    return fmt::format("the date column{} {} {} not understood", columns.size() == 1 ? "" : "s",
                       quoted(columns), columns.size() == 1 ? "is" : "are");
  if (!ends.empty())
    return fmt::format("{} {} empty in every row", quoted(ends), ends.size() == 1 ? "is" : "are");
  return "there is no column 'resolved' or 'closed'";
}
}  // namespace

bool is_no_date(std::string_view text) { return text.empty() || text == "?" || text == "-"; }

EndDates::EndDates(const ColumnNames& names, const std::vector<std::size_t>& bound) {
  const std::vector<std::string>& header = names.spelled;
  for (std::size_t i = 0; i < header.size(); ++i)
    if (std::ranges::find(bound, i) == bound.end() && names.is_free(i) && !is_other_date(header[i]))
      further_.push_back({i, StampColumn(header[i])});
  for (const TicketColumn column : {TicketColumn::resolved, TicketColumn::closed})
    if (const std::size_t at = bound[static_cast<std::size_t>(column)]; at != kNoColumn)
      end_columns_.push_back(header[at]);
}

void EndDates::read_row(const CsvReader& table, Packed created, std::string_view status,
                        bool is_finished) {
  ++rows_;
  finished_ += is_finished;
  if (finished_ > 0) return;  // then there is nothing to complain of
  ++statuses_[std::string(status)];
  std::erase_if(further_, [&](Further& column) {
    const std::string_view text = trim(table.field(column.at));
    if (is_no_date(text)) return false;
    const auto read = column.stamps.read(text, table.line());
    const auto* packed = std::get_if<Packed>(&read);
    if (packed == nullptr) return true;
    column.is_never_earlier[0] &=
        day_of(*packed, DateOrder::day_first) >= day_of(created, DateOrder::day_first);
    column.is_never_earlier[1] &=
        day_of(*packed, DateOrder::month_first) >= day_of(created, DateOrder::month_first);
    return false;
  });
}

DateOrder EndDates::order_of(const Reading& reading, const Further& column) const {
  for (const StampColumn* stamps : {&reading.created, &column.stamps})
    if (const auto order = stamps->order(); order && *order != DateOrder::undecided) return *order;
  return reading.options.date_order == "month-first" ? DateOrder::month_first
                                                     : DateOrder::day_first;
}

Result<void> EndDates::check(const Reading& reading) const {
  if (rows_ == 0 || finished_ > 0) return {};
  std::vector<std::string> dates, late;
  for (const Further& column : further_) {
    if (column.stamps.evidence().values == 0) continue;
    dates.push_back(column.stamps.column());
    const bool is_month_first = order_of(reading, column) == DateOrder::month_first;
    if (column.is_never_earlier[is_month_first ? 1 : 0]) late.push_back(dates.back());
  }
  const auto over = std::ranges::find_if(statuses_, [&](const auto& each) {
    return meaning_of(each.first, reading) == StateClass::done;
  });
  const bool all_open = std::ranges::all_of(
      statuses_, [&](const auto& each) { return is_open(meaning_of(each.first, reading)); });
  if (over == statuses_.end() && (all_open || late.empty())) return {};
  const auto& columns = over == statuses_.end() ? late : dates;
  return invalid("ingest.no_end_date",
                 fmt::format("no ticket of '{}' counts as finished{}: {}", reading.batch.file,
                             over == statuses_.end()
                                 ? std::string()
                                 : fmt::format(", though {} '{}'",
                                               counted(over->second, "ticket is", "tickets are"),
                                               shown(over->first)),
                             reason(columns, end_columns_)),
                 columns.empty()
                     ? "export the date on which tickets were resolved or closed, and name its "
                       "column 'resolved' or 'closed'"
                     : "rename the one that tells when a ticket ended to 'closed' or 'resolved'");
}

}  // namespace tiebeam::ingest
