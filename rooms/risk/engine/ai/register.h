// The register of AI tools, judged: which are in use, how far approval lags behind use, how long
// decisions take, which serve one purpose, and what is missing. docs/method/ai-tools.md.
#pragma once

#include <array>
#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/money.h"
#include "quant/survival.h"
#include "rooms/risk/engine/ai/uses.h"

namespace tiebeam::risk {

constexpr std::int64_t kDecideWithin = 10;  // working days
constexpr std::size_t kLeastInMonth = 3;    // tools first used in a month, to say its lag; ours
constexpr std::int64_t kGrowthAlert = 2;    // months in a row in which the lag grew

// Working days after `from`, up to and with `to`; 0 when `to` is not after it.
using WorkingDays = std::function<std::int64_t(Day from, Day to)>;
// Monday to Friday but for `holidays` (sorted), or the weekdays given (Monday first).
[[nodiscard]] WorkingDays working_days(std::array<bool, 7> weekdays, std::vector<Day> holidays);

// How a span that is watched ended, in days or working days.
struct Watched {
  std::int64_t days = 0;
  quant::Ending ending = quant::Ending::open;
};

struct JudgedTool {
  ListedTool listed;
  bool is_retired = false, is_blocked = false, is_approved = false, is_in_use = false;
  bool is_sensitive = false;  // sees confidential or personal data
  bool is_evaluated = false;  // passed, passed with limits, or examined
  bool is_review_overdue = false;
  std::optional<bool> was_approved_first;  // of what is or was in use; none: nobody can tell
  std::optional<Watched> lag;       // days from first use to approval; 0 where approved before
  std::optional<Watched> decision;  // working days from asking to deciding
  // What is missing, most pressing first; as the page and --json name it.
  [[nodiscard]] std::vector<std::string_view> needs() const;
  // In use, approved or asked for: neither retired nor blocked.
  [[nodiscard]] bool is_live() const { return !is_retired && !is_blocked; }
  [[nodiscard]] const AiTool& record() const { return listed.record; }
};

// Tools that were first used in one month.
struct LagMonth {
  std::chrono::year_month month;
  quant::Curve curve;
  std::optional<std::int64_t> p50;  // none: too few, or not reached
};

struct DuplicateGroup {
  std::vector<std::size_t> tools;  // indices of AiRegister::tools; the first is like all others
  std::size_t departments = 0;
  std::optional<Money> spend;  // a year, of those that say it
};

struct DepartmentUse {
  std::string name;  // empty: not given
  std::size_t tools = 0, in_use = 0, before_approval = 0;
  std::vector<std::size_t> used_before;  // tools used before their approval, by index
  std::size_t duplicates = 0;            // tools that share their purpose with one of the same
  std::optional<Money> spend;
};

struct AiRegister {
  Day today{};
  std::vector<JudgedTool> tools;  // by id
  quant::Curve lag, decisions;
  std::size_t lag_unknown = 0;        // used, and nobody can tell when it was approved
  std::size_t decisions_unknown = 0;  // asked for, and nobody says what was decided when
  std::vector<LagMonth> months;       // rising, those with a tool
  std::int64_t months_growing = 0;    // steps in a row, up to the newest month that can be compared
  std::optional<std::size_t> newest_compared;  // of `months`
  std::vector<DuplicateGroup> duplicates;
  std::vector<std::size_t> group_of;       // by tool; kNoGroup
  std::vector<DepartmentUse> departments;  // by name
  std::optional<Money> spend;
  std::size_t spend_said = 0, other_currency = 0;
  // Approved tools whose purpose comes nearest to that of a blocked one without an alternative.
  std::map<std::string, std::string> suggested;  // by id
};
constexpr std::size_t kNoGroup = static_cast<std::size_t>(-1);

// Indices of tools, those that need most first: by their first need, how many there are, then name.
[[nodiscard]] std::vector<std::size_t> by_need(const AiRegister& ai);

// What was known on `today`: a day after it has not come.
[[nodiscard]] AiRegister judge(std::vector<ListedTool> tools, Currency currency,
                               const WorkingDays& working, Day today);

}  // namespace tiebeam::risk
