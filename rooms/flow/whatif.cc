#include "rooms/flow/whatif.h"

#include <fmt/format.h>

#include "base/text.h"
#include "model/figure_json.h"
#include "model/json_parts.h"
#include "rooms/flow/columns.h"
#include "rooms/flow/waits_json.h"

namespace tiebeam::flow {
namespace {

constexpr const char* kMethod = "docs/method/bottlenecks.md";

struct Setting {
  std::string state, amount;
};

// "Awaiting vendor=30%" at its last '=' or ':'.
Setting split_setting(std::string_view text) {
  const std::size_t at = text.find_last_of("=:");
  if (at == std::string_view::npos) return {std::string(trim(text)), {}};
  return {std::string(trim(text.substr(0, at))), std::string(trim(text.substr(at + 1)))};
}

std::vector<std::string_view> lines_of(const std::string& text) {
  std::vector<std::string_view> out;
  for (const std::string_view line : split_at(text, '\n')) {
    if (!trim(line).empty()) out.push_back(trim(line));
  }
  return out;
}

std::unexpected<Error> bad_amount(std::string_view option, std::string_view given,
                                  std::string hint) {
  return invalid("flow.whatif_bad_amount",
                 fmt::format("'{}' is not what {} takes", shown(given), option), std::move(hint));
}

class Reader {
 public:
  explicit Reader(const FigureBook& book) : book_(book), report_(*report_of(book)) {
    for (const StateRow& row : report_.states) states_.push_back(row.state);
  }

  Result<WhatIfQuestion> read(const WhatIfWords& words) {
    TB_DO(cuts(words.cut));
    TB_DO(removals(words.remove));
    TB_DO(capacities(words.add_capacity));
    TB_DO(costs(words.cost));
    if (!words.cost_of_delay.empty()) {
      TB_TRY(out_.cost_of_delay, money(words.cost_of_delay));
    }
    TB_DO(stream(words.stream));
    return std::move(out_);
  }

 private:
  // The state in the log's own spelling.
  Result<std::string> state(const std::string& given) const {
    for (const std::string& name : states_) {
      if (name == given) return name;
    }
    for (const std::string& name : states_) {
      if (to_lower_ascii(name) == to_lower_ascii(given)) return name;
    }
    return invalid("flow.whatif_no_such_state",
                   fmt::format("no work was in a state '{}'{}", shown(given),
                               did_you_mean(given, std::vector<std::string_view>(states_.begin(),
                                                                                 states_.end()))),
                   "the states are listed by: tiebeam flow metrics");
  }

  static std::optional<double> percent(std::string_view text) {
    const bool has_sign = text.ends_with('%');
    if (has_sign) text.remove_suffix(1);
    const auto number = parse_number(trim(text));
    if (!number || (!has_sign && *number < 1)) return std::nullopt;
    return *number / 100;
  }

  Result<void> cuts(const std::string& text) {
    for (const std::string_view line : lines_of(text)) {
      const Setting setting = split_setting(line);
      TB_TRY(std::string name, state(setting.state));
      const auto share = percent(setting.amount);
      if (!share || *share <= 0 || *share > 1)
        return bad_amount("--cut", line,
                          "write the state and how much shorter: --cut \"Queue=30%\"");
      out_.levers.push_back({LeverKind::cut, std::move(name), *share, true, std::nullopt});
    }
    return {};
  }
  Result<void> removals(const std::string& text) {
    for (const std::string_view line : lines_of(text)) {
      TB_TRY(std::string name, state(std::string(line)));
      out_.levers.push_back({LeverKind::remove, std::move(name), 1, true, std::nullopt});
    }
    return {};
  }
  Result<void> capacities(const std::string& text) {
    for (const std::string_view line : lines_of(text)) {
      const Setting setting = split_setting(line);
      TB_TRY(std::string name, state(setting.state));
      const bool is_share = setting.amount.ends_with('%');
      const auto amount = is_share ? percent(setting.amount) : parse_number(setting.amount);
      if (!amount || *amount <= 0 || *amount > 1000)
        return bad_amount("--add-capacity", line,
                          "write the state and how many people, or which share: --add-capacity "
                          "\"Review=1\", --add-capacity \"Review=20%\"");
      out_.levers.push_back(
          {LeverKind::add_capacity, std::move(name), *amount, is_share, std::nullopt});
    }
    return {};
  }
  Result<void> costs(const std::string& text) {
    for (const std::string_view line : lines_of(text)) {
      const Setting setting = split_setting(line);
      TB_TRY(std::string name, state(setting.state));
      TB_TRY(const Money cost, money(setting.amount));
      if (cost.minor() <= 0)
        return bad_amount("--cost", line, "write what the change costs: --cost \"Review=5000\"");
      out_.costs.emplace_back(std::move(name), cost);
    }
    return {};
  }
  // "5000" in the organisation's currency, or with a currency of its own.
  [[nodiscard]] Result<Money> money(std::string_view text) const {
    if (!parse_number(text)) return Money::parse_with_currency(text);
    TB_TRY(const Currency currency, Currency::create(book_.snapshot().organisation.currency));
    return Money::parse(text, currency);
  }

  Result<void> stream(const std::string& given) {
    if (given.empty()) return {};
    std::vector<std::string_view> ids;
    for (std::uint32_t i = 0; i < report_.log.streams.size(); ++i) {
      const Stream& each = report_.log.streams[i];
      if (each.id == given || each.name == given) {
        out_.stream = i;
        return {};
      }
      if (!each.id.empty()) ids.push_back(each.id);
    }
    return invalid("flow.whatif_no_such_stream",
                   fmt::format("no work flows in a value stream '{}'{}", shown(given),
                               did_you_mean(given, ids)),
                   "the value streams are listed by: tiebeam record value_stream list");
  }

