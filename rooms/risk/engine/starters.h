// Starting points: scenarios that most organisations know, with ranges that rest on public numbers
// or are said to be judgement, and how they follow the size and the kind of an organisation.
// starter_library.h reads them; docs/method/starter-scenarios.md gives the reasons.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"

namespace tiebeam::risk {

// What a number rests on, strongest first. A product is as good as its weakest part.
enum class Evidence : std::uint8_t { measured, published, judgement };
[[nodiscard]] std::string_view evidence_name(Evidence evidence);
// "measured from data", "published", "our judgement".
[[nodiscard]] std::string_view evidence_words(Evidence evidence);

// What of a sector moves a range: how much stands still without systems, how much data of people
// is held, how closely authorities look.
enum class SectorTrait : std::uint8_t { none, outage, data, rules };

struct FirmSize {
  double people = 0;
  double revenue = 0;  // a year, in euros
};

// One factor of a range: nine of ten cases lie from `low` to `high`, for an organisation of the
// size `at`.
struct RangePart {
  std::string what;  // "working days until most of it runs again"
  std::string unit;  // "days", "EUR": an amount of money, which follows the currency
  double low = 0, high = 0;
  Evidence evidence = Evidence::judgement;
  std::vector<std::string> sources;  // ids
  std::vector<std::string>
      measured;  // "hhs.people.p05", "hhs.people.p95": where low and high stand
  std::string why;
  double people_power = 0, revenue_power = 0;  // how it grows with size
  SectorTrait trait = SectorTrait::none;
  std::optional<FirmSize> at;  // none: the reference of the library
};

// A share between 0 and 1 as people say it.
struct ShareRange {
  double low = 0, likely = 0, high = 0;
};

struct StarterLoss {
  std::string field;  // of a scenario: "primary_loss", "response_loss"
  std::vector<RangePart> parts;
};
struct StarterSecondary {
  std::string what;  // who reacts, and how
  ShareRange probability;
  std::vector<RangePart> parts;
};
struct StarterReduction {
  std::string control;
  bool on_frequency = true;  // else on the loss
  ShareRange by;             // share taken away; judgement
};
struct Starter {
  std::string id, name;
  std::string kind;  // cyber, outage, people, change, rules
  std::string sentence, threat, effect;
  std::vector<RangePart> frequency;  // their product: events a year
  std::vector<StarterLoss> losses;
  std::optional<StarterSecondary> secondary;
  std::vector<StarterReduction> controls;
};
struct StarterControl {
  std::string id, name;
  RangePart cost_a_year;
};
struct Sector {
  std::string id, name;
  double outage = 1, data = 1, rules = 1;
};
struct Source {
  std::string id, title, link, sample, limits;
  std::int64_t year = 0;
};
struct StarterLibrary {
  FirmSize reference;
  std::vector<Sector> sectors;
  std::map<std::string, double, std::less<>> currencies;  // units that buy about what a euro buys
  std::vector<StarterControl> controls;
  std::vector<Starter> starters;
  std::vector<Source> sources;

  [[nodiscard]] const Starter* find(std::string_view id) const;
  [[nodiscard]] const StarterControl* find_control(std::string_view id) const;
  [[nodiscard]] const Source* find_source(std::string_view id) const;
};

// The three questions, answered; amounts in the organisation's currency.
struct Profile {
  double people = 250;
  double revenue = 50e6;  // a year
  std::string sector = "general";
  std::string currency = "EUR";
};
constexpr double kMostPeople = 5e6;
constexpr double kLeastRevenue = 1e3, kMostRevenue = 1e14;

// A range for one organisation: the product of its parts, each a lognormal between its ends:
// exp(sum of middles +- root of the sum of squared half widths), in logarithms. Rounded to two
// digits. Source: docs/method/starter-scenarios.md.
struct SuggestedRange {
  double low = 0, high = 0;
  Evidence evidence = Evidence::judgement;
  std::vector<std::string> sources;  // of all parts, each once
  std::vector<RangePart> parts;      // as they are for this organisation
};
// "measured from data"; "published in part, the rest our judgement".
[[nodiscard]] std::string evidence_words(const SuggestedRange& range);
struct SuggestedLoss {
  std::string field;
  SuggestedRange range;
};
struct SuggestedControl {
  const StarterControl* control = nullptr;
  StarterReduction reduction;
  SuggestedRange cost_a_year;
};
struct Suggestion {
  const Starter* starter = nullptr;
  SuggestedRange frequency;
  std::vector<SuggestedLoss> losses;
  std::optional<SuggestedRange> secondary_loss;
  std::vector<SuggestedControl> controls;
};

// Errors: risk.bad_profile (which answer, what was found, what is expected).
[[nodiscard]] Result<void> check_profile(const StarterLibrary& library, const Profile& profile);
// REQUIRES: check_profile holds, `starter` is of `library`.
[[nodiscard]] Suggestion suggestion_for(const StarterLibrary& library, const Starter& starter,
                                        const Profile& profile);

// Points of a curve to be agreed to, where nobody has said any: once in ten years above half a
// hundredth of a year's revenue, once in fifty above three hundredths; round amounts. Judgement.
struct SuggestedAppetite {
  double years = 0;  // at most once in so many
  double loss = 0;
};
[[nodiscard]] std::vector<SuggestedAppetite> suggested_appetite(double revenue);

}  // namespace tiebeam::risk
