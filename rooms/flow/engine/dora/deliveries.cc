#include "rooms/flow/engine/dora/deliveries.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "base/text.h"

namespace tiebeam::flow {
namespace {

constexpr std::array<std::string_view, 15> kSuccess = {
    "",    "success", "successful", "succeeded", "ok",     "passed",   "pass",    "true",
    "yes", "done",    "completed",  "deployed",  "active", "inactive", "finished"};
constexpr std::array<std::string_view, 8> kFailure = {
    "failure", "failed", "error", "false", "no", "fail", "rolled_back", "timed_out"};
constexpr std::array<std::string_view, 6> kProduction = {"production", "prod",       "prd",
                                                         "live",       "produktion", "produccion"};

// "Payroll" and "payroll " are one service; its first spelling is shown.
class Services {
 public:
  std::uint32_t of(std::string_view name) {
    const std::string key = to_lower_ascii(trim(name));
    const auto [known, is_new] = numbers_.emplace(key, static_cast<std::uint32_t>(names_.size()));
    if (is_new) names_.emplace_back(trim(name));
    return known->second;
  }
  // Alphabetical, with what became of each number.
  std::vector<std::string> sorted(std::vector<std::uint32_t>& place) const {
    std::vector<std::string> out;
    place.resize(names_.size());
    for (const auto& [key, number] : numbers_) {
      place[number] = static_cast<std::uint32_t>(out.size());
      out.push_back(names_[number]);
    }
    return out;
  }

 private:
  std::map<std::string, std::uint32_t, std::less<>> numbers_;
  std::vector<std::string> names_;
};

// Reads texts of one row.
class Row {
 public:
  Row(const EventTable& table, std::size_t row) : table_(table), row_(row) {}
  [[nodiscard]] std::string text(std::string_view column) const {
    const Column& held = table_.column(column);
    return std::string(held.names.name(held.narrow[row_]));
  }
  [[nodiscard]] std::int64_t at(std::string_view column) const {
    return table_.column(column).wide[row_];
  }

 private:
  const EventTable& table_;
  std::size_t row_;
};

class Reader {
 public:
  Reader(const Snapshot& snapshot, std::optional<Instant> asked) {
    log_.deployments = snapshot.table("deployment");
    log_.changes = snapshot.table("code_change");
    log_.incidents = snapshot.table("incident_event");
    const auto& fixed = snapshot.organisation.as_of;
    log_.as_of = asked ? *asked : fixed ? *fixed : newest_event(snapshot);
    limit_ = log_.as_of.time_since_epoch().count();
  }

  DeliveryLog read() {
    read_deployments();
    read_changes();
    read_incidents();
    name_services();
    return std::move(log_);
  }

 private:
  template <class F>
  void each_row(const EventTable* table, F visit) const {
    if (!table) return;
    for (std::size_t row = 0; row < table->rows(); ++row) {
      if (table->column("at").wide[row] <= limit_)
        visit(Row(*table, row), static_cast<std::uint32_t>(row));
    }
  }
  [[nodiscard]] std::int64_t known(std::int64_t at) const {
    return at == kMissing || at > limit_ ? kMissing : at;
  }

  // One deployment to one environment, by service: the newest row of each.
  using Group = std::map<std::uint32_t, std::uint32_t>;

  void read_deployments() {
    std::map<std::pair<std::string, std::string>, Group> groups;
    each_row(log_.deployments, [&](const Row& row, std::uint32_t index) {
      const std::string& environment = row.text("environment");
      log_.names_environment |= !environment.empty();
      log_.names_production |= is_production(environment);
      groups[{row.text("deployment"), environment}][services_.of(row.text("service"))] = index;
    });
    for (const auto& [name, group] : groups) {
      if (log_.names_production && !is_production(name.second)) {
        ++log_.elsewhere;
        continue;
      }
      add_shipment(name.first, group);
    }
    std::ranges::sort(log_.shipments, [](const Shipment& a, const Shipment& b) {
      return std::tie(a.finished, a.key) < std::tie(b.finished, b.key);
    });
    for (std::uint32_t i = 0; i < log_.shipments.size(); ++i)
      by_key_.emplace(log_.shipments[i].key, i);
  }

  void add_shipment(const std::string& key, const Group& group) {
    Shipment out;
    out.key = key;
    out.outcome = Outcome::success;
    bool is_open = false;
    for (const auto& [service, index] : group) {
      const Row row(*log_.deployments, index);
      const Outcome outcome = outcome_of(row.text("result"));
      // A source that tells only when it started says with its success that it ended.
      std::int64_t end = known(row.at("finished"));
      const std::int64_t start = known(row.at("started"));
      if (end == kMissing && outcome == Outcome::success && row.at("finished") == kMissing)
        end = start;
      is_open |= end == kMissing;
      if (start != kMissing && (out.started == kMissing || start < out.started))
        out.started = start;
      out.finished = std::max(out.finished, end);
      if (out.outcome != Outcome::failure && outcome != Outcome::success) out.outcome = outcome;
      out.services.push_back(service);
      out.rows.push_back(index);
      out.is_rework |= row.text("unplanned") == "yes" || !row.text("fixes_incident").empty();
      out.tells_rework |= !row.text("unplanned").empty() || !row.text("fixes_incident").empty();
    }
    if (out.outcome != Outcome::success) {
      ++log_.unsuccessful;
      failed_.emplace(key, std::max(out.started, out.finished));
    } else if (is_open) {
      ++log_.unfinished;
    } else {
      log_.shipments.push_back(std::move(out));
    }
  }

