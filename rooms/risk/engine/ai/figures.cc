#include "rooms/risk/engine/ai/figures.h"

#include <fmt/format.h>

#include <algorithm>

#include "model/figure_kit.h"
#include "model/figure_text.h"
#include "quant/figure_values.h"

namespace tiebeam::risk {
namespace {

constexpr const char* kMethod = "docs/method/ai-tools.md";
constexpr std::string_view kPrefix = "risk.ai.";
constexpr std::size_t kLeastForShare = 5;  // ours

FigureSpec spec(const char* name, const char* label, const char* unit, const char* formula) {
  return {std::string(kPrefix) + name, label, unit, formula, kMethod, 1, {}};
}

using Belongs = bool (*)(const AiRegister& ai, const JudgedTool& one, std::size_t at);

struct Count {
  const char* name;
  const char* label;
  const char* formula;
  Belongs belongs;
};

bool is_live_or_asked(const JudgedTool& one) { return one.is_in_use || one.is_approved; }

// Figures that count tools.
const std::vector<Count>& counts() {
  static const std::vector<Count> all = {
      {"tools", "AI tools on the register", "count of AI tools, whatever became of them",
       [](const AiRegister&, const JudgedTool&, std::size_t) { return true; }},
      {"in_use", "AI tools in use",
       "count of tools whose stage is in_use, or first used by today and neither blocked nor "
       "retired",
       [](const AiRegister&, const JudgedTool& one, std::size_t) { return one.is_in_use; }},
      {"unapproved", "In use, and no approval on record",
       "count of tools in use without an approval",
       [](const AiRegister&, const JudgedTool& one, std::size_t) {
         return one.is_in_use && !one.is_approved;
       }},
      {"unevaluated", "Confidential or personal data, and no evaluation",
       "count of tools in use or approved that see confidential or personal data and were not "
       "examined",
       [](const AiRegister&, const JudgedTool& one, std::size_t) {
         return is_live_or_asked(one) && one.is_live() && one.is_sensitive && !one.is_evaluated;
       }},
      {"no_oversight", "In use, and nobody named who looks at what it says",
       "count of tools in use without human oversight",
       [](const AiRegister&, const JudgedTool& one, std::size_t) {
         return one.is_in_use && one.record().human_oversight.empty();
       }},
      {"reviews_overdue", "Reviews overdue", "count of tools whose day of review has passed",
       [](const AiRegister&, const JudgedTool& one, std::size_t) { return one.is_review_overdue; }},
      {"blocked", "Blocked uses", "count of tools that were blocked",
       [](const AiRegister&, const JudgedTool& one, std::size_t) { return one.is_blocked; }},
      {"blocked.no_alternative", "Blocked, and nothing named to use instead",
       "count of blocked tools without an alternative",
       [](const AiRegister&, const JudgedTool& one, std::size_t) {
         return one.is_blocked && one.record().alternative.empty();
       }},
      {"duplicates", "Tools that serve a purpose another tool serves, too",
       "count of tools in a group whose purposes are alike by 0.5 or more",
       [](const AiRegister& ai, const JudgedTool&, std::size_t at) {
         return ai.group_of[at] != kNoGroup;
       }},
  };
  return all;
}

const Count* count_named(std::string_view name) {
  const auto found = std::ranges::find(counts(), name, &Count::name);
  return found == counts().end() ? nullptr : &*found;
}

std::size_t how_many(const AiRegister& ai, const auto& is_it) {
  std::size_t out = 0;
  for (std::size_t i = 0; i < ai.tools.size(); ++i) out += is_it(ai.tools[i], i) ? 1 : 0;
  return out;
}

bool waits_in_time(const Watched& decision) {
  return decision.ending == quant::Ending::open && decision.days <= kDecideWithin;
}

void put_counts(FigureDraft& draft, const AiRegister& ai) {
  for (const Count& count : counts()) {
    Figure& figure = draft.at(std::string(kPrefix) + count.name);
    const std::size_t found = how_many(
        ai, [&](const JudgedTool& one, std::size_t at) { return count.belongs(ai, one, at); });
    rest_on(figure, "ai_tool", found, count.formula);
    figure.value = static_cast<double>(found);
  }
}

void put_approved_first(Figure& figure, const AiRegister& ai) {
  const auto known = [](const JudgedTool& one, std::size_t) {
    return one.was_approved_first.has_value();
  };
  const auto first = [](const JudgedTool& one, std::size_t) {
    return one.was_approved_first.value_or(false);
  };
  const std::size_t whole = how_many(ai, known);
  rest_on(figure, "ai_tool", whole, "used, and it is on record when they were approved, or not");
  quant::set_share(figure, how_many(ai, first), whole, kLeastForShare,
                   fmt::format("{} used tools say when they were approved, or that they were not; "
                               "{} are needed",
                               whole, kLeastForShare));
}

void put_lag(Figure& figure, const AiRegister& ai, double p) {
  rest_on(figure, "ai_tool", ai.lag.spells, "with a day of first use");
  if (ai.lag.done == 0 && ai.lag.spells == 0 && ai.lag_unknown > 0)
    say(figure, Status::not_measurable,
        fmt::format("{} tools say when they were first used, none when it was approved",
                    counted(static_cast<std::int64_t>(ai.lag_unknown))));
  else
    quant::set_survival_days(figure, ai.lag, p, "tools");
  if (ai.lag_unknown > 0)
    figure.trail.notes.push_back(
        fmt::format("{} tools that were used are left out: whether and when they were approved is "
                    "not on record",
                    counted(static_cast<std::int64_t>(ai.lag_unknown))));
}

void put_growing(Figure& figure, const AiRegister& ai) {
  std::size_t watched = 0;
  for (const LagMonth& month : ai.months) watched += month.curve.spells;
  rest_on(figure, "ai_tool", watched, "by the month of their first use");
  if (!ai.newest_compared)
    return say(figure, Status::too_few,
               fmt::format("no two months in a row have {} tools first used, seen for long enough",
                           kLeastInMonth));
  figure.value = static_cast<double>(ai.months_growing);
}

void put_decisions(Figure& p50, Figure& in_time, const AiRegister& ai) {
  for (Figure* figure : {&p50, &in_time}) {
    rest_on(*figure, "ai_tool", ai.decisions.spells, "with a day on which they were asked for");
    if (ai.decisions_unknown > 0)
      figure->trail.notes.push_back(
          fmt::format("{} are left out: what was decided, and when, is not on record",
                      counted(static_cast<std::int64_t>(ai.decisions_unknown))));
  }
  if (ai.decisions.spells == 0 && ai.decisions_unknown > 0) {
    for (Figure* figure : {&p50, &in_time})
      say(*figure, Status::not_measurable,
          fmt::format("{} tools say when they were asked for, none when it was decided",
                      counted(static_cast<std::int64_t>(ai.decisions_unknown))));
    return;
  }
  quant::set_survival_days(p50, ai.decisions, 0.5, "tools");
  std::size_t whole = 0, part = 0;
  for (const JudgedTool& one : ai.tools) {
    if (!one.decision || waits_in_time(*one.decision)) continue;
    ++whole;
    part += one.decision->ending == quant::Ending::done && one.decision->days <= kDecideWithin;
  }
  in_time.n = static_cast<std::int64_t>(whole);
  quant::set_share(in_time, part, whole, kLeastForShare,
                   fmt::format("{} tools decided, or waiting for more than {} working days; {} are "
                               "needed",
                               whole, kDecideWithin, kLeastForShare));
}

void put_unregistered(Figure& figure, const AiRegister& ai) {
  const auto used = [](const JudgedTool& one, std::size_t) {
    return one.is_in_use || one.record().found_on.has_value();
  };
  const auto found = [&](const JudgedTool& one, std::size_t at) {
    return used(one, at) && one.record().found_on && *one.record().found_on <= ai.today;
  };
  const std::size_t whole = how_many(ai, used);
  rest_on(figure, "ai_tool", whole, "in use, or found in use");
  if (whole > 0 && how_many(ai, found) == 0)
    return say(figure, Status::not_measurable,
               "no tool says that it was found in use: nobody looked, or nobody wrote it down "
               "(found_on)");
  quant::set_share(figure, how_many(ai, found), whole, kLeastForShare,
                   fmt::format("{} tools in use; {} are needed", whole, kLeastForShare));
}

void put_money(Figure& figure, const AiRegister& ai, const std::optional<Money>& sum,
               std::size_t said, const char* filter) {
  rest_on(figure, "ai_tool", said, filter);
  if (sum)
    figure.value = *sum;
  else
    say(figure, Status::not_measurable, "no tool says what it costs a year");
  if (ai.other_currency > 0)
    figure.trail.notes.push_back(
        fmt::format("{} in another currency are not in the sum", ai.other_currency));
}

void put_duplicate_spend(Figure& figure, const AiRegister& ai) {
  std::optional<Money> sum;
  std::size_t said = 0;
  for (const DuplicateGroup& group : ai.duplicates) {
    if (!group.spend) continue;
    const auto total = sum ? add(*sum, *group.spend) : Result<Money>(*group.spend);
    if (total) sum = *total;
    ++said;
  }
  put_money(figure, ai, sum, said, "groups of one purpose that say their cost");
}

}  // namespace

std::vector<FigureSpec> ai_specs() {
  std::vector<FigureSpec> out;
  for (const Count& count : counts())
    out.push_back(spec(count.name, count.label, "tools", count.formula));
  const std::vector<FigureSpec> rest = {
      spec("approved_first", "Approved before they were first used", "share",
           "approved by the day of first use / used, with it on record whether they were approved"),
      spec("governance_lag.p50", "Half of tools are approved within, after their first use", "days",
           "Kaplan-Meier quantile of days from first use to approval, 0 where approval came first; "
           "those not approved yet count while they are used"),
      spec("governance_lag.p85", "85 of 100 tools are approved within, after their first use",
           "days",
           "Kaplan-Meier quantile of days from first use to approval, 0 where approval came first; "
           "those not approved yet count while they are used"),
      spec(
          "governance_lag.growing", "Months in a row in which approval fell further behind",
          "months",
          "steps in a row, up to the newest month that can be compared, in which the median lag of "
          "tools first used in a month is longer than of the month before"),
      spec("decision_time.p50", "Half of requests are decided within", "working days",
           "Kaplan-Meier quantile of working days from asking to deciding; those that wait count "
           "while they wait"),
      spec("decided_in_time", "Decided within 10 working days", "share",
           "decided within 10 working days / decided, or waiting for longer"),
      spec("unregistered", "Found in use, and not on the register before", "share",
           "tools found in use / tools in use or found"),
      spec("duplicate_groups", "Purposes served by several tools", "purposes",
           "groups of tools whose purposes are alike by 0.5 or more"),
      spec("spend", "Spend on AI tools a year", "money",
           "sum of the cost a year of tools that are neither blocked nor retired"),
      spec("duplicates.spend", "Of it on purposes that several tools serve", "money",
           "sum of the cost a year of tools that share their purpose")};
  out.insert(out.end(), rest.begin(), rest.end());
  return out;
}

std::vector<Figure> ai_figures(const AiRegister& ai, Instant as_of) {
  FigureDraft draft(ai_specs(), as_of);
  const auto at = [&](const char* name) -> Figure& {
    return draft.at(std::string(kPrefix) + name);
  };
  put_counts(draft, ai);
  put_approved_first(at("approved_first"), ai);
  put_lag(at("governance_lag.p50"), ai, 0.5);
  put_lag(at("governance_lag.p85"), ai, 0.85);
  put_growing(at("governance_lag.growing"), ai);
  put_decisions(at("decision_time.p50"), at("decided_in_time"), ai);
  put_unregistered(at("unregistered"), ai);
  rest_on(
      at("duplicate_groups"), "ai_tool",
      how_many(ai, [&](const JudgedTool&, std::size_t i) { return ai.group_of[i] != kNoGroup; }),
      "in a group of one purpose");
  at("duplicate_groups").value = static_cast<double>(ai.duplicates.size());
  put_money(at("spend"), ai, ai.spend, ai.spend_said, "that say their cost a year");
  put_duplicate_spend(at("duplicates.spend"), ai);
  return draft.take();
}

namespace {

std::string day_words(const char* what, const std::optional<Day>& day) {
  return day ? fmt::format("{} {}", what, format_day_long(*day)) : std::string();
}

// What of a tool a figure rests on, in words.
std::string told(const JudgedTool& one) {
  const AiTool& tool = one.record();
  std::string out;
  for (const std::string& part :
       {tool.department, day_words("asked for", tool.asked_on),
        day_words("first used", tool.first_used_on), day_words("decided", tool.decided_on),
        day_words("approved", tool.approved_on), day_words("found", tool.found_on),
        day_words("review due", tool.review_on)}) {
    if (!part.empty()) out += (out.empty() ? "" : "; ") + part;
  }
  return out;
}

std::optional<double> major(const std::optional<Money>& money) {
  if (!money) return std::nullopt;
  double out = static_cast<double>(money->minor());
  for (int i = 0; i < money->currency().digits(); ++i) out /= 10;
  return out;
}

// Whether a tool stands under a figure, and what it contributes.
struct Share {
  bool belongs = false;
  std::optional<double> value;
};
Share share_of(const AiRegister& ai, std::size_t at, std::string_view name) {
  const JudgedTool& one = ai.tools[at];
  if (const Count* count = count_named(name)) return {count->belongs(ai, one, at), 1.0};
  if (name == "approved_first")
    return {one.was_approved_first.has_value(), one.was_approved_first.value_or(false) ? 1.0 : 0.0};
  if (name.starts_with("governance_lag."))
    return {one.lag.has_value(), one.lag ? static_cast<double>(one.lag->days) : 0.0};
  if (name == "decision_time.p50")
    return {one.decision.has_value(), one.decision ? static_cast<double>(one.decision->days) : 0.0};
  if (name == "decided_in_time") {
    const bool counts = one.decision && !waits_in_time(*one.decision);
    return {counts, counts && one.decision->ending == quant::Ending::done &&
                            one.decision->days <= kDecideWithin
                        ? 1.0
                        : 0.0};
  }
  if (name == "unregistered")
    return {one.is_in_use || one.record().found_on, one.record().found_on ? 1.0 : 0.0};
  if (name == "spend")
    return {one.is_live() && one.record().cost_a_year.has_value(), major(one.record().cost_a_year)};
  if (name == "duplicate_groups") return {ai.group_of[at] != kNoGroup, std::nullopt};
  if (name == "duplicates.spend")
    return {ai.group_of[at] != kNoGroup && one.record().cost_a_year.has_value(),
            major(one.record().cost_a_year)};
  return {};
}

}  // namespace

std::vector<Evidence> ai_evidence(const AiRegister& ai, std::string_view key, std::size_t offset,
                                  std::size_t limit) {
  const std::string_view name = key.substr(kPrefix.size());
  std::vector<Evidence> out;
  std::size_t seen = 0;
  for (std::size_t at = 0; at < ai.tools.size() && out.size() < limit; ++at) {
    const Share share = share_of(ai, at, name);
    if (!share.belongs || seen++ < offset) continue;
    const AiTool& tool = ai.tools[at].record();
    out.push_back({"ai_tool/" + tool.id, share.value, told(ai.tools[at]), {}});
  }
  return out;
}

}  // namespace tiebeam::risk
