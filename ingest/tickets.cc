#include "ingest/tickets.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/hash.h"
#include "base/text.h"
#include "ingest/event_rows.h"
#include "ingest/repeated_columns.h"
#include "ingest/ticket_content.h"
#include "ingest/ticket_names.h"
#include "ingest/ticket_product.h"

namespace tiebeam::ingest {
namespace {
constexpr std::string_view kCreatedState = "Created", kResolvedState = "Resolved",
                           kClosedState = "Closed";

struct Tally {
  std::int64_t finished = 0, open = 0;
};

class Tickets {
 public:
  Tickets(Reading& reading, CsvReader& table, std::vector<std::size_t> bound)
      : reading_(reading), table_(table), bound_(std::move(bound)) {
    std::vector<std::string> dates;
    for (const TicketColumn column :
         {TicketColumn::created, TicketColumn::resolved, TicketColumn::closed})
      if (!spelled(column).empty()) dates.emplace_back(spelled(column));
    reading.created = StampColumn(std::move(dates));
    ends_ = EndDates(reading.names, bound_);
    for (const TicketColumn column :
         {TicketColumn::labels, TicketColumn::sprint, TicketColumn::comment})
      repeated_.emplace_back(table.header(), bound_[static_cast<std::size_t>(column)],
                             column == TicketColumn::comment);
  }

  Result<TicketStates> read_all() {
    for (;;) {
      TB_TRY(const bool found, table_.next());
      if (!found) break;
      read_row();
    }
    if (several_ > 0)
      reading_.state(
          fmt::format("{} several names, one a line: the first is read",
                      counted(several_, "team or assignee holds", "teams and assignees hold")));
    if (grouped_keys_ > 0)
      reading_.warn(fmt::format("in '{}' {} in groups of digits, such as '{}': read as '{}'",
                                spelled(TicketColumn::key),
                                counted(grouped_keys_, "key is written", "keys are written"),
                                shown(first_grouped_->first), first_grouped_->second));
    for (const RepeatedColumns& columns : repeated_)
      if (auto statement = columns.statement()) reading_.state(*std::move(statement));
    return states();
  }

 private:
  [[nodiscard]] std::string_view spelled(TicketColumn column) const {
    return table_.name_of(bound_[static_cast<std::size_t>(column)]);
  }
  [[nodiscard]] std::string_view text(TicketColumn column) const {
    return trim(table_.field(bound_[static_cast<std::size_t>(column)]));
  }

  // Of several names, one a line, the first.
  std::string_view first_of(TicketColumn column) {
    const std::string_view all = text(column);
    const std::size_t end = all.find('\n');
    several_ += end != std::string_view::npos;
    return trim(all.substr(0, end));
  }

  // The stamp of a column; all date columns of a list are one system's and share their evidence.
  Packed stamp(TicketColumn column, std::uint32_t line) {
    const std::string_view found = text(column);
    if (is_no_date(found) && (column != TicketColumn::created || found.empty())) return kMissing;
    const auto read = reading_.created.read(found, line, spelled(column));
    if (const auto* packed = std::get_if<Packed>(&read)) return *packed;
    reading_.reject(line, spelled(column), found, expected_text(std::get<StampFault>(read)));
    return kMissing;
  }

  void read_row() {
    reading_.begin_row();
    const std::uint32_t line = table_.line();
    if (const auto width = table_.width_fault())
      return reading_.reject(line, "", *width,
                             fmt::format("{} fields, as in the header", table_.header().size()));
    const std::string_view written = text(TicketColumn::key);
    const std::string_view key = without_grouping(written, key_);
    if (key.empty())
      reading_.reject(line, spelled(TicketColumn::key), key, "the key of the ticket");
    if (text(TicketColumn::created).empty())
      reading_.reject(line, spelled(TicketColumn::created), "",
                      expected_text(StampFault::not_a_date));
    const Packed created = stamp(TicketColumn::created, line);
    const Packed resolved = stamp(TicketColumn::resolved, line),
                 closed = stamp(TicketColumn::closed, line);
    if (reading_.row_is_rejected) return;
    const std::uint64_t identity = table_.identity();
    if (!reading_.collector.is_new(identity)) return;
    if (key != written && grouped_keys_++ == 0) first_grouped_.emplace(written, key);
    add(key, created, resolved, closed, identity);
  }

