// What the cells of an inventory of AI uses mean: ingest/ai_uses.h.
#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "ingest/ai_uses.h"

namespace tiebeam::ingest {
namespace {

// A sentence tells a story, not a stage.
constexpr std::size_t kLongestStage = 60;

struct Word {
  std::string_view part, means;
};

// Earlier ones win: "not in production" is being built.
constexpr std::array<Word, 20> kStages = {
    {{"retire", "retired"},         {"inactive", "retired"},
     {"decommission", "retired"},   {"not in production", "building"},
     {"proof", "building"},         {"operation", "in_use"},
     {"in production", "in_use"},   {"in mission", "in_use"},
     {"in-use", "in_use"},          {"in use", "in_use"},
     {"deployed", "in_use"},        {"implement", "introducing"},
     {"pilot", "introducing"},      {"deployment", "introducing"},
     {"acceptance", "introducing"}, {"acqui", "building"},
     {"develop", "building"},       {"initiat", "asked"},
     {"requested", "asked"},        {"idea", "asked"}}};

bool begins(std::string_view text, std::string_view with) { return text.starts_with(with); }

}  // namespace

std::string_view stage_of(std::string_view text) {
  const std::string lower = to_lower_ascii(trim(text));
  if (lower.size() > kLongestStage) return {};
  if (begins(lower, "planned")) return "asked";
  if (lower.contains("pre-deployment")) return "building";
  const auto found =
      std::ranges::find_if(kStages, [&](const Word& word) { return lower.contains(word.part); });
  return found == kStages.end() ? std::string_view{} : found->means;
}

// "Neither" says that it is not high, and not which of the others it is.
std::string_view risk_tier_of(std::string_view text) {
  const std::string lower = to_lower_ascii(trim(text));
  if (begins(lower, "neither") || begins(lower, "not ") || begins(lower, "no")) return {};
  const bool is_high = begins(lower, "both") || lower.contains("rights-impacting") ||
                       lower.contains("safety-impacting") || begins(lower, "high") ||
                       lower.contains("high-impact") || lower == "yes";
  return is_high ? "high" : std::string_view{};
}

std::string_view evaluation_of(std::string_view tested, std::string_view evaluated) {
  const std::string test = to_lower_ascii(trim(tested)), by = to_lower_ascii(trim(evaluated));
  const bool was_evaluated = begins(by, "yes") || by == "true";
  const bool was_tested = begins(test, "yes") || begins(test, "performance evaluation") ||
                          begins(test, "impact evaluation") || begins(test, "benchmark");
  if (was_evaluated || was_tested) return "examined";
  if (by.contains("in-progress") || by.contains("in progress")) return "under_way";
  if (begins(test, "no testing") || begins(by, "no") || test == "no") return "not_begun";
  return {};
}

}  // namespace tiebeam::ingest
