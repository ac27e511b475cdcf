// The rows of the two tables that ingest/deliveries.h describes.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/hash.h"
#include "base/text.h"
#include "ingest/deliveries.h"
#include "ingest/event_rows.h"
#include "ingest/reading.h"

namespace tiebeam::ingest {
namespace {

// What exports write for nothing.
bool is_nothing(std::string_view text) {
  constexpr std::array<std::string_view, 8> kNothing = {"",    "?",    "-",   "null",
                                                        "\\n", "none", "n/a", "nil"};
  return std::ranges::find(kNothing, to_lower_ascii(text)) != kNothing.end();
}

// "a;b|c" and, where a piece is no stamp itself, "a, b".
std::vector<std::string_view> pieces_of(std::string_view text, bool are_stamps) {
  std::vector<std::string_view> out;
  const auto add = [&](std::string_view piece) {
    piece = trim(piece);
    if (!is_nothing(piece)) out.push_back(piece);
  };
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t to = std::min(text.find_first_of(";|\n", from), text.size());
    const std::string_view piece = text.substr(from, to - from);
    from = to + 1;
    const bool whole = are_stamps && std::holds_alternative<Stamp>(parse_stamp(trim(piece)));
    if (whole || !piece.contains(',')) {
      add(piece);
    } else {
      for (const std::string_view part : split_at(piece, ',')) add(part);
    }
  }
  return out;
}

// 12.5, and 12,5 as German, French, Spanish and Dutch exports write it.
std::optional<double> number_of(std::string_view text) {
  const auto number = parse_number(text);
  if (number || text.contains('.') || std::ranges::count(text, ',') != 1) return number;
  std::string plain(text);
  std::ranges::replace(plain, ',', '.');
  return parse_number(plain);
}

// One row of either table: its fields by column, and what is wrong with them.
template <class ColumnName>
class Rows {
 public:
  Rows(Reading& reading, CsvReader& table, std::vector<std::size_t> bound)
      : reading_(reading), table_(table), bound_(std::move(bound)) {}

 protected:
  [[nodiscard]] std::string_view spelled(ColumnName column) const {
    return table_.name_of(bound_[static_cast<std::size_t>(column)]);
  }
  // The columns whose dates share their evidence.
  void name_dates(std::initializer_list<ColumnName> columns) {
    std::vector<std::string> names;
    for (const ColumnName column : columns)
      if (!spelled(column).empty()) names.emplace_back(spelled(column));
    reading_.created = StampColumn(std::move(names));
  }
  [[nodiscard]] std::string_view text(ColumnName column) const {
    const std::string_view found = trim(table_.field(bound_[static_cast<std::size_t>(column)]));
    return is_nothing(found) ? std::string_view{} : found;
  }
  void reject(ColumnName column, std::string_view found, std::string_view expected) {
    reading_.reject(table_.line(), spelled(column), found, expected);
  }
  Packed stamp(ColumnName column) { return stamp_of(column, text(column)); }
  // All dates of a file are one system's and share their evidence.
  Packed stamp_of(ColumnName column, std::string_view found) {
    if (found.empty()) return kMissing;
    const auto read = reading_.created.read(found, table_.line(), spelled(column));
    if (const auto* packed = std::get_if<Packed>(&read)) return *packed;
    reject(column, found, expected_text(std::get<StampFault>(read)));
    return kMissing;
  }
  // True when the row can be read; false, with a reject, when it has too few or too many fields.
  bool begin() {
    reading_.begin_row();
    const auto width = table_.width_fault();
    if (!width) return true;
    reading_.reject(table_.line(), "", *width,
                    fmt::format("{} fields, as in the header", table_.header().size()));
    return false;
  }
  void close(EventTable& table, std::uint64_t identity) const {
    table.line.push_back(table_.line());
    table.identity.push_back(identity);
  }
  static void put(EventTable& table, std::string_view column, std::string_view text) {
    Column& held = table.column(column);
    held.narrow.push_back(held.names.intern(text));
  }
  static void put(EventTable& table, std::string_view column, Packed stamp) {
    table.column(column).wide.push_back(stamp);
  }

  Reading& reading_;
  CsvReader& table_;
  std::vector<std::size_t> bound_;
};

class DeploymentRows : public Rows<DeploymentColumn> {
 public:
  using Rows::Rows;
  Result<void> read_all() {
    name_dates({started, finished, commit_times});
    for (;;) {
      TB_TRY(const bool found, table_.next());
      if (!found) return {};
      if (begin()) read_row();
    }
  }
  [[nodiscard]] std::int64_t without_time() const { return without_time_; }

 private:
  using enum DeploymentColumn;

  void read_row() {
    const std::string_view key = text(deployment);
    const Packed from = stamp(started);
    const Packed to = stamp(finished);
    const std::int64_t length = read_duration();
    const auto shas = pieces_of(text(commits), false);
    const std::vector<Packed> times = read_times();
    const bool deployed = !text(started).empty() || !text(finished).empty();
    if (!times.empty() && !shas.empty() && times.size() != shas.size())
      reject(commit_times, fmt::format("{} times", times.size()),
             fmt::format("one for each of the {} commits", shas.size()));
    if (key.empty() && (deployed || times.empty()))
      reject(deployment, "", "the key of the deployment");
    if (!key.empty() && !deployed && times.empty())
      reject(finished, "", "when it started or finished");
    const std::string_view mends = read_unplanned();
    if (reading_.row_is_rejected) return;
    const std::uint64_t identity = table_.identity();
    if (!reading_.collector.is_new(identity)) return;
    if (deployed) add_deployment(key, from, to, length, mends, identity);
    add_changes(key, deployed, shas, times, identity);
  }

