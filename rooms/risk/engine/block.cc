#include "rooms/risk/engine/block.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace tiebeam::risk {
namespace {

using quant::kBlock;
using quant::Purpose;

// Which numbers of a key are used for what. Those of common-cause events lie kCommon further.
enum Use : std::uint32_t {
  kCount = 1,
  kFactor = 2,  // and following
  kSum = 10,
  kSumPrevented = 11,
  kSecondaryChance = 12,
  kPrevented = 13,
  kPrimary = 16,    // and following, one a form of loss
  kSecondary = 32,  // and following
  kCommon = 64
};
constexpr Purpose use(std::uint32_t which) { return Purpose{which}; }

// The trials of the block that are drawn: all, or those listed, whose numbers then lie side by
// side.
struct Drawn {
  std::uint64_t block = 0;
  const std::uint32_t* list = nullptr;  // null: all; rising
  std::size_t n = kBlock;

  [[nodiscard]] std::uint32_t trial(std::size_t i) const {
    return list == nullptr ? static_cast<std::uint32_t>(i) : list[i];
  }
};

void draw_uniforms(quant::Key key, Purpose purpose, const Drawn& of, double* u) {
  if (of.list == nullptr) {
    quant::uniforms(key, purpose, of.block, u);
  } else {
    quant::uniforms_at(key, purpose, of.block, {of.list, of.n}, u);
  }
}

// Scores of one's own, moved by the drivers of the trial.
void draw_scores(quant::Key key, Purpose purpose, const DrawnBy& by, const Drawn& of,
                 Workspace& work, double* z) {
  draw_uniforms(key, purpose, of, z);
  quant::normals(z, of.n, z);
  if (!by.any()) return;
  quant::blend(by.own, z, of.n);
  for (const auto& [driver, weight] : by.weights) {
    const double* scores = work.driver(driver, of.block);
    if (of.list == nullptr) {
      quant::add_driver(weight, scores, of.n, z);
    } else {
      quant::add_driver_at(weight, scores, {of.list, of.n}, z);
    }
  }
}

// The rates (or probabilities) of a source whose factors are drawn each year.
void draw_rates(const EventSource& source, const Drawn& of, Workspace& work) {
  std::fill_n(work.rate.data(), of.n, source.rate);
  for (std::size_t i = 0; i < source.factors.size(); ++i) {
    const DrawnBy none;
    const auto purpose = use(kFactor + static_cast<std::uint32_t>(i));
    draw_scores(source.key, purpose, i == 0 ? source.driven : none, of, work, work.z.data());
    source.factors[i].map(work.z.data(), of.n, work.y.data());
    for (std::size_t t = 0; t < of.n; ++t) work.rate[t] *= work.y[t];
  }
}

// The uniforms of counts that have a rate; where the rate is a plain number, drivers act on them.
void draw_count_uniforms(const EventSource& source, const Drawn& of, Workspace& work) {
  double* u = work.u.data();
  if (!source.factors.empty() || !source.driven.any()) {
    draw_uniforms(source.key, use(kCount), of, u);
    return;
  }
  draw_scores(source.key, use(kCount), source.driven, of, work, u);
  for (std::size_t t = 0; t < of.n; ++t)
    u[t] = std::clamp(std::erfc(-u[t] / std::sqrt(2.0)) / 2, 0x1p-53, 1 - 0x1p-53);
}

struct Many {  // a trial with so many events that their sum is drawn
  std::uint32_t trial;
  double events;
};

// Counts by inversion of a rate of its own for each trial. Beyond what the kernel takes one by one.
void draw_mixed_counts(const EventSource& source, const Drawn& of, Workspace& work,
                       std::uint32_t* counts, std::vector<Many>& many) {
  draw_rates(source, of, work);
  draw_count_uniforms(source, of, work);
  std::vector<std::uint32_t> large;
  for (std::uint32_t t = 0; t < of.n; ++t) {
    if (work.rate[t] > quant::kSmallRate) large.push_back(t);
  }
  std::vector<double> rates;
  for (const std::uint32_t t : large) {
    rates.push_back(work.rate[t]);
    work.rate[t] = 0;
  }
  quant::poisson_counts(work.u.data(), work.rate.data(), of.n, counts);
  for (std::size_t i = 0; i < large.size(); ++i) {
    const double events = quant::poisson_draw(work.u[large[i]], rates[i]);
    const bool sum = rates[i] > kMostEvents;
    counts[large[i]] = sum ? 0 : static_cast<std::uint32_t>(events);
    if (sum) many.push_back({of.trial(large[i]), events});
  }
}

void draw_counts(const EventSource& source, const Drawn& of, Workspace& work, std::uint32_t* counts,
                 std::vector<Many>& many) {
  switch (source.way) {
    case EventSource::Way::none:
      return;
    case EventSource::Way::fixed:
      std::fill_n(counts, of.n, source.count > kMostEvents ? 0 : source.count);
      if (source.count > kMostEvents) {
        for (std::size_t t = 0; t < of.n; ++t) many.push_back({of.trial(t), double(source.count)});
      }
      return;
    case EventSource::Way::thresholds: {
      double* at = work.u.data();
      if (source.driven.any()) {
        draw_scores(source.key, use(kCount), source.driven, of, work, at);
      } else {
        draw_uniforms(source.key, use(kCount), of, at);
      }
      quant::counts_by_thresholds(at, of.n, source.thresholds.above, source.thresholds.usual,
                                  source.thresholds.least, counts);
      return;
    }
    case EventSource::Way::mixed:
      draw_mixed_counts(source, of, work, counts, many);
      return;
    case EventSource::Way::mixed_once:
      draw_rates(source, of, work);
      draw_uniforms(source.key, use(kCount), of, work.u.data());
      for (std::size_t t = 0; t < of.n; ++t) counts[t] = work.u[t] >= 1 - work.rate[t] ? 1 : 0;
  }
}

// What is the same for all events of a scenario in a block.
struct Events {
  const PreparedScenario& scenario;
  std::uint64_t block;
  std::uint32_t shift;  // kCommon for the events of a common cause
  const Variants& variants;
  const Drawn& drawn;
};

// Losses of one form of the events at `trials`, into x.
void draw_form(const Events& of, const quant::Draw& draw, std::uint32_t form, std::uint32_t level,
               std::span<const std::uint32_t> trials, Workspace& work, double* second, double* x) {
  const quant::EventKey key{of.scenario.key, use(form + of.shift), of.block, level};
  const DrawnBy& by = of.scenario.severity;
  quant::event_uniforms(key, trials, work.z.data(), second);
  quant::normals(work.z.data(), trials.size(), work.z.data());
  if (by.any()) {
    quant::blend(by.own, work.z.data(), trials.size());
    for (const auto& [driver, weight] : by.weights)
      quant::add_driver_at(weight, work.driver(driver, of.block), trials, work.z.data());
  }
  draw.map(work.z.data(), trials.size(), x);
}

// What each event at `trials` costs before insurance, into work.x.
void draw_losses(const Events& of, std::uint32_t level, std::span<const std::uint32_t> trials,
                 Workspace& work) {
  const PreparedScenario& s = of.scenario;
  double* occur = s.secondary.empty() ? nullptr : work.occur.data();
  for (std::uint32_t f = 0; f < s.primary.size(); ++f) {
    double* into = f == 0 ? work.x.data() : work.y.data();
    draw_form(of, s.primary[f], kPrimary + f, level, trials, work, f == 0 ? occur : nullptr, into);
    if (f == 0) continue;
    for (std::size_t i = 0; i < trials.size(); ++i) work.x[i] += work.y[i];
  }
  if (occur == nullptr) return;
  const bool one = s.secondary_probability.constant();
  const double all = s.secondary_probability.value();
  if (!one) {
    for (std::size_t i = 0; i < trials.size(); ++i)
      work.score[i] = work.secondary_probability[trials[i]];
  }
  const std::size_t some = quant::places_below(occur, one ? &all : work.score.data(), one,
                                               trials.size(), work.places.data());
  if (some == 0) return;
  for (std::size_t i = 0; i < some; ++i) work.sublist[i] = trials[work.places[i]];
  std::fill_n(work.sublist.data() + some, quant::kPad, 0);
  for (std::uint32_t f = 0; f < s.secondary.size(); ++f) {
    draw_form(of, s.secondary[f], kSecondary + f, level, {work.sublist.data(), some}, work, nullptr,
              work.y.data());
    for (std::size_t i = 0; i < some; ++i) work.x[work.places[i]] += work.y[i];
  }
}

// What the sets leave of the events of these trials, into work.left.
void leave(const Events& of, std::vector<std::uint32_t>& trials, Workspace& work) {
  const std::size_t n = trials.size();
  trials.resize(n + quant::kPad);
  remaining(of.variants, of.block, {trials.data(), n}, work.left);
}

// Adds the events' losses to their trials, as they are and as each set leaves them.
void settle(const Events& of, std::uint32_t level, std::span<const std::uint32_t> trials,
            Workspace& work, BlockLoss& out) {
  const auto insured = [&](double* x) {
    for (const InsuranceLayer& layer : of.scenario.insurance)
      quant::insure(layer.deductible, layer.limit, trials.size(), x);
  };
  const bool thinned = work.events != nullptr || std::ranges::any_of(work.left, &Remaining::fewer);
  if (thinned) {
    quant::event_uniforms({of.scenario.key, use(kPrevented + of.shift), of.block, level}, trials,
                          work.thin.data(), nullptr);
  }
  if (work.events != nullptr) {
    for (std::size_t i = 0; i < trials.size(); ++i)
      work.events->push_back({trials[i], work.x[i], work.thin[i]});
  }
  for (std::size_t v = 0; v < work.left.size(); ++v) {
    const Remaining& left = work.left[v];
    double* after = out.after[v].data();
    for (std::size_t i = 0; i < trials.size(); ++i)
      work.retained[i] = left.smaller ? work.x[i] * left.losses[trials[i]] : work.x[i];
    insured(work.retained.data());
    for (std::size_t i = 0; i < trials.size(); ++i) {
      const bool happens = !left.fewer || work.thin[i] < left.events[trials[i]];
      after[trials[i]] += happens ? work.retained[i] : 0;  // no jump that nobody can foresee
    }
  }
  insured(work.x.data());
  for (std::size_t i = 0; i < trials.size(); ++i) out.before[trials[i]] += work.x[i];
}

// Cumulants of independent parts add; a secondary loss comes with probability p.
quant::EventMoments event_moments(const PreparedScenario& s, double p) {
  const quant::EventMoments& a = s.primary_moments;
  const quant::EventMoments& b = s.secondary_moments;
  const double square = b.variance + b.mean * b.mean;
  const double cube = b.third + 3 * b.mean * b.variance + b.mean * b.mean * b.mean;
  const double m1 = p * b.mean, m2 = p * square, m3 = p * cube;
  return {a.mean + m1, a.variance + m2 - m1 * m1, a.third + m3 - 3 * m1 * m2 + 2 * m1 * m1 * m1};
}

// Moments of what one event leaves, its loss being `size` of what it would be without controls.
quant::EventMoments left_of_event(const PreparedScenario& s, double p, double size) {
  if (s.insured_moments.empty()) {
    const quant::EventMoments all = event_moments(s, p);
    return {size * all.mean, size * size * all.variance, size * size * size * all.third};
  }
  const double at = size * kSizes;
  const auto low = std::min(kSizes - 1, static_cast<std::size_t>(at));
  const quant::EventMoments &a = s.insured_moments[low], &b = s.insured_moments[low + 1];
  const double t = at - static_cast<double>(low);
  return {std::lerp(a.mean, b.mean, t), std::lerp(a.variance, b.variance, t),
          std::lerp(a.third, b.third, t)};
}

// How many of n events are left when each is with chance p, at normal score z.
// Source: Cornish and Fisher 1938, the binomial to its skew; n p is a thousand or so.
double events_left(double n, double p, double z) {
  if (p >= 1) return n;
  if (p <= 0) return 0;
  const double root = std::sqrt(n * p * (1 - p));
  return std::clamp(n * p + root * z + (1 - 2 * p) * (z * z - 1) / 6, 0.0, n);
}

// Years with very many events: their sum at once, at one score, so that controls stay paired.
void settle_sums(const Events& of, const std::vector<Many>& many, Workspace& work, BlockLoss& out) {
  if (many.empty()) return;
  out.sums = true;
  const PreparedScenario& s = of.scenario;
  quant::uniforms(s.key, use(kSum + of.shift), of.block, work.u.data());
  quant::normals(work.u.data(), kBlock, work.z.data());
  quant::uniforms(s.key, use(kSumPrevented + of.shift), of.block, work.thin.data());
  quant::normals(work.thin.data(), kBlock, work.thin.data());
  std::vector<std::uint32_t> trials;
  for (const Many& each : many) trials.push_back(each.trial);
  leave(of, trials, work);
  for (const Many& each : many) {
    const bool one = s.secondary_probability.constant();
    const double p = s.secondary.empty() ? 0
                     : one               ? s.secondary_probability.value()
                                         : work.secondary_probability[each.trial];
    const auto sum = [&](double events, double size) {
      const double loss =
          quant::sum_quantile(events, left_of_event(s, p, size), work.z[each.trial]);
      return std::max(0.0, loss);  // a moved Gamma of few events reaches below
    };
    out.before[each.trial] += sum(each.events, 1);
    for (std::size_t v = 0; v < work.left.size(); ++v) {
      const Remaining& left = work.left[v];
      const double share = left.fewer ? left.events[each.trial] : 1;
      const double size = left.smaller ? left.losses[each.trial] : 1;
      const double events = events_left(each.events, share, work.thin[each.trial]);
      out.after[v][each.trial] += sum(events, size);
    }
  }
}

void simulate_source(const EventSource& source, const Events& of, Workspace& work, BlockLoss& out) {
  std::vector<Many> many;
  if (source.way == EventSource::Way::none) return;
  draw_counts(source, of.drawn, work, work.counts.data(), many);
  std::size_t left =
      quant::first_events(work.counts.data(), of.drawn.n, work.list.data(), work.held.data());
  if (of.drawn.list != nullptr) {
    for (std::size_t i = 0; i < left; ++i) work.list[i] = of.drawn.list[work.list[i]];
  }
  std::fill_n(work.list.data() + left, quant::kPad, 0);
  remaining(of.variants, of.block, {work.list.data(), left}, work.left);
  for (std::uint32_t level = 0; left > 0; ++level) {
    std::fill_n(work.list.data() + left, quant::kPad, 0);
    const std::span<const std::uint32_t> trials{work.list.data(), left};
    draw_losses(of, level, trials, work);
    settle(of, level, trials, work, out);
    left = quant::next_events(level + 1, left, work.list.data(), work.held.data());
  }
  settle_sums(of, many, work, out);
}

Drawn drawn_of(std::uint64_t block, std::optional<std::span<const std::uint32_t>> only) {
  if (!only) return {.block = block};
  return {.block = block, .list = only->data(), .n = only->size()};
}

}  // namespace

