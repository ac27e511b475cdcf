// Firefighting: how much of what is begun was urgent and not foreseen, by value stream, against
// what each stream plans for, month by month. docs/method/unplanned.md.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "rooms/flow/engine/item_texts.h"
#include "rooms/flow/engine/report.h"

namespace tiebeam::flow {

// Work that entered an active state sooner than this after it was asked for had no time to be
// planned. Source: CAPABILITIES 3.14 of the product's specification.
constexpr std::int64_t kAtOnce = 24LL * 3600 * 1'000'000;
// Share of unplanned work that a stream plans for when it says nothing else. Source: ours.
constexpr double kUnplannedTarget = 0.2;
// A stream with more than this share of incidents is there for them. Source: ours.
constexpr double kMadeForIncidents = 0.9;
constexpr std::size_t kLeastBegun = 20;

// An item that entered an active state in the window for the first time.
struct Begun {
  std::uint32_t item = 0;
  std::uint32_t row = kNone;  // of the event that entered it
  std::int64_t at = 0;
  std::int64_t asked = 0;  // created, else its first event
  bool is_urgent = false;  // by type or priority
  bool is_unplanned = false;
};

enum class UnplannedVerdict : std::uint8_t {
  within,
  above,
  unclear,
  too_few,
  no_target,
  not_measurable
};
[[nodiscard]] std::string_view unplanned_verdict_name(UnplannedVerdict verdict);

struct UnplannedCount {
  std::int64_t begun = 0, unplanned = 0;
  [[nodiscard]] std::optional<double> share() const;
};
struct UnplannedMonth : UnplannedCount {
  Day start{};  // the first
  bool is_full = false;
};
struct UnplannedStream : UnplannedCount {
  std::string id, name;  // empty id: work in no stream
  std::optional<Interval> interval;
  std::optional<double> target;  // most that is planned for
  UnplannedVerdict verdict = UnplannedVerdict::too_few;
  std::vector<UnplannedMonth> months;
};

struct Unplanned {
  std::vector<Begun> begun;              // in the order of the items
  std::vector<UnplannedStream> streams;  // by id
  std::int64_t unplanned = 0;
  std::size_t without_words = 0;    // begun, of no type and no priority that is known
  std::size_t without_created = 0;  // begun, taken as asked for with their first event
  std::size_t truncated = 0;        // left out: their first events are missing
};

[[nodiscard]] Unplanned compute_unplanned(const FlowReport& report);
[[nodiscard]] std::shared_ptr<const Unplanned> unplanned_of(const FigureBook& book);

[[nodiscard]] const std::vector<FigureSpec>& unplanned_specs();
[[nodiscard]] std::vector<Figure> unplanned_figures(const FlowReport& report,
                                                    const Unplanned& found);
[[nodiscard]] FigureFamily unplanned_family();

}  // namespace tiebeam::flow