  std::int64_t read_duration() {
    const std::string_view found = text(duration);
    if (found.empty()) return kMissing;
    const auto seconds = number_of(found);
    if (seconds && *seconds >= 0 && *seconds < 1e9)
      return static_cast<std::int64_t>(*seconds * 1e6);
    reject(duration, found, "seconds");
    return kMissing;
  }
  std::vector<Packed> read_times() {
    std::vector<Packed> out;
    for (const std::string_view piece : pieces_of(text(commit_times), true))
      out.push_back(stamp_of(commit_times, piece));
    return out;
  }
  std::string_view read_unplanned() {
    const std::string_view found = text(unplanned);
    if (found.empty()) return {};
    const auto flag = parse_flag(found);
    if (!flag) reject(unplanned, found, "true or false");
    return flag.value_or(false) ? "yes" : "no";
  }

  void add_deployment(std::string_view key, Packed from, Packed to, std::int64_t length,
                      std::string_view mends, std::uint64_t identity) {
    Deliveries& out = *reading_.deliveries;
    EventTable& table = out.deployments;
    put(table, "deployment", key);
    put(table, "at", kMissing);  // when stamps are resolved
    put(table, "service", text(service));
    put(table, "environment", text(environment));
    put(table, "started", from);
    put(table, "finished", to);
    put(table, "result", text(result));
    put(table, "fixes_incident", text(fixes_incident));
    put(table, "unplanned", mends);
    out.durations.push_back(length);
    close(table, identity);
  }
  // Without times they cannot be measured; without names each is one of its own.
  void add_changes(std::string_view key, bool deployed, const std::vector<std::string_view>& shas,
                   const std::vector<Packed>& times, std::uint64_t identity) {
    if (times.empty()) without_time_ += static_cast<std::int64_t>(shas.size());
    EventTable& table = reading_.deliveries->changes;
    for (std::size_t i = 0; i < times.size(); ++i) {
      put(table, "change",
          shas.empty() ? fmt::format("{:016x}.{}", identity, i + 1) : std::string(shas[i]));
      put(table, "at", times[i]);
      put(table, "service", text(service));
      put(table, "deployment", deployed ? key : std::string_view{});
      close(table,
            row_hash(std::string_view(reinterpret_cast<const char*>(&identity), sizeof identity),
                     i + 1));
    }
  }

  std::int64_t without_time_ = 0;
};

class IncidentRows : public Rows<IncidentColumn> {
 public:
  using Rows::Rows;
  Result<void> read_all() {
    name_dates({opened, restored, resolved});
    for (;;) {
      TB_TRY(const bool found, table_.next());
      if (!found) return {};
      if (begin()) read_row();
    }
  }

 private:
  using enum IncidentColumn;

  void read_row() {
    const std::string_view key = text(incident);
    if (key.empty()) reject(incident, "", "the key of the incident");
    const Packed from = stamp(opened);
    if (text(opened).empty()) reject(opened, "", expected_text(StampFault::not_a_date));
    const Packed back = stamp(restored);
    const Packed end = stamp(resolved);
    if (reading_.row_is_rejected) return;
    const std::uint64_t identity = table_.identity();
    if (!reading_.collector.is_new(identity)) return;
    EventTable& table = reading_.deliveries->incidents;
    put(table, "incident", key);
    put(table, "at", from);
    put(table, "service", text(service));
    put(table, "restored", back);
    put(table, "resolved", end);
    put(table, "deployment", text(deployment));
    put(table, "severity", text(severity));
    close(table, identity);
  }
};

template <class ColumnName>
bool binds(const std::vector<std::size_t>& bound, ColumnName column) {
  return bound[static_cast<std::size_t>(column)] != kNoColumn;
}

}  // namespace

Result<void> read_deployments(Reading& reading, CsvReader& table) {
  using enum DeploymentColumn;
  TB_TRY(auto bound, reading.bind(deployment_columns()));
  if (!binds(bound, started) && !binds(bound, finished) && !binds(bound, commit_times)) {
    return invalid("ingest.missing_column",
                   fmt::format("'{}' does not say when anything was deployed", reading.batch.file),
                   "add a column finished (or started) with date and time");
  }
  reading.deliveries.emplace();
  if (!binds(bound, result))
    reading.warn("there is no column 'result': every deployment counts as successful");
  if (!binds(bound, service))
    reading.warn("there is no column 'service': all deployments count as of one service");
  const bool tells_commits = binds(bound, commit_times);
  DeploymentRows rows(reading, table, std::move(bound));
  TB_DO(rows.read_all());
  if (!tells_commits || rows.without_time() > 0)
    reading.warn("lead time needs the column 'commit_times': when each commit was made");
  return {};
}

Result<void> read_incidents(Reading& reading, CsvReader& table) {
  using enum IncidentColumn;
  TB_TRY(auto bound, reading.bind(incident_columns()));
  reading.deliveries.emplace();
  if (!binds(bound, restored) && !binds(bound, resolved))
    reading.warn("there is no column 'restored' or 'resolved': every incident counts as open");
  if (!binds(bound, service))
    reading.warn(
        "there is no column 'service': incidents without the deployment that caused them can be "
        "tied only to deployments of no service");
  return IncidentRows(reading, table, std::move(bound)).read_all();
}

}  // namespace tiebeam::ingest
