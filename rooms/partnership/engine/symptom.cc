#include "rooms/partnership/engine/symptom.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "model/figure_text.h"

namespace tiebeam::partnership {
namespace {

bool is_beyond(const Symptom& symptom, double value) {
  return symptom.sense == Sense::above ? value > symptom.line : value <= symptom.line;
}

}  // namespace

std::string_view verdict_name(Verdict verdict) {
  constexpr std::array<std::string_view, 3> kNames = {"present", "not_seen", "unknown"};
  return kNames[static_cast<std::size_t>(verdict)];
}
std::string_view verdict_words(Verdict verdict) {
  constexpr std::array<std::string_view, 3> kWords = {"visible", "not seen", "cannot be known"};
  return kWords[static_cast<std::size_t>(verdict)];
}

const Symptom* find_symptom(std::string_view id) {
  const auto all = symptoms();
  const auto found = std::ranges::find(all, id, &Symptom::id);
  return found == all.end() ? nullptr : &*found;
}

std::string proxy_key(const Symptom& symptom) {
  return fmt::format("partnership.symptom.{}", symptom.id);
}
std::string change_key(const Symptom& symptom) { return proxy_key(symptom) + ".change"; }

Verdict judge(const Symptom& symptom, const Figure& proxy) {
  // Never reached: however many are away, most of the work still has somebody.
  if (proxy.status == Status::not_reached && symptom.sense == Sense::at_most)
    return Verdict::not_seen;
  if (!proxy.has_value()) return Verdict::unknown;
  const double low = proxy.interval ? proxy.interval->low : proxy.number();
  const double high = proxy.interval ? proxy.interval->high : proxy.number();
  const bool low_is = is_beyond(symptom, low);
  if (low_is != is_beyond(symptom, high)) return Verdict::unknown;
  return low_is ? Verdict::present : Verdict::not_seen;
}

std::string line_words(const Symptom& symptom) {
  return fmt::format("{} {}", symptom.sense == Sense::above ? "above" : "at most",
                     in_words(symptom.line, symptom.unit));
}

std::string line_mark(const Symptom& symptom) {
  return fmt::format(
      "{} {}", symptom.sense == Sense::above ? ">" : "<=",
      symptom.unit == "share" ? in_words(symptom.line, symptom.unit) : rounded(symptom.line));
}

std::string because(const Symptom& symptom, const Figure& proxy) {
  if (!proxy.has_value()) return proxy.reason;
  const std::string range = between(proxy);
  std::string out = fmt::format("{}: {}", proxy.label, in_words(proxy));
  if (!range.empty()) out += fmt::format(" (9 in 10: {})", range);
  const std::string line = line_words(symptom);
  switch (judge(symptom, proxy)) {
    case Verdict::present:
      return out + fmt::format("; the line is {}", line);
    case Verdict::not_seen:
      return out + fmt::format("; the line, {}, is not reached", line);
    case Verdict::unknown:
      break;
  }
  return out + fmt::format("; too few to say: the line, {}, lies within what chance allows", line);
}

}  // namespace tiebeam::partnership