  const FigureBook& book_;
  const FlowReport& report_;
  std::vector<std::string> states_;
  WhatIfQuestion out_;
};

constexpr ColumnNote kColumns[] = {
    {"levers", "items", "Items it changes", "items",
     "count of finished items with time that the lever takes off", kMethod},
    {"levers", "mean.now", "On average", "days", "mean of finish - commit over finished items",
     kMethod},
    {"levers", "mean.then", "On average then", "days",
     "mean of finish - commit - time saved over finished items", kMethod},
    {"levers", "mean.saved", "Saved on average", "days", "mean of time saved over finished items",
     kMethod},
    {"levers", "p50.now", "Half finish within", "days",
     "inverse ECDF at 0.5 of finish - commit over finished items", kMethod},
    {"levers", "p50.then", "Half would finish within", "days",
     "inverse ECDF at 0.5 of finish - commit - time saved over finished items", kMethod},
    {"levers", "p50.saved", "Saved at half", "days", "p50.now - p50.then", kMethod},
    {"levers", "p85.now", "85 of 100 finish within", "days",
     "inverse ECDF at 0.85 of finish - commit over finished items", kMethod},
    {"levers", "p85.then", "85 of 100 would finish within", "days",
     "inverse ECDF at 0.85 of finish - commit - time saved over finished items", kMethod},
    {"levers", "p85.saved", "Saved at 85 of 100", "days", "p85.now - p85.then", kMethod},
    {"levers", "value", "Worth of the days saved", "money",
     "sum of time saved x cost of a day's delay over finished items", kMethod},
    {"levers", "cost", "Cost of the change", "money", "as given", kMethod},
    {"levers", "per_cost", "Worth for its cost", "times", "value / cost", kMethod},
    {"levers", "days_per_cost", "Days for its cost", "days a unit of money", "mean.saved / cost",
     kMethod},
    {"items", "now_days", "Took", "days", "finish - commit", kMethod},
    {"items", "then_days", "Would have taken", "days", "finish - commit - time saved", kMethod},
};
constexpr RowName kRows[] = {{"levers", "label"}, {"items", "item"}};

std::string_view kind_name(const LeverRow& row) {
  if (!row.lever) return "together";
  constexpr std::string_view kNames[] = {"cut", "remove", "add_capacity"};
  return kNames[static_cast<std::size_t>(row.lever->kind)];
}

Json lever_json(const LeverRow& row) {
  return Json::object({{"lever", kind_name(row)},
                       {"state", row.lever ? row.lever->state : ""},
                       {"amount", row.lever ? Json(row.lever->amount) : Json()},
                       {"is_share", row.lever ? Json(row.lever->is_share) : Json()},
                       {"label", row.label},
                       {"constraint", constraint_name(row.constraint)},
                       {"how", row.is_estimate ? "estimate" : "exact"},
                       {"items", row.items},
                       {"mean", effect_json(row.effects.mean)},
                       {"p50", effect_json(row.effects.p50)},
                       {"p85", effect_json(row.effects.p85)},
                       {"value", or_null(row.value)},
                       {"cost", or_null(row.cost)},
                       {"per_cost", or_null(row.per_cost)},
                       {"days_per_cost", or_null(row.days_per_cost)},
                       {"assumption", or_null(row.assumption)},
                       {"reason", or_null(row.reason)}});
}

}  // namespace

Result<WhatIfQuestion> read_question(const FigureBook& book, const WhatIfWords& words) {
  return Reader(book).read(words);
}

std::string options_of(const WhatIfWords& words) {
  std::string out;
  for (const auto& [name, text] : {std::pair{"--cut", &words.cut},
                                   {"--remove", &words.remove},
                                   {"--add-capacity", &words.add_capacity},
                                   {"--cost", &words.cost},
                                   {"--cost-of-delay", &words.cost_of_delay},
                                   {"--stream", &words.stream}}) {
    for (const std::string_view line : lines_of(*text))
      out += fmt::format(" {} \"{}\"", name, line);
  }
  return out;
}

Json whatif_json(const FigureBook& book, const WhatIfQuestion& question, const WhatIf& found,
                 const std::vector<std::string>& warnings) {
  constexpr std::size_t kItems = 20;
  const FlowReport& report = *report_of(book);
  Json out = Json::object(
      {{"figures", each(whatif_figures(report, found), [](const Figure& f) { return to_json(f); })},
       {"findings", Json::Array{}},
       {"warnings", Json::array(warnings)},
       {"asked", found.is_asked},
       {"stream", question.stream ? Json(report.log.streams[*question.stream].id) : Json("")},
       {"finished", found.stays.items.size()},
       {"levers", each(found.rows, lever_json)},
       {"together", found.together ? lever_json(*found.together) : Json()},
       {"value_missing", or_null(found.value_missing)},
       {"items", each(moved_items(found, kItems),
                      [&](const MovedItem& moved) {
                        return Json::object(
                            {{"item", report.log.key_of(report.log.items[moved.item])},
                             {"now_days", days_of(moved.now)},
                             {"then_days", days_of(moved.then)}});
                      })},
       {"as_of", format_instant(report.as_of)},
       {"from", format_instant(report.from)},
       {"to", format_instant(report.to)}});
  add_columns(out, {kRows, kColumns});
  return out;
}

}  // namespace tiebeam::flow
