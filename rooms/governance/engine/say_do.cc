#include "rooms/governance/engine/say_do.h"

#include <algorithm>

namespace tiebeam::governance {
namespace {

void count(Tally& tally, Fate fate) {
  if (!has_fallen_due(fate)) return;
  ++tally.due;
  switch (fate) {
    case Fate::kept:
      ++tally.kept;
      break;
    case Fate::told_early:
      ++tally.told_early;
      break;
    case Fate::told_late:
      ++tally.told_late;
      break;
    case Fate::kept_late:
      ++tally.kept_late;
      break;
    case Fate::broken:
      ++tally.broken;
      break;
    default:
      ++tally.overdue;
  }
}

std::vector<Band> empty_bands() {
  std::vector<Band> out;
  for (std::size_t i = 0; i + 1 < std::size(kBandEdges); ++i)
    out.push_back({.low = kBandEdges[i], .high = kBandEdges[i + 1]});
  return out;
}

Band& band_of(std::vector<Band>& bands, double confidence) {
  for (Band& band : bands) {
    if (confidence < band.high) return band;
  }
  return bands.back();
}

void calibrate(SayDo& out) {
  out.bands = empty_bands();
  double said = 0;
  for (const Promise& promise : out.promises) {
    if (!has_fallen_due(promise.fate) || !promise.record.confidence) continue;
    const double confidence = promise.record.confidence->value();
    const bool kept = promise.fate == Fate::kept;
    Band& band = band_of(out.bands, confidence);
    ++band.due;
    band.kept += kept ? 1 : 0;
    band.said += confidence;
    out.sure_kept += kept ? 1 : 0;
    said += confidence;
    const double error = confidence - (kept ? 1.0 : 0.0);
    out.squared_errors.push_back(error * error);
  }
  if (!out.squared_errors.empty())
    out.sure_said = said / static_cast<double>(out.squared_errors.size());
  for (Band& band : out.bands) {
    if (band.due > 0) band.said /= static_cast<double>(band.due);
  }
}

}  // namespace

SayDo compute_say_do(const std::vector<Commitment>& promises, const std::vector<Person>& people,
                     Day today) {
  std::map<std::string, Side> sides;
  for (const Person& person : people) sides.emplace(person.id, person.side);
  SayDo out;
  out.today = today;
  for (const Commitment& record : promises) {
    if (record.made_on && *record.made_on > today) continue;
    Promise promise{record, fate_of(days_of(record), today), {}};
    if (const auto side = sides.find(record.owner.str()); side != sides.end())
      promise.side = side->second;
    count(out.all, promise.fate);
    if (promise.side) count(out.by_side[*promise.side], promise.fate);
    out.open += is_settled(days_of(record), today) ? 0 : 1;
    out.undated += promise.fate == Fate::undated ? 1 : 0;
    out.kept_without_day += promise.fate == Fate::kept && !record.closed_on ? 1 : 0;
    out.told_without_day += promise.fate == Fate::told_late && !record.told_on ? 1 : 0;
    out.promises.push_back(std::move(promise));
  }
  calibrate(out);
  return out;
}

}  // namespace tiebeam::governance
