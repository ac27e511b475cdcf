#include <fmt/format.h>

#include "rooms/flow/rules/rules.h"
#include "rooms/flow/rules/words.h"

namespace tiebeam::flow {
namespace {

// Source: ours, see docs/method/dora.md.
constexpr std::int64_t kLeastDeployments = 20;  // in each half
constexpr double kNoticeablyFaster = 1.2;

double share(const DeliveryHalf& half) {
  return static_cast<double>(half.failed) / static_cast<double>(half.deployments);
}

std::vector<Finding> look(const FigureBook& book, const DeliveryFacts& facts) {
  const Figure* failure = book.find("flow.dora.change_failure.share");
  if (!facts.is_known || !failure || !failure->has_value()) return {};
  const DeliveryHalf& before = facts.earlier;
  const DeliveryHalf& now = facts.later;
  if (before.deployments < kLeastDeployments || now.deployments < kLeastDeployments) return {};
  const bool faster = now.a_week > kNoticeablyFaster * before.a_week;
  const bool worse = facts.failure_low > share(before);
  if (!faster || !worse) return {};
  return {finding(
      subject_of(""),
      fmt::format("deployments went up from {:.1f} to {:.1f} a week, and those that caused an "
                  "incident from {:.0f} % to {:.0f} %: the speed is bought with failures",
                  before.a_week, now.a_week, 100 * share(before), 100 * share(now)),
      {"flow.dora.deployments.week", "flow.dora.change_failure.share", "flow.dora.recovery.p85"},
      failure->as_of)};
}

}  // namespace

Rule speed_without_stability_rule(ReadDelivery read) {
  return {"flow.dora.speed_without_stability",
          Severity::warning,
          "Speed bought with failures",
          "What is delivered faster and breaks is paid twice: by the customer who cannot work and "
          "by the people who mend it instead of going on.",
          "Look at the incidents of the last weeks for what the deployments before them had in "
          "common; smaller changes and a way back help most (tiebeam figure "
          "flow.dora.change_failure.share --explain)",
          [read = std::move(read)](const FigureBook& book) { return look(book, read(book)); }};
}

}  // namespace tiebeam::flow