  void add(std::string_view key, Packed created, Packed resolved, Packed closed,
           std::uint64_t identity) {
    const std::string_view status = text(TicketColumn::status);
    EventText event{.item = key,
                    .state = kCreatedState,
                    .team = first_of(TicketColumn::team),
                    .assignee = first_of(TicketColumn::assignee),
                    .at = created,
                    .created = created,
                    .type = text(TicketColumn::type),
                    .title = text(TicketColumn::title),
                    .value_stream = {},
                    .initiative = {},
                    .service = text(TicketColumn::service),
                    .priority = text(TicketColumn::priority),
                    .status = status,
                    .line = table_.line(),
                    .identity = identity};
    reading_.collector.add(event);
    const bool is_finished = resolved != kMissing || closed != kMissing;
    ends_.read_row(table_, created, status, is_finished);
    keys_.add(key, created);
    for (RepeatedColumns& columns : repeated_) columns.read_row(table_);
    if (!status.empty()) {
      Tally& tally = tallies_[std::string(status)];
      ++(is_finished ? tally.finished : tally.open);
    }
    if (!is_finished) return;
    event.at = resolved != kMissing ? resolved : closed;
    event.state = !status.empty() ? status : resolved != kMissing ? kResolvedState : kClosedState;
    event.seq = 1;
    event.identity =
        row_hash(std::string_view(reinterpret_cast<const char*>(&identity), sizeof identity), 1);
    reading_.collector.add(event);
  }

  [[nodiscard]] TicketStates states() const {
    TicketStates out;
    out.ends = ends_;
    out.keys = keys_;
    out.key_column = spelled(TicketColumn::key);
    for (const auto& [status, tally] : tallies_) {
      out.statuses.push_back(status);
      out.open_tickets.push_back(tally.open);
      if (tally.open == 0)
        out.evidence.push_back({status, StateClass::done,
                                tally.finished == 1
                                    ? std::string("its only ticket carries a date of its end")
                                    : fmt::format("all its {} tickets carry a date of their end",
                                                  grouped(tally.finished))});
    }
    return out;
  }

  Reading& reading_;
  CsvReader& table_;
  std::vector<std::size_t> bound_;
  std::map<std::string, Tally, std::less<>> tallies_;
  EndDates ends_;
  KeyDamage keys_;
  std::vector<RepeatedColumns> repeated_;
  std::string key_;  // of the row, where it had to be mended
  std::int64_t grouped_keys_ = 0;
  std::optional<std::pair<std::string, std::string>> first_grouped_;  // as written, as read
  std::int64_t several_ = 0;
};

// What a list cannot tell, and how to get it from the product that wrote it.
void warn_of_history(Reading& reading, const CsvReader& table) {
  const TicketProduct* product = product_of(table.header());
  if (product != nullptr)
    reading.state(fmt::format("the columns are those of an export of {}", product->name));
  reading.warn(fmt::format(
      "a ticket list has no history: cycle time, waiting and handoffs are not measurable; {}",
      product != nullptr ? std::string(product->history)
                         : std::string("get it as events (Jira: the REST changelog; ServiceNow: an "
                                       "export of sys_audit or of the incident audit log)")));
}
}  // namespace

Result<TicketStates> read_tickets(Reading& reading, CsvReader& table) {
  name_by_content(reading, table);
  TB_TRY(auto bound, reading.bind(ticket_columns()));
  const auto has = [&](TicketColumn column) {
    return bound[static_cast<std::size_t>(column)] != kNoColumn;
  };
  warn_of_history(reading, table);
  if (!has(TicketColumn::resolved) && !has(TicketColumn::closed))
    reading.warn("there is no column 'resolved' or 'closed': no ticket counts as finished");
  return Tickets(reading, table, std::move(bound)).read_all();
}

std::vector<std::string> unfinished_warnings(const TicketStates& tickets,
                                             const std::vector<StateCount>& states) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < tickets.statuses.size(); ++i) {
    const auto found = std::ranges::find(states, tickets.statuses[i], &StateCount::state);
    const bool is_over =
        found != states.end() && found->reason != "unmapped" &&
        (found->meaning == StateClass::done || found->meaning == StateClass::cancelled);
    if (is_over && tickets.open_tickets[i] > 0)
      out.push_back(fmt::format("{} '{}' without a date of its end: counted as open",
                                counted(tickets.open_tickets[i], "ticket is", "tickets are"),
                                shown(tickets.statuses[i])));
  }
  return out;
}

}  // namespace tiebeam::ingest
