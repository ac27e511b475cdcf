#include "base/promise.h"

#include <cstddef>

namespace tiebeam {

std::string_view fate_name(Fate fate) {
  constexpr std::string_view names[] = {"not_due",   "undated",   "kept",   "told_early",
                                        "told_late", "kept_late", "broken", "overdue"};
  return names[static_cast<std::size_t>(fate)];
}

std::string_view fate_in_words(Fate fate) {
  constexpr std::string_view names[] = {
      "not yet due",           "no day was promised",      "kept",
      "moved, told in time",   "moved, told late",         "kept late, nobody told",
      "not kept, nobody told", "past its day, nobody told"};
  return names[static_cast<std::size_t>(fate)];
}

bool has_fallen_due(Fate fate) { return fate != Fate::not_due && fate != Fate::undated; }

bool is_settled(const PromiseDays& promise, Day today) {
  const bool closed = promise.state == Promised::kept || promise.state == Promised::missed;
  return closed && (!promise.closed_on || *promise.closed_on <= today);
}

Fate fate_of(const PromiseDays& promise, Day today) {
  if (!promise.due) return Fate::undated;
  const Day due = *promise.due;
  const bool settled = is_settled(promise, today);
  if (due > today || (due == today && !settled)) return Fate::not_due;
  const bool kept = settled && promise.state == Promised::kept;
  // Without a day of closing, people's word that it was kept stands.
  if (kept && (!promise.closed_on || *promise.closed_on <= due)) return Fate::kept;
  const bool told = promise.told_on && *promise.told_on <= today;
  if (told && *promise.told_on < due) return Fate::told_early;
  const bool moved = promise.state == Promised::moved && !promise.told_on;
  if (told || moved) return Fate::told_late;
  if (kept) return Fate::kept_late;
  return settled ? Fate::broken : Fate::overdue;
}

}  // namespace tiebeam
