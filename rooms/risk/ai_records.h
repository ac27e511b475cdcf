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
enum class Evaluation : std::uint8_t { not_begun, under_way, passed, passed_with_limits, failed };
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
  std::optional<std::int64_t> users;
  std::optional<Money> cost_a_year;
  std::optional<Day> asked_on;
  std::optional<Day> first_used_on;
  std::optional<Day> approved_on;
  std::string vendor;
  std::optional<DataClass> data_class;
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
  std::optional<Day> review_on;
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
  static constexpr std::array<std::string_view, 5> values = {"not_begun", "under_way", "passed",
                                                             "passed_with_limits", "failed"};
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
      field("users", &T::users, {.help = "how many people", .min = 0}),
      field("cost_a_year", &T::cost_a_year, {.help = "what it costs a year"}),
      field("asked_on", &T::asked_on, {.help = "when somebody asked for it"}),
      field("first_used_on", &T::first_used_on, {.help = "when it was first used for real"}),
      field("approved_on", &T::approved_on, {.help = "when it was approved"}),
      field("vendor", &T::vendor, {.help = "whose it is"}),
      field("data_class", &T::data_class, {.help = "the most sensitive data it sees"}),
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
      field("review_on", &T::review_on, {.help = "when to look at it again"})};
};

static_assert(complete<risk::AiTool>());

}  // namespace tiebeam
