// Tools with artificial intelligence in use or asked for, and what was decided about each.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "base/describe.h"
#include "base/money.h"

namespace tiebeam::risk {

enum class DataClass : std::uint8_t { open, internal, confidential, personal };
// examined: somebody did, and what came out is not on record.
enum class Evaluation : std::uint8_t {
  not_begun,
  under_way,
  passed,
  passed_with_limits,
  failed,
  examined
};
enum class AiStage : std::uint8_t { asked, building, introducing, in_use, retired };
// As Regulation (EU) 2024/1689 tells them apart.
enum class RiskTier : std::uint8_t { minimal, limited, high, prohibited };
enum class AiDecision : std::uint8_t {
  undecided,
  approved,
  approved_with_limits,
  blocked,
  retired
};

struct AiTool : RecordBase {
  std::string purpose;
  std::string department;
  std::string unit;
  std::optional<AiStage> stage;
  std::optional<std::int64_t> users;
  std::optional<Money> cost_a_year;
  std::optional<Day> asked_on;
  std::optional<Day> first_used_on;
  std::optional<Day> approved_on;
  std::optional<Day> found_on;
  std::optional<Day> retired_on;
  std::string vendor;
  std::optional<DataClass> data_class;
  std::optional<RiskTier> risk_tier;
  std::string model_terms;
  Evaluation evaluation = Evaluation::not_begun;
  Id<"person"> evaluated_by;
  std::optional<Day> evaluated_on;
  std::string policy;
  std::string human_oversight;
  AiDecision decision = AiDecision::undecided;
  std::optional<Day> decided_on;
  Id<"person"> approved_by;
  Id<"ai_tool"> alternative;
  std::string expected_value;
  std::string result;
  std::optional<Day> review_on;
};

// A row of an inventory of AI uses, as imported: the names of choices are those of AiTool, texts
// are empty and times missing where the source does not say. Days are their 00:00 UTC. A later row
// of the same tool replaces an earlier one.
struct AiUse {
  std::string tool;  // tells it from the others, and makes its id
  std::string name;
  std::string purpose;
  std::string department;
  std::string unit;
  std::string stage;
  std::string risk_tier;
  std::string data_class;
  std::string evaluation;
  std::string human_oversight;
  std::string decision;
  std::optional<Instant> asked_on, first_used_on, retired_on;
};

}  // namespace tiebeam::risk

namespace tiebeam {

template <>
struct Names<risk::DataClass> {
  static constexpr std::array<std::string_view, 4> values = {"public", "internal", "confidential",
                                                             "personal"};
};
template <>
struct Names<risk::Evaluation> {
  static constexpr std::array<std::string_view, 6> values = {
      "not_begun", "under_way", "passed", "passed_with_limits", "failed", "examined"};
};
template <>
struct Names<risk::AiStage> {
  static constexpr std::array<std::string_view, 5> values = {"asked", "building", "introducing",
                                                             "in_use", "retired"};
};
template <>
struct Names<risk::RiskTier> {
  static constexpr std::array<std::string_view, 4> values = {"minimal", "limited", "high",
                                                             "prohibited"};
};
template <>
struct Names<risk::AiDecision> {
  static constexpr std::array<std::string_view, 5> values = {
      "undecided", "approved", "approved_with_limits", "blocked", "retired"};
};

template <>
struct Describe<risk::AiTool> {
  static constexpr std::string_view name = "ai_tool", title = "AI tool", plural = "AI tools",
                                    help = "A tool or use of artificial intelligence.";
  using T = risk::AiTool;
  static constexpr auto fields = std::tuple{
      field("purpose", &T::purpose, {.help = "what people do with it"}),
      field("department", &T::department, {.help = "who uses it"}),
      field("unit", &T::unit, {.help = "which part of the department"}),
      field("stage", &T::stage, {.help = "how far it is: asked, building, introducing, in_use"}),
      field("users", &T::users, {.help = "how many people", .min = 0}),
      field("cost_a_year", &T::cost_a_year, {.help = "what it costs a year"}),
      field("asked_on", &T::asked_on, {.help = "when somebody asked for it"}),
      field("first_used_on", &T::first_used_on, {.help = "when it was first used for real"}),
      field("approved_on", &T::approved_on, {.help = "when it was approved"}),
      field("found_on", &T::found_on,
            {.help = "when it was found in use, where nobody had registered it"}),
      field("retired_on", &T::retired_on, {.help = "when its use ended"}),
      field("vendor", &T::vendor, {.help = "whose it is"}),
      field("data_class", &T::data_class, {.help = "the most sensitive data it sees"}),
      field("risk_tier", &T::risk_tier,
            {.help = "minimal, limited, high or prohibited, as Regulation (EU) 2024/1689 has it"}),
      field("model_terms", &T::model_terms, {.help = "what its maker may do with what it is told"}),
      field("evaluation", &T::evaluation, {.help = "how far it was tried and examined"}),
      field("evaluated_by", &T::evaluated_by, {.help = "who examined it"}),
      field("evaluated_on", &T::evaluated_on, {.help = "when"}),
      field("policy", &T::policy, {.help = "what it may be used for, and what not"}),
      field("human_oversight", &T::human_oversight, {.help = "who looks at what it says"}),
      field("decision", &T::decision, {.help = "whether it may be used"}),
      field("decided_on", &T::decided_on, {.help = "when that was decided"}),
      field("approved_by", &T::approved_by, {.help = "who decided"}),
      field("alternative", &T::alternative, {.help = "what to use instead, where it is blocked"}),
      field("expected_value", &T::expected_value, {.help = "what it is expected to bring"}),
      field("result", &T::result, {.help = "what it brought"}),
      field("review_on", &T::review_on, {.help = "when to look at it again"})};
};

template <>
struct Describe<risk::AiUse> {
  static constexpr std::string_view name = "ai_use", title = "AI use",
                                    help = "A row of an inventory of uses of AI.";
  using T = risk::AiUse;
  static constexpr auto fields = std::tuple{
      field("tool", &T::tool, {.help = "tells it from the others", .required = true}),
      field("name", &T::name, {.help = "what it is called", .required = true}),
      field("purpose", &T::purpose, {.help = "what it is for"}),
      field("department", &T::department, {.help = "who uses it"}),
      field("unit", &T::unit, {.help = "which part of the department"}),
      field("stage", &T::stage, {.help = "as AiTool has it"}),
      field("risk_tier", &T::risk_tier, {.help = "as AiTool has it"}),
      field("data_class", &T::data_class, {.help = "as AiTool has it"}),
      field("evaluation", &T::evaluation, {.help = "as AiTool has it"}),
      field("human_oversight", &T::human_oversight, {.help = "who looks at what it says"}),
      field("decision", &T::decision, {.help = "as AiTool has it"}),
      field("asked_on", &T::asked_on, {.help = "when its purpose was first defined"}),
      field("first_used_on", &T::first_used_on, {.help = "when it came into use"}),
      field("retired_on", &T::retired_on, {.help = "when its use ended"})};
};

static_assert(complete<risk::AiTool>() && complete<risk::AiUse>());

}  // namespace tiebeam
