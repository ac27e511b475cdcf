// The symptoms of order taking: what each is, by which figure it is seen, from which line on, and
// what the figure cannot tell. The values are computed in proxies.h; docs/method/diagnosis.md gives
// the reasons for each line.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/figure.h"

namespace tiebeam::partnership {

// unknown: nothing that was read tells it, or chance alone could put the figure on either side.
enum class Verdict : std::uint8_t { present, not_seen, unknown };
[[nodiscard]] std::string_view verdict_name(Verdict verdict);   // "not_seen"
[[nodiscard]] std::string_view verdict_words(Verdict verdict);  // "not seen"

enum class Sense : std::uint8_t { above, at_most };  // present when the figure is above the line

struct Symptom {
  std::string_view id;     // "no_purpose"; its figure is partnership.symptom.no_purpose
  std::string_view title;  // "Work without a purpose"
  std::string_view label;  // of the figure
  std::string_view unit;
  double line = 0;
  Sense sense = Sense::above;
  std::string_view line_reason;  // "more of the work serves nothing ..."; source or our judgement
  std::string_view why;          // why it matters, for the business
  // Whose evidence gives examples; empty: the symptom's own figure.
  std::string_view examples = {};
  std::string_view limits;  // what the figure does not see
  std::string_view ask;     // the question or the export that would tell more
  std::string_view remedy;  // the first thing to do
};

[[nodiscard]] std::span<const Symptom> symptoms();
[[nodiscard]] const Symptom* find_symptom(std::string_view id);
[[nodiscard]] std::string proxy_key(const Symptom& symptom);  // partnership.symptom.no_purpose
[[nodiscard]] std::string change_key(
    const Symptom& symptom);  // partnership.symptom.no_purpose.change

// Present or not only when the whole interval is on one side of the line.
[[nodiscard]] Verdict judge(const Symptom& symptom, const Figure& proxy);
// Why the verdict is that, as a sentence without its full stop.
[[nodiscard]] std::string because(const Symptom& symptom, const Figure& proxy);
// "above 50 %", "at most 2 people"
[[nodiscard]] std::string line_words(const Symptom& symptom);
// The same for a table: "> 50 %", "<= 2"
[[nodiscard]] std::string line_mark(const Symptom& symptom);

}  // namespace tiebeam::partnership