const double* Workspace::driver(std::size_t which, std::uint64_t block) {
  if (block != block_) {
    block_ = block;
    drivers_.resize(prepared_.drivers.size());
    known_.assign(prepared_.drivers.size(), false);
  }
  if (!known_[which]) {
    double* row = drivers_[which].data();
    quant::uniforms(prepared_.drivers[which], use(kCount), block, row);
    quant::normals(row, kBlock, row);
    known_[which] = true;
  }
  return drivers_[which].data();
}

void simulate_block(const PreparedScenario& scenario, std::uint64_t block, const Variants& variants,
                    Workspace& work, BlockLoss& out,
                    std::optional<std::span<const std::uint32_t>> only) {
  out.before.fill(0);
  out.sums = false;
  out.after.resize(variants.sets.size());
  for (Row& row : out.after) row.fill(0);
  const Drawn drawn = drawn_of(block, only);
  if (!scenario.secondary.empty() && !scenario.secondary_probability.constant()) {
    const DrawnBy none;
    draw_scores(scenario.key, use(kSecondaryChance), none, drawn, work, work.z.data());
    scenario.secondary_probability.map(work.z.data(), drawn.n, work.y.data());
    for (std::size_t i = 0; i < drawn.n; ++i)
      work.secondary_probability[drawn.trial(i)] = work.y[i];
  }
  simulate_source(scenario.own, {scenario, block, 0, variants, drawn}, work, out);
  simulate_source(scenario.common, {scenario, block, kCommon, variants, drawn}, work, out);
}

}  // namespace tiebeam::risk
