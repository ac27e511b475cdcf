#include "rooms/risk/engine/starters.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"

namespace tiebeam::risk {
namespace {

template <class T>
const T* with_id(const std::vector<T>& all, std::string_view id) {
  const auto at = std::ranges::find(all, id, &T::id);
  return at == all.end() ? nullptr : &*at;
}

double two_digits(double value) {
  const double step = std::pow(10, std::floor(std::log10(value)) - 1);
  return std::round(value / step) * step;
}

double trait_of(const Sector& sector, SectorTrait trait) {
  switch (trait) {
    case SectorTrait::none:
      return 1;
    case SectorTrait::outage:
      return sector.outage;
    case SectorTrait::data:
      return sector.data;
    case SectorTrait::rules:
      return sector.rules;
  }
  throw_bug("trait", "there are four", __FILE__, __LINE__);
}

bool is_money(const RangePart& part) {
  return part.unit.starts_with("EUR") || part.unit.starts_with("USD");
}

// Parts for one organisation.
class Fitting {
 public:
  Fitting(const StarterLibrary& library, const Profile& profile)
      : reference_(library.reference),
        sector_(*with_id(library.sectors, profile.sector)),
        per_euro_(library.currencies.find(profile.currency)->second),
        currency_(profile.currency),
        size_{profile.people, profile.revenue / per_euro_} {}

  [[nodiscard]] RangePart part(RangePart from) const {
    const FirmSize at = from.at.value_or(reference_);
    double factor = std::pow(size_.people / at.people, from.people_power) *
                    std::pow(size_.revenue / at.revenue, from.revenue_power) *
                    trait_of(sector_, from.trait);
    if (is_money(from)) {
      factor *= per_euro_;
      from.unit.replace(0, 3, currency_);
    }
    from.low *= factor;
    from.high *= factor;
    return from;
  }

  [[nodiscard]] SuggestedRange range(const std::vector<RangePart>& from) const {
    SuggestedRange out;
    out.evidence = Evidence::measured;
    double middle = 0, squares = 0;
    for (const RangePart& each : from) {
      out.parts.push_back(part(each));
      const double low = std::log(out.parts.back().low), high = std::log(out.parts.back().high);
      middle += (low + high) / 2;
      squares += (high - low) * (high - low) / 4;
      out.evidence = std::max(out.evidence, each.evidence);
      for (const std::string& source : each.sources) {
        if (std::ranges::find(out.sources, source) == out.sources.end())
          out.sources.push_back(source);
      }
    }
    out.low = two_digits(std::exp(middle - std::sqrt(squares)));
    out.high = two_digits(std::exp(middle + std::sqrt(squares)));
    return out;
  }

 private:
  FirmSize reference_;
  const Sector& sector_;
  double per_euro_;
  std::string currency_;
  FirmSize size_;
};

std::unexpected<Error> bad_profile(std::string field, std::string message, std::string hint) {
  return std::unexpected(Error{.kind = Kind::invalid,
                               .code = "risk.bad_profile",
                               .message = std::move(message),
                               .detail = {},
                               .hint = std::move(hint),
                               .field = std::move(field)});
}

// 1, 2 or 5 and their tens: the nearest by ratio.
double round_amount(double value) {
  const double ten = std::pow(10, std::floor(std::log10(value)));
  const double lead = value / ten;
  if (lead < std::sqrt(2)) return ten;
  if (lead < std::sqrt(10)) return 2 * ten;
  return lead < std::sqrt(50) ? 5 * ten : 10 * ten;
}

}  // namespace

std::string_view evidence_name(Evidence evidence) {
  constexpr std::array<std::string_view, 3> kNames = {"measured", "published", "judgement"};
  return kNames[static_cast<std::size_t>(evidence)];
}

std::string_view evidence_words(Evidence evidence) {
  constexpr std::array<std::string_view, 3> kWords = {"measured from data", "published",
                                                      "our judgement"};
  return kWords[static_cast<std::size_t>(evidence)];
}

std::string evidence_words(const SuggestedRange& range) {
  Evidence best = range.evidence;
  for (const RangePart& part : range.parts) best = std::min(best, part.evidence);
  if (best == range.evidence) return std::string(evidence_words(best));
  return fmt::format("{} in part, the rest {}", evidence_words(best),
                     evidence_words(range.evidence));
}

const Starter* StarterLibrary::find(std::string_view id) const { return with_id(starters, id); }
const StarterControl* StarterLibrary::find_control(std::string_view id) const {
  return with_id(controls, id);
}
const Source* StarterLibrary::find_source(std::string_view id) const {
  return with_id(sources, id);
}

Result<void> check_profile(const StarterLibrary& library, const Profile& profile) {
  if (!(profile.people >= 1 && profile.people <= kMostPeople)) {
    return bad_profile("/people",
                       fmt::format("{:g} people: 1 to 5 million are expected", profile.people),
                       "say how many people work in the organisation");
  }
  if (!(profile.revenue >= kLeastRevenue && profile.revenue <= kMostRevenue)) {
    return bad_profile(
        "/revenue",
        fmt::format("a revenue of {:g} a year: at least 1000 is expected", profile.revenue),
        "say what it takes in a year; a public body its yearly budget");
  }
  if (!with_id(library.sectors, profile.sector)) {
    std::vector<std::string_view> names;
    for (const Sector& sector : library.sectors) names.push_back(sector.id);
    return bad_profile("/sector",
                       fmt::format("there is no sector '{}'{}", shown(profile.sector),
                                   did_you_mean(profile.sector, names)),
                       fmt::format("choose one of {}", fmt::join(names, ", ")));
  }
  if (library.currencies.contains(profile.currency)) return {};
  return bad_profile(
      "/currency", fmt::format("the library has no rough rate for {}", shown(profile.currency)),
      "write scenarios by hand, or keep a register in a currency such as EUR or USD");
}

Suggestion suggestion_for(const StarterLibrary& library, const Starter& starter,
                          const Profile& profile) {
  const Fitting fit(library, profile);
  Suggestion out{.starter = &starter,
                 .frequency = fit.range(starter.frequency),
                 .losses = {},
                 .secondary_loss = {},
                 .controls = {}};
  for (const StarterLoss& loss : starter.losses)
    out.losses.push_back({loss.field, fit.range(loss.parts)});
  if (starter.secondary) out.secondary_loss = fit.range(starter.secondary->parts);
  for (const StarterReduction& reduction : starter.controls) {
    const StarterControl* control = library.find_control(reduction.control);
    out.controls.push_back({control, reduction, fit.range({control->cost_a_year})});
  }
  return out;
}

std::vector<SuggestedAppetite> suggested_appetite(double revenue) {
  return {{10, round_amount(0.005 * revenue)}, {50, round_amount(0.03 * revenue)}};
}

}  // namespace tiebeam::risk
