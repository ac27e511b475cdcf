#include "rooms/flow/engine/forecast/outlook.h"

#include <algorithm>

#include "base/error.h"
#include "quant/quantile.h"

namespace tiebeam::flow {
namespace {

// Chance that the scope is done, from P(S < n) for many n at once.
double done_of(const Ahead& ahead, std::span<const ScopePoint> scope) {
  constexpr std::size_t kFew = 8, kSummed = 8192;
  double out = 0;
  if (scope.size() <= kFew || scope.back().items > kSummed) {
    for (const ScopePoint& point : scope) out += point.weight * (1 - ahead.below(point.items));
    return out;
  }
  const std::vector<double> up_to = ahead.chances_up_to(scope.back().items);
  for (const ScopePoint& point : scope) out += point.weight * (1 - up_to[point.items - 1]);
  return out;
}

}  // namespace

std::size_t most_weeks_ahead(std::size_t weeks_known) {
  return std::clamp<std::size_t>(2 * weeks_known, 26, 104);
}

Outlook::Outlook(std::shared_ptr<const Horizons> horizons, std::size_t own,
                 std::vector<std::size_t> working)
    : horizons_(std::move(horizons)),
      own_(own),
      origin_(horizons_->all()[own].size()),
      working_(std::move(working)),
      made_(working_.back()) {
  TB_CHECK(origin_ > 0, "a forecast stands on weeks");
}

const Ahead& Outlook::ahead(std::size_t working_weeks) const {
  std::unique_ptr<const Ahead>& made = made_[working_weeks - 1];
  if (!made) {
    made = std::make_unique<const Ahead>(horizons_->over(working_weeks).from(own_, origin_));
  }
  return *made;
}

// One number of items needs no distribution.
double Outlook::done(std::size_t week, std::span<const ScopePoint> scope) const {
  const std::size_t h = working_[week];
  if (scope.size() > 1 || made_[h - 1]) return std::min(1.0, done_of(ahead(h), scope));
  return 1 - horizons_->over(h).chance_below(own_, origin_, scope.front().items);
}

void Outlook::prepare(std::size_t week) const {
  for (std::size_t h = 1; h <= working_[week]; ++h) (void)ahead(h);
}

void Outlook::add_week(std::size_t week, std::span<const ScopePoint> scope,
                       std::vector<double>& done) const {
  const double reached = done.empty() ? 0 : done.back();
  done.push_back(is_shutdown(week) ? reached : std::max(reached, this->done(week, scope)));
}

std::vector<double> Outlook::done_by_week(std::span<const ScopePoint> scope,
                                          std::size_t weeks) const {
  std::vector<double> out;
  out.reserve(weeks);
  for (std::size_t week = 1; week <= weeks; ++week) add_week(week, scope, out);
  return out;
}

double Outlook::below(std::size_t week, std::size_t n) const {
  double out = n == 0 ? 0 : 1;
  for (std::size_t h = 1; h <= working_[week]; ++h) out = std::min(out, ahead(h).below(n));
  return out;
}

// The quantile of a running minimum of CDFs is the running maximum of their quantiles.
std::vector<std::size_t> Outlook::how_many_by_week(std::size_t weeks, double p) const {
  std::vector<std::size_t> out;
  std::size_t most = 0;
  for (std::size_t week = 1; week <= weeks; ++week) {
    if (!is_shutdown(week)) most = std::max(most, ahead(working_[week]).quantile(p));
    out.push_back(most);
  }
  return out;
}

std::size_t Outlook::how_many(std::size_t days, double p) const {
  TB_CHECK(days >= 1 && days <= 7 * weeks() && p > 0 && p < 1, "a day within the outlook");
  const std::size_t week = days / 7;
  const double part = static_cast<double>(days % 7) / 7;
  if (part == 0) return how_many_by_week(week, p).back();
  const auto reached = [&](std::size_t n) {
    return (1 - part) * below(week, n + 1) + part * below(week + 1, n + 1) >=
           p - quant::kShareTolerance;
  };
  std::size_t high = 16;
  while (!reached(high)) high *= 2;
  std::size_t low = 0;
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (reached(middle))
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

DoneTogether done_together(std::span<const Due> due, std::size_t most, double sure) {
  constexpr std::size_t kAtLeast = 13;
  DoneTogether out;
  out.each.resize(due.size());
  bool is_sure = false;
  for (std::size_t week = 1; week <= most && (week <= kAtLeast || !is_sure); ++week) {
    is_sure = !out.all.empty() && out.all.back() >= sure - quant::kShareTolerance;
    double all = 1;
    for (std::size_t i = 0; i < due.size(); ++i) {
      due[i].outlook->add_week(week, due[i].scope, out.each[i]);
      all *= out.each[i].back();
    }
    out.all.push_back(all);
  }
  return out;
}

std::optional<std::size_t> week_reaching(std::span<const double> done_by_week, double p) {
  for (std::size_t i = 0; i < done_by_week.size(); ++i) {
    if (done_by_week[i] >= p - quant::kShareTolerance) return i + 1;
  }
  return std::nullopt;
}

}  // namespace tiebeam::flow
