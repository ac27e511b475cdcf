#include "rooms/partnership/engine/changes.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <optional>

#include "model/figure_text.h"
#include "rooms/partnership/engine/maker.h"

namespace tiebeam::partnership {
namespace {

constexpr std::string_view kPoints = "pts";
constexpr double kLeastPoints = 0.5;  // of a share that was counted in full: what rounds to one

struct Halves {
  std::vector<Figure> earlier, later;  // of the symptoms, in their order
  Instant middle{};
};

std::optional<Halves> halves_of(const FigureBook& book) {
  const auto from = window_start(book);
  const Instant to = window_end(book);
  if (!from || *from >= to) return std::nullopt;
  Halves out;
  out.middle = *from + (to - *from) / 2;
  const auto half = [&](Instant begin, Instant end) {
    const FigureBook part(book.registry(), book.shared_snapshot(),
                          {.as_of = seen_at(book), .from = begin, .to = end});
    std::vector<Figure> figures;
    for (const Symptom& symptom : symptoms()) figures.push_back(*part.find(proxy_key(symptom)));
    return figures;
  };
  out.earlier = half(*from, out.middle);
  out.later = half(out.middle, to);
  return out;
}

// later - earlier; of shares in percentage points. Source: Zou and Donner 2008, Statistics in
// Medicine 27, equation 4.
void set_difference(Figure& out, const Figure& earlier, const Figure& later) {
  const double scale = out.unit == kPoints ? 100 : 1;
  const double a = later.number();
  const double b = earlier.number();
  out.value = scale * (a - b);
  if (!earlier.interval || !later.interval) return;
  const auto root = [](double x, double y) { return std::sqrt(x * x + y * y); };
  const double below = root(a - later.interval->low, earlier.interval->high - b);
  const double above = root(later.interval->high - a, b - earlier.interval->low);
  out.interval = Interval{scale * (a - b - below), scale * (a - b + above), later.interval->level};
}

Figure change(const FigureBook& book, const FigureSpec& spec, const std::optional<Halves>& halves,
              std::size_t symptom) {
  Figure out = blank_figure(spec, seen_at(book));
  const Figure& whole = *book.find(proxy_key(symptoms()[symptom]));
  out.n = whole.n;
  if (!whole.has_value()) {
    say(out, whole.status == Status::not_measurable ? Status::not_measurable : Status::too_few,
        "the figure itself cannot be said");
    return out;
  }
  if (!halves) {
    say(out, Status::too_few, "all of it happened at one moment");
    return out;
  }
  const Figure& earlier = halves->earlier[symptom];
  const Figure& later = halves->later[symptom];
  for (const auto& [name, half] : {std::pair{"earlier", &earlier}, std::pair{"later", &later}}) {
    if (half->has_value()) continue;
    say(out, Status::too_few,
        fmt::format("too few to say: in the {} half {}", name,
                    half->reason.empty() ? "there is no value" : half->reason));
    return out;
  }
  set_difference(out, earlier, later);
  out.trail.notes.push_back(fmt::format("before {}: {}; from then on: {}",
                                        format_day(day_of(halves->middle)), in_words(earlier),
                                        in_words(later)));
  return out;
}

std::vector<FigureSpec> change_specs() {
  std::vector<FigureSpec> out;
  for (const Symptom& symptom : symptoms()) {
    const bool is_share = symptom.unit == "share";
    const std::string proxy = proxy_key(symptom);
    out.push_back({change_key(symptom),
                   fmt::format("Change of: {}", symptom.label),
                   std::string(is_share ? kPoints : symptom.unit),
                   fmt::format("{0}({1} in the later half of the window - {1} in the earlier half)",
                               is_share ? "100 x " : "", proxy),
                   "docs/method/diagnosis.md",
                   1,
                   {proxy}});
  }
  return out;
}

std::vector<FigureSpec> count_specs() {
  std::vector<std::string> reads;
  for (const Symptom& symptom : symptoms()) reads.push_back(proxy_key(symptom));
  return {{"partnership.symptoms.visible", "Symptoms of order taking that are visible", "",
           "count of symptoms whose figure lies beyond its line with its whole interval",
           "docs/method/diagnosis.md", 1, reads},
          {"partnership.symptoms.unknown", "Symptoms that cannot be known", "",
           "count of symptoms whose figure has no value or whose interval holds its line",
           "docs/method/diagnosis.md", 1, reads},
          {"partnership.symptoms.looked_for", "Symptoms of order taking that are looked for",
           "symptoms", "count of symptoms", "docs/method/diagnosis.md", 1, reads}};
}

// Which symptoms a count is of; none: all of them.
std::optional<Verdict> wanted_by(std::string_view key) {
  if (key == "partnership.symptoms.visible") return Verdict::present;
  if (key == "partnership.symptoms.unknown") return Verdict::unknown;
  return std::nullopt;
}
std::vector<const Symptom*> those(const FigureBook& book, std::string_view key) {
  const std::optional<Verdict> wanted = wanted_by(key);
  std::vector<const Symptom*> out;
  for (const Symptom& symptom : symptoms()) {
    if (!wanted || judge(symptom, *book.find(proxy_key(symptom))) == *wanted)
      out.push_back(&symptom);
  }
  return out;
}

}  // namespace

std::string_view course_name(Course course) {
  constexpr std::array<std::string_view, 4> kNames = {"too_few", "rises", "falls", "steady"};
  return kNames[static_cast<std::size_t>(course)];
}

Course course_of(const Figure& change) {
  if (!change.has_value()) return Course::too_few;
  const double low = change.interval ? change.interval->low : change.number();
  const double high = change.interval ? change.interval->high : change.number();
  const double least = change.interval || change.unit != kPoints ? 0 : kLeastPoints;
  if (low > least) return Course::rises;
  return high < -least ? Course::falls : Course::steady;
}

std::string course_words(const Figure& change) {
  const Course trend = course_of(change);
  if (trend == Course::too_few) return change.reason;
  if (trend == Course::steady && !change.interval)
    return "the same in the earlier and the later half";
  if (trend == Course::steady)
    return "no change that chance could not explain between the earlier and the later half";
  const bool is_points = change.unit == kPoints;
  return fmt::format("{} by {} {} from the earlier to the later half", course_name(trend),
                     rounded(std::abs(change.number()), is_points ? 2 : 3),
                     is_points ? "percentage points" : change.unit);
}

FigureFamily change_family() {
  FigureFamily family;
  family.name = "partnership.symptom.change";
  family.figures = change_specs();
  family.compute = [specs = family.figures](const FigureBook& book) {
    const auto halves = halves_of(book);
    std::vector<Figure> out;
    for (std::size_t i = 0; i < specs.size(); ++i) out.push_back(change(book, specs[i], halves, i));
    return out;
  };
  return family;
}

FigureFamily count_family() {
  FigureFamily family;
  family.name = "partnership.symptoms";
  family.figures = count_specs();
  family.compute = [specs = family.figures](const FigureBook& book) {
    std::vector<Figure> out;
    for (const FigureSpec& spec : specs) {
      out.push_back(blank_figure(spec, seen_at(book)));
      out.back().n = static_cast<std::int64_t>(symptoms().size());
      out.back().value = static_cast<double>(those(book, spec.key).size());
    }
    return out;
  };
  family.evidence = [](const FigureBook& book, std::string_view key, std::size_t offset,
                       std::size_t limit) {
    std::vector<Evidence> out;
    for (const Symptom* symptom : those(book, key))
      out.push_back({"figure/" + proxy_key(*symptom),
                     std::nullopt,
                     fmt::format("{}: {}", symptom->title,
                                 because(*symptom, *book.find(proxy_key(*symptom)))),
                     {}});
    return page(std::move(out), offset, limit);
  };
  return family;
}

}  // namespace tiebeam::partnership
