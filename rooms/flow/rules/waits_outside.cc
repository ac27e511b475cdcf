#include <fmt/format.h>

#include "rooms/flow/rules/rules.h"
#include "rooms/flow/rules/words.h"

namespace tiebeam::flow {
namespace {

constexpr double kMost = 0.5;
constexpr std::int64_t kLeastItems = 5;  // as for a line at half

// Only when chance cannot explain it: the interval lies above half, or has no width because every
// item says the same.
std::vector<Finding> look(const FigureBook& book) {
  const Figure* outside = book.find("flow.waiting.outside_it.share");
  if (!outside || !outside->has_value()) return {};
  if (outside->n.value_or(0) < kLeastItems) return {};
  const double low = outside->interval ? outside->interval->low : outside->number();
  if (low <= kMost) return {};
  const Figure* it = book.find("flow.waiting.party.it");
  return {
      finding(subject_of({}),
              fmt::format("of 100 days that finished work waited, {:.0f} were for others than "
                          "IT and {:.0f} for IT",
                          100 * outside->number(), it && it->has_value() ? 100 * it->number() : 0),
              {"flow.waiting.outside_it.share", "flow.waiting.party.it", "flow.waiting.mean"},
              outside->as_of)};
}

}  // namespace

Rule waits_outside_rule() {
  return {
      "flow.waits_outside",
      Severity::warning,
      "Most waiting is outside IT",
      "More people or a faster pace in IT would not shorten what does not wait for IT; the time "
      "is won where the decisions, the answers and the vendors are.",
      "Bring the parties of the longest waits to one table and agree how fast each answers: "
      "tiebeam flow whatif shows what each would save",
      look};
}

}  // namespace tiebeam::flow