  void read_changes() {
    std::map<std::pair<std::string, std::uint32_t>, Change> changes;
    std::map<std::pair<std::string, std::uint32_t>, std::int64_t> tries;  // that failed
    each_row(log_.changes, [&](const Row& row, std::uint32_t index) {
      const std::uint32_t service = services_.of(row.text("service"));
      Change fresh{row.text("change"), service, row.at("at"), kMissing, false, index};
      const auto [held, is_new] = changes.emplace(std::pair(fresh.key, service), fresh);
      Change& change = held->second;
      if (fresh.committed < change.committed) change.committed = fresh.committed;
      const auto carrier = by_key_.find(row.text("deployment"));
      if (carrier == by_key_.end()) {
        if (const auto tried = failed_.find(row.text("deployment")); tried != failed_.end())
          tries.emplace(held->first, tried->second);
        return;
      }
      const std::int64_t finish = log_.shipments[carrier->second].finished;
      if (change.deployed == kMissing || finish < change.deployed) change.deployed = finish;
    });
    for (const auto& [name, tried] : tries) carry_later(changes.at(name), tried);
    for (auto& [name, change] : changes) log_.changed.push_back(std::move(change));
    std::ranges::sort(log_.changed, [](const Change& a, const Change& b) {
      return std::tie(a.committed, a.key) < std::tie(b.committed, b.key);
    });
  }

  // What a failed deployment was to bring is in use with the next of the service that counts.
  void carry_later(Change& change, std::int64_t tried) {
    if (change.deployed != kMissing) return;
    const auto after = std::ranges::upper_bound(log_.shipments, tried, {}, &Shipment::finished);
    const auto next = std::find_if(after, log_.shipments.end(), [&](const Shipment& each) {
      return std::ranges::find(each.services, change.service) != each.services.end();
    });
    if (next == log_.shipments.end()) return;
    change.deployed = next->finished;
    change.is_inferred = true;
    ++log_.inferred_changes;
  }

  void read_incidents() {
    std::map<std::string, std::uint32_t> newest;
    each_row(log_.incidents,
             [&](const Row& row, std::uint32_t index) { newest[row.text("incident")] = index; });
    for (const auto& [key, index] : newest) {
      const Row row(*log_.incidents, index);
      Outage out{key,  services_.of(row.text("service")), row.at("at"), kMissing, kNone, false,
                 index};
      const std::int64_t restored = row.at("restored");
      out.ended = known(restored != kMissing ? restored : row.at("resolved"));
      find_cause(row.text("deployment"), out);
      log_.outages.push_back(std::move(out));
    }
    std::ranges::sort(log_.outages, [](const Outage& a, const Outage& b) {
      return std::tie(a.opened, a.key) < std::tie(b.opened, b.key);
    });
  }

  // What the source says; else the last deployment of the service in the day before.
  void find_cause(const std::string& named, Outage& out) {
    if (!named.empty()) {
      const auto found = by_key_.find(named);
      if (found == by_key_.end()) {
        ++log_.unknown_causes;
        return;
      }
      out.cause = found->second;
      return;
    }
    const auto after =
        std::ranges::upper_bound(log_.shipments, out.opened, {}, &Shipment::finished);
    for (auto each = after; each != log_.shipments.begin();) {
      --each;
      if (out.opened - each->finished > kCauseWindow) return;
      if (std::ranges::find(each->services, out.service) == each->services.end()) continue;
      out.cause = static_cast<std::uint32_t>(each - log_.shipments.begin());
      out.is_inferred = true;
      return;
    }
  }

  void name_services() {
    std::vector<std::uint32_t> place;
    log_.services = services_.sorted(place);
    for (Shipment& each : log_.shipments) {
      for (std::uint32_t& service : each.services) service = place[service];
      std::ranges::sort(each.services);
    }
    for (Change& each : log_.changed) each.service = place[each.service];
    for (Outage& each : log_.outages) each.service = place[each.service];
  }

  DeliveryLog log_;
  Services services_;
  std::map<std::string, std::uint32_t, std::less<>> by_key_;  // the first that finished
  std::map<std::string, std::int64_t, std::less<>> failed_;   // when it ended, or began
  std::int64_t limit_ = 0;
};

template <std::size_t N>
bool holds(const std::array<std::string_view, N>& words, std::string_view text) {
  return std::ranges::find(words, text) != words.end();
}

}  // namespace

Outcome outcome_of(std::string_view result) {
  std::string word = to_lower_ascii(trim(result));
  std::ranges::replace(word, ' ', '_');
  if (holds(kSuccess, word)) return Outcome::success;
  return holds(kFailure, word) ? Outcome::failure : Outcome::other;
}

bool is_production(std::string_view environment) {
  const std::string name = to_lower_ascii(trim(environment));
  if (holds(kProduction, name)) return true;
  // "production-eu", "eu/prod"; never "non-prod", "preprod" or "pre-production".
  std::vector<std::string> words(1);
  for (const char c : name) {
    if (std::string_view(" -_/.:").find(c) == std::string_view::npos)
      words.back() += c;
    else
      words.emplace_back();
  }
  const auto is_not = [](const std::string& word) {
    return word == "non" || word == "not" || word == "pre" || word == "no";
  };
  return std::ranges::none_of(words, is_not) &&
         std::ranges::any_of(words, [](const auto& word) { return holds(kProduction, word); });
}

DeliveryLog read_deliveries(const Snapshot& snapshot, std::optional<Instant> asked) {
  return Reader(snapshot, asked).read();
}

}  // namespace tiebeam::flow
